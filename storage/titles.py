"""Finding articles by their titles."""

import re
from dataclasses import dataclass

from sqlalchemy import select, text

from storage.connection import Connection
from storage.schema import articles

WORD = re.compile(r"\w+")
MAX_WORDS = 12
"""More words than this narrow nothing further."""


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """An article that a title search found."""

    article_id: int
    title: str


async def newest(connection: Connection, limit: int) -> list[TitleMatch]:
    """Return the articles that were stored last, newest first."""
    kept = articles.c.forgotten_at.is_(None), articles.c.duplicate_of.is_(None)
    query = select(articles.c.id, articles.c.title).where(*kept).order_by(articles.c.id.desc()).limit(limit)
    return [TitleMatch(*row) for row in await connection.execute(query)]


async def search(connection: Connection, typed: str, limit: int) -> list[TitleMatch]:
    """Return the articles whose titles hold every typed word or its beginning, newest first."""
    words = WORD.findall(typed)[:MAX_WORDS]
    if not words:
        return []
    query = text(
        "SELECT articles.id, articles.title "
        "FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid "
        "WHERE articles_fts MATCH :match AND articles.duplicate_of IS NULL "
        "ORDER BY articles_fts.rowid DESC LIMIT :limit"
    )
    match = " ".join(f'"{word}"*' for word in words)
    rows = await connection.execute(query, {"match": match, "limit": limit})
    return [TitleMatch(*row) for row in rows]
