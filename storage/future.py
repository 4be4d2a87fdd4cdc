"""Stored times that lie in the future, because the clock was ahead when they were stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, TextClause, case, func, literal, select, text, update
from sqlalchemy.sql.base import Executable

from storage.connection import Connection
from storage.schema import (
    OPEN,
    Instant,
    articles,
    deliveries,
    digests,
    metadata,
    notices,
    pings,
    servers,
    subscriptions,
)

_OTHERWISE = frozenset(
    {
        subscriptions.c.last_slot,
        subscriptions.c.paused_until,
        pings.c.last_at,
        deliveries.c.not_before,
        *(digests.c.since, digests.c.until, digests.c.slot, digests.c.missed_since),
        *(notices.c.raised_at, notices.c.told_at),  # one that was told in the future may be told now
    }
)
"""Columns that do not say when something was stored, or that are put right in a way of their own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The latest times that are believed."""

    stored: datetime
    slot: datetime
    """Of the last digest."""
    pause: datetime
    """Its end."""


async def is_any(connection: Connection, limits: Limits) -> bool:
    """Return whether a stored time is later than it may be."""
    for query in _looks(limits):
        if (await connection.execute(query.limit(1))).first() is not None:
            return True
    return False


async def mend(connection: Connection, now: datetime, limits: Limits) -> None:
    """Put right what ``is_any`` finds, and what belongs to it.

    What came later than it may came now. The last slot is the last one that a digest was made for; waits
    and pauses are over. Of digests somebody asked for the period stays.
    """
    for query in _mended(now, limits):
        await connection.execute(query)


def _looks(limits: Limits) -> Iterator[Select[tuple[int]]]:
    """Yield queries that find such times by an index, or in a small table."""
    limit = limits.stored
    for condition in (
        articles.c.stored_at > limit,
        subscriptions.c.last_slot > limits.slot,
        subscriptions.c.holds_from > limit,
        subscriptions.c.ended_at > limit,
        subscriptions.c.paused_until > limits.pause,
        pings.c.last_at > limit,
        servers.c.left_at > limit,
    ):
        yield select(text("1")).where(condition)
    for conditions in (_waiting(limit), _sent(limit)):
        yield select(text("1")).select_from(deliveries).where(*conditions)


def _mended(now: datetime, limits: Limits) -> Iterator[Executable]:
    limit = limits.stored
    made = select(func.max(digests.c.slot)).where(
        digests.c.channel_id == subscriptions.c.channel_id, digests.c.slot <= limits.slot
    )
    late_slot = subscriptions.c.last_slot > limits.slot
    yield update(subscriptions).where(late_slot).values(last_slot=made.scalar_subquery())
    yield update(subscriptions).where(subscriptions.c.paused_until > limits.pause).values(paused_until=None)
    yield update(pings).where(pings.c.last_at > limit).values(last_at=None)
    yield update(deliveries).where(*_waiting(limit)).values(not_before=None)
    posted = digests.c.until > limit, digests.c.channel_id.is_not(None)
    since = case((digests.c.since > now, literal(now, Instant)), else_=digests.c.since)
    yield update(digests).where(*posted).values(until=now, since=since)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Instant) and column not in _OTHERWISE:
                yield update(table).where(column > limit).values({column.name: now})


def _waiting(limit: datetime) -> tuple[ColumnElement[bool] | TextClause, ...]:
    return text(f"({OPEN})"), deliveries.c.not_before > limit


def _sent(limit: datetime) -> tuple[ColumnElement[bool] | TextClause, ...]:
    return text("state = 'sent'"), deliveries.c.sent_at > limit
