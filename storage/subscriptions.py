"""Subscriptions: what each channel gets, with their filters and pings, and how they end."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, exists, insert, select, text, update

from storage.connection import Connection
from storage.schema import OPEN, deliveries, digests, filters, found_posts, pings, servers, subscriptions


@dataclass(frozen=True, slots=True)
class FilterRecord:
    """A filter of a subscription."""

    id: int
    action: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PingRecord:
    """A rule by which a role is pinged."""

    id: int
    role_id: int
    condition: str
    text: str
    pause: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRecord:
    """What a channel gets."""

    guild_id: int | None
    """``None`` for the very first one, until the bot has logged in."""
    channel_id: int
    deliver: str
    schedule: str | None = None
    zone: str = "UTC"
    sections: tuple[str, ...] | None = None
    """``None`` for all."""
    length: str = "medium"
    publish: bool = False
    pictures: bool = False
    say_nothing_new: bool = False
    holds_from: datetime
    """When this schedule was set: no slot before it is missed."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSubscription(SubscriptionRecord):
    """A subscription that has its place in the history."""

    id: int
    last_slot: datetime | None
    paused_until: datetime | None
    quiet_from: str | None
    quiet_to: str | None
    filters: tuple[FilterRecord, ...] = ()
    pings: tuple[PingRecord, ...] = ()


async def may_be_first(connection: Connection, channel_id: int) -> bool:
    """Return whether no channel has a subscription now, and this one never had any."""
    any_now = exists().where(subscriptions.c.ended_at.is_(None))
    had = exists().where(subscriptions.c.channel_id == channel_id)
    return bool((await connection.execute(select(~any_now & ~had))).scalar())


async def add(connection: Connection, record: SubscriptionRecord) -> int:
    """Store a subscription and return its id. Raises ``IntegrityError`` where its channel has one."""
    values = {name: getattr(record, name) for name in SubscriptionRecord.__dataclass_fields__}
    query = insert(subscriptions).values(**_written(values)).returning(subscriptions.c.id)
    number: int = (await connection.execute(query)).scalar_one()
    return number


async def change(connection: Connection, subscription_id: int, **values: Any) -> None:  # noqa: ANN401
    """Change these columns of a subscription."""
    query = update(subscriptions).where(subscriptions.c.id == subscription_id)
    await connection.execute(query.values(**_written(values)))


async def active(connection: Connection) -> list[StoredSubscription]:
    """Return every subscription that has not ended, the oldest first."""
    names = [n for n in StoredSubscription.__dataclass_fields__ if n not in {"filters", "pings"}]
    query = select(*[subscriptions.c[name] for name in names]).where(text("ended_at IS NULL"))
    rows = (await connection.execute(query.order_by(subscriptions.c.id))).mappings().all()
    found = await _of_subscriptions(connection, filters, FilterRecord)
    rules = await _of_subscriptions(connection, pings, PingRecord)
    return [
        StoredSubscription(
            **{**row, "sections": None if row["sections"] is None else tuple(json.loads(row["sections"]))},
            filters=tuple(found.get(row["id"], ())),
            pings=tuple(rules.get(row["id"], ())),
        )
        for row in rows
    ]


async def end(connection: Connection, subscription_ids: Collection[int], reason: str, now: datetime) -> int:
    """End subscriptions that have not ended; return how many it were.

    What waits for their channels waits no longer.
    """
    ended = update(subscriptions).where(
        subscriptions.c.id.in_(subscription_ids), subscriptions.c.ended_at.is_(None)
    )
    many = (await connection.execute(ended.values(ended_at=now, ended_reason=reason))).rowcount
    theirs = select(subscriptions.c.channel_id).where(subscriptions.c.id.in_(subscription_ids))
    for which in (
        "state = 'held'",
        f"({OPEN}) AND state = 'queued'",
        "state = 'failed'",
    ):  # as indexes have it
        waiting = update(deliveries).where(deliveries.c.channel_id.in_(theirs), text(which))
        await connection.execute(waiting.values(state="removed", reason=None))
    return many


async def servers_of(connection: Connection, channel_ids: Collection[int]) -> dict[int, int]:
    """Return the servers of those of these channels that have a subscription, or had one."""
    query = select(subscriptions.c.channel_id, subscriptions.c.guild_id).where(
        subscriptions.c.channel_id.in_(channel_ids), subscriptions.c.guild_id.is_not(None)
    )
    return {row.channel_id: row.guild_id for row in await connection.execute(query)}


async def ended_reason(connection: Connection, channel_id: int) -> str | None:
    """Return why a channel's last subscription ended, or ``None``."""
    query = select(subscriptions.c.ended_reason).where(subscriptions.c.channel_id == channel_id)
    return (await connection.execute(query.order_by(subscriptions.c.id.desc()).limit(1))).scalar()


