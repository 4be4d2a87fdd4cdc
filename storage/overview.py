"""What an operator wants to know at a glance: what waits, what was sent, what failed and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, TextClause, func, select, text

from storage.connection import Connection
from storage.deliveries import State
from storage.schema import OPEN, articles, deliveries, files


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
    last_file: str | None
    last_file_at: datetime | None
    last_post_at: datetime | None
    failures: tuple[FailedDelivery, ...]


async def overview(connection: Connection, since: datetime, shown: int) -> Overview:
    """Return the counts, with the ``shown`` newest failures."""
    is_sent = deliveries.c.state == State.SENT
    newest = select(files.c.first_path, files.c.seen_at).order_by(files.c.id.desc()).limit(1)
    last_file = (await connection.execute(newest)).first()
    last_post = select(func.max(deliveries.c.sent_at)).where(is_sent)
    return Overview(
        articles=await _count(connection, articles),
        waiting=await _count(connection, deliveries, text(f"({OPEN})")),
        held=await _count(connection, deliveries, text("state = 'held'")),
        sent=await _count(connection, deliveries, is_sent, deliveries.c.sent_at >= since),
        failed=await _count(connection, deliveries, deliveries.c.state == State.FAILED),
        last_file=last_file.first_path if last_file else None,
        last_file_at=last_file.seen_at if last_file else None,
        last_post_at=(await connection.execute(last_post)).scalar(),
        failures=await failed_deliveries(connection, shown),
    )


async def _count(connection: Connection, table: Table, *where: ColumnElement[bool] | TextClause) -> int:
    query = select(func.count()).select_from(table).where(*where)
    return (await connection.execute(query)).scalar_one()


async def failed_deliveries(connection: Connection, limit: int) -> tuple[FailedDelivery, ...]:
    """Return the newest deliveries that failed."""
    query = (
        select(deliveries.c.id, articles.c.title, deliveries.c.channel_id, deliveries.c.reason)
        .outerjoin(articles, articles.c.id == deliveries.c.article_id)
        .where(deliveries.c.state == State.FAILED)
        .order_by(deliveries.c.id.desc())
        .limit(limit)
    )
    return tuple(FailedDelivery(*row) for row in await connection.execute(query))
