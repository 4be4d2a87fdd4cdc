"""Subscriptions that were ended on purpose, and what waited for them: for a day that can be undone."""

from datetime import datetime

from sqlalchemy import delete, func, insert, literal, or_, select, text, update

from storage import subscriptions as subscriptions_of
from storage.connection import Connection
from storage.schema import OPEN, deliveries, subscriptions, waited

WAITING = ("state = 'held'", f"({OPEN}) AND state = 'queued'")
"""What waits, as the indexes have it."""


async def end(
    connection: Connection, subscription_id: int, channel_id: int, reason: str, now: datetime
) -> None:
    """End a subscription, and keep what waited for it."""
    for which in WAITING:
        found = select(literal(subscription_id), deliveries.c.id, deliveries.c.state).where(
            deliveries.c.channel_id == channel_id, text(which)
        )
        columns = ["subscription_id", "delivery_id", "state"]
        await connection.execute(insert(waited).from_select(columns, found))
    await subscriptions_of.end(connection, [subscription_id], reason, now)


async def last(connection: Connection, channel_id: int, reason: str, since: datetime) -> int | None:
    """Return the subscription that a channel had last, if it ended since a time for this reason.

    ``None`` also if the channel has another one by now.
    """
    query = select(subscriptions.c.id, subscriptions.c.ended_at, subscriptions.c.ended_reason).where(
        subscriptions.c.channel_id == channel_id
    )
    row = (await connection.execute(query.order_by(subscriptions.c.id.desc()).limit(1))).first()
    if row is None or row.ended_at is None or row.ended_at < since or row.ended_reason != reason:
        return None
    return int(row.id)


async def revive(connection: Connection, subscription_id: int, now: datetime) -> int:
    """Let a subscription go on with what waited for it; return how many articles and digests that is.

    Digests that were due meanwhile are not made.
    """
    goes_on = update(subscriptions).where(subscriptions.c.id == subscription_id)
    await connection.execute(goes_on.values(ended_at=None, ended_reason=None, holds_from=now))
    kept = select(waited.c.delivery_id, waited.c.state).where(waited.c.subscription_id == subscription_id)
    revived = 0
    for delivery_id, state in (await connection.execute(kept)).all():
        query = update(deliveries).where(
            deliveries.c.id == delivery_id,
            deliveries.c.state == "removed",
            deliveries.c.message_id.is_(None),
        )
        revived += (
            await connection.execute(query.values(state=state, queued_at=now, not_before=None))
        ).rowcount
    await connection.execute(delete(waited).where(waited.c.subscription_id == subscription_id))
    return revived


async def forget(connection: Connection, before: datetime) -> int:
    """Forget what waited for subscriptions that ended before a time; return how much that was."""
    old = select(subscriptions.c.id).where(
        or_(subscriptions.c.ended_at < before, subscriptions.c.ended_at.is_(None))
    )
    query = delete(waited).where(waited.c.subscription_id.in_(old))
    return (await connection.execute(query)).rowcount


async def count_waiting(connection: Connection, channel_id: int) -> int:
    """Return how many articles and digests wait for a channel."""
    total = 0
    for which in WAITING:
        query = select(func.count()).select_from(deliveries)
        query = query.where(deliveries.c.channel_id == channel_id, text(which))
        total += (await connection.execute(query)).scalar_one()
    return total
