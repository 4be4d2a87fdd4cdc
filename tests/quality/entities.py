"""How well entities are found, on news that people annotated: ``python -m tests.quality.entities [FOLDER]``.

FOLDER holds ``entities/news-dev.jsonl`` (sentences with BIO tags) and ``entities/aliases-dev.jsonl`` (texts
with clusters of named persons, organisations, places). Without them there is nothing to measure, and that is
no failure.

- **Names**: one is right when its first character, its last and its kind are; untyped, whatever its kind.
  Tags other than PER, ORG and LOC are left out.
- **Links**: a found mention is the longest annotated one whose head word it covers. Two such mentions are
  linked if they are in one cluster, and the links found are held against those annotated. "All gold" counts
  the links of mentions that were not found as missed.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from bot.analysis.analysis import EntityKind
from bot.analysis.entities.countries import countries
from bot.analysis.entities.detection import find_mentions
from bot.analysis.entities.linking import link
from bot.analysis.entities.mentions import Mention
from bot.analysis.entities.names import fold
from bot.analysis.entities.spacy_model import load_english
from bot.articles.article import Article
from tests.quality import chosen_folder

KINDS = {"PER": EntityKind.PERSON, "ORG": EntityKind.ORGANISATION, "LOC": EntityKind.PLACE}

type Row = dict[str, Any]
"""One line of a data file, as it is."""
type Span = tuple[int, int, EntityKind]
type Clusters = Iterable[Sequence[Mention]]
type Linker = Callable[[Sequence[Mention]], Clusters]


@dataclass
class Score:
    """Counts of what was found and right, found and wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, *, found: bool, true: bool) -> None:
        """Count one decision."""
        self.right += found and true
        self.wrong += found and not true
        self.missed += true and not found

    def add_sets[T](self, found: set[T], true: set[T]) -> None:
        """Count every member of either set."""
        for one in found | true:
            self.add(found=one in found, true=one in true)

    def columns(self) -> tuple[str, str, str]:
        """Return precision, recall and F1, in per cent."""
        found, true = self.right + self.wrong, self.right + self.missed
        parts = (self.right / max(found, 1), self.right / max(true, 1), 2 * self.right / max(found + true, 1))
        return tuple(f"{100 * part:.1f}" for part in parts)  # type: ignore[return-value]  # three in, three out


def main(folder: Path) -> None:
    """Print the table, or what is missing for it."""
    console = Console()
    news, aliases = (folder / "entities" / name for name in ("news-dev.jsonl", "aliases-dev.jsonl"))
    if not (news.is_file() and aliases.is_file()):
        console.print(
            f"Nothing to measure: {folder} has no entities/{news.name} and entities/{aliases.name}."
        )
        return
    nlp = load_english()
    table = Table("measure", "precision", "recall", "F1", title="Entities")
    for name, score in (*measure_names(nlp, read(news)), *measure_links(nlp, read(aliases))):
        table.add_row(name, *score.columns())
    console.print(table)


def read(path: Path) -> list[Row]:
    """Return the rows of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure_names(nlp: Language, rows: list[Row]) -> Iterator[tuple[str, Score]]:
    """Yield how well names are found in tagged sentences, each by itself."""
    typed, halves, untyped = Score(), (Score(), Score()), Score()
    for number, row in enumerate(rows):
        found = {(one.start, one.end, one.kind) for one in find_mentions(nlp, article(row["text"]))}
        true = set(tagged(row))
        typed.add_sets(found, true)
        halves[number % 2].add_sets(found, true)
        untyped.add_sets({one[:2] for one in found}, {one[:2] for one in true})
    yield f"names, typed ({len(rows)} sentences)", typed
    yield "  odd rows", halves[0]
    yield "  even rows", halves[1]
    yield "names, untyped", untyped


def tagged(row: Row) -> Iterator[Span]:
    """Yield the names that the tags of a sentence mark."""
    spans: list[tuple[int, int, str]] = []
    end = 0
    for token, tag in zip(row["tokens"], row["tags"], strict=True):
        start = row["text"].index(token, end)
        end = start + len(token)
        if tag.startswith("B-"):
            spans.append((start, end, tag[2:]))
        elif tag.startswith("I-"):
            spans[-1] = (spans[-1][0], end, tag[2:])
    return ((start, end, KINDS[tag]) for start, end, tag in spans if tag in KINDS)


def measure_links(nlp: Language, rows: list[Row]) -> Iterator[tuple[str, Score]]:
    """Yield how well mentions are joined in whole texts."""
    ours, halves, simple, whole = Score(), (Score(), Score()), Score(), Score()
    for number, row in enumerate(rows):
        text, gold = annotated(row)
        mentions = find_mentions(nlp, article(text))
        heard = aligned(mentions, gold)
        for score in (ours, halves[number % 2]):
            count_links(score, linked(mentions), heard, [one for one in gold if one.place in heard])
        count_links(simple, same_names(mentions), heard, [one for one in gold if one.place in heard])
        count_links(whole, linked(mentions), heard, gold)
    yield f"links ({len(rows)} texts)", ours
    yield "  odd rows", halves[0]
    yield "  even rows", halves[1]
    yield "links, all gold", whole
    yield "links, joining equal names alone", simple


@dataclass(frozen=True)
class Gold:
    """An annotated mention."""

    place: int
    """Its number in the text."""
    start: int
    end: int
    head: tuple[int, int]
    cluster: str


def annotated(row: Row) -> tuple[str, list[Gold]]:
    """Return a text and its annotated mentions."""
    text, spans = "", []
    for token, space in zip(row["tokens"], row["space"], strict=True):
        spans.append((len(text), len(text) + len(token)))
        text += token + " " * space
    return text, [
        Gold(place, spans[one["start"]][0], spans[one["end"] - 1][1], spans[one["head"]], one["cluster"])
        for place, one in enumerate(row["gold"])
    ]


def aligned(mentions: Sequence[Mention], gold: list[Gold]) -> dict[int, Mention]:
    """Return the found mention for the places of annotated ones, the longest first; each is used once."""
    free = list(mentions)
    heard = {}
    for one in sorted(gold, key=lambda one: one.start - one.end):
        found = next((m for m in free if m.start <= one.head[0] and one.head[1] <= m.end), None)
        if found:
            free.remove(found)
            heard[one.place] = found
    return heard


def linked(mentions: Sequence[Mention]) -> Clusters:
    """Return the clusters that Gazette makes."""
    return [cluster.mentions for cluster in link(mentions, countries("en"))]


def same_names(mentions: Sequence[Mention]) -> Clusters:
    """Return the clusters of equal names: what Gazette's are compared with."""
    found = defaultdict(list)
    for mention in mentions:
        found[fold(mention.name)].append(mention)
    return found.values()


def count_links(score: Score, clusters: Clusters, heard: dict[int, Mention], gold: list[Gold]) -> None:
    """Count the links between any two of ``gold``."""
    owner = {mention: number for number, cluster in enumerate(clusters) for mention in cluster}
    for one, other in combinations(gold, 2):
        both = one.place in heard and other.place in heard
        score.add(
            found=both and owner[heard[one.place]] == owner[heard[other.place]],
            true=one.cluster == other.cluster,
        )


def article(text: str) -> Article:
    """Return an English article of this text."""
    return Article(title="Measured", text=text, language="en")


if __name__ == "__main__":
    main(chosen_folder())
