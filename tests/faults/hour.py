# ruff: noqa: T201 (a script that prints)
"""An hour of everything at once: ``python -m tests.faults.hour [--minutes 60] [--seed 1] [--quick]``.

One program on the small Discord gets articles, copies, updates, corrections, commands, files and patterns;
meanwhile processes are killed and stopped, the clock is set, Discord and the disk fail. Then the troubles
end, and it is counted what stands where. Prints a table, and ends with 1 where a count is wrong.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from tests.faults.busy_discord import OPERATORS_ID, BusyDiscord
from tests.faults.day import Act, Day
from tests.faults.discord_server import TOKEN
from tests.faults.launcher import CLOCK, REAL_PAUSES
from tests.faults.memory import MOST_GROWTH, Memory
from tests.faults.newsroom import Newsroom
from tests.faults.objects import NEWS_ID
from tests.faults.program import Program
from tests.faults.reckoning import Channel, Reckoning, Result
from tests.faults.requests import Requests
from tests.faults.troubles import Disk, Troubles

LOOK_SECONDS = 10
"""Between two looks at memory and at what stands still."""

SETTLE = 1200
"""Seconds within which everything has to stand once the troubles are over: the longest pause between two
tries is five minutes."""

LIMIT_SECONDS = 45

SETTINGS = {
    "OPERATORS_CHANNEL_ID": str(OPERATORS_ID),
    "BURST_LIMIT": "10",
    "HISTORY_DAYS": "30",
    "FILE_SECONDS": "10",
    "RESCAN_SECONDS": "15",
    "SETTLE_SECONDS": "0.2",
    "WORKERS": "2",
}

OPEN = """
SELECT state, count(*) FROM deliveries
WHERE (state IN ('held', 'queued', 'sending', 'removing') OR (state = 'sent' AND shown < wanted))
AND channel_id IN (SELECT channel_id FROM subscriptions WHERE ended_at IS NULL)
GROUP BY state
"""


class Hour:
    """One program, and all that happens to it."""

    def __init__(self, program: Program, server: BusyDiscord, disk: Disk, seed: int) -> None:
        self.program = program
        self.server = server
        self.newsroom = Newsroom(program.inbox, seed)
        self.reckoning = Reckoning(server, self.newsroom, program.history)
        self.reckoning.channels[NEWS_ID] = Channel(NEWS_ID, None, is_digest=False, since=0.0)
        self.troubles = Troubles(program, server, Path(program.settings[CLOCK]), disk, seed + 1)
        self.requests = Requests(server, self.newsroom, self.reckoning, seed + 2)
        self.memory = Memory(program)
        self.ends: list[str] = []
        """How the program ended by itself."""

    async def run(self, minutes: float, faster: float) -> None:
        """Start the program, trouble it for so many minutes, and let it come to rest."""
        self.requests.minutes = minutes

        async def trouble() -> None:
            await self._subscribe_first()
            day = Day(self.newsroom, self.requests, self.troubles, self.reckoning, self.server, faster)
            with suppress(TimeoutError):
                async with asyncio.timeout(60 * minutes):
                    await day.run()

        await self.through(trouble)

    async def through(self, trouble: Act) -> None:
        """Start the program, have it go through this, and let it come to rest."""
        await self.program.start()
        await self.server.until(lambda: self.server.gateway.connected)
        async with self._looked_after():
            await trouble()
            self.troubles.end()
            print("the troubles are over", flush=True)
            await self._come_to_rest()
            await self.troubles.kill_program()  # what it would repeat, it repeats before one last article
            self.newsroom.write()
            await self._come_to_rest()
        await self.program.stop()

    async def _subscribe_first(self) -> None:
        """Give channels their subscriptions before anything goes wrong: one of them gets digests."""
        for is_digest in (False, False, True):
            await self.requests.subscribe(is_digest=is_digest)

    @asynccontextmanager
    async def _looked_after(self) -> AsyncIterator[None]:
        """Start the program again whenever it has ended, and look at it."""
        tasks = [asyncio.create_task(work()) for work in (self._start_again, self._look)]
        try:
            yield
        finally:
            while not self.program.running:  # a start that was cut off would leave a process behind
                await asyncio.sleep(0.02)
            for task in tasks:
                task.cancel()
            for error in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(error, Exception):
                    raise error

    async def _start_again(self) -> None:
        while True:
            code = await self.program.ended()
            if code >= 0:
                self.ends.append(f"exit code {code}: {self.program.log[-600:]}")
            await self.program.start()

    async def _look(self) -> None:
        while True:
            for _ in range(6):
                await asyncio.sleep(LOOK_SECONDS)
                self.memory.look()
                with suppress(sqlite3.Error):
                    self.reckoning.look(time.monotonic())
            with suppress(sqlite3.Error):
                since = (time.monotonic() - self.reckoning.began) / 60
                missing, brought = len(self.reckoning.missing()), len(self.newsroom.pieces)
                print(f"{since:5.1f} min: {brought} articles, {missing} posts to come", flush=True)

    async def _come_to_rest(self) -> None:
        """Wait until everything stands that has to, and nothing is under way; not for ever."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE):
                while not self._rests():
                    await asyncio.sleep(1)

    def _rests(self) -> bool:
        with suppress(sqlite3.Error):
            return not self.reckoning.missing() and not self.reckoning.ask(OPEN)
        return False

    def print_all(self, result: Result) -> None:
        """Print what was done, what came of it, and what the processes held."""
        done = self.newsroom.counts | self.troubles.counts | self.requests.counts
        for name, count in done.items():
            print(f"{name:32}{count:6}")
        notices = self.server.guild.in_channel(OPERATORS_ID)
        print(f"{'faults met by requests':32}{self.server.injected:6}")
        print(f"{'messages that an edge refuses':32}{len(self.server.refused):6}")
        print(f"{'commands answered too late':32}{self.server.late:6}")
        print(f"{'notices to operators':32}{len(notices):6}\n")
        for name, count in asdict(result).items():
            print(f"{name.replace('_', ' '):32}{count:6}")
        print(f"{'ends by itself':32}{len(self.ends):6}\n")
        self._print_memory()
        for line in (*self.reckoning.details, *self.ends, *map(_said, notices)):
            print(line)

    def _print_memory(self) -> None:
        thirds = self.memory.thirds()
        if thirds is None:
            return
        print("memory, MB      first third  last third  most")
        for name in ("main", "workers"):
            first, last = (getattr(third, name) for third in thirds)
            print(f"{name:16}{first:11.1f}{last:12.1f}{getattr(self.memory.most, name):6.0f}")
        print(f"the main process grew by {self.memory.growth:.1f} %, at most {MOST_GROWTH} % are allowed\n")

    def is_wrong(self, result: Result) -> bool:
        """Return whether anything is not as it has to be."""
        if TOKEN in self.program.log:
            self.reckoning.details.append("the log holds the token")
            return True
        return bool(result.wrong or self.ends or self.memory.growth > MOST_GROWTH)


