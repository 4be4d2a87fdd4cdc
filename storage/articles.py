"""Articles in the history."""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, case, insert, select, text, update
from sqlalchemy.exc import OperationalError

from storage.connection import Connection
from storage.schema import HAS_A_BODY, LENGTH, OPEN, articles, deliveries, files


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity as it is kept with its article."""

    name: str
    kind: str
    count: int
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article with what was found out about it."""

    text_hash: bytes
    title: str
    text: str
    byline: str | None
    published: date | None
    language: str | None
    source: str | None
    url: str | None
    picture: str | None
    section: str | None
    method: str
    sentence_count: int
    summary: tuple[tuple[int, int], ...]
    """Start and end of each sentence of the summary, in characters of ``text``."""
    entities: tuple[EntityRecord, ...] | None
    stored_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle(ArticleRecord):
    """An article that has its place in the history."""

    id: int
    pruned_at: datetime | None
    """When its body was removed for its age, if it was."""
    forgotten_at: datetime | None
    """When it was taken back for good, if it was."""
    story_id: int
    """The article that began the story which it belongs to: itself, where it belongs to no other's."""
    duplicate_of: int | None
    """The article that has the same text, if it came before."""
    update_of: int | None
    """The article that this one says more than, if it does."""
    news: tuple[tuple[int, int], ...] | None
    """Start and end of the sentences that are new in an update."""
    similar_to: int | None
    """The article that this one may be a copy of, until somebody says."""

    @property
    def has_a_body(self) -> bool:
        """Whether there is anything left to show of it."""
        return self.pruned_at is None and self.forgotten_at is None


LONGEST_OF = 100_000
"""Articles, the newest: to measure so many takes 0.6 seconds, and each text is read for it."""

_NEWEST = (
    select(articles.c.id, LENGTH.label("length"))
    .where(text(HAS_A_BODY))
    .order_by(articles.c.stored_at.desc())
    .limit(LONGEST_OF)
    .subquery()
)
_LONGEST = select(_NEWEST.c.id).order_by(_NEWEST.c.length.desc(), _NEWEST.c.id.desc()).limit(1)


_ADD = insert(articles).returning(articles.c.id)
_GET = select(articles).where(articles.c.id == bindparam("article_id"))
_SHOWN = _GET.with_only_columns(articles.c.id).where(articles.c.forgotten_at.is_(None))
_WITH_TEXT = select(articles.c.id).where(articles.c.text_hash == bindparam("text_hash"))
"""Made once, as they are asked for each article: to make a query takes three times as long as to send it."""


async def add(connection: Connection, record: ArticleRecord) -> int:
    """Store an article and return its id. Raises ``IntegrityError`` where its text is stored already."""
    article_id: int = (await connection.execute(_ADD, _columns(record))).scalar_one()
    return article_id


async def get(connection: Connection, article_id: int) -> StoredArticle | None:
    """Return the article, or ``None`` where there is none of that id."""
    row = (await connection.execute(_GET, {"article_id": article_id})).mappings().first()
    return None if row is None else _stored(row)


async def longest(connection: Connection) -> StoredArticle | None:
    """Return the article with the longest body among the newest, or ``None`` where none has a body."""
    query = select(articles).where(articles.c.id == _LONGEST.scalar_subquery())
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else _stored(row)


async def is_forgotten(connection: Connection, article_id: int) -> bool:
    """Return whether the article was taken back for good, or is not there."""
    return (await connection.execute(_SHOWN, {"article_id": article_id})).scalar() is None


async def find_text(connection: Connection, text_hash: bytes) -> int | None:
    """Return the id of the article whose text has this hash, or ``None``."""
    return (await connection.execute(_WITH_TEXT, {"text_hash": text_hash})).scalar()


async def forget(connection: Connection, article_id: int, now: datetime) -> None:
    """Remove all that the article said; the hash of its text stays, so that it is never taken in again.

    Before SQLite 3.42 the words of its title stay in pages of the search index until it merges them.
    """
    with suppress(OperationalError):
        await connection.exec_driver_sql(
            "INSERT INTO articles_fts(articles_fts, rank) VALUES ('secure-delete', 1)"
        )
    await _empty(connection, articles.c.id == article_id, title="", forgotten_at=now, **_UNSAID)
    await connection.execute(update(files).where(files.c.article_id == article_id).values(source=None))


async def ids_of(connection: Connection, text_hashes: Iterable[bytes]) -> dict[bytes, int]:
    """Return the articles whose texts have these hashes."""
    wanted = [*text_hashes]
    if not wanted:
        return {}
    query = select(articles.c.text_hash, articles.c.id).where(articles.c.text_hash.in_(wanted))
    return {row.text_hash: row.id for row in await connection.execute(query)}


