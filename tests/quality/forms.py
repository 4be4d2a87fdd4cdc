"""How well news of one form and copies are told apart: ``python -m tests.quality.forms [FOLDER] [NAME]``.

FOLDER holds ``duplicates/forms-NAME.jsonl`` and ``forms-pairs-NAME.jsonl`` (NAME is "dev" if not given): news
written from one form about different events, and the copies, corrections and updates of each. Each pair is
decided alone: the first is there. Without the files there is nothing to measure.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.analysis.comparison import Verdict
from bot.articles.read import read
from bot.clock import utc_now
from tests.quality import chosen_folder
from tests.quality.duplicates import Pair, arrived, verdict_of

type Found = Mapping[tuple[str, str], Counter[Verdict]]


def form_pairs(folder: Path, name: str) -> Iterator[Pair]:
    """Yield the pairs of a folder."""
    now = utc_now()
    arrivals = {
        row["id"]: arrived(read(f"{row['title']}\n\n{row['text']}".encode(), "a.txt"), now)
        for row in _rows(folder / f"forms-{name}.jsonl")
    }
    for row in _rows(folder / f"forms-pairs-{name}.jsonl"):
        yield Pair(arrivals[row["a"]], arrivals[row["b"]], row["label"], row["kind"])


def figures(found: Found) -> Iterator[str]:
    """Yield what is aimed at: different news are not hidden, copies are found, updates are posted."""

    def count(label: str, *verdicts: Verdict) -> tuple[int, int]:
        rows = [counts for (one, _), counts in found.items() if one == label]
        return sum(counts[verdict] for counts in rows for verdict in verdicts), sum(map(Counter.total, rows))

    hidden, different = count("different", Verdict.SAME_TEXT)
    updates, _ = count("different", Verdict.UPDATE)
    share = updates / different
    yield f"different: {hidden} of {different} hidden, {updates} taken for an update ({share:.1%})"
    copies, every = count("copy", Verdict.SAME_TEXT)
    yield f"copies: {copies} of {every} found ({copies / every:.3f})"
    as_such, corrections = count("correction", Verdict.SAME_TEXT, Verdict.UPDATE)
    yield f"corrections: {as_such} of {corrections} are the same text or an update"
    lost, news = count("update", Verdict.SAME_TEXT)
    yield f"updates: {lost} of {news} hidden"


def main(folder: Path, name: str) -> None:
    """Print what the pairs were taken for, by kind, and the figures that are aimed at."""
    console = Console(width=110)
    folder /= "duplicates"
    if not (folder / f"forms-pairs-{name}.jsonl").exists():
        console.print(f"Nothing to measure: there are no pairs named {name} in {folder}.")
        return
    found: defaultdict[tuple[str, str], Counter[Verdict]] = defaultdict(Counter)
    for pair in form_pairs(folder, name):
        found[pair.label, pair.kind][verdict_of(pair)] += 1
    table = Table("label", "kind", *Verdict)
    for (label, kind), counts in sorted(found.items()):
        table.add_row(label, kind, *(str(counts[verdict] or "") for verdict in Verdict))
    console.print(table)
    for line in figures(found):
        console.print(line)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


if __name__ == "__main__":
    main(chosen_folder(), sys.argv[2] if len(sys.argv) > 2 else "dev")
