"""Writes the articles of a generated history, and what a worker would have found out about them.

Words are drawn by the law of Zipf and Mandelbrot, a part of them from what the news of those days is about,
and some stand in phrases of the trade: of 24 hashes one is another's too among 200 texts, as in real news.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

import numpy as np

from bot.analysis.analysis import Analysis, Method, Summary
from bot.analysis.shingles import HASH_BITS, INDEXED, shingled
from bot.analysis.terms import KEPT, Terms
from bot.articles.article import Article

type Numbers = np.ndarray[Any, Any]

FEWEST, TYPICAL, MOST = 60, 270, 640
"""Words of a text. They differ as those of news do, or the rows would fill the pages as no others do."""
WORDS = 60_000
TOPICS, TOPIC_WORDS, TOPIC_DAYS = 400, 12, 3
PHRASES, STOCK = 80, 100_000
SENTENCE, PARAGRAPH = 18, 2

_SYLLABLES = [a + b for a in "bdfghklmnprstvwz" for b in "aeiou"]


def mixed(numbers: Numbers) -> Numbers:
    """Return 64 well mixed bits of each number (the end of splitmix64)."""
    with np.errstate(over="ignore"):
        x = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _word(rank: int) -> str:
    """Return a word of two to seven letters: the more frequent, the shorter."""
    word = ""
    while True:
        rank, place = divmod(rank, len(_SYLLABLES))
        word += _SYLLABLES[place]
        if not rank:
            return word + "nrst"[len(word) * 7 % 4] if len(word) > 2 else word
        rank -= 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A generated article, as the ranks of its words."""

    words: tuple[int, ...]
    title_words: tuple[int, ...]
    index: tuple[int, ...]


class Newsroom:
    """Writes articles; the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        shares = 1 / (np.arange(WORDS) + 2.7) ** 1.05
        shares /= shares.sum()
        self._until = np.cumsum(shares)
        self._rarity = -np.log(1 - (1 - shares) ** 300)
        self.vocabulary = [_word(rank) for rank in range(WORDS)]
        self.ranks = {word: rank for rank, word in enumerate(self.vocabulary)}

    def drafts(self, days: Numbers) -> Iterator[Draft]:
        """Yield an article for each of these days."""
        count = len(days)
        words = self._drawn((count, MOST))
        topics = days // TOPIC_DAYS * TOPICS + (TOPICS ** self._random.random(count)).astype(np.int64)
        named = topics[:, None] * TOPIC_WORDS + self._random.integers(TOPIC_WORDS, size=(count, MOST))
        about = (mixed(named) % np.uint64(WORDS // 2)).astype(np.int64) + WORDS // 20
        words = np.where(self._random.random((count, MOST)) < 0.06, about, words)
        self._put_phrases(words)
        titles = np.concatenate([about[:, :4], self._drawn((count, 5))], axis=1)
        drawn = TYPICAL * np.exp(self._random.normal(0, 0.45, count))
        lengths = np.clip(drawn, FEWEST, MOST).astype(np.int64)
        for row, title, length, index in zip(words, titles, lengths, _indexes(words, lengths), strict=True):
            yield Draft(tuple(row[:length].tolist()), tuple(title.tolist()), index)

    def edited(self, words: Sequence[int], share: float) -> tuple[int, ...]:
        """Return the words with a share of them changed."""
        drawn, others = self._random.random(len(words)), self._drawn((len(words),))
        return tuple(
            other if chance < share else word
            for word, chance, other in zip(words, drawn.tolist(), others.tolist(), strict=True)
        )

    def indexed(self, words: Sequence[int]) -> tuple[int, ...]:
        """Return what a text is found by."""
        return _indexes(np.array([words]), np.array([len(words)]))[0]

    def title(self, draft: Draft) -> str:
        """Return a headline."""
        return " ".join(self.vocabulary[word] for word in draft.title_words).capitalize()

    def text(self, words: Sequence[int]) -> str:
        """Return a text in sentences and paragraphs, one a line."""
        spelt = [self.vocabulary[word] for word in words]
        sentences = [
            " ".join(spelt[i : i + SENTENCE]).capitalize() + "." for i in range(0, len(spelt), SENTENCE)
        ]
        return "\n".join(" ".join(sentences[i : i + PARAGRAPH]) for i in range(0, len(sentences), PARAGRAPH))

    def terms(self, words: Sequence[int]) -> Terms:
        """Return the weightiest words, weighed as the program weighs those of English."""
        weights = {word: (1 + math.log(count)) * self._rarity[word] for word, count in Counter(words).items()}
        kept = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:KEPT]
        norm = math.sqrt(sum(weight * weight for _, weight in kept))
        hashes = mixed(np.array([word for word, _ in kept])) >> np.uint64(32)
        return {
            hash_: max(1, round(255 * weight / norm))
            for hash_, (_, weight) in zip(hashes.tolist(), kept, strict=True)
        }

    def analysis(self, words: Sequence[int], title: str, index: tuple[int, ...]) -> Analysis:
        """Return what a worker would have found out about this text."""
        text = self.text(words)
        article = Article(
            title=title, text=text, language="en", source="Harbour Post", published=datetime.now(UTC)
        )
        first = text.split(". ")[0]
        summary = Summary((first,), Method.BALANCED, -(-len(words) // SENTENCE))
        text_hash = blake2b(text.encode(), digest_size=16).digest()
        shingles = replace(shingled(title, text), index=index)
        return Analysis(article, summary, None, text_hash, shingles, self.terms(words))

    def _put_phrases(self, words: Numbers) -> None:
        """Put phrases of the trade into the texts: three words that stand together in many of them."""
        for _ in range(PHRASES):
            rows = np.arange(len(words))
            places = self._random.integers(MOST - 2, size=len(words))
            phrases = (STOCK ** (0.36 + 0.64 * self._random.random(len(words)))).astype(np.int64)
            for i in range(3):
                ranks = mixed(phrases * 3 + i) % np.uint64(WORDS // 150)
                words[rows, places + i] = ranks.astype(np.int64)

    def _drawn(self, shape: tuple[int, ...]) -> Numbers:
        return np.minimum(np.searchsorted(self._until, self._random.random(shape)), WORDS - 1)


def _indexes(words: Numbers, lengths: Numbers) -> list[tuple[int, ...]]:
    """Return the smallest hashes of three words in a row, of each text."""
    ranks = words.astype(np.uint64) + np.uint64(1)
    size = np.uint64(WORDS)
    hashes = mixed((ranks[:, :-2] * size + ranks[:, 1:-1]) * size + ranks[:, 2:]) >> np.uint64(64 - HASH_BITS)
    places = np.arange(hashes.shape[1])
    hashes = np.where(places[None, :] < lengths[:, None] - 2, hashes, np.uint64(2**63))
    smallest = np.sort(hashes, axis=1)[:, : 2 * INDEXED]
    return [tuple(dict.fromkeys(row))[:INDEXED] for row in smallest.tolist()]
