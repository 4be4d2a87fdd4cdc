"""A generated history: the rows that the program itself would have stored for so many articles.

What an article is found by is made of its words, quicker than the program makes it. What it is compared by is
the program's own, of an article of a small pool; of the ones that are copied later it is theirs.
"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import numpy as np

from bot.analysis.shingles import HASH_BITS, pack, shingled
from bot.analysis.terms import INDEXED as INDEXED_TERMS
from bot.analysis.terms import pack_terms
from bot.news.retention import EDGES_KEPT, TERMS_KEPT
from storage.packed import pack_text
from tests.quality.newsroom import SENTENCE, Draft, Newsroom, mixed

A_DAY = 2_000
"""Articles."""
TODAY = 10
"""The day that the newest came on; what the news is about goes by the days. The days count backwards."""
CHANNEL = 1_100_000_000_000_000_001
POOL = 1_000
"""Texts that are compared by what the program makes of them, over and over."""
AT_ONCE = 2_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
                pack_text(text),
                "Maren Oldfield" if number % 2 else None,
                came.isoformat(timespec="seconds"),
                "en",
                source,
                f"https://news.example.com/{came:%Y/%m/%d}/{slug[:60]}",
                section,
                "balanced",
                len(draft.words) // SENTENCE,
                "[[0,118],[240,361],[480,596]]",
                pack_text(self._entities(draft)),
                at,
                of or number,
                len(text),
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
    "section, method, sentence_count, summary, entities, stored_at, story_id, "
    "characters) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