async def add_filter(connection: Connection, subscription_id: int, action: str, kind: str, typed: str) -> int:
    """Store a filter of a subscription and return its id."""
    values = {"subscription_id": subscription_id, "action": action, "kind": kind, "text": typed}
    number: int = (
        await connection.execute(insert(filters).values(**values).returning(filters.c.id))
    ).scalar_one()
    return number


async def remove_filter(connection: Connection, subscription_id: int, filter_id: int) -> bool:
    """Remove a filter of a subscription; return whether it was there."""
    return await _remove(connection, filters, subscription_id, filter_id)


async def add_ping(
    connection: Connection, subscription_id: int, role_id: int, condition: str, typed: str, pause: int
) -> int:
    """Store a rule for pings, its pause in minutes, and return its id."""
    values = {
        "subscription_id": subscription_id,
        "role_id": role_id,
        "condition": condition,
        "text": typed,
        "pause": pause,
    }
    number: int = (
        await connection.execute(insert(pings).values(**values).returning(pings.c.id))
    ).scalar_one()
    return number


async def remove_ping(connection: Connection, subscription_id: int, ping_id: int) -> bool:
    """Remove a rule for pings; return whether it was there."""
    return await _remove(connection, pings, subscription_id, ping_id)


async def last_pings(connection: Connection, subscription_id: int) -> dict[int, datetime]:
    """Return when the rules of a subscription pinged last, those that did."""
    query = select(pings.c.id, pings.c.last_at).where(
        pings.c.subscription_id == subscription_id, pings.c.last_at.is_not(None)
    )
    return {row.id: row.last_at for row in await connection.execute(query)}


async def pinged(connection: Connection, ping_ids: Collection[int], now: datetime) -> None:
    """Note that these rules ping now."""
    if ping_ids:
        await connection.execute(update(pings).where(pings.c.id.in_(ping_ids)).values(last_at=now))


async def name_servers(connection: Connection, guilds: Mapping[int, int]) -> int:
    """Note the servers of channels whose server was not known; return of how many."""
    unknown = select(subscriptions.c.id, subscriptions.c.channel_id).where(subscriptions.c.guild_id.is_(None))
    named = 0
    for row in (await connection.execute(unknown)).all():
        if row.channel_id in guilds:
            await change(connection, row.id, guild_id=guilds[row.channel_id])
            named += 1
    return named


async def purge(connection: Connection, before: datetime) -> int:
    """Remove all of the servers that the bot left before a time, and return how many rows it were.

    Articles stay: they are the operator's. Of subscriptions that ended in servers that it is in, filters and
    pings go; what was posted in their channels stays known, so that it does not come twice.
    """
    left = select(servers.c.guild_id).where(servers.c.left_at < before)
    theirs = select(subscriptions.c.id).where(subscriptions.c.guild_id.in_(left))
    old = select(subscriptions.c.id).where(subscriptions.c.ended_at < before)
    channels = select(subscriptions.c.channel_id).where(subscriptions.c.guild_id.in_(left))
    removed = 0
    for table in (filters, pings):
        query = delete(table).where(table.c.subscription_id.in_(old.union(theirs)))
        removed += (await connection.execute(query)).rowcount
    if (await connection.execute(left.limit(1))).first() is None:
        return removed  # else all deliveries are read
    for query in (
        delete(deliveries).where(deliveries.c.channel_id.in_(channels)),
        delete(found_posts).where(found_posts.c.channel_id.in_(channels)),
        delete(digests).where(digests.c.guild_id.in_(left)),
        delete(subscriptions).where(subscriptions.c.id.in_(theirs)),
        delete(servers).where(servers.c.left_at < before),
    ):
        removed += (await connection.execute(query)).rowcount
    return removed


async def _remove(connection: Connection, table: Table, subscription_id: int, row_id: int) -> bool:
    query = delete(table).where(table.c.id == row_id, table.c.subscription_id == subscription_id)
    return (await connection.execute(query)).rowcount == 1


async def _of_subscriptions[Kind: (FilterRecord, PingRecord)](
    connection: Connection, table: Table, kind: type[Kind]
) -> dict[int, list[Kind]]:
    names: Sequence[str] = list(kind.__dataclass_fields__)
    query = select(table.c.subscription_id, *[table.c[name] for name in names]).order_by(table.c.id)
    found: dict[int, list[Kind]] = {}
    for subscription_id, *values in await connection.execute(query):
        found.setdefault(subscription_id, []).append(kind(*values))
    return found


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    written = dict(values)
    if written.get("sections") is not None:
        written["sections"] = json.dumps(list(written["sections"]), ensure_ascii=False)
    return written
