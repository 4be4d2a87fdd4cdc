"""What the operators are to be told, and when they were: each cause at most once in a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.schema import notices

KEPT = timedelta(days=30)
"""How long it is remembered that they were told."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that waits to be told."""

    cause: str
    sentence: str
    raised_at: datetime


async def add(connection: Connection, cause: str, sentence: str, now: datetime, interval: timedelta) -> bool:
    """Have the operators told, unless they were told of this cause within ``interval``.

    Return whether it waits to be told now that did not before.
    """
    await connection.execute(delete(notices).where(notices.c.told_at < now - KEPT))
    query = upsert(notices).values(cause=cause, sentence=sentence, raised_at=now, told_at=None)
    long_ago = or_(notices.c.told_at <= now - interval, notices.c.told_at > now)  # a clock may be set back
    again = query.on_conflict_do_update(
        index_elements=[notices.c.cause],
        set_={"sentence": sentence, "raised_at": now, "told_at": None},
        where=long_ago,
    )
    return (await connection.execute(again)).rowcount == 1


async def waiting(connection: Connection) -> list[Notice]:
    """Return what waits to be told, the oldest first."""
    columns = [notices.c[name] for name in Notice.__dataclass_fields__]
    query = select(*columns).where(notices.c.told_at.is_(None)).order_by(notices.c.raised_at)
    return [Notice(*row) for row in await connection.execute(query)]


async def told(connection: Connection, cause: str, now: datetime) -> None:
    """Note that the operators were told, or that they cannot be."""
    await connection.execute(update(notices).where(notices.c.cause == cause).values(told_at=now))
