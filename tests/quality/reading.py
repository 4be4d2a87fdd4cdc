"""How well articles are read: ``python -m tests.quality.reading FOLDER``.

FOLDER holds ``summaries/dev.jsonl`` with a title and a text a row. Each text is written into files of many
kinds, with a page's furniture around it, and read again. Prints a table; without the data it says so and ends
with exit code 0.
"""

import html
import json
import textwrap
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.articles.article import Article
from bot.articles.read import read
from bot.articles.text import one_line, words
from bot.errors import Refused
from tests.quality import chosen_folder

SHINGLE = 4
ABOVE = ["Home", "World", "Business", "Sport", "Log in", "Subscribe"]
BELOW = ["Share this article", "Leave a comment", "Most read", "Ten walks along the coast", "© 2024 The Sun"]
BOX = ["Most popular", "Ten walks along the coast", "A new roof for the town hall", "Advertisement"]


@dataclass(frozen=True)
class Sample:
    """An article whose title and paragraphs are known."""

    title: str
    lines: list[str]


def samples(folder: Path) -> list[Sample]:
    """Return the articles with a title and at least three paragraphs."""
    found = []
    for row in (folder / "summaries" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        value = json.loads(row)
        lines = [line for line in map(one_line, value["text"].split("\n")) if line]
        if value["title"] and len(lines) >= 3:
            found.append(Sample(value["title"], lines))
    return found


def clean(sample: Sample) -> str:
    """Return title and text and nothing else."""
    return "\n\n".join([sample.title, *sample.lines])


def wrapped(sample: Sample) -> str:
    """Return a text broken at 72 columns."""
    return "\n\n".join(textwrap.fill(line, 72) for line in [sample.title, *sample.lines])


def dump(sample: Sample) -> str:
    """Return a page as its lines, with an advertisement and a box in the article."""
    half = len(sample.lines) // 2
    lines = [sample.lines[0], "Advertisement", *sample.lines[1:half], *BOX, *sample.lines[half:]]
    return "\n".join([*ABOVE, sample.title, "By Ada Lamb", "9 February 2024", "3 min read", *lines, *BELOW])


def page(sample: Sample) -> str:
    """Return a page in HTML."""
    menu = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(ABOVE))
    body = "".join(f"<p>{html.escape(line)}</p>" for line in sample.lines)
    below = "".join(f"<div><a href='#'>{name}</a></div>" for name in BELOW)
    title = html.escape(sample.title)
    return (
        f"<!DOCTYPE html><html><head><title>{title} | The Sun</title></head><body><ul>{menu}</ul>"
        f"<h1>{title}</h1><p>By Ada Lamb</p><div>{body}</div><footer>{below}</footer></body></html>"
    )


def markdown(sample: Sample) -> str:
    """Return a Markdown file."""
    return f"# {sample.title}\n\n*By Ada Lamb*\n\n" + "\n\n".join(sample.lines)


def structured(sample: Sample) -> str:
    """Return schema.org's JSON."""
    body = "\n\n".join(sample.lines)
    return json.dumps({"@type": "NewsArticle", "headline": sample.title, "articleBody": body})


KINDS: dict[str, Callable[[Sample], str]] = {
    "clean text": clean,
    "broken lines": wrapped,
    "scraped page": dump,
    "HTML": page,
    "Markdown": markdown,
    "JSON": structured,
}


def f1(found: str, wanted: str) -> float:
    """Return the harmonic mean of precision and recall over shingles of four words, from 0 to 1."""
    left, right = shingles(found), shingles(wanted)
    shared = sum((left & right).values())
    return 2 * shared / (sum(left.values()) + sum(right.values()) or 1)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return how often each row of four words stands in the text."""
    row = words(text)
    return Counter(tuple(row[place : place + SHINGLE]) for place in range(len(row) - SHINGLE + 1))


def answer(text: str) -> Article | None:
    """Return the article, or ``None`` if it was refused."""
    try:
        return read(text.encode(), "article")
    except Refused:
        return None


def main(folder: Path) -> None:
    """Print a row for each kind of file."""
    if not (folder / "summaries" / "dev.jsonl").is_file():
        print(f"There is no summaries/dev.jsonl in {folder}: nothing was measured.")
        return
    known = samples(folder)
    print(f"{'kind':14} {'body F1':>8} {'same body':>10} {'title':>6}   of {len(known)} articles")
    for name, write in KINDS.items():
        pairs = [(sample, answer(write(sample))) for sample in known]
        scores = [f1(found.text, "\n".join(sample.lines)) if found else 0.0 for sample, found in pairs]
        same = sum(bool(found) and found.paragraphs == sample.lines for sample, found in pairs if found)
        titles = sum(words(found.title) == words(sample.title) for sample, found in pairs if found)
        print(
            f"{name:14} {sum(scores) / len(scores):8.3f} {same / len(known):10.2f} {titles / len(known):6.2f}"
        )


if __name__ == "__main__":
    main(chosen_folder())