async def correct(connection: Connection, article_id: int, record: ArticleRecord) -> None:
    """Let an article say what its file says now; when it came, and its story, stay.

    What was new in it stays where its text does. Raises ``IntegrityError`` where another has that text.
    """
    values = {name: value for name, value in _columns(record).items() if name != "stored_at"}
    news = case((articles.c.text_hash == record.text_hash, articles.c.news))
    await connection.execute(
        update(articles).where(articles.c.id == article_id).values(**values, pruned_at=None, news=news)
    )


async def says(connection: Connection, article_id: int, record: ArticleRecord) -> bool:
    """Return whether an article says just that already."""
    stored = await get(connection, article_id)
    names = [name for name in ArticleRecord.__dataclass_fields__ if name != "stored_at"]
    return stored is not None and all(getattr(stored, name) == getattr(record, name) for name in names)


async def revive(connection: Connection, article_id: int, record: ArticleRecord) -> None:
    """Give an article its body again that was removed for its age."""
    values = _columns(record)
    names = ("text", "characters", "method", "sentence_count", "summary", "entities")
    body = {name: values[name] for name in names}
    query = update(articles).where(articles.c.id == article_id)
    await connection.execute(query.values(pruned_at=None, **body))


async def too_old(connection: Connection, stored_before: datetime, limit: int) -> list[tuple[int, str, str]]:
    """Return the ids, titles and texts of up to ``limit`` articles whose bodies may be removed for their age.

    The body of an article stays that waits to be posted, for a digest, or in one that waits.
    """
    query = select(articles.c.id, articles.c.title, articles.c.text)
    rows = await connection.execute(query.where(articles.c.id.in_(_removable(stored_before, limit))))
    return [(row.id, row.title, row.text) for row in rows]


async def prune(
    connection: Connection,
    stored_before: datetime,
    limit: int,
    now: datetime,
    *,
    among: Collection[int] | None = None,
) -> int:
    """Remove the bodies of up to ``limit`` articles that were stored before a time; return how many it were.

    Titles and hashes stay, and so does the body of an article that waits to be posted, for a digest, or in
    one that waits. With ``among`` only the bodies of these articles go.
    """
    which: ColumnElement[bool] = articles.c.id.in_(_removable(stored_before, limit))
    if among is not None:
        which = and_(which, articles.c.id.in_([*among]))
    return await _empty(connection, which, pruned_at=now)


def _removable(stored_before: datetime, limit: int) -> Select[tuple[int]]:
    # With the signs SQLite reads what is open, and not all deliveries that there are.
    of_article, of_digest = text("+article_id IS NOT NULL"), text("+article_id IS NULL")
    posts = select(deliveries.c.article_id).where(text(f"({OPEN})"), of_article)
    held = select(deliveries.c.article_id).where(text("state = 'held'"), of_article)
    digests = select(deliveries.c.digest_id).where(text(f"({OPEN})"), of_digest)
    listed = select(deliveries.c.article_id).where(deliveries.c.digest_id.in_(digests), of_article)
    waiting = [articles.c.id.not_in(some) for some in (posts, held, listed)]
    return (
        select(articles.c.id)
        .where(text(HAS_A_BODY), articles.c.stored_at < stored_before, *waiting)
        .order_by(articles.c.stored_at)
        .limit(limit)
    )


_UNSAID = {"byline": None, "published": None, "source": None, "url": None, "picture": None}


async def _empty(connection: Connection, which: ColumnElement[bool], **values: Any) -> int:  # noqa: ANN401
    body = {"text": "", "characters": 0, "summary": "[]", "entities": None, "news": None}
    return (await connection.execute(update(articles).where(which).values(**body, **values))).rowcount


def _columns(record: ArticleRecord) -> Mapping[str, Any]:
    entities = record.entities
    return {
        "text_hash": record.text_hash,
        "title": record.title,
        "text": record.text,
        "characters": len(record.text),
        "byline": record.byline,
        "published": record.published,
        "language": record.language,
        "source": record.source,
        "url": record.url,
        "picture": record.picture,
        "section": record.section,
        "method": record.method,
        "sentence_count": record.sentence_count,
        "summary": _dump(record.summary),
        "entities": None
        if entities is None
        else _dump([[e.name, e.kind, e.count, e.aliases] for e in entities]),
        "stored_at": record.stored_at,
    }


def _stored(row: RowMapping) -> StoredArticle:
    values = dict(row)
    del values["characters"]
    values["summary"] = spans(row["summary"])
    values["news"] = None if row["news"] is None else spans(row["news"])
    values["entities"] = entities_of(row["entities"])
    return StoredArticle(**values)


def entities_of(value: str | None) -> tuple[EntityRecord, ...] | None:
    """Return the entities of an article as they are kept."""
    if value is None:
        return None
    return tuple(
        EntityRecord(name, kind, count, tuple(aliases)) for name, kind, count, aliases in json.loads(value)
    )


def spans(value: str) -> tuple[tuple[int, int], ...]:
    """Return the places in a text as they are kept."""
    return tuple((start, end) for start, end in json.loads(value))


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
