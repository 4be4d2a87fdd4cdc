"""How many passages full of traps are split right: ``python -m tests.quality.sentences [FOLDER]``.

FOLDER holds ``sentences/traps.jsonl``: passages with their sentences. A passage is right when all of its
sentences are. Without the file there is nothing to measure, and that is no failure.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import nupunkt
from rich.console import Console
from rich.table import Table

from bot.analysis.sentences import sentences
from tests.quality import chosen_folder


@dataclass(frozen=True, slots=True)
class Trap:
    """A passage and how it should be split."""

    id: str
    text: str
    sentences: list[str]


def read_traps(path: Path) -> list[Trap]:
    """Return the traps in a file, one a line."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [Trap(row["id"], row["text"], row["sentences"]) for row in rows]


def main(folder: Path) -> None:
    """Print how many passages are right, with nupunkt alone and with the rules, and those that are not."""
    console = Console()
    path = folder / "sentences" / "traps.jsonl"
    if not path.exists():
        console.print(f"Nothing to measure: there is no {path}.")
        return
    traps = read_traps(path)
    failed = [trap for trap in traps if sentences(trap.text, "en") != trap.sentences]
    alone = sum(nupunkt.sentences(trap.text) == trap.sentences for trap in traps)
    console.print(f"{len(traps) - len(failed)} of {len(traps)} passages right (nupunkt alone: {alone})")
    if failed:
        table = Table("trap", "expected", "found")
        for trap in failed:
            table.add_row(trap.id, "\n".join(trap.sentences), "\n".join(sentences(trap.text, "en")))
        console.print(table)


if __name__ == "__main__":
    main(chosen_folder())
