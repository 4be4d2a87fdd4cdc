"""What was measured: values with their spread, in rows of one table."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that was measured several times."""

    median: float
    low: float
    """The first quartile; the smallest where there are fewer than four."""
    high: float
    """The third quartile; the largest where there are fewer than four."""
    runs: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Return what these values come to. Raises ``statistics.StatisticsError`` where there are none."""
        if len(values) < 4:
            return cls(statistics.median(values), min(values), max(values), len(values))
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, low, high, len(values))

    def __str__(self) -> str:
        if self.runs == 1 or self.low == self.high:
            return short(self.median)
        return f"{short(self.median)} ({short(self.low)}–{short(self.high)})"


@dataclass(frozen=True, slots=True)
class Bound:
    """A line of the budget."""

    at: float
    of: str = "ratio"
    """Which column it is about: ``ratio`` or ``ours``."""
    least: bool = False
    """Whether it is the least that is wanted, not the most."""

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {short(self.at)}{' ×' if self.of == 'ratio' else ''}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    group: str
    what: str
    unit: str
    ours: Figure
    beside: str = ""
    """What stands beside ours: a peer, or the floor."""
    theirs: Figure | None = None
    ratio: float | None = None
    """Ours to theirs: the median of the pairs that were measured in turn, where there are pairs."""
    bound: Bound | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether it is within the budget; ``None`` where there is none."""
        value = self.ratio if self.bound and self.bound.of == "ratio" else self.ours.median
        if self.bound is None or value is None:
            return None
        return value >= self.bound.at if self.bound.least else value <= self.bound.at

    def to_json(self) -> Json:
        """Return the row as plain values."""
        return asdict(self) | {"is_met": self.is_met}

    @classmethod
    def from_json(cls, row: Json) -> Self:
        """Return the row that was made into these values."""
        given = {name: value for name, value in row.items() if name != "is_met"}
        theirs, bound = given.pop("theirs"), given.pop("bound")
        return cls(
            **given | {"ours": Figure(**given["ours"])},
            theirs=Figure(**theirs) if theirs else None,
            bound=Bound(**bound) if bound else None,
        )


def in_turn[K](work: Mapping[K, Callable[[], float]], rounds: int) -> dict[K, list[float]]:
    """Measure each thing once a round: what slows the machine down meanwhile slows all of them down."""
    found: dict[K, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, measure in work.items():
            found[name].append(measure())
    return found


def timed(work: Callable[[], object], often: int = 1) -> float:
    """Return the milliseconds that it takes once, done so often in a row."""
    begun = time.perf_counter()
    for _ in range(often):
        work()
    return 1000 * (time.perf_counter() - begun) / often


def versus(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios of what was measured in turn."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many percent of the values are at most."""
    if len(values) < 2:
        return max(values, default=0.0)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def short(value: float) -> str:
    """Return three digits of a value, or all that stand before the point."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as Markdown."""
    head = ("what", "unit", "ours", "beside it", "theirs", "ratio", "budget")
    cells = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(head))]
    lines, group = [], ""
    for number, line in enumerate(cells):
        row = rows[number - 1] if number else None
        if row is not None and row.group != group:
            group = row.group
            lines.append(f"| **{group}** |" + " |" * (len(head) - 1))
        lines.append("| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |")
        if row is None:
            lines.append("| " + " | ".join("-" * width for width in widths) + " |")
    notes = dict.fromkeys(f"{row.group}: {row.note}" for row in rows if row.note)
    return "\n".join([*lines, "", *notes])


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {True: ", met", False: ", OVER", None: ""}[row.is_met]
    return (
        row.what,
        row.unit,
        str(row.ours),
        row.beside,
        str(row.theirs or ""),
        "" if row.ratio is None else f"{short(row.ratio)} ×",
        f"{row.bound}{verdict}" if row.bound else "",
    )
