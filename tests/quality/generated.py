"""A generated history: the rows that the program itself would have stored for so many articles.

Words are drawn by the law of Zipf and Mandelbrot, a part of them from what the news of those days is about,
and some stand in phrases of the trade: of 24 hashes one is another's too among 200 texts, as in real news.
What an article is found by is made of its words, quicker than the program makes it. What it is compared by is
the program's own, of an article of a small pool; of the ones that are copied later it is theirs.
"""

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from bot.analysis.analysis import Analysis, Method, Summary
from bot.analysis.shingles import HASH_BITS, INDEXED, pack, shingled
from bot.analysis.terms import INDEXED as INDEXED_TERMS
from bot.analysis.terms import KEPT, Terms, pack_terms
from bot.articles.article import Article
from bot.news.retention import EDGES_KEPT, TERMS_KEPT

type Numbers = np.ndarray[Any, Any]

A_DAY = 2_000
"""Articles."""
TODAY = 10
"""The day that the newest came on; what the news is about goes by the days. The days count backwards."""
CHANNEL = 1_100_000_000_000_000_001
FEWEST, TYPICAL, MOST = 60, 270, 640
"""Words of a text. They differ as those of news do, or the rows would fill the pages as no others do."""
WORDS = 60_000
TOPICS, TOPIC_WORDS, TOPIC_DAYS = 400, 12, 3
PHRASES, STOCK = 80, 100_000
POOL = 1_000
"""Texts that are compared by what the program makes of them, over and over."""
AT_ONCE = 2_000
SENTENCE, PARAGRAPH = 18, 2

