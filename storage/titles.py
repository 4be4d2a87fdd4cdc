"""Finding articles by their titles."""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Select, column, select, table

from storage.connection import Connection
from storage.schema import articles
from storage.visibility import MOST_LOOKED_AT, Channels, shown_in

WORD = re.compile(r"\w+")
MAX_WORDS = 12
"""More words than this narrow nothing further."""


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """An article that a title search found."""

    article_id: int
    title: str


_FTS = table("articles_fts", column("rowid"), column("articles_fts"))


async def newest(connection: Connection, limit: int, channels: Channels = None) -> list[TitleMatch]:
    """Return the articles that were stored last and stand in or go to the channels, newest first."""
    recent = select(articles.c.id).where(articles.c.forgotten_at.is_(None)).order_by(articles.c.id.desc())
    return await _shown(connection, recent, limit, channels)


async def search(
    connection: Connection, typed: str, limit: int, channels: Channels = None
) -> list[TitleMatch]:
    """Return the articles whose titles hold every typed word or its beginning, newest first.

    Only those that stand in or go to the channels, and of very many only the newest.
    """
    words = WORD.findall(unicodedata.normalize("NFC", typed))[:MAX_WORDS]
    if not words:
        return []
    match = " ".join(f'"{word}"*' for word in words)
    fitting = select(_FTS.c.rowid.label("id")).where(_FTS.c.articles_fts.match(match))
    return await _shown(connection, fitting.order_by(_FTS.c.rowid.desc()), limit, channels)


async def _shown(
    connection: Connection, found: Select[tuple[int]], limit: int, channels: Channels
) -> list[TitleMatch]:
    """Return the first of the articles found that may be shown to who sees these channels."""
    looked_at = (found if channels is None else found.limit(MOST_LOOKED_AT)).subquery()
    query = (
        select(articles.c.id, articles.c.title)
        .join_from(looked_at, articles, articles.c.id == looked_at.c.id)
        .where(shown_in(channels))
        .order_by(looked_at.c.id.desc())
        .limit(limit)
    )
    return [TitleMatch(*row) for row in await connection.execute(query)]
