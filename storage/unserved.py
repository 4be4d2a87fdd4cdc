"""Articles that came while no channel had a subscription: nobody has got them."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.connection import Connection
from storage.schema import articles, unserved


async def add(connection: Connection, article_id: int) -> None:
    """Note that no channel had a subscription when an article came."""
    await connection.execute(insert(unserved).values(article_id=article_id))


async def since(connection: Connection, time: datetime, limit: int) -> list[int]:
    """Return the newest of the articles that came so since a time and have a body, the oldest first."""
    query = (
        select(unserved.c.article_id)
        .join(articles, articles.c.id == unserved.c.article_id)
        .where(
            articles.c.stored_at >= time, articles.c.pruned_at.is_(None), articles.c.forgotten_at.is_(None)
        )
        .order_by(unserved.c.article_id.desc())
        .limit(limit)
    )
    return [*reversed((await connection.execute(query)).scalars().all())]


async def take(connection: Connection, article_id: int) -> bool:
    """Note that an article was offered to a channel; return whether it still had to be."""
    query = delete(unserved).where(unserved.c.article_id == article_id)
    return (await connection.execute(query)).rowcount == 1


async def forget(connection: Connection, before: datetime | None = None) -> int:
    """Offer what came before a time to no channel, or without a time nothing; return how many it were."""
    query = delete(unserved)
    if before is not None:
        old = select(articles.c.id).where(articles.c.stored_at < before)
        query = query.where(unserved.c.article_id.in_(old))
    return (await connection.execute(query)).rowcount
