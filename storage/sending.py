"""The steps of a delivery, as the sender takes them: what comes next in a channel, and how it ended."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from sqlalchemy import and_, bindparam, case, or_, select, text, update

from storage.connection import Connection
from storage.deliveries import COLUMNS, Delivery, State, delivery_of
from storage.schema import OPEN, Instant, deliveries


class Message(Protocol):
    """A message that stands in Discord."""

    @property
    def message_id(self) -> int:
        """Its id."""

    @property
    def place_id(self) -> int:
        """The channel, or the forum's post, that it stands in."""


_NOW = bindparam("now", type_=Instant)
_TO_DO = and_(text(f"({OPEN})"), or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= _NOW))
_WAITING = select(deliveries.c.channel_id).where(_TO_DO).distinct()
_NEXT = (
    select(*COLUMNS)
    .where(_TO_DO, deliveries.c.channel_id == bindparam("channel_id"))
    .order_by(
        case(
            (deliveries.c.state == State.REMOVING, 0),
            (deliveries.c.state == State.SENT, 3),
            (deliveries.c.article_id.is_(None), 1),
            else_=2,
        ),
        deliveries.c.id,
    )
    .limit(1)
)
_OTHERS = (
    select(*COLUMNS)
    .where(
        _TO_DO,
        deliveries.c.channel_id == bindparam("channel_id"),
        deliveries.c.id != bindparam("number"),
        deliveries.c.state.in_([State.QUEUED, State.SENDING]),
    )
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
)
_BEGIN = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("number"), deliveries.c.state == State.QUEUED)
    .values(state=State.SENDING)
)
_FINISH = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("number"), deliveries.c.state == State.SENDING)
    .values(state=State.SENT, not_before=None)
)
"""Made once, as they are asked for each post."""


async def waiting_channels(connection: Connection, now: datetime) -> list[int]:
    """Return the channels that there is something to do for."""
    return list((await connection.execute(_WAITING, {"now": now})).scalars())


async def next_for(connection: Connection, channel_id: int, now: datetime) -> Delivery | None:
    """Return what is to be done next in this channel, or ``None``.

    What is taken back goes first; then what was queued, digests before articles and else the oldest first;
    then edits. A digest lists what came before the articles behind it, and in a flood there are always some.
    """
    values = {"channel_id": channel_id, "now": now}
    row = (await connection.execute(_NEXT, values)).mappings().first()
    return None if row is None else delivery_of(row)


async def others_for(connection: Connection, delivery: Delivery, now: datetime, limit: int) -> list[Delivery]:
    """Return what else is to be sent to a delivery's channel now, the oldest first."""
    values = {"channel_id": delivery.channel_id, "number": delivery.id, "now": now, "limit": limit}
    return [delivery_of(row) for row in (await connection.execute(_OTHERS, values)).mappings()]


async def begin(
    connection: Connection, delivery_id: int, nonce: str, after_message_id: int, now: datetime
) -> bool:
    """Note what is needed to recognise the message, before the request that makes it.

    Return whether the delivery was still queued; if not, another program has taken it.
    """
    values = {"number": delivery_id, "nonce": nonce, "after_message_id": after_message_id, "sending_at": now}
    return (await connection.execute(_BEGIN, values)).rowcount == 1


async def will_ping(connection: Connection, delivery_id: int, roles: Collection[int]) -> None:
    """Note which roles the message pings, however often it is sent until it stands there."""
    await _set(connection, delivery_id, roles=json.dumps([*roles]) if roles else None)


async def finish(
    connection: Connection, delivery: Delivery, sent: Message, afterwards: Iterable[str], now: datetime
) -> None:
    """Note that the message stands there and shows the version that the delivery was read with.

    Where it was taken back meanwhile, it is the message that is to be deleted.
    """
    place = {
        "message_id": sent.message_id,
        "place_id": None if sent.place_id == delivery.channel_id else sent.place_id,
    }
    shown = {"shown": delivery.wanted, "sent_at": now, "afterwards": " ".join(afterwards) or None}
    done = await connection.execute(_FINISH, {"number": delivery.id, **shown, **place})
    if not done.rowcount:  # it was taken back meanwhile
        taken_back = deliveries.c.state == State.REMOVING
        query = update(deliveries).where(deliveries.c.id == delivery.id, taken_back)
        await connection.execute(query.values(**place))


async def done(connection: Connection, delivery: Delivery, what: str) -> None:
    """Note that this was done with the message, or cannot be."""
    left = " ".join(one for one in delivery.afterwards if one != what)
    await _set(connection, delivery.id, afterwards=left or None, not_before=None)


async def shows(connection: Connection, delivery_id: int, version: int) -> None:
    """Note that the message shows this version."""
    await _set(connection, delivery_id, shown=version, not_before=None)


async def give_up_edits(connection: Connection, delivery: Delivery, reason: str) -> None:
    """Note that the message stays as it is, and why."""
    await _set(connection, delivery.id, shown=delivery.wanted, unedited=reason)


async def wait(connection: Connection, delivery_id: int, until: datetime) -> None:
    """Leave it alone until then."""
    await _set(connection, delivery_id, not_before=until)


async def removed(connection: Connection, delivery_id: int) -> None:
    """Note that no message stands there any more."""
    await _set(connection, delivery_id, state=State.REMOVED, not_before=None)


async def fail(connection: Connection, delivery_id: int, reason: str) -> None:
    """Note that Discord refused the message for good, unless it was taken back meanwhile."""
    open_still = deliveries.c.state.in_([State.QUEUED, State.SENDING])
    query = update(deliveries).where(deliveries.c.id == delivery_id, open_still)
    await connection.execute(query.values(state=State.FAILED, reason=reason, not_before=None))


async def _set(connection: Connection, delivery_id: int, **values: str | int | datetime | None) -> None:
    await connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(**values))
