# ruff: noqa: T201 (a script that prints)
"""The long test: ``python -m tests.faults [--kills 100] [--files 500] [--seed 1] [--lanes 2]``.

Each lane is a program with a Discord of its own: it gets files, is killed, and meets faults meanwhile.
Prints what came of it, and ends with 1 where anything was lost or repeated.
"""

import argparse
import asyncio
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.faults.answers import PASSING
from tests.faults.articles import Writer
from tests.faults.discord_server import TOKEN, DiscordServer
from tests.faults.launcher import POINTS
from tests.faults.program import Program

WHILE_IT_RUNS = tuple(point for point in POINTS if point != "in a migration")

COPIES = 0.4
"""How often a file comes that holds what another has brought already."""

LONGEST = 60
"""Seconds after which a program that was to be killed at a point has hung."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of one lane, or of all."""

    kills: int
    articles: int
    lost: int
    repeated: int
    faults: int
    copies: int
    unedited: int
    """Posts that do not name the copy that came of their article."""
    out_of_order: int
    crashes: int
    """How often the program ended without being killed."""
    left: int
    """Processes that outlived their program."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


class Lane:
    """One program and its Discord."""

    def __init__(self, program: Program, seed: int, *, kills: int, files: int) -> None:
        self._program = program
        self._server = program.server
        self._writer = Writer(seed)
        self._chance = random.Random(seed)  # noqa: S311 (it has to be repeatable)
        self._kills = kills
        self._files = files
        self._titles: list[str] = []
        self._copies: dict[str, str] = {}
        """The title of each article that came twice, and the name of the file that brought it again."""
        self._crashes = 0

    async def run(self) -> Tally:
        """Kill it as often as was asked for, let it come to rest, and count."""
        for number in range(self._kills):
            self._drop(self._files * (number + 1) // self._kills - len(self._titles))
            self._inject()
            point = "in a migration" if number < 2 else self._chance.choice((*WHILE_IT_RUNS, None, None))
            await self._until_killed(point)
            await self._program.nothing_left()
            print(".", end="", flush=True)
        await self._come_to_rest()
        return self._count()

    def _drop(self, count: int) -> None:
        self._titles += self._writer.fill(self._program.inbox, count)
        title = self._chance.choice(self._titles)
        if title not in self._copies and self._chance.random() < COPIES:
            self._copies[title] = f"copy-{len(self._copies)}.txt"
            self._writer.copy(self._program.inbox, title, self._copies[title])

    def _inject(self) -> None:
        """Have some of the next requests go wrong."""
        chosen = self._chance.sample((*PASSING, *[None] * len(PASSING)), 4)
        self._server.inject(*chosen)
        self._server.inject(self._chance.choice((*PASSING, None)), method="PATCH")

    async def _until_killed(self, point: str | None) -> None:
        """Start it, trouble it, and have it killed at this point, or at any time where none is named."""
        passing = self._chance.randint(1, 6)
        await self._program.start(point, passing)
        trouble = asyncio.create_task(self._trouble())
        try:
            async with asyncio.timeout(self._chance.uniform(0.2, 6) if point is None else LONGEST):
                await self._ended_or_done(point)
        except TimeoutError:
            if point is not None:
                raise
        finally:
            trouble.cancel()
            await asyncio.gather(trouble, return_exceptions=True)
        if await self._program.kill() != -signal.SIGKILL:
            self._crashes += 1
            print(f"\nit ended by itself:\n{self._program.log[-3000:]}")

    async def _ended_or_done(self, point: str | None) -> None:
        """Wait until it was killed, or until all is posted: the point may not be passed often enough."""
        waiting = [asyncio.create_task(self._program.has_ended())]
        if point is not None:
            everything = self._server.until(lambda: len(set(self._server.titles)) >= len(self._titles))
            waiting.append(asyncio.create_task(everything))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    async def _trouble(self) -> None:
        """Sometimes close the gateway or have an outage, as soon as a few more messages are there."""
        kind = self._chance.choice(("close", "invalidate", "outage", "refuse", None, None, None, None))
        more = len(self._server.posts) + self._chance.randint(0, 3)
        await self._server.until(lambda: len(self._server.posts) >= more and self._server.gateway.connected)
        if kind == "close":
            await self._server.gateway.close(4000)
        elif kind == "invalidate":
            await self._server.gateway.invalidate()
        elif kind is not None:
            before = self._program.log.count("\n")
            async with self._server.outage(refused=kind == "refuse"):
                while self._program.log.count("\n") < before + 4:
                    await asyncio.sleep(0.05)
            return
        self._server.injected += kind is not None

    async def _come_to_rest(self) -> None:
        """Let it end its work; what it would repeat stands before one last article."""
        self._drop(1)
        await self._program.start()
        last = self._titles[-1]
        await self._program.while_running(
            self._server.until(lambda: last in self._server.titles and not self._unedited())
        )
        await self._program.stop()
        await self._program.nothing_left()
        assert TOKEN not in self._program.log

    def _unedited(self) -> int:
        """Return how many posts do not name the copy that came of their article."""
        named = {post.title: post.also_in for post in self._server.posts}
        return sum(name not in named.get(title, "") for title, name in self._copies.items())

    def _count(self) -> Tally:
        stands = Counter(self._server.titles)
        marks = self._server.marks
        return Tally(
            kills=self._kills,
            articles=len(self._titles),
            lost=sum(title not in stands for title in self._titles),
            repeated=sum(number - 1 for number in stands.values()),
            faults=self._server.injected,
            copies=len(self._copies),
            unedited=self._unedited(),
            out_of_order=sum(first > second for first, second in pairwise(marks)),
            crashes=self._crashes,
            left=len(self._program.left()),
        )


async def torture(kills: int, files: int, seed: int, lanes: int, folder: Path) -> Tally:
    """Return what came of so many kills over so many files, in as many lanes beside each other."""
    async with AsyncExitStack() as stack:
        running = []
        for number in range(lanes):
            server = await stack.enter_async_context(DiscordServer())
            settings = {"WORKERS": str(1 + number % 2)}
            program = Program(folder / str(number), server, folder / "bytecode", settings)
            stack.callback(program.end_all)
            share = [total // lanes + (number < total % lanes) for total in (kills, files)]
            running.append(Lane(program, seed + number, kills=share[0], files=share[1]).run())
        tallies = await asyncio.gather(*running)
    return sum(tallies[1:], start=tallies[0])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lanes", type=int, default=2, help="programs beside each other")
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gazette-faults-") as folder:
        tally = asyncio.run(torture(chosen.kills, chosen.files, chosen.seed, chosen.lanes, Path(folder)))
    print()
    for name in Tally.__slots__:
        print(f"{name.replace('_', ' '):13}{getattr(tally, name):6}")
    print(f"{'seconds':13}{time.monotonic() - began:6.0f}")
    wrong = (tally.lost, tally.repeated, tally.unedited, tally.out_of_order, tally.crashes, tally.left)
    sys.exit(1 if any(wrong) else 0)


if __name__ == "__main__":
    main()
