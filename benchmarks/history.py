"""What a long history costs: ``tests.quality.history`` generates it and measures the program's code on it.

The sizes are measured one after the other. Beside the same-text check stands what SQLite alone takes for the
same statements, in turn; beside a larger history stands the same of the smaller one.
"""

import asyncio
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.asked import Asked
from benchmarks.figures import Bound, Figure, Row, percentile, versus
from tests.quality.figures import SEARCH, Figures
from tests.quality.history import generate, measure

GROUP = "History"
CHECK = "same-text check"
ALONE = "… its queries in SQLite alone"
OWN_TEXT = ("file", "its text")
GROWTH = Bound(2)


def rows(asked: Asked) -> Iterable[Row]:
    """Yield the rows of each size."""
    sizes = (1_000, 2_000) if asked.quick else (10_000, 100_000)
    smaller: Figures | None = None
    with tempfile.TemporaryDirectory(prefix="gazette-bench-") as folder:
        for size in (*sizes, *((1_000_000,) if asked.million else ())):
            path = Path(folder) / f"history-{size}.db"
            asyncio.run(generate(path, size))
            found = asyncio.run(measure(path, size))
            for left in Path(folder).iterdir():
                left.unlink()
            yield from _times(found, smaller)
            yield from _bytes(found)
            smaller = found


def _times(found: Figures, smaller: Figures | None) -> Iterable[Row]:
    which = f"{found.size:,}"
    is_large = found.size == 1_000_000
    check, alone = found.times[CHECK], found.times[ALONE]
    yield Row(
        GROUP,
        f"{which}: {CHECK}",
        "ms",
        Figure.of(check),
        "its queries in SQLite",
        Figure.of(alone),
        versus(check, alone),
        Bound(2, "ours") if is_large else None,
    )
    p95 = percentile(check, 95)
    yield Row(
        GROUP, f"{which}: {CHECK}, p95", "ms", Figure.of([p95]), bound=Bound(6, "ours") if is_large else None
    )
    for name, times in found.times.items():
        if name.startswith("…"):
            continue
        ours, bound = Figure.of(times), Bound(2_000, "ours") if name == "start" else None
        if smaller is None:
            if name != CHECK:
                yield Row(GROUP, f"{which}: {name}", "ms", ours, bound=bound)
            continue
        theirs = Figure.of(smaller.times[name])
        if name == CHECK and is_large:
            bound = GROWTH
        beside = f"with {smaller.size:,}"
        what = f"{which}: {name}, growth" if name == CHECK else f"{which}: {name}"
        yield Row(GROUP, what, "ms", ours, beside, theirs, ours.median / theirs.median, bound)


def _bytes(found: Figures) -> Iterable[Row]:
    whole, text = (found.bytes[name] for name in OWN_TEXT)
    search = found.bytes.get(SEARCH, 0.0)
    which = f"{found.size:,}: bytes of an article beyond its text"
    is_full = found.size >= 100_000  # a small file is mostly pages that are not full
    with_search, without = (Bound(at, "ours") if is_full else None for at in (3_500, 1_500))
    yield Row(GROUP, f"{which}, with the title search", "B", Figure.of([whole - text]), bound=with_search)
    yield Row(GROUP, f"{which}, without", "B", Figure.of([whole - text - search]), bound=without)
