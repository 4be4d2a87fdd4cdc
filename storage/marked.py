"""What the mark at the foot of a post stands for: an article, or a digest and what is listed in it."""

from dataclasses import dataclass

from sqlalchemy import func, select

from storage.connection import Connection
from storage.schema import articles, deliveries
from storage.titles import TitleMatch
from storage.visibility import Channels, seen_in


@dataclass(frozen=True, slots=True)
class Marked:
    """The subject of a delivery."""

    article_id: int | None
    """``None`` if it is a digest's own."""
    digest_id: int | None
    title: str
    """The article's."""


async def marked(connection: Connection, delivery_id: int) -> Marked | None:
    """Return what a delivery is about, ``None`` if there is none of that id or its article is forgotten."""
    query = (
        select(deliveries.c.article_id, deliveries.c.digest_id, articles.c.title)
        .join(articles, articles.c.id == deliveries.c.article_id, isouter=True)
        .where(deliveries.c.id == delivery_id, articles.c.forgotten_at.is_(None))
    )
    row = (await connection.execute(query)).first()
    return None if row is None else Marked(row.article_id, row.digest_id, row.title or "")


async def stories_in(
    connection: Connection, digest_id: int, limit: int, channels: Channels
) -> list[TitleMatch]:
    """Return the first article of each story that a digest lists, of those that somebody sees."""
    query = (
        select(func.min(articles.c.id).label("id"))
        .join(deliveries, deliveries.c.article_id == articles.c.id)
        .where(deliveries.c.digest_id == digest_id, articles.c.forgotten_at.is_(None))
        .group_by(func.coalesce(articles.c.story_id, articles.c.id))
        .order_by("id")
        .limit(limit)
    )
    if channels is not None:
        query = query.where(seen_in(channels))
    first = query.subquery()
    titled = select(articles.c.id, articles.c.title).join(first, first.c.id == articles.c.id)
    rows = await connection.execute(titled.order_by(articles.c.id))
    return [TitleMatch(row.id, row.title) for row in rows]
