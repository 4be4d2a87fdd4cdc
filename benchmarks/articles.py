"""Invented articles of any length, as text files and as pages, each of its own words.

A third of the sentences are the samples' with other names, other numbers and half of their long words
exchanged; the others have the shapes of the fault tests. An article has a cast of its own, so that names come
again as they do in news. So few three words in a row are shared that each is an article of its own.
"""

import html
import math
import random
import re
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks import SAMPLES
from tests.faults.articles import DAYS, MATTERS, NOUNS, SHAPES, SYLLABLES, VERBS

FEWEST, TYPICAL, MOST = 100, 400, 5_000
"""Words of an article."""
SPREAD = 0.6
"""Of the logarithm of the length: a tenth have fewer than 190 words, a tenth more than 860."""

_ENDS = re.compile(r"(?<=[a-z0-9][.!?]) (?=[A-Z])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_NUMBER = re.compile(r"\d+")
_LONG = re.compile(r"\b[a-z]{5,}\b")
_FIRST = "Ada Carlos Ines Tom Maren Samuel Nora Leif Ruth Omar Clara Victor Edith Hugo Lena Paul".split()
_PLACES = "Port {}|{} Bay|{} Island|New {}|{}".split("|")
_BODIES = "{} Council|{} Shipping Company|University of {}|{} Trust|Bank of {}".split("|")


@dataclass(frozen=True, slots=True)
class Written:
    """An article."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """What a text file of it holds."""
        return "\n\n".join((self.title, *self.paragraphs)) + "\n"

    @property
    def body(self) -> str:
        """The text below the title."""
        return "\n\n".join(self.paragraphs)

    @property
    def page(self) -> str:
        """What a page of it holds: with menus, a list of other articles and a footer around."""
        title = html.escape(self.title)
        body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in self.paragraphs)
        links = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in NOUNS)
        return _PAGE.format(title=title, body=body, links=links)


class Press:
    """Writes one article after another; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def article(self, words: int | None = None) -> Written:
        """Return a new article of about so many words; else of a length as news have."""
        if words is None:
            drawn = TYPICAL * math.exp(self._random.gauss(0, SPREAD))
            words = round(min(MOST, max(FEWEST, drawn)))
        cast = [self._name() for _ in range(4 + words // 100)]
        subject, matter = f"{self._surname()} {self._pick(NOUNS)}", self._pick(MATTERS)
        title = f"{subject} {self._pick(VERBS)} after {cast[0]} {matter} report"
        paragraphs, left = [], words
        while left > 0:
            sentences = [self._sentence(cast) for _ in range(self._random.randint(1, 4))]
            paragraphs.append(" ".join(sentences))
            left -= len(paragraphs[-1].split())
        return Written(title, tuple(paragraphs))

    def fill(self, folder: Path, count: int, name: str = "") -> list[Written]:
        """Put so many files into the folder, every other one a page, each moved into place whole."""
        folder.mkdir(parents=True, exist_ok=True)
        written = [self.article() for _ in range(count)]
        for number, article in enumerate(written):
            kind, content = ("html", article.page) if number % 2 else ("txt", article.text)
            put(folder / f"{name}{number:05}.{kind}", content)
        return written

    def _sentence(self, cast: list[str]) -> str:
        if self._random.random() < 1 / 3:
            return self._exchanged(self._pick(_sample_sentences()), cast)
        return self._pick(SHAPES).format(
            **{f"name{n}": self._pick(cast) for n in range(3)},
            **{f"noun{n}": self._pick(NOUNS) for n in range(2)},
            **{f"matter{n}": self._pick(MATTERS) for n in range(2)},
            verb=self._pick(VERBS),
            day=self._pick(DAYS),
            number=self._random.randint(12, 9800),
        )

    def _exchanged(self, sentence: str, cast: list[str]) -> str:
        words = _sample_words()
        sentence = _NAME.sub(lambda _: self._pick(cast), sentence)
        sentence = _NUMBER.sub(lambda found: str(self._random.randrange(1, 10 ** len(found[0]))), sentence)
        return _LONG.sub(lambda found: self._random.choice((found[0], self._pick(words))), sentence)

    def _name(self) -> str:
        surname = self._surname()
        if self._random.random() < 1 / 2:
            return f"{self._pick(_FIRST)} {surname}"
        return self._pick((*_PLACES, *_BODIES)).format(surname)

    def _surname(self) -> str:
        return "".join(self._random.sample(SYLLABLES, 3)).capitalize()

    def _pick(self, some: "tuple[str, ...] | list[str]") -> str:
        return self._random.choice(some)


def put(path: Path, content: str) -> float:
    """Write a file under a hidden name and move it into place.

    Return when the last byte was written, by the monotonic clock.
    """
    hidden = path.with_name(f".{path.name}")
    hidden.write_text(content, encoding="utf-8")
    written = time.monotonic()
    hidden.rename(path)
    return written


@cache
def _sample_sentences() -> tuple[str, ...]:
    from bot.articles.read import read  # it takes a second to import

    files = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
    articles = [read(path.read_bytes(), path.name) for path in files]
    found = [s for a in articles if a.language == "en" for p in a.paragraphs for s in _ENDS.split(p)]
    return tuple(sentence for sentence in found if 8 <= len(sentence.split()) <= 40)


@cache
def _sample_words() -> tuple[str, ...]:
    return tuple(sorted({word for sentence in _sample_sentences() for word in _LONG.findall(sentence)}))


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | Coast Courier</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="Coast Courier">
<meta property="og:type" content="article">
<meta name="author" content="Nora Castellane">
<meta property="article:published_time" content="2025-12-12T15:20:00+00:00">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}"}}</script>
<style>body {{ margin: 0 auto; max-width: 40em }} nav li {{ display: inline }}</style>
</head>
<body>
<nav><ul>{links}</ul></nav>
<article>
<h1>{title}</h1>
{body}
</article>
<aside><h2>More news</h2><ul>{links}</ul></aside>
<footer><ul>{links}</ul><p>© 2025 Coast Courier. All rights reserved.</p></footer>
</body>
</html>
"""
