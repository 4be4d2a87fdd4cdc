"""The way of one file or article through the history, for whoever asks why."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, text

from storage import comparisons
from storage.comparisons import ComparisonRecord
from storage.connection import Connection
from storage.deliveries import State
from storage.files import Outcome
from storage.schema import articles, deliveries, files, paths, subscriptions

FILES_NAMED = 5
"""Of an article's files; what became of it must not drown in its copies."""


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
    """How far an article, or a digest, came in one channel."""

    id: int
    channel_id: int
    guild_id: int | None
    """The channel's server, where it has a subscription."""
    state: State
    message_id: int | None
    place_id: int
    """The channel, or the forum's post, that the message stands in."""
    digest_id: int | None
    reason: str | None
    unedited: str | None
    """Why the message was not brought up to date, if it was not."""
    digest: "TracedDelivery | None" = None
    """How far the digest came that the article is listed in."""


@dataclass(frozen=True, slots=True)
class TracedComparison:
    """How an article stood to the one that decided what it is."""

    title: str
    is_forgotten: bool
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
    more_files: int = 0
    """How many files have that text beside those that are named."""
    is_in_doubt: bool = False
    """Whether nobody has said yet if it is a copy of the article that it was compared with."""
    is_copy: bool = False


async def of_path(connection: Connection, path: str) -> Trace | None:
    """Return what became of the file at this path, or ``None`` where none was seen there."""
    query = select(files.c.id, files.c.article_id).join(paths, paths.c.file_id == files.c.id)
    row = (await connection.execute(query.where(paths.c.path == path))).first()
    if row is None:
        return None
    if row.article_id is not None:
        return await of_article(connection, row.article_id, path)
    found, more = await _files(connection, files.c.id == row.id, path)
    return Trace(None, None, None, None, found, (), more_files=more)


async def of_article(connection: Connection, article_id: int, path: str | None = None) -> Trace | None:
    """Return what became of an article, or ``None`` where there is none of that id.

    Of its files its own is the first; the one at ``path`` is among those that are named.
    """
    query = select(
        articles.c.title,
        articles.c.language,
        articles.c.pruned_at,
        articles.c.forgotten_at,
        articles.c.similar_to,
        articles.c.duplicate_of,
    ).where(articles.c.id == article_id)
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    title, language, pruned_at, forgotten_at, similar_to, duplicate_of = row
    found, more = await _files(connection, files.c.article_id == article_id, path)
    return Trace(
        title,
        language,
        pruned_at,
        forgotten_at,
        found,
        await _deliveries(connection, article_id),
        article_id,
        await _comparison(connection, article_id),
        more,
        similar_to is not None,
        duplicate_of is not None,
    )


async def _comparison(connection: Connection, article_id: int) -> TracedComparison | None:
    record = await comparisons.comparison(connection, article_id)
    if record is None:
        return None
    query = select(articles.c.title, articles.c.forgotten_at).where(articles.c.id == record.of_id)
    title, forgotten_at = (await connection.execute(query)).one()
    return TracedComparison(title, forgotten_at is not None, record)


async def _files(
    connection: Connection, which: ColumnElement[bool], asked: str | None
) -> tuple[tuple[TracedFile, ...], int]:
    """Return the first files, an article's own before all and the one that was asked for; how many more."""
    is_own = and_(files.c.outcome == Outcome.ARTICLE, paths.c.path == files.c.first_path)
    columns = paths.c.path, files.c.outcome, files.c.reason, files.c.article_id, paths.c.seen_at
    query = (
        select(*columns, func.count().over())
        .join(paths, paths.c.file_id == files.c.id)
        .where(which)
        .order_by(is_own.desc(), (paths.c.path == (asked or "")).desc(), files.c.id, paths.c.seen_at)
        .limit(FILES_NAMED)
    )
    rows = (await connection.execute(query)).all()
    named = tuple(TracedFile(path, Outcome(outcome), *rest) for path, outcome, *rest, _ in rows)
    return named, rows[0][-1] - len(rows) if rows else 0


async def _deliveries(connection: Connection, article_id: int) -> tuple[TracedDelivery, ...]:
    of_article = deliveries.c.article_id == article_id
    listing = select(deliveries.c.digest_id).where(of_article, deliveries.c.state == State.LISTED)
    # With the sign SQLite does not read every digest there is.
    of_digests = and_(text("+deliveries.article_id IS NULL"), deliveries.c.digest_id.in_(listing))
    digests = {one.digest_id: one for one in await _traced(connection, of_digests)}
    return tuple(
        replace(one, digest=digests.get(one.digest_id)) if one.state is State.LISTED else one
        for one in await _traced(connection, of_article)
    )


async def _traced(connection: Connection, which: ColumnElement[bool]) -> list[TracedDelivery]:
    server = (
        select(subscriptions.c.guild_id)
        .where(subscriptions.c.channel_id == deliveries.c.channel_id, text("ended_at IS NULL"))
        .scalar_subquery()
    )
    columns = [
        deliveries.c[name]
        for name in TracedDelivery.__dataclass_fields__
        if name not in {"guild_id", "place_id", "digest"}
    ]
    place = func.coalesce(deliveries.c.place_id, deliveries.c.channel_id)
    query = select(*columns, place.label("place_id"), server.label("guild_id"))
    rows = (await connection.execute(query.where(which).order_by(deliveries.c.id))).mappings()
    return [TracedDelivery(**{**row, "state": State(row["state"])}) for row in rows]
