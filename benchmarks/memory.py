"""Memory of all processes together (PSS: what several share counts once): the real program over loopback."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from benchmarks.articles import Press
from benchmarks.asked import Asked
from benchmarks.figures import Bound, Figure, Row
from benchmarks.live import Live, drop_all, many, running, settled

GROUP = "Memory"
KINDS = {
    "1 worker": {},
    "2 workers": {"WORKERS": "2"},
    "1 worker, ENTITIES=off": {"ENTITIES": "off"},
}
BUDGET = {"1 worker": 450, "1 worker, ENTITIES=off": 200}
WARM = 100
"""Articles after which growth counts."""
SECONDS = 30
LONG = 10_000
HOUR = 3_600


def rows(asked: Asked) -> Iterable[Row]:
    """Return the rows of each kind of program."""
    return [row for kind, settings in KINDS.items() for row in asyncio.run(_rows(kind, settings, asked))]


async def _rows(kind: str, settings: dict[str, str], asked: Asked) -> list[Row]:
    found = []

    def row(
        what: str, megabytes: float, before: tuple[str, float] | None = None, bound: Bound | None = None
    ) -> None:
        beside, theirs = (before[0], Figure.of([before[1]])) if before else ("", None)
        ratio = megabytes / before[1] if before else None
        found.append(
            Row(GROUP, f"{kind}: {what}", "MB", Figure.of([megabytes]), beside, theirs, ratio, bound)
        )

    async with running(BURST_LIMIT="0", UNPACED="1", **settings) as (program, discord):
        await program.logged("running as")
        row("started", await _at_rest(program))
        await settled(program, discord, Press(seed=11))
        bound = Bound(BUDGET[kind], "ours") if kind in BUDGET else None
        row("idle after the first article", await _at_rest(program), bound=bound)
        is_long = asked.long and kind == "1 worker"
        inbox = many(LONG if is_long else 5_000)
        await asyncio.to_thread(drop_all, inbox, program.inbox)
        await program.while_running(_until_stored(program, WARM))
        warm = f"after {WARM} articles", program.megabytes()
        if is_long:
            await program.while_running(_until_stored(program, LONG))
        else:
            await program.while_running(asyncio.sleep(5 if asked.quick else SECONDS))
        row(
            f"after {program.stored():,} articles",
            program.megabytes(),
            warm,
            Bound(1.05) if is_long else None,
        )
        if is_long:
            await program.while_running(asyncio.sleep(HOUR))
            row("after an idle hour", await _at_rest(program), warm)
    return found


async def _until_stored(program: Live, count: int) -> None:
    while program.stored() < count:  # a log tells nobody that it has grown
        await asyncio.sleep(0.2)


async def _at_rest(program: Live) -> float:
    """Return the megabytes once two looks, one after the other, see nearly the same and no work between."""
    before, worked = -1.0, -1
    while True:
        now, work = program.megabytes(), _ticks(program)
        if abs(now - before) < 1 and work - worked <= 2:
            return now
        before, worked = now, work
        await program.while_running(asyncio.sleep(0.5))


def _ticks(program: Live) -> int:
    """Return how much processor time its processes have taken, in hundredths of a second."""
    return sum(ticks(pid) for pid in program.left())


def ticks(pid: int) -> int:
    """Return how much processor time a process has taken, in hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
