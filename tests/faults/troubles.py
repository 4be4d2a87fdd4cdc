"""What goes wrong in the hour: processes are killed, the clock is set, Discord and the disk fail."""

import asyncio
import os
import random
import signal
import subprocess
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.faults.answers import PASSING, Fault
from tests.faults.busy_discord import BusyDiscord
from tests.faults.program import Program

STEPS = (-3600, 3600)
FAR_AHEAD = 60 * 86400
FAR_AHEAD_LASTS = 60
"""Seconds that the clock stays far ahead."""

DISK = "24m"
"""The size of the disk that fills up; it holds the history alone."""

OUTAGE = (5, 60)
STOPPED = (5, 60)
FULL = (10, 60)


class Disk:
    """A small disk of its own for the history, where this user may make one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ballast = folder / "ballast"
        self.is_there = False

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        made = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(self._folder)]
        with suppress(OSError):
            self.is_there = subprocess.run(made, capture_output=True, check=False).returncode == 0
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_there:
            subprocess.run(["umount", "-l", str(self._folder)], check=False)  # noqa: S607

    def fill(self) -> None:
        """Take all the room that is left."""
        with suppress(OSError), self._ballast.open("wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(65536))
        with suppress(OSError), self._ballast.open("ab", buffering=0) as ballast:
            while True:
                ballast.write(bytes(512))

    def empty(self) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)


class Troubles:
    """Each of its methods is one trouble; what was done is counted."""

    def __init__(self, program: Program, server: BusyDiscord, clock: Path, disk: Disk, seed: int) -> None:
        self._program = program
        self._server = server
        self._clock = clock
        self._disk = disk
        self.chance = random.Random(seed)  # noqa: S311 (it has to be repeatable)
        self.counts: Counter[str] = Counter()
        self.step(0)

    def step(self, seconds: float) -> None:
        """Set the program's clock ahead by so much."""
        half = self._clock.with_suffix(".part")
        half.write_text(str(seconds), encoding="utf-8")
        half.rename(self._clock)

    async def kill_program(self) -> None:
        """Kill it; whoever looks after it starts it again."""
        if self._program.running:
            await self._program.kill()
            self.counts["kills of the program"] += 1

    async def kill_workers(self) -> None:
        """Kill one worker, or each that starts within a second."""
        loop = asyncio.get_running_loop()
        until = loop.time() + (1 if self.chance.random() < 0.2 else 0)
        while True:
            for pid in self.workers():
                self._signal(pid, signal.SIGKILL)
            if loop.time() >= until:
                break
            await asyncio.sleep(0.05)
        self.counts["kills of workers"] += 1

    async def stop_workers(self) -> None:
        """Stop the workers, and have them go on later or never."""
        stopped = self.workers()
        for pid in stopped:
            self._signal(pid, signal.SIGSTOP)
        self.counts["workers stopped"] += len(stopped)
        if self.chance.random() < 0.5:
            await asyncio.sleep(self.chance.uniform(*STOPPED))
            for pid in {*stopped} & {*self.workers()}:
                self._signal(pid, signal.SIGCONT)

    async def step_clock(self) -> None:
        """Set the clock: an hour back or ahead until the next step, or 60 days ahead for a minute."""
        self.counts["steps of the clock"] += 1
        if self.chance.random() < 0.3:
            self.step(FAR_AHEAD)
            await asyncio.sleep(FAR_AHEAD_LASTS)
            self.step(0)
        else:
            self.step(self.chance.choice((*STEPS, 0)))

    async def spoil_answers(self) -> None:
        """Have some of the next requests for messages go wrong for once."""
        self._server.inject(*self.chance.sample((*PASSING, None, None, None), 3))
        self._server.inject(self.chance.choice(PASSING), method="PATCH")
        self.counts["answers spoiled"] += 4

    async def limit(self) -> None:
        """Answer the next request with a rate limit that is longer than discord.py's patience."""
        self._server.inject(Fault.LIMITED)
        self.counts["limits of 45 s"] += 1

    async def fail_discord(self) -> None:
        """Have Discord answer nothing, or refuse connections, for a while."""
        self.counts["outages"] += 1
        async with self._server.outage(refused=self.chance.random() < 0.5):
            await asyncio.sleep(self.chance.uniform(*OUTAGE))

    async def close_gateway(self) -> None:
        """Close the gateway; the session can be resumed, or not."""
        self.counts["gateways closed"] += 1
        if self.chance.random() < 0.5:
            await self._server.gateway.close(4000)
        else:
            await self._server.gateway.invalidate()

    async def fill_disk(self) -> None:
        """Leave no room on the history's disk for a while."""
        if not self._disk.is_there:
            return
        self.counts["full disks"] += 1
        self._disk.fill()
        try:
            await asyncio.sleep(self.chance.uniform(*FULL))
        finally:
            self._disk.empty()

    def end(self) -> None:
        """End every trouble; nothing that was stopped goes on by that."""
        self._disk.empty()
        self.step(0)
        self._server.calm()

    def workers(self) -> list[int]:
        """Return the worker processes that live."""
        return [pid for pid in self._program.left() if is_worker(pid)]

    def _signal(self, pid: int, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def is_worker(pid: int) -> bool:
    """Return whether a process is one of the program's workers."""
    with suppress(OSError):
        return b"--multiprocessing-fork" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False
