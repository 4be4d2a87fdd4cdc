"""What was chosen for each server, and which of them the bot has left."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.schema import servers, subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerRecord:
    """What members who may manage a server chose; ``None`` is as the operator has it."""

    language: str | None = None
    sentences: int | None = None
    method: str | None = None
    colour: int | None = None
    layout: str | None = None
    entities: bool | None = None


async def every(connection: Connection) -> dict[int, ServerRecord]:
    """Return what was chosen, by the servers' ids."""
    names = list(ServerRecord.__dataclass_fields__)
    rows = await connection.execute(select(servers.c.guild_id, *[servers.c[name] for name in names]))
    return {guild_id: ServerRecord(**dict(zip(names, values, strict=True))) for guild_id, *values in rows}


async def choose(connection: Connection, guild_id: int, record: ServerRecord) -> None:
    """Keep what was chosen for a server."""
    values = {name: getattr(record, name) for name in ServerRecord.__dataclass_fields__}
    query = upsert(servers).values(guild_id=guild_id, **values)
    await connection.execute(query.on_conflict_do_update(index_elements=["guild_id"], set_=values))


async def left(connection: Connection, guild_id: int, now: datetime) -> None:
    """Note that the bot is no longer in a server, unless that is known."""
    query = upsert(servers).values(guild_id=guild_id, left_at=now)
    again = query.on_conflict_do_update(
        index_elements=["guild_id"], set_={"left_at": now}, where=servers.c.left_at.is_(None)
    )
    await connection.execute(again)


async def joined(connection: Connection, guild_ids: Collection[int]) -> None:
    """Note that the bot is in these servers."""
    query = update(servers).where(servers.c.guild_id.in_(guild_ids), servers.c.left_at.is_not(None))
    await connection.execute(query.values(left_at=None))


async def known(connection: Connection) -> set[int]:
    """Return the servers that something is kept of, and that the bot is not known to have left."""
    gone = select(servers.c.guild_id).where(servers.c.left_at.is_not(None))
    kept = select(servers.c.guild_id).where(servers.c.left_at.is_(None))
    theirs = select(subscriptions.c.guild_id).where(
        subscriptions.c.guild_id.is_not(None), subscriptions.c.guild_id.not_in(gone)
    )
    return set((await connection.execute(kept.union(theirs))).scalars())


async def of_channels(connection: Connection, channel_ids: Collection[int]) -> set[int]:
    """Return the servers of these channels, as far as they have or had a subscription."""
    query = select(subscriptions.c.guild_id).where(
        subscriptions.c.channel_id.in_(channel_ids), subscriptions.c.guild_id.is_not(None)
    )
    return set((await connection.execute(query.distinct())).scalars())
