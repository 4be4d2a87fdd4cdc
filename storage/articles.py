"""Articles in the history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import articles


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


async def add(connection: AsyncConnection, record: ArticleRecord) -> int:
    """Store an article and return its id. Raises ``IntegrityError`` where its text is stored already."""
    result = await connection.execute(insert(articles).values(**_columns(record)).returning(articles.c.id))
    article_id: int = result.scalar_one()
    return article_id


async def get(connection: AsyncConnection, article_id: int) -> StoredArticle | None:
    """Return the article, or ``None`` where there is none of that id."""
    row = (await connection.execute(select(articles).where(articles.c.id == article_id))).mappings().first()
    return None if row is None else _stored(row)


async def find_text(connection: AsyncConnection, text_hash: bytes) -> int | None:
    """Return the id of the article whose text has this hash, or ``None``."""
    query = select(articles.c.id).where(articles.c.text_hash == text_hash)
    return (await connection.execute(query)).scalar()


def _columns(record: ArticleRecord) -> Mapping[str, Any]:
    entities = record.entities
    return {
        "text_hash": record.text_hash,
        "title": record.title,
        "text": record.text,
        "byline": record.byline,
        "published": record.published,
        "language": record.language,
        "source": record.source,
        "url": record.url,
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
    values["summary"] = tuple((start, end) for start, end in json.loads(row["summary"]))
    if row["entities"] is not None:
        values["entities"] = tuple(
            EntityRecord(name, kind, count, tuple(aliases))
            for name, kind, count, aliases in json.loads(row["entities"])
        )
    return StoredArticle(**values)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
