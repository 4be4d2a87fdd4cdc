"""The event loop and the answers to commands while 5,000 files are read: the real program over loopback.

The loop is looked at every 5 ms; how late that is says how long it was blocked, or the processor given to
others. Beside it stands a loop in a process of its own that does nothing else, looked at the same way.
"""

import asyncio
import json
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import ROOT
from benchmarks.articles import Press
from benchmarks.asked import Asked
from benchmarks.figures import Bound, Figure, Json, Row, percentile
from benchmarks.live import COMMAND, COMPLETION, MANY, TEXT, Discord, Live, drop_all, many, running, settled

GROUP = "Event loop"
BETWEEN = 0.5
"""Seconds between two uses of the command."""


@dataclass(slots=True)
class _Seen:
    """Milliseconds."""

    completions: list[float] = field(default_factory=list)
    summaries: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)


def rows(asked: Asked) -> Iterable[Row]:
    """Return the rows for one worker and for two."""
    found = []
    for workers in (1, 2):
        idle, busy = asyncio.run(_measured(str(workers), 8 if asked.quick else 30))
        which = "1 worker" if workers == 1 else "2 workers"
        found += [*_blocked(which, busy), *_acknowledged(which, idle, busy)]
    return found


def _blocked(which: str, busy: _Seen) -> Iterable[Row]:
    for name, percent in (("p99", 99), ("longest", 100)):
        ours, beside = _at(busy.late, percent), _at(busy.beside, percent)
        bound = Bound(50, "ours") if percent < 100 else None
        what = f"{which}: blocked, {name}"
        yield Row(GROUP, what, "ms", Figure.of([ours]), "an idle loop", Figure.of([beside]), bound=bound)


def _acknowledged(which: str, idle: _Seen, busy: _Seen) -> Iterable[Row]:
    kinds = (("completion", idle.completions, busy.completions), ("/summary", idle.summaries, busy.summaries))
    for name, at_rest, at_work in kinds:
        for label, percent in (("p50", 50), ("p99", 99)):
            bound = Bound(500, "ours") if percent == 99 else None
            ours, beside = Figure.of([_at(at_work, percent)]), Figure.of([_at(at_rest, percent)])
            what = f"{which}: {name} acknowledged, {label}"
            note = f"{len(busy.summaries)} uses while {MANY:,} files are read"
            yield Row(GROUP, what, "ms", ours, "idle bot", beside, bound=bound, note=note)


def _at(values: list[float], percent: int) -> float:
    return max(values) if percent == 100 else percentile(values, percent)


async def _measured(workers: str, seconds: float) -> tuple[_Seen, _Seen]:
    """Return what was seen of the idle bot and of the busy one."""
    press, idle, busy = Press(seed=9), _Seen(), _Seen()
    with tempfile.TemporaryDirectory(prefix="gazette-bench-") as folder:
        told, beside = Path(folder) / "loop", Path(folder) / "beside"
        async with running(WORKERS=workers, LATENESS=str(told)) as (program, discord):
            await settled(program, discord, press)
            word = discord.came[0][1].title.split()[0]
            await _use(program, discord, word, seconds / 4, idle)
            async with _watched(beside):
                begun = await asyncio.to_thread(drop_all, many(), program.inbox)
                await _use(program, discord, word, seconds, busy)
                ended = time.monotonic()
        for late, path in ((busy.late, told), (busy.beside, beside)):
            seen = json.loads(path.read_text(encoding="utf-8"))
            late.extend(ms for at, ms in seen if begun <= at <= ended)
    return idle, busy


async def _use(program: Live, discord: Discord, word: str, seconds: float, seen: _Seen) -> None:
    """Use the command again and again: type a word, choose the first article, ask for its summary."""

    async def again_and_again() -> None:
        ended = time.monotonic() + seconds
        while time.monotonic() < ended:
            typed: Json = {"name": "article", "type": TEXT, "value": word}
            took, body = await discord.use(COMPLETION, [{**typed, "focused": True}])
            seen.completions.append(took)
            chosen = body["data"]["choices"][0]["value"]
            took, _ = await discord.use(COMMAND, [{**typed, "value": chosen}])
            seen.summaries.append(took)
            await asyncio.sleep(BETWEEN)

    await program.while_running(again_and_again())


@asynccontextmanager
async def _watched(told: Path) -> AsyncIterator[None]:
    """Watch a loop that does nothing else during the block."""
    code = f"from benchmarks.launcher import watch_alone; watch_alone({str(told)!r})"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()
