"""How well copies, updates and stories are told apart: ``python -m tests.quality.duplicates [FOLDER]``.

FOLDER holds ``duplicates/documents-*.jsonl`` and ``pairs-*.jsonl``: texts, and pairs of them with a label
(dup, group, same_story, new) and the kind of edit. Each pair is decided alone: the first is there.
Short texts are made from the sentences of the others. Without the files there is nothing to measure.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.analysis.analyse import shingles_of
from bot.analysis.comparison import Verdict, compare
from bot.analysis.sentences import sentences
from bot.analysis.shingles import pack
from bot.analysis.terms import cosine
from bot.articles.article import Article
from bot.articles.read import read
from bot.clock import utc_now
from bot.news.memory import MemoryHistory
from bot.news.stories import Arrival, Candidate, arrival, kinship
from tests.quality import chosen_folder

GROUPED = (Verdict.SAME_TEXT, Verdict.UPDATE, Verdict.SAME_STORY)
SHORT_PAIRS = 300
FOLDS, AIMED_AT = 5, 0.96
"""Precision on the folds in which the limit is set: on the others it is a little less."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, the older one first, and what the newer is to it."""

    old: Arrival
    new: Arrival
    label: str
    kind: str


def arrived(article: Article, now: datetime) -> Arrival:
    """Return an article as it is compared."""
    return arrival(article, *shingles_of(article), now)


def verdict_of(pair: Pair) -> Verdict:
    """Return what the newer text of a pair is, where the older one is all that is there."""
    history = MemoryHistory()
    history.take(pair.old)
    return history.take(pair.new).verdict


