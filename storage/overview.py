"""What an operator wants to know at a glance: what waits, what was sent, what failed and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, TextClause, func, select, text

from storage.connection import Connection
from storage.deliveries import State
from storage.schema import OPEN, articles, deliveries, files, subscriptions


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """A delivery that Discord refused for good."""

    id: int
    title: str | None
    """``None`` where it is a digest's."""
    channel_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of the history."""

    articles: int
    waiting: int
    held: int
    """Deliveries whose articles wait for a digest."""
    sent: int
    """Since the time that was asked about."""
    failed: int
    """In the operators' own servers, as are the ``failures``."""
    last_file: str | None
    last_file_at: datetime | None
    last_post_at: datetime | None
    failures: tuple[FailedDelivery, ...]
    failed_elsewhere: dict[int, int]
    """How many failed in each other server, by its id, the most first."""


async def overview(
    connection: Connection, since: datetime, shown: int, own: Collection[int] = ()
) -> Overview:
    """Return the counts, with the ``shown`` newest failures.

    If the operators' ``own`` servers are known, what failed in others is counted alone.
    """
    elsewhere = await failed_elsewhere(connection, own)
    failed = await _count(connection, deliveries, deliveries.c.state == State.FAILED)
    is_sent = deliveries.c.state == State.SENT
    newest = select(files.c.first_path, files.c.seen_at).order_by(files.c.id.desc()).limit(1)
    last_file = (await connection.execute(newest)).first()
    last_post = select(func.max(deliveries.c.sent_at)).where(is_sent)
    return Overview(
        articles=await _count(connection, articles),
        waiting=await _count(connection, deliveries, text(f"({OPEN})")),
        held=await _count(connection, deliveries, text("state = 'held'")),
        sent=await _count(connection, deliveries, is_sent, deliveries.c.sent_at >= since),
        failed=failed - sum(elsewhere.values()),
        last_file=last_file.first_path if last_file else None,
        last_file_at=last_file.seen_at if last_file else None,
        last_post_at=(await connection.execute(last_post)).scalar(),
        failures=await failed_deliveries(connection, shown, own),
        failed_elsewhere=elsewhere,
    )


async def _count(connection: Connection, table: Table, *where: ColumnElement[bool] | TextClause) -> int:
    query = select(func.count()).select_from(table).where(*where)
    return (await connection.execute(query)).scalar_one()


async def failed_deliveries(
    connection: Connection, limit: int, own: Collection[int] = ()
) -> tuple[FailedDelivery, ...]:
    """Return the newest deliveries that failed; if the ``own`` servers are known, in no other."""
    theirs = _channels_elsewhere(own).subquery()
    elsewhere = select(theirs.c.channel_id) if own else ()
    query = (
        select(deliveries.c.id, articles.c.title, deliveries.c.channel_id, deliveries.c.reason)
        .outerjoin(articles, articles.c.id == deliveries.c.article_id)
        .where(text("state = 'failed'"), deliveries.c.channel_id.not_in(elsewhere))
        .order_by(deliveries.c.id.desc())
        .limit(limit)
    )
    return tuple(FailedDelivery(*row) for row in await connection.execute(query))


async def failed_elsewhere(connection: Connection, own: Collection[int]) -> dict[int, int]:
    """Return how many deliveries failed in each server that is none of the ``own`` ones, the most first.

    None if the own ones are not known.
    """
    if not own:
        return {}
    theirs = _channels_elsewhere(own).subquery()
    number = func.count().label("number")
    query = (
        select(theirs.c.guild_id, number)
        .select_from(deliveries)
        .join(theirs, theirs.c.channel_id == deliveries.c.channel_id)
        .where(text("state = 'failed'"))
        .group_by(theirs.c.guild_id)
        .order_by(number.desc(), theirs.c.guild_id)
    )
    rows = await connection.execute(query)
    return {row.guild_id: row.number for row in rows}


def _channels_elsewhere(own: Collection[int]) -> Select[tuple[int, int]]:
    """Select the channels of other servers that have or had a subscription, each once, and their servers."""
    server = func.min(subscriptions.c.guild_id).label("guild_id")
    query = select(subscriptions.c.channel_id, server).where(subscriptions.c.guild_id.is_not(None))
    return query.where(subscriptions.c.guild_id.not_in(own)).group_by(subscriptions.c.channel_id)