def _said(notice: object) -> str:
    return f"told: {getattr(notice, 'body', {}).get('content')}"


@asynccontextmanager
async def an_hour(folder: Path, bytecode: Path, seed: int, *, real_pauses: bool) -> AsyncIterator[Hour]:
    """Yield an hour whose program is not started; at the end nothing of it is left."""
    clock = folder / "clock"
    settings = SETTINGS | {CLOCK: str(clock)} | ({REAL_PAUSES: "1"} if real_pauses else {})
    async with BusyDiscord(retry_after=LIMIT_SECONDS) as server:
        program = Program(folder, server, bytecode, settings)
        with Disk(program.history.parent) as disk:
            try:
                yield Hour(program, server, disk, seed)
            finally:
                program.end_all()


async def _whole(minutes: float, seed: int, faster: float, folder: Path, *, quick: bool) -> bool:
    async with an_hour(folder / "program", folder / "bytecode", seed, real_pauses=not quick) as hour:
        await hour.run(minutes, faster)
        result = hour.reckoning.result()
        is_wrong = hour.is_wrong(result)
        hour.print_all(result)
        if is_wrong:
            kept = Path(tempfile.mkdtemp(prefix="gazette-hour-")) / "log.txt"
            kept.write_text(hour.program.log, encoding="utf-8")
            print(f"the program's log is kept in {kept}")
    return is_wrong


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.hour", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faster", type=float, default=1, help="how many times as often things happen")
    parser.add_argument("--quick", action="store_true", help="shorten the pauses between the program's tries")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gazette-hour-") as folder:
        work = _whole(chosen.minutes, chosen.seed, chosen.faster, Path(folder), quick=chosen.quick)
        is_wrong = asyncio.run(work)
    sys.exit(1 if is_wrong else 0)


if __name__ == "__main__":
    main()
