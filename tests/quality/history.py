"""What a long history costs: ``python -m tests.quality.history [--sizes 10000,100000] [--folder DIR]``.

For each size a history is generated in DIR, measured, and deleted: 3.1 GB and a quarter of an hour for a
million. Each figure is of the program's own code on real files, in milliseconds as p50 / p95, with what waits
on the disk and on other programs; beside the check stands what SQLite alone takes for the same statements.
"""

import argparse
import asyncio
import os
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import event

from bot.analysis.analysis import Analysis
from bot.analysis.terms import indexed
from bot.news.deciding import LIMITS, Deciding, to_candidate, words_of
from bot.news.folder import FolderFile, Signature
from bot.news.intake import Intake, Read
from bot.news.retention import Retention
from bot.news.stories import WINDOW, arrival, decide, weigh
from bot.news.subscriptions.routing import Routing
from storage import counts, fingerprints, overview, titles, trace
from storage.database import Database
from storage.packed import unpack_text
from tests.news.newsroom import subscribed
from tests.quality.figures import SEARCH, Figures, table
from tests.quality.generated import CHANNEL, TODAY, Filling
from tests.quality.newsroom import Newsroom

SIZES = (10_000, 100_000, 1_000_000)
CHECKS = 700
WARM_UP = 100
UNKNOWN = 60
"""Checks with nothing of the file in memory."""


def disk(path: Path, size: int) -> dict[str, float]:
    """Return the bytes an article takes: of its text uncompressed, and of each table with its indexes."""
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function("bytes_of", 1, lambda kept: len(unpack_text(kept).encode()))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        of_table = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master"))
        found: dict[str, float] = {}
        for name, many in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            table = SEARCH if name.startswith(SEARCH) else of_table.get(name, name)
            found[table] = found.get(table, 0) + many / size
        text, title = connection.execute(
            "SELECT avg(bytes_of(text)), avg(length(CAST(title AS BLOB))) FROM articles"
        ).fetchone()
        file = path.stat().st_size / size
    return {"its text": text, "its title": title, "file": file, **found}


