"""The way of one file or article through the history, for whoever asks why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import stories
from storage.deliveries import State
from storage.files import Outcome
from storage.schema import articles, deliveries, files, paths
from storage.stories import ComparisonRecord


@dataclass(frozen=True, slots=True)
class TracedFile:
    """A file and what it was decided to be."""

    path: str
    outcome: Outcome
    reason: str | None
    article_id: int | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class TracedDelivery:
    """How far an article came in one channel."""

    id: int
    channel_id: int
    state: State
    message_id: int | None
    reason: str | None
    unedited: str | None
    """Why the message was not brought up to date, if it was not."""


@dataclass(frozen=True, slots=True)
class TracedComparison:
    """How an article stood to the one that decided what it is."""

    title: str
    record: ComparisonRecord


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that happened to an article: its files, and its deliveries."""

    title: str | None
    """``None`` where it is a file that was refused."""
    language: str | None
    pruned_at: datetime | None
    forgotten_at: datetime | None
    files: tuple[TracedFile, ...]
    deliveries: tuple[TracedDelivery, ...]
    article_id: int | None = None
    comparison: TracedComparison | None = None


async def of_path(connection: AsyncConnection, path: str) -> Trace | None:
    """Return what became of the file at this path, or ``None`` where none was seen there."""
    query = select(files.c.id, files.c.article_id).join(paths, paths.c.file_id == files.c.id)
    row = (await connection.execute(query.where(paths.c.path == path))).first()
    if row is None:
        return None
    if row.article_id is not None:
        return await of_article(connection, row.article_id)
    return Trace(None, None, None, None, await _files(connection, files.c.id == row.id), ())


async def of_article(connection: AsyncConnection, article_id: int) -> Trace | None:
    """Return what became of an article, or ``None`` where there is none of that id."""
    query = select(
        articles.c.title, articles.c.language, articles.c.pruned_at, articles.c.forgotten_at
    ).where(articles.c.id == article_id)
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    return Trace(
        *row,
        await _files(connection, files.c.article_id == article_id),
        await _deliveries(connection, article_id),
        article_id,
        await _comparison(connection, article_id),
    )


async def _comparison(connection: AsyncConnection, article_id: int) -> TracedComparison | None:
    record = await stories.comparison(connection, article_id)
    if record is None:
        return None
    query = select(articles.c.title).where(articles.c.id == record.of_id)
    return TracedComparison((await connection.execute(query)).scalar_one(), record)


async def _files(connection: AsyncConnection, which: ColumnElement[bool]) -> tuple[TracedFile, ...]:
    query = (
        select(paths.c.path, files.c.outcome, files.c.reason, files.c.article_id, paths.c.seen_at)
        .join(paths, paths.c.file_id == files.c.id)
        .where(which)
        .order_by(files.c.id, paths.c.seen_at)
    )
    return tuple(
        TracedFile(path, Outcome(outcome), *rest) for path, outcome, *rest in await connection.execute(query)
    )


async def _deliveries(connection: AsyncConnection, article_id: int) -> tuple[TracedDelivery, ...]:
    columns = [deliveries.c[name] for name in TracedDelivery.__dataclass_fields__]
    query = select(*columns).where(deliveries.c.article_id == article_id).order_by(deliveries.c.id)
    rows = (await connection.execute(query)).mappings()
    return tuple(TracedDelivery(**{**row, "state": State(row["state"])}) for row in rows)