def reference_pairs(folder: Path, articles: dict[str, Article]) -> Iterator[Pair]:
    """Yield the pairs of a folder."""
    now = utc_now()
    arrivals = {name: arrived(article, now) for name, article in articles.items()}
    for path in sorted(folder.glob("pairs-*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            yield Pair(arrivals[row["a"]], arrivals[row["b"]], row["label"], row["kind"])


def read_articles(folder: Path) -> dict[str, Article]:
    """Return the articles of a folder by their names."""
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("documents-*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return {row["id"]: read(row["text"].encode(), "a.txt") for row in rows}


def short_pairs(articles: dict[str, Article]) -> Iterator[Pair]:
    """Yield pairs of single sentences: with a small word more or less, with another number, and others."""
    chance = random.Random(1)  # noqa: S311  # the same pairs each time
    now = utc_now()
    found = [
        sentence
        for name, article in articles.items()
        if "#" not in name and not name.startswith("tmpl")
        for sentence in sentences(article.text, "en")
        if 8 <= len(sentence.split()) < 28
    ]
    for sentence in chance.sample(found, SHORT_PAIRS):
        words = sentence.split()
        place = chance.randrange(len(words))
        other = [
            str(int(word) + chance.randint(1, 9)) if word.isdecimal() and len(word) < 9 else word
            for word in words
        ]
        edits = [
            ("typeset anew", "dup", "\n".join(words).upper()),
            ("a word more", "dup", " ".join((*words[:place], "also", *words[place:]))),
            ("a word less", "dup", " ".join((*words[:place], *words[place + 1 :]))),
            ("another sentence", "new", chance.choice(found)),
        ]
        names = [i for i, word in enumerate(words) if i and word.istitle() and word.isalpha()]
        if names:
            name = chance.choice(names)
            edits.append(("another name", "new", " ".join((*words[:name], "Brixholm", *words[name + 1 :]))))
        if other != words:
            edits.append(("another number", "new", " ".join(other)))
        old = arrived(Article(title=sentence, text=sentence, language="en"), now)
        for kind, label, text in edits:
            yield Pair(
                old, arrived(Article(title=text, text=text, language="en"), now), label, f"short: {kind}"
            )


def main(folder: Path) -> None:
    """Print what the pairs were taken for, by kind of edit, and the figures that are aimed at."""
    console = Console(width=110)
    folder /= "duplicates"
    if not any(folder.glob("pairs-*.jsonl")):
        console.print(f"Nothing to measure: there are no pairs in {folder}.")
        return
    articles = read_articles(folder)
    found: defaultdict[tuple[str, str], Counter[Verdict]] = defaultdict(Counter)
    for pair in (*reference_pairs(folder, articles), *short_pairs(articles)):
        found[pair.label, pair.kind][verdict_of(pair)] += 1
    table = Table("label", "kind", *Verdict)
    for (label, kind), counts in sorted(found.items()):
        table.add_row(label, kind, *(str(counts[verdict] or "") for verdict in Verdict))
    console.print(table)
    for line in figures({key: counts for key, counts in found.items() if not key[1].startswith("short")}):
        console.print(line)
    sizes = [
        (len(pack(one.fingerprint)), one.fingerprint.words) for one, _ in map(shingles_of, articles.values())
    ]
    for line in folds(folder, articles):
        console.print(line)
    size, words = (sum(column) / len(sizes) for column in zip(*sizes, strict=True))
    console.print(f"fingerprint: {size:.0f} bytes for {words:.0f} words")


def folds(folder: Path, articles: dict[str, Article]) -> Iterator[str]:
    """Yield how well grouping does if its limit is set on four fifths of the topics, and used on the last."""
    topics = {
        row["id"]: row["topic"]
        for path in sorted(folder.glob("documents-*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    }
    scored = [
        (topics[row["a"]], kinship_of(articles, row["a"], row["b"]), row["label"] == "same_story")
        for path in sorted(folder.glob("pairs-*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        if row["label"] in {"same_story", "new"} and row["kind"] != "template"
    ]
    chance = random.Random(1)  # noqa: S311  # the same folds each time
    order = sorted({topic for topic, _, _ in scored})
    chance.shuffle(order)
    right = wrong = 0
    for fold in range(FOLDS):
        held_out = set(order[fold::FOLDS])
        limit = _limit([(score, same) for topic, score, same in scored if topic not in held_out])
        grouped = [same for topic, score, same in scored if topic in held_out and score >= limit]
        right, wrong = right + sum(grouped), wrong + len(grouped) - sum(grouped)
    every = sum(same for _, _, same in scored)
    precision, recall = right / (right + wrong), right / every
    yield f"stories in five folds by topic: precision {precision:.4f}, recall {recall:.4f}"


def kinship_of(articles: dict[str, Article], old: str, new: str) -> float:
    """Return what speaks for one event in two articles."""
    now = utc_now()
    one, other = arrived(articles[old], now), arrived(articles[new], now)
    candidate = Candidate(0, 0, one.text.fingerprint, one.terms, one.published, now)
    alike = cosine(other.terms, one.terms)
    return kinship(other, candidate, compare(other.text, candidate.fingerprint), alike)


def _limit(scored: list[tuple[float, bool]]) -> float:
    """Return the lowest score from which on so many pairs are of one story as are aimed at."""
    right, best = 0, float("inf")
    for place, (score, same) in enumerate(sorted(scored, reverse=True), start=1):
        right += same
        if right >= AIMED_AT * place:
            best = score
    return best


def figures(found: dict[tuple[str, str], Counter[Verdict]]) -> Iterator[str]:
    """Yield precision and recall."""

    def count(label: str, verdicts: tuple[Verdict, ...] = tuple(Verdict), kind: str = "") -> int:
        rows = (
            counts for (one, other), counts in found.items() if label in {one, ""} and kind in {other, ""}
        )
        return sum(counts[verdict] for counts in rows for verdict in verdicts)

    same = (Verdict.SAME_TEXT,)
    copies, taken, all_copies = count("dup", same), count("", same), count("dup")
    yield f"same text: precision {copies / taken:.4f}, recall {copies / all_copies:.4f}"
    wrong = count("new", GROUPED, "template")
    yield f"templates: {wrong / count('new', kind='template'):.1%} taken for a copy, an update or a story"
    right, others = count("same_story", GROUPED), count("new", GROUPED)
    recall = right / count("same_story")
    yield f"stories: precision {right / (right + others):.4f}, recall {recall:.4f}"


if __name__ == "__main__":
    main(chosen_folder())