class Newcomers:
    """Articles that come now: half are new, a quarter are near copies of old ones, a quarter updates."""

    def __init__(self, newsroom: Newsroom, path: Path, copied: frozenset[int]) -> None:
        self._newsroom = newsroom
        with closing(sqlite3.connect(path)) as connection:
            numbers = sorted(copied)
            marks = ",".join("?" * len(numbers))
            found = connection.execute(
                f"SELECT title, text FROM articles WHERE id IN ({marks})",  # noqa: S608 (question marks)
                numbers,
            )
            self._old = [(title, unpack_text(text)) for title, text in found]
        self._chance = np.random.default_rng(3)

    def analyses(self, count: int, today: int) -> Iterable[Analysis]:
        """Yield so many."""
        drafts = self._newsroom.drafts(np.full(count, today))
        for i, draft in enumerate(drafts):
            if i % 2:
                title, text = self._old[self._chance.integers(len(self._old))]
                old = [self._newsroom.ranks[word] for word in text.lower().replace(".", "").split()]
                words = self._newsroom.edited(old, 0.01)
                if i % 4 == 3:
                    words = (*words, *draft.words[: len(words) // 3])
                yield self._newsroom.analysis(words, title, self._newsroom.indexed(words))
            else:
                yield self._newsroom.analysis(draft.words, self._newsroom.title(draft), draft.index)


class Statements:
    """The statements that SQLAlchemy sends, so that SQLite can be given them without it."""

    def __init__(self, database: Database) -> None:
        self.sent: list[tuple[str, Any]] = []
        event.listen(database._readers.engine, "before_cursor_execute", self._note)

    def _note(self, _c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:  # noqa: ANN401
        self.sent.append((statement, parameters))

    def run(self, connection: sqlite3.Connection) -> None:
        for statement, parameters in self.sent:
            connection.execute(statement, parameters).fetchall()
        self.sent.clear()


async def measure_checks(
    figures: Figures, path: Path, database: Database, news: list[Analysis], now: datetime
) -> None:
    """Consider each article; then its parts: the queries, the comparisons, and what SQLite itself takes."""
    statements = Statements(database)
    judge = Deciding(lambda: now)
    with closing(sqlite3.connect(path)) as alone:
        for i, analysis in enumerate(news):
            warm = Figures(0) if i < WARM_UP else figures
            name = f"new/{os.urandom(4).hex()}/{i}.txt"
            statements.sent.clear()
            begun = time.perf_counter()
            what = await database.look_up(partial(judge.consider, analysis=analysis, path=name))
            verdict = what.decision.verdict
            begun = warm.add("same-text check", begun)
            statements.run(alone)
            warm.add("… its queries in SQLite alone", begun)
            await _compare(warm, database, analysis, now)
            figures.verdicts[verdict] = figures.verdicts.get(verdict, 0) + 1


async def _compare(figures: Figures, database: Database, analysis: Analysis, now: datetime) -> None:
    """Do by itself what follows the queries."""
    new = arrival(analysis.article, analysis.shingles, analysis.terms, now)
    async with database.read() as connection:
        hashes, terms = new.text.index, indexed(new.terms)
        found = await fingerprints.candidates(connection, hashes, terms, now - WINDOW, LIMITS)
        _, known = await fingerprints.get(connection, found)
        texts = await fingerprints.texts(connection, weigh(new, map(to_candidate, known)).to_read)
    begun = time.perf_counter()
    decide(weigh(new, map(to_candidate, known)), {one.article_id: words_of(one) for one in texts})
    figures.add("… its comparisons", begun)
    figures.candidates.append(len(known))


async def measure_inserts(figures: Figures, database: Database, news: list[Analysis], now: datetime) -> None:
    """Store each article as the intake does: considered, then stored and queued."""
    routing = Routing(await subscribed(database, lambda: now, CHANNEL))
    intake = Intake(database, _nobody, lambda: now, max_bytes=1, routing=routing)
    for i, analysis in enumerate(news):
        name = f"new/{os.urandom(4).hex()}/{i}.txt"
        read = Read(FolderFile(name, Signature(1, 1, 1, 1)), os.urandom(32), analysis)
        warm = Figures(0) if i < WARM_UP // 2 else figures
        begun = time.perf_counter()
        await intake.store(read, name)
        warm.add("considering and storing", begun)


async def _nobody(data: bytes, name: str, section: str | None) -> Analysis:
    raise AssertionError(name)


async def measure_questions(figures: Figures, path: Path, database: Database, now: datetime) -> None:
    """Ask what commands and the metrics ask."""
    with closing(sqlite3.connect(path)) as connection:
        title, at = connection.execute(
            "SELECT title, first_path FROM articles JOIN files ON files.article_id = articles.id "
            "WHERE articles.id = ?",
            (figures.size // 2,),
        ).fetchone()
    rare = title.split()[1]
    async with database.read() as connection:
        asked: dict[str, Callable[[], Awaitable[object]]] = {
            "completion: nothing typed": lambda: titles.newest(connection, 25),
            "completion: one letter": lambda: titles.search(connection, "b", 25),
            "completion: a frequent word": lambda: titles.search(connection, "boten", 25),
            "completion: a rare word": lambda: titles.search(connection, rare, 25),
            "completion: a whole title": lambda: titles.search(connection, title, 25),
            "/why": lambda: trace.of_path(connection, os.fsdecode(at)),
            "/status": lambda: overview.overview(connection, now - timedelta(days=1), 5),
            "metrics: deliveries": lambda: counts.deliveries_by_state(connection),
        }
        for name, work in asked.items():
            await figures.time(name, work)


async def generate(path: Path, size: int) -> None:
    """Make a history of this size."""
    await (await Database.open(path)).close()
    begun = time.perf_counter()
    Filling(Newsroom(), size, datetime.now(UTC)).fill(path)
    print(f"{size:,} articles generated in {time.perf_counter() - begun:.0f} s", flush=True)


async def measure(path: Path, size: int) -> Figures:
    """Return the figures of a history of this size."""
    figures = Figures(size)
    with closing(sqlite3.connect(path)) as connection:
        newest, last = connection.execute("SELECT max(stored_at), max(id) FROM articles").fetchone()
    now = datetime.fromtimestamp(newest / 1000, UTC)

    async def agreed() -> datetime:
        return now

    figures.bytes = disk(path, size)
    for name in ("start, nothing in memory", "start"):
        if name != "start":
            _forget(path)
        begun = time.perf_counter()
        database = await Database.open(path)
        async with database.read() as connection_:
            await titles.newest(connection_, 1)
        figures.add(name, begun)
        await database.close()
    database = await Database.open(path)
    try:
        await figures.time("clearing up, hourly", Retention(database, 0, agreed).prune, 3)
        await measure_questions(figures, path, database, now)
        newsroom = Newsroom(seed=last)
        copied = Filling(newsroom, size, now).copied
        news = [*Newcomers(newsroom, path, copied).analyses(CHECKS, TODAY)]
        _forget(path)
        judge = Deciding(lambda: now)
        for analysis in news[:UNKNOWN]:
            begun = time.perf_counter()
            await database.look_up(partial(judge.consider, analysis=analysis, path="new"))
            figures.add("same-text check, nothing in memory", begun)
        _read(path)
        await measure_checks(figures, path, database, news[UNKNOWN:], now)
        await measure_inserts(figures, database, news[: CHECKS // 2], now)
    finally:
        await database.close()
    return figures


def _forget(path: Path) -> None:
    """Have the system drop what it holds of the file in memory."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _read(path: Path) -> None:
    """Have the system hold the file in memory."""
    with path.open("rb") as file:
        while file.read(1 << 24):
            continue


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for size in map(int, asked.sizes.split(",")):
            path = Path(folder) / f"history-{size}.db"
            asyncio.run(generate(path, size))
            found.append(asyncio.run(measure(path, size)))
            for left in Path(folder).iterdir():
                left.unlink()
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
