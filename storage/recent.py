"""Recent articles as filters see them, and what people choose from when they write one."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select, text

from storage.articles import EntityRecord, entities_of
from storage.connection import Connection
from storage.schema import HAS_A_BODY, LENGTH, articles

KNOWN_FROM = 2000
"""Newest articles whose sources and languages are known ones."""
NAMES_FROM = 500
"""Newest articles whose entities are known ones."""
MOST_NAMES = 5000

_NEWEST = articles.c.stored_at.desc(), articles.c.id.desc()


@dataclass(frozen=True, slots=True)
class RecentArticle:
    """An article of the last days, with all that filters look at."""

    id: int
    title: str
    text: str
    source: str | None
    language: str | None
    section: str | None
    entities: tuple[EntityRecord, ...] | None


async def sections_since(connection: Connection, since: datetime) -> set[str | None]:
    """Return the sections of the articles that were stored after a time and have a body."""
    query = select(articles.c.section).where(*_since(since)).distinct()
    return set((await connection.execute(query)).scalars())


async def articles_since(
    connection: Connection,
    since: datetime,
    sections: Collection[str | None] | None,
    *,
    limit: int,
    characters: int,
) -> tuple[list[RecentArticle], bool]:
    """Return articles that were stored after a time and have a body, the newest first, each text once.

    Where sections are given, those of them alone. At most ``limit`` are looked at, whose bodies have at most
    so many ``characters`` together; and return whether these are all.
    """
    rows = (await connection.execute(newest_since(since, sections, limit + 1))).all()
    chosen: dict[int, int] = {}
    looked_at = 0
    for number, of_text, size in rows[:limit]:
        characters -= size
        if characters < 0:
            break
        looked_at += 1
        chosen.setdefault(of_text, number)
    columns = [articles.c[name] for name in RecentArticle.__dataclass_fields__]
    query = select(*columns).where(articles.c.id.in_(chosen.values())).order_by(*_NEWEST)
    found = [
        RecentArticle(**{**row, "entities": entities_of(row["entities"])})
        for row in (await connection.execute(query)).mappings()
    ]
    return found, looked_at == len(rows)


def newest_since(
    since: datetime, sections: Collection[str | None] | None, limit: int
) -> Select[int, int, int]:
    """Return the query for such articles: their ids, the first that has their text, how many characters."""
    wanted = [*_since(since)]
    if sections is not None:
        named = [section for section in sections if section is not None]
        unnamed = [articles.c.section.is_(None)] if None in sections else []
        wanted.append(or_(articles.c.section.in_(named), *unnamed))
    first = func.coalesce(articles.c.duplicate_of, articles.c.id)
    query = select(articles.c.id, first, LENGTH).where(*wanted)
    return query.order_by(*_NEWEST).limit(limit)


async def sources(connection: Connection) -> list[str]:
    """Return the sources of recent articles, those with most articles first."""
    return await _known(connection, articles.c.source)


async def languages(connection: Connection) -> list[str]:
    """Return the languages of recent articles, those with most articles first."""
    return await _known(connection, articles.c.language)


async def names(connection: Connection) -> list[str]:
    """Return the names of the entities of recent articles, those in most articles first."""
    query = select(articles.c.entities).order_by(articles.c.id.desc()).limit(NAMES_FROM)
    found = await connection.execute(query)
    many = Counter(one.name for value in found.scalars() for one in entities_of(value) or ())
    return sorted(many, key=lambda name: (-many[name], name))[:MOST_NAMES]


async def _known(connection: Connection, column: ColumnElement[str]) -> list[str]:
    recent = select(column.label("value")).order_by(articles.c.id.desc()).limit(KNOWN_FROM).subquery()
    query = select(recent.c.value).where(recent.c.value.is_not(None)).group_by(recent.c.value)
    return list((await connection.execute(query.order_by(func.count().desc(), recent.c.value))).scalars())


def _since(since: datetime) -> tuple[ColumnElement[bool], ...]:
    return text(HAS_A_BODY), articles.c.stored_at > since  # type: ignore[return-value]  # SQL as it is written
