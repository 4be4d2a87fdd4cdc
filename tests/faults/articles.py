"""Invented articles: each of its own words, so that none is taken for another's copy."""

import random
from pathlib import Path

NOUNS = (
    "harbour bridge orchard council library ferry market museum railway reservoir theatre school hospital "
    "lighthouse bakery quarry mill garden airport stadium canal vineyard observatory warehouse archive"
).split()

MATTERS = (
    "budget timetable roof contract survey licence lease inspection auction petition boundary fountain "
    "generator turbine kitchen parade tunnel staircase catalogue cistern chimney greenhouse mural"
).split()

VERBS = (
    "approved rejected postponed inspected measured repainted discussed extended cancelled reopened".split()
)

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

SYLLABLES = "bar cor dun fel gar hol kim lor mar nel pel quin ros sal tor ven wil yar zan bri".split()


def put(folder: Path, name: str, text: str) -> None:
    """Put a file into the folder, moved into place whole."""
    hidden = folder / f".{name}"
    hidden.write_text(text, encoding="utf-8")
    hidden.rename(folder / name)


class Writer:
    """Writes one article after another."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (a test has to be repeatable)
        self.written: list[str] = []
        self._texts: dict[str, str] = {}

    def article(self) -> tuple[str, str]:
        """Return the title and the text of a new article."""
        title = f"{self._name()} {self._noun()} {self._verb()} after {self._name()} {self._matter()} report"
        sentences = [self._sentence() for _ in range(9)]
        paragraphs = ["  ".join(sentences[at : at + 3]).replace("  ", " ") for at in (0, 3, 6)]
        self.written.append(title)
        self._texts[title] = "\n\n".join([title, *paragraphs]) + "\n"
        return title, self._texts[title]

    def more(self) -> str:
        """Return a paragraph that no other article has, in phrases that no article has either."""
        return " ".join(self._sentence(shape) for shape in LATER)

    def fill(self, folder: Path, count: int) -> list[str]:
        """Put this many files into the folder, each moved into place whole; return their titles."""
        titles = []
        for _ in range(count):
            title, text = self.article()
            put(folder, f"{len(self.written):05}.txt", text)
            titles.append(title)
        return titles

    def copy(self, folder: Path, title: str, name: str) -> None:
        """Put another file with the text of this article into the folder."""
        put(folder, name, self._texts[title].replace("\n\n", "\n \n"))

    def _sentence(self, shape: str | None = None) -> str:
        return (shape or self._random.choice(SHAPES)).format(
            **{f"name{n}": self._name() for n in range(3)},
            **{f"noun{n}": self._noun() for n in range(2)},
            **{f"matter{n}": self._matter() for n in range(2)},
            verb=self._verb(),
            day=self._random.choice(DAYS),
            number=self._random.randint(12, 9800),
        )

    def _name(self) -> str:
        return "".join(self._random.sample(SYLLABLES, 3)).capitalize()

    def _noun(self) -> str:
        return self._random.choice(NOUNS)

    def _matter(self) -> str:
        return self._random.choice(MATTERS)

    def _verb(self) -> str:
        return self._random.choice(VERBS)


SHAPES = (
    "The {noun0} of {name0} {verb} the {matter0} on {day} after {name1} had asked for {number} new chairs.",
    "{name0} told the {noun0} in {name1} that the {matter0} would cost {number} crowns more than planned.",
    "On {day} {number} people from {name0} walked to the {noun0} and asked {name1} about the {matter0}.",
    "Engineers from {name0} {verb} the {matter0} of the {noun0} while {name1} waited for {number} bricks.",
    "A letter by {name0} about the {matter0} lay in the {noun0} of {name1} for {number} weeks.",
    "Neither {name0} nor {name1} expected the {noun0} to sell {number} tickets for the {matter0}.",
    "The {matter0} near {name0} belongs to the {noun0}, and {name1} has kept its {number} keys since {day}.",
    "For {number} hours the {noun0} and the {noun1} of {name0} shared one {matter0} with {name1}.",
)

LATER = (
    "Later {name0} withdrew its offer because {name1} had found {number} cracks under the {noun0}.",
    "Nobody at {name1} would say who had signed for the {matter0}; only {name2} keeps copies in a safe.",
    "Lawyers acting for {name2} expect hearings before summer and want every {matter1} sealed until then.",
    "Should the appeal fail, {name0} must repay {number} crowns and hand its {noun1} over to {name1}.",
)
"""What an article that comes later says besides, each once."""
