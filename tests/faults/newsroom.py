"""What lies in the inbox, and what it is by construction: articles, copies, updates, corrections."""

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.articles import Writer, put

SECTIONS = ("world", "sport", "culture")


@dataclass
class Piece:
    """One article of a text of its own, and the files that bring it."""

    title: str
    text: str
    name: str
    """Its own file's, which a correction changes."""
    drops: list[tuple[float, str]] = field(default_factory=list)
    """When a file brought it, and in which section."""
    copies: list[str] = field(default_factory=list)
    is_update: bool = False
    has_update: bool = False
    """Two updates of one article may rightly be one text."""
    is_corrected: bool = False
    is_deleted: bool = False


class Newsroom:
    """Puts files into the inbox and knows what each is."""

    def __init__(self, inbox: Path, seed: int) -> None:
        self.inbox = inbox
        self.writer = Writer(seed)
        self.chance = random.Random(seed)  # noqa: S311 (it has to be repeatable)
        self.pieces: list[Piece] = []
        self.counts = dict.fromkeys(("articles", "copies", "updates", "corrections", "deletions"), 0)
        for section in SECTIONS:
            (inbox / section).mkdir(parents=True, exist_ok=True)

    def write(self) -> Piece:
        """Put a new article into a section."""
        title, text = self.writer.article()
        return self._bring(Piece(title, text, ""), self.chance.choice(SECTIONS))

    def copy(self, piece: Piece) -> str:
        """Put another file with an article's text into a section, mostly into its own."""
        section = piece.drops[0][1] if self.chance.random() < 0.7 else self.chance.choice(SECTIONS)
        name = f"copy-{self.counts['copies']:05}.txt"
        piece.drops.append((time.monotonic(), section))
        piece.copies.append(name)
        self.counts["copies"] += 1
        put(self.inbox / section, name, piece.text.replace("\n\n", "\n \n") + "\n" * len(piece.copies))
        return name

    def update(self, piece: Piece) -> Piece:
        """Put an article into the section that has another's text, a title of its own and a new paragraph."""
        title, _ = self.writer.article()
        body = piece.text.partition("\n\n")[2].strip()
        text = f"{title}\n\n{body}\n\n{self.writer.more()}\n"
        self.counts["updates"] += 1
        piece.has_update = True
        return self._bring(Piece(title, text, "", is_update=True), piece.drops[0][1])

    def correct(self, piece: Piece) -> None:
        """Change an article's file where it lies: one sentence ends otherwise, the title stays."""
        head, _, last = piece.text.rstrip().rpartition(".")[0].rpartition(" ")
        piece.text = f"{head} {last} again.\n"
        piece.is_corrected = True
        self.counts["corrections"] += 1
        folder, name = (self.inbox / piece.name).parent, Path(piece.name).name
        put(folder, name, piece.text)

    def delete(self, piece: Piece) -> None:
        """Delete an article's own file."""
        piece.is_deleted = True
        (self.inbox / piece.name).unlink(missing_ok=True)
        self.counts["deletions"] += 1

    def _bring(self, piece: Piece, section: str) -> Piece:
        name = f"{len(self.pieces):05}.txt"
        piece.name = f"{section}/{name}"
        piece.drops.append((time.monotonic(), section))
        self.pieces.append(piece)
        self.counts["articles"] += 1
        put(self.inbox / section, name, piece.text)
        return piece
