"""Articles that wait for a digest, and the digests that list them: their side of the deliveries."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, TextClause, Update, func, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.deliveries import State
from storage.schema import OPEN, deliveries


async def hold(connection: Connection, channel_id: int) -> int:
    """Have what is queued for a channel wait for a digest; return how many articles that is."""
    query = _articles_in(channel_id, State.QUEUED)
    return (await connection.execute(query.values(state=State.HELD, not_before=None))).rowcount


async def held_channels(connection: Connection) -> set[int]:
    """Return the channels in which articles wait for a digest."""
    query = select(deliveries.c.channel_id).where(text("state = 'held'")).distinct()
    return set((await connection.execute(query)).scalars())


async def waiting_in(connection: Connection, channel_id: int, state: State) -> int:
    """Return how many articles are queued, or held, for a channel."""
    query = select(func.count()).select_from(deliveries).where(*_is_article_in(channel_id, state))
    return (await connection.execute(query)).scalar_one()


async def oldest_in(connection: Connection, channel_id: int, state: State) -> datetime | None:
    """Return when the first of the articles that are queued, or held, for a channel came."""
    query = select(func.min(deliveries.c.queued_at)).where(*_is_article_in(channel_id, state))
    first: datetime | None = (await connection.execute(query)).scalar()
    return first


async def newest_failures(connection: Connection, channel_ids: Collection[int]) -> dict[int, str]:
    """Return why the newest delivery to each of these channels failed, if nothing was sent there after it."""
    newest = select(func.max(deliveries.c.id)).where(
        text("state = 'failed'"), deliveries.c.channel_id.in_(channel_ids)
    )
    failed = deliveries.alias()
    sent = select(deliveries.c.id).where(
        deliveries.c.channel_id == failed.c.channel_id,
        deliveries.c.id > failed.c.id,
        deliveries.c.state == State.SENT,
    )
    query = select(failed.c.channel_id, failed.c.reason).where(
        failed.c.id.in_(newest.group_by(deliveries.c.channel_id)), ~sent.exists()
    )
    return {channel_id: reason or "" for channel_id, reason in await connection.execute(query)}


async def gather(connection: Connection, channel_id: int, state: State, digest_id: int, limit: int) -> int:
    """List the first articles that are queued, or held, for a channel in a digest; return how many."""
    first = select(deliveries.c.id).where(*_is_article_in(channel_id, state))
    chosen = first.order_by(deliveries.c.id).limit(limit)
    query = update(deliveries).where(deliveries.c.id.in_(chosen.scalar_subquery()))
    values = query.values(state=State.LISTED, digest_id=digest_id, not_before=None)
    return (await connection.execute(values)).rowcount


async def listed_in(connection: Connection, digest_id: int, limit: int) -> list[int]:
    """Return the newest articles that a digest lists, the newest first."""
    query = select(deliveries.c.article_id).where(
        deliveries.c.digest_id == digest_id, deliveries.c.article_id.is_not(None)
    )
    return list((await connection.execute(query.order_by(deliveries.c.id.desc()).limit(limit))).scalars())


async def enqueue_digest(connection: Connection, digest_id: int, channel_id: int, now: datetime) -> None:
    """Queue a digest for its channel."""
    values = {"digest_id": digest_id, "channel_id": channel_id, "state": State.QUEUED, "queued_at": now}
    await connection.execute(upsert(deliveries).values(**values))


def _articles_in(channel_id: int, state: State) -> Update:
    return update(deliveries).where(*_is_article_in(channel_id, state))


def _is_article_in(channel_id: int, state: State) -> tuple[ColumnElement[bool] | TextClause, ...]:
    # As the index has it that holds those that are held, or those that are open.
    which = f"state = '{state}'" if state is State.HELD else f"({OPEN}) AND state = '{state}'"
    return (
        deliveries.c.channel_id == channel_id,
        text(which),
        deliveries.c.article_id.is_not(None),
    )
