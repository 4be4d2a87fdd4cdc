"""How close summaries come to those that people wrote: ``python -m tests.quality.summaries [FOLDER]``.

FOLDER holds ``summaries/dev.jsonl``: articles with a summary, of which ``ref_kind`` says who made it;
machine-made ones are left out. Without the file there is nothing to measure, and that is no failure.

- **ROUGE** is the mean of ROUGE-1, ROUGE-2 and ROUGE-L (F1, Lin 2004) over Snowball stems, in percent, of
  three sentences.
- Beside it stands the difference to the article's first three sentences, with its 95 % interval (2,000
  bootstrap samples of articles, drawn with one seed).
- **Dangling** counts summaries in which a sentence opens with a pronoun or a connective and does not come
  right after its predecessor.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from bot.analysis.analysis import Method
from bot.analysis.leaning import opener
from bot.analysis.sentences import sentences
from bot.analysis.standalone import is_news
from bot.analysis.summarize import summarize
from bot.analysis.words import stemmer
from bot.articles.article import Article
from tests.quality import chosen_folder

COUNT = 3
SAMPLES = 2000
MACHINE_MADE = "extractive"


@dataclass(frozen=True, slots=True)
class Pair:
    """An article and the summary that a person wrote of it."""

    article: Article
    reference: tuple[str, ...]
    """Its stems."""


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text as ROUGE compares them."""
    stem = stemmer("en")
    return tuple(stem(word) for word in re.findall(r"[a-z0-9]+", text.lower()))


def read_pairs(path: Path) -> list[Pair]:
    """Return the articles whose summary a person wrote."""
    pairs = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        paragraphs = [" ".join(paragraph.split()) for paragraph in row["text"].split("\n")]
        text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
        if not row["ref_kind"].startswith(MACHINE_MADE):
            article = Article(title=row["title"] or "Untitled", text=text, language="en")
            pairs.append(Pair(article, stems(row["summary"])))
    return pairs


def rouge(found: Sequence[str], reference: Sequence[str]) -> float:
    """Return the mean of ROUGE-1, ROUGE-2 and ROUGE-L (F1) in percent."""
    shared = [(_shared_ngrams(found, reference, size), size) for size in (1, 2)]
    scores = [_f1(count, len(found) + 1 - size, len(reference) + 1 - size) for count, size in shared]
    scores.append(_f1(_longest_common(found, reference), len(found), len(reference)))
    return 100 * fmean(scores)


def _f1(shared: int, found: int, reference: int) -> float:
    return 2 * shared / (found + reference) if shared else 0.0


def _shared_ngrams(found: Sequence[str], reference: Sequence[str], size: int) -> int:
    first, second = (
        Counter(tuple(words[start : start + size]) for start in range(len(words) - size + 1))
        for words in (found, reference)
    )
    return (first & second).total()


def _longest_common(found: Sequence[str], reference: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(reference) + 1)
    for word in found:
        above = row
        row = [0]
        for place, other in enumerate(reference):
            row.append(above[place] + 1 if word == other else max(above[place + 1], row[place]))
    return row[-1]


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean."""
    source = random.Random(0)  # noqa: S311  # samples, no secrets
    means = sorted(fmean(source.choices(differences, k=len(differences))) for _ in range(SAMPLES))
    return means[SAMPLES // 40], means[-SAMPLES // 40]


def dangles(article: Article, summary: Sequence[str]) -> bool:
    """Tell whether a sentence of the summary leans on one that is not there."""
    every = _every_sentence(article)
    pattern = opener(article.language)
    for place, sentence in enumerate(summary):
        if not pattern.match(sentence.lstrip("\"'“‘(")):
            continue
        before = every[every.index(sentence) - 1] if every.index(sentence) else None
        if before is None or place == 0 or summary[place - 1] != before:
            return True
    return False


def main(folder: Path) -> None:
    """Print a table with a line for the first sentences and one for each method."""
    console = Console()
    path = folder / "summaries" / "dev.jsonl"
    if not path.exists():
        console.print(f"Nothing to measure: there is no {path}.")
        return
    pairs = read_pairs(path)
    leads = [_every_sentence(pair.article)[:COUNT] for pair in pairs]
    lead_scores = [
        rouge(stems(" ".join(lead)), pair.reference) for lead, pair in zip(leads, pairs, strict=True)
    ]
    news = [_first_news(pair.article) for pair in pairs]
    news_scores = [rouge(stems(" ".join(n)), pair.reference) for n, pair in zip(news, pairs, strict=True)]
    table = Table(
        "method",
        "ROUGE",
        f"against the first {COUNT} of the news",
        "dangling",
        title=f"{len(pairs)} articles",
    )
    _add_row(table, f"first {COUNT}", lead_scores, "", _dangling(pairs, leads))
    _add_row(table, f"first {COUNT} of the news", news_scores, "", _dangling(pairs, news))
    for method in Method:
        found = [summarize(pair.article, COUNT, method).sentences for pair in pairs]
        scores = [rouge(stems(" ".join(s)), pair.reference) for s, pair in zip(found, pairs, strict=True)]
        gains = [score - first for score, first in zip(scores, news_scores, strict=True)]
        low, high = interval(gains)
        _add_row(
            table, method, scores, f"{fmean(gains):+.2f} [{low:+.2f}, {high:+.2f}]", _dangling(pairs, found)
        )
    console.print(table)


def _every_sentence(article: Article) -> list[str]:
    return [s for paragraph in article.paragraphs for s in sentences(paragraph, article.language)]


def _first_news(article: Article) -> list[str]:
    """Return the first sentences that are neither short, a question, a bare attribution nor furniture."""
    return [s for s in _every_sentence(article) if is_news(s, article.title, article.language)][:COUNT]


def _dangling(pairs: Sequence[Pair], found: Sequence[Sequence[str]]) -> int:
    return sum(dangles(pair.article, summary) for pair, summary in zip(pairs, found, strict=True))


def _add_row(table: Table, name: str, scores: Sequence[float], gain: str, dangling: int) -> None:
    table.add_row(name, f"{fmean(scores):.2f}", gain, str(dangling))


if __name__ == "__main__":
    main(chosen_folder())
