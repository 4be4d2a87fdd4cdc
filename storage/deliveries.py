"""Deliveries: the intent to have one article in one channel, and its state.

``queued → sending → sent | failed``. Each change is one row in one transaction of the caller's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import deliveries


class State(StrEnum):
    """How far a delivery has come."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One article on its way to one channel."""

    id: int
    article_id: int
    channel_id: int
    state: State
    nonce: str | None
    after_message_id: int | None
    message_id: int | None
    reason: str | None
    sending_at: datetime | None


async def enqueue(
    connection: AsyncConnection, article_id: int, channel_ids: Iterable[int], now: datetime
) -> int:
    """Queue the article for each channel that neither has nor awaits it; return for how many that is.

    A delivery that had failed is queued once more.
    """
    queued = 0
    for channel_id in channel_ids:
        query = upsert(deliveries).values(
            article_id=article_id, channel_id=channel_id, state=State.QUEUED, queued_at=now
        )
        again = query.on_conflict_do_update(
            index_elements=[deliveries.c.article_id, deliveries.c.channel_id],
            set_=_queued_again(now),
            where=deliveries.c.state == State.FAILED,
        )
        queued += (await connection.execute(again)).rowcount
    return queued


async def waiting_channels(connection: AsyncConnection) -> list[int]:
    """Return the channels that something waits for."""
    query = select(deliveries.c.channel_id).where(_is_open()).distinct()
    return list((await connection.execute(query)).scalars())


async def next_for(connection: AsyncConnection, channel_id: int) -> Delivery | None:
    """Return the oldest delivery that this channel waits for, or ``None``."""
    columns = [deliveries.c[name] for name in Delivery.__dataclass_fields__]
    query = select(*columns).where(_is_open(), deliveries.c.channel_id == channel_id)
    row = (await connection.execute(query.order_by(deliveries.c.id).limit(1))).mappings().first()
    return None if row is None else Delivery(**{**row, "state": State(row["state"])})


async def begin(
    connection: AsyncConnection, delivery_id: int, nonce: str, after_message_id: int, now: datetime
) -> bool:
    """Note what is needed to recognise the message, before the request that makes it.

    Return whether the delivery was still queued; if not, another program has taken it.
    """
    query = update(deliveries).where(deliveries.c.id == delivery_id, deliveries.c.state == State.QUEUED)
    values = query.values(state=State.SENDING, nonce=nonce, after_message_id=after_message_id, sending_at=now)
    return (await connection.execute(values)).rowcount == 1


async def finish(connection: AsyncConnection, delivery_id: int, message_id: int, now: datetime) -> None:
    """Note that the message stands in the channel."""
    await _set(connection, delivery_id, state=State.SENT, message_id=message_id, sent_at=now)


async def fail(connection: AsyncConnection, delivery_id: int, reason: str) -> None:
    """Note that Discord refused the message for good."""
    await _set(connection, delivery_id, state=State.FAILED, reason=reason)


async def retry(connection: AsyncConnection, delivery_id: int | None, now: datetime) -> int:
    """Queue one delivery that failed once more, or all of them; return how many that is."""
    query = update(deliveries).where(deliveries.c.state == State.FAILED)
    if delivery_id is not None:
        query = query.where(deliveries.c.id == delivery_id)
    return (await connection.execute(query.values(**_queued_again(now)))).rowcount


async def _set(connection: AsyncConnection, delivery_id: int, **values: str | int | datetime) -> None:
    await connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(**values))


def _queued_again(now: datetime) -> dict[str, Any]:
    """Return what makes a delivery that failed as if it had never been tried."""
    return {"state": State.QUEUED, "reason": None, "nonce": None, "sending_at": None, "queued_at": now}


def _is_open() -> ColumnElement[bool]:
    return deliveries.c.state.in_([State.QUEUED, State.SENDING])