_SYLLABLES = [a + b for a in "bdfghklmnprstvwz" for b in "aeiou"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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


class Filling:
    """Writes the rows of a history."""

    def __init__(self, newsroom: Newsroom, size: int, now: datetime) -> None:
        self._newsroom = newsroom
        self._size = size
        self._now = now
        self._chance = np.random.default_rng(2)
        self._pool: list[bytes] = []
        self.copied = frozenset(
            (self._chance.choice(size, min(size // 4, 1_000), replace=False) + 1).tolist()
        )
        """The articles that what comes later may be made from."""

    def fill(self, path: Path) -> None:
        """Fill a new history in the order in which the articles came: so its pages are as full as in use."""
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000"):
                connection.execute(f"PRAGMA {pragma}")
            for start in range(1, self._size + 1, AT_ONCE):
                numbers = range(start, min(start + AT_ONCE, self._size + 1))
                connection.execute("BEGIN")
                self._put(connection, numbers)
                connection.execute("COMMIT")

    def stored_at(self, number: int) -> datetime:
        """Return when an article came."""
        return self._now - timedelta(days=(self._size - number + 1) / A_DAY)

    def _put(self, connection: sqlite3.Connection, numbers: range) -> None:
        rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in INSERTS}
        days = np.array([(self._size - number) // A_DAY for number in numbers]) + TODAY
        for number, draft in zip(numbers, self._newsroom.drafts(days), strict=True):
            self._put_article(rows, number, draft)
        for name, insert in INSERTS.items():
            connection.executemany(insert, rows[name])

    def _put_article(self, rows: dict[str, list[tuple[object, ...]]], number: int, draft: Draft) -> None:
        came = self.stored_at(number)
        at = (came - _EPOCH) // timedelta(milliseconds=1)
        title, text = self._newsroom.title(draft), self._newsroom.text(draft.words)
        slug = title.lower().replace(" ", "-")
        section = ("world", "business", "sport", "science", "politics")[number % 5]
        source = ("Harbour Post", "The Evening Register", "Northern Wire")[number % 3]
        path = f"{section}/{came:%Y/%m/%d}/{slug[:40]}-{number}.html".encode()
        chance = self._chance.random()
        of = max(1, number - int(chance * A_DAY)) if chance < 0.3 and number > 1 else None
        rows["articles"].append(
            (
                number,
                blake2b(b"text %d" % number, digest_size=16).digest(),
                title,
                text,
                "Maren Oldfield" if number % 2 else None,
                came.isoformat(timespec="seconds"),
                "en",
                source,
                f"https://news.example.com/{came:%Y/%m/%d}/{slug[:60]}",
                section,
                "balanced",
                len(draft.words) // SENTENCE,
                "[[0,118],[240,361],[480,596]]",
                self._entities(draft),
                at,
                of or number,
            )
        )
        file_hash = blake2b(b"file %d" % number, digest_size=32).digest()
        rows["files"].append((number, file_hash, number, path, at, source))
        rows["paths"].append((path, number, at))
        message = 1_200_000_000_000_000_000 + number * 4_000_000
        nonce = blake2b(b"%d" % number, digest_size=12).hexdigest()
        rows["deliveries"].append(
            (number, number, CHANNEL, nonce, message - 4_000_000, message, at, at + 400, at + 900)
        )
        if of:
            rows["comparisons"].append((number, of, chance, int(chance * 900), chance))
        self._put_fingerprint(rows, number, draft, (title, text), at)

    def _put_fingerprint(
        self,
        rows: dict[str, list[tuple[object, ...]]],
        number: int,
        draft: Draft,
        words: tuple[str, str],
        at: int,
    ) -> None:
        age = timedelta(days=(self._size - number + 1) / A_DAY)
        terms = self._newsroom.terms(draft.words) if age < TERMS_KEPT else {}
        if number in self.copied or len(self._pool) < POOL:
            data = pack(shingled(*words).fingerprint)
            self._pool.append(data)
        else:
            data = self._pool[number % POOL]
        rows["fingerprints"].append((number, data, pack_terms(terms) if terms else None))
        rows["shingles"].extend((hash_, number) for hash_ in draft.index)
        rows["terms"].extend((term, number) for term in [*terms][:INDEXED_TERMS])
        if age < EDGES_KEPT:
            hashes = mixed(np.arange(number * 7, number * 7 + 7)) >> np.uint64(64 - HASH_BITS)
            rows["edges"].extend((line, at) for line in hashes.tolist())

    def _entities(self, draft: Draft) -> str:
        names = [
            f"{self._newsroom.vocabulary[one].title()} {self._newsroom.vocabulary[other].title()}"
            for one, other in zip(draft.words[:9], draft.title_words, strict=True)
        ]
        kinds = ("person", "organisation", "place")
        found = [[name, kinds[i % 3], 1 + i % 3, [name.split()[0]][: i % 2]] for i, name in enumerate(names)]
        return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


INSERTS = {
    "articles": "INSERT INTO articles (id, text_hash, title, text, byline, published, language, source, url, "
    "section, method, sentence_count, summary, entities, stored_at, story_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "files": "INSERT INTO files (id, content_hash, outcome, article_id, first_path, seen_at, source) "
    "VALUES (?, ?, 'article', ?, ?, ?, ?)",
    "paths": "INSERT INTO paths (path, file_id, seen_at) VALUES (?, ?, ?)",
    "deliveries": "INSERT INTO deliveries (id, article_id, channel_id, state, nonce, after_message_id, "
    "message_id, queued_at, sending_at, sent_at, wanted, shown) "
    "VALUES (?, ?, ?, 'sent', ?, ?, ?, ?, ?, ?, 1, 1)",
    "comparisons": "INSERT INTO comparisons (article_id, verdict, of_id, containment, novel_words, cosine) "
    "VALUES (?, 'same_story', ?, ?, ?, ?)",
    "fingerprints": "INSERT INTO fingerprints (article_id, data, terms, is_roundup) VALUES (?, ?, ?, 0)",
    "shingles": "INSERT INTO shingles (hash, article_id) VALUES (?, ?)",
    "terms": "INSERT INTO terms (term, article_id) VALUES (?, ?)",
    "edges": "INSERT INTO edges (line, many, seen_at) VALUES (?, 1, ?)",
}
