"""The real program in a process of its own: started, killed, stopped, and looked after."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import Settings
from tests.faults.discord_server import DiscordServer
from tests.faults.objects import NEWS_ID

ROOT = Path(__file__).parents[2]


@dataclass
class Program:
    """Gazette on one folder and one history, as often as it has to be started."""

    folder: Path
    server: DiscordServer
    bytecode: Path
    """Where the program's modules lie compiled, for all starts of all programs."""
    settings: dict[str, str] = field(default_factory=dict)
    starts: int = 0

    def __post_init__(self) -> None:
        self.inbox = self.folder / "inbox"
        self.inbox.mkdir(parents=True)
        self._log = self.folder / "log.txt"
        self._process: asyncio.subprocess.Process | None = None
        self._groups: list[int] = []

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def start(self, point: str | None = None, passing: int = 1) -> None:
        """Start it, to be killed at this passing of the point if one is named."""
        kill = [] if point is None else [point, str(passing)]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.faults.launcher", self.server.url, *kill),
                cwd=self.folder,
                env=self._environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._groups.append(self._process.pid)
        self.starts += 1

    def _environment(self) -> dict[str, str]:
        left_out = {*Settings.model_fields, "pythondontwritebytecode"}
        kept = {k: v for k, v in os.environ.items() if k.lower() not in left_out}
        return kept | {
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(self.bytecode),
            "DISCORD_TOKEN": self.server.token,
            "DIGEST_CHANNEL_ID": str(NEWS_ID),
            "ENTITIES": "off",
            "BURST_LIMIT": "0",
            "SETTLE_SECONDS": "0.05",
            "RESCAN_SECONDS": "1",
            **self.settings,
        }

    @property
    def pid(self) -> int:
        """The process that was started last."""
        assert self._process is not None
        return self._process.pid

    @property
    def history(self) -> Path:
        return self.folder / "data" / "gazette.db"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def ended(self) -> int:
        """Wait until it ends, and return its exit code; a signal's is negative."""
        assert self._process is not None
        return await self._process.wait()

    async def while_running(self, condition: Awaitable[None]) -> None:
        """Wait for the condition. Raises ``AssertionError`` with the log where the program ends first."""
        wanted = asyncio.ensure_future(condition)
        ending = asyncio.ensure_future(self.ended())
        try:
            await asyncio.wait((wanted, ending), return_when=asyncio.FIRST_COMPLETED)
            assert wanted.done(), f"it ended ({ending.result()}):\n{self.log[-4000:]}"
            await wanted
        finally:
            wanted.cancel()
            ending.cancel()

    async def posted(self, count: int) -> None:
        """Wait until so many messages stand in the channel."""
        await self.while_running(self.server.until(lambda: len(self.server.posts) >= count))

    async def logged(self, words: str, times: int = 1) -> None:
        """Wait until the log holds these words so many times."""

        async def look() -> None:
            while self.log.count(words) < times:  # a log tells nobody that it has grown
                await asyncio.sleep(0.02)

        await self.while_running(look())

    async def has_ended(self) -> None:
        """Wait until it ends."""
        await self.ended()

    async def kill(self) -> int:
        """Send SIGKILL to the program alone unless it has ended, and return its exit code."""
        assert self._process is not None
        if self.running:
            self._process.kill()
        return await self._process.wait()

    async def stop(self) -> int:
        """Stop it as a service manager does, and return its exit code."""
        assert self._process is not None
        if self.running:
            self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()

    async def nothing_left(self) -> None:
        """Wait until no process lives that the program has started, in any of its runs."""
        while self.left():
            await asyncio.sleep(0.02)

    def left(self) -> list[int]:
        """Return the processes of every run that live."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with suppress(OSError):
                state, _, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(group) in self._groups and state != "Z":
                    found.append(int(entry.name))
        return found

    def end_all(self) -> None:
        """Kill whatever is left after a test that went wrong."""
        for pid in self.left():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
