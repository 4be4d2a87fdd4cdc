"""Start: the whole process, wall and processor time, files in memory and modules compiled."""

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import KEPT, ROOT
from benchmarks.asked import Asked
from benchmarks.figures import Bound, Figure, Row, versus
from benchmarks.live import DEFAULTS, Discord, running
from benchmarks.memory import ticks
from bot.settings import Settings
from tests.faults.objects import NEWS_ID

GROUP = "Start"
BUDGET = 500
"""Milliseconds for ``gazette --help``."""

type Took = tuple[float, float]
"""Milliseconds of wall and of processor time."""


def rows(asked: Asked) -> Iterable[Row]:
    """Return the rows of each command."""
    return asyncio.run(_rows(asked))


async def _rows(asked: Asked) -> list[Row]:
    bare: list[Took] = []
    help_: list[Took] = []
    library: list[Took] = []
    check: list[Took] = []
    run: list[Took] = []
    async with Discord() as discord:
        for number in range(asked.rounds(7) + 1):
            found = (
                await asyncio.to_thread(_took, ["-c", "pass"], discord),
                await asyncio.to_thread(_took, ["-m", "bot", "--help"], discord),
                await asyncio.to_thread(_took, ["-c", "import discord"], discord),
                await asyncio.to_thread(_took, ["-m", "benchmarks.launcher", discord.url, "check"], discord),
                await _until_logged_in(),
            )
            if number:  # the first round compiles
                for of, took in zip((bare, help_, library, check, run), found, strict=True):
                    of.append(took)
    return [
        *_pair("gazette --help", help_, "python -c pass", bare, Bound(BUDGET, "ours")),
        *_pair("gazette check", check, "import discord", library),
        *_pair("gazette run until it logs in, new history", run, "import discord", library),
    ]


def _took(command: list[str], discord: Discord) -> Took:
    """Run a command to its end. Raises ``subprocess.CalledProcessError`` where it fails."""
    with tempfile.TemporaryDirectory(prefix="gazette-bench-") as folder:
        (Path(folder) / "inbox").mkdir()
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env=_environment(discord),
            check=True,
            capture_output=True,
        )
        wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return 1000 * wall, 1000 * processor


def _environment(discord: Discord) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k.lower() not in Settings.model_fields}
    return (
        kept
        | DEFAULTS
        | {
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(KEPT / "bytecode"),
            "DISCORD_TOKEN": discord.token,
            "DIGEST_CHANNEL_ID": str(NEWS_ID),
        }
    )


async def _until_logged_in() -> Took:
    """Start the bot in a new folder; the time is taken when the gateway knows it."""
    begun = time.perf_counter()
    async with running() as (program, discord):
        await program.while_running(discord.until(lambda: discord.gateway.identified > 0))
        return 1000 * (time.perf_counter() - begun), 10.0 * ticks(program.pid)


def _pair(
    what: str, ours: Sequence[Took], name: str, theirs: Sequence[Took], bound: Bound | None = None
) -> Iterable[Row]:
    for place, kind in enumerate(("", ", processor time")):
        a, b = [took[place] for took in ours], [took[place] for took in theirs]
        of_wall = bound if not kind else None
        yield Row(GROUP, what + kind, "ms", Figure.of(a), name, Figure.of(b), versus(a, b), of_wall)
