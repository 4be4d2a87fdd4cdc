"""What was measured on generated histories, and how it is shown."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

SEARCH = "articles_fts"
ASKED = 40
"""Times that something is done to be measured."""


@dataclass(slots=True)
class Figures:
    """What was measured on one history."""

    size: int
    times: dict[str, list[float]] = field(default_factory=dict)
    """Milliseconds of each thing that was done."""
    bytes: dict[str, float] = field(default_factory=dict)
    """An article's share of each table with its indexes."""
    verdicts: dict[str, int] = field(default_factory=dict)
    candidates: list[int] = field(default_factory=list)
    """How many old articles each new one was compared with."""

    def add(self, name: str, begun: float) -> float:
        """Note how long something took that began then; return the time."""
        now = time.perf_counter()
        self.times.setdefault(name, []).append(1000 * (now - begun))
        return now

    async def time(self, name: str, work: Callable[[], Awaitable[object]], often: int = ASKED) -> None:
        """Do something often and note how long it took each time."""
        for _ in range(often):
            begun = time.perf_counter()
            await work()
            self.add(name, begun)


def p50_p95(values: list[float]) -> str:
    """Return how these are shown."""
    if len(values) < 20:
        return f"{statistics.median(values):.1f}"
    cuts = statistics.quantiles(values, n=20)
    return f"{cuts[9]:.2f} / {cuts[18]:.2f}"


def table(found: list[Figures]) -> list[str]:
    """Return the figures as Markdown."""
    lines = ["| " + " | ".join(("", *(f"{one.size:,}" for one in found))) + " |"]
    lines.append("| --- |" + " ---: |" * len(found))
    lines.extend(
        "| " + " | ".join((name, *(p50_p95(one.times[name]) for one in found))) + " |"
        for name in found[0].times
    )
    beyond = [one.bytes["file"] - one.bytes["its text"] for one in found]
    searched = [one.bytes.get(SEARCH, 0) for one in found]
    rows: dict[str, list[float]] = {
        "bytes beyond its text": beyond,
        "… without the title search": [b - s for b, s in zip(beyond, searched, strict=True)],
    }
    names = {name for one in found for name in one.bytes}
    for name in sorted(names, key=lambda name: -found[-1].bytes.get(name, 0)):
        if found[-1].bytes.get(name, 0) >= 1:
            rows[f"… {name}"] = [one.bytes.get(name, 0) for one in found]
    rows["old articles compared with"] = [statistics.mean(one.candidates) for one in found]
    for name, values in rows.items():
        lines.append("| " + " | ".join((name, *(f"{value:,.0f}" for value in values))) + " |")
    return lines
