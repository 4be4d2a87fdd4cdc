"""Digests, those that were asked for and those that are posted, and the articles that they hold."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, text

from storage.articles import spans
from storage.connection import Connection
from storage.deliveries import State
from storage.folding import folded
from storage.schema import articles, deliveries, digests
from storage.visibility import Channels, seen_in

RECENT = 2000
"""Articles whose sections are known ones."""


class DigestKind(StrEnum):
    """Why there is a digest."""

    ASKED = "asked"
    """Somebody asked for the stories of a period."""
    SCHEDULED = "scheduled"
    HELD = "held"
    """Its articles came in a pause or in quiet hours."""
    BURST = "burst"
    """More articles waited for the channel than are posted one by one."""


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """What a digest holds: the articles of a period, or those that are listed in it."""

    guild_id: int
    since: datetime
    until: datetime
    length: str
    section: str | None = None
    stories: int | None = None
    """At most so many, if a number was asked for."""
    kind: DigestKind = DigestKind.ASKED
    channel_id: int | None = None
    """Where it is posted; ``None`` for one that was asked for."""
    slot: datetime | None = None
    missed_since: datetime | None = None
    """The first slot that it stands for, where others than its own were missed."""


@dataclass(frozen=True, slots=True)
class PeriodArticle:
    """An article of a period."""

    id: int
    story_id: int
    duplicate_of: int | None
    similar_to: int | None
    title: str
    source: str | None
    url: str | None
    section: str | None
    published: date | None
    stored_at: datetime
    text: str
    summary: tuple[tuple[int, int], ...]
    news: tuple[tuple[int, int], ...]
    place_id: int | None
    """The channel or forum's post that it stands in, of the channels that were asked about."""
    message_id: int | None
    was_shown: bool
    """Whether its channel had it before: in a post, or in an earlier digest."""


async def add(connection: Connection, record: DigestRecord) -> int:
    """Keep what a digest holds, and return its id."""
    values = {name: getattr(record, name) for name in DigestRecord.__dataclass_fields__}
    digest_id: int = (
        await connection.execute(insert(digests).values(**values).returning(digests.c.id))
    ).scalar_one()
    return digest_id


async def get(connection: Connection, digest_id: int) -> DigestRecord | None:
    """Return what a digest holds, or ``None`` where there is none of that id."""
    columns = [digests.c[name] for name in DigestRecord.__dataclass_fields__]
    row = (await connection.execute(select(*columns).where(digests.c.id == digest_id))).mappings().first()
    return None if row is None else DigestRecord(**{**row, "kind": DigestKind(row["kind"])})


async def last_until(connection: Connection, channel_id: int, now: datetime) -> datetime | None:
    """Return when the last digest that a channel got by ``now`` ended."""
    theirs = digests.c.channel_id == channel_id, digests.c.until <= now
    query = select(func.max(digests.c.until)).where(*theirs)
    until: datetime | None = (await connection.execute(query)).scalar()
    return until


async def forget(connection: Connection, before: datetime) -> int:
    """Remove the digests that were asked for and ended before a time; return how many it were."""
    old = (digests.c.until < before, text("kind = 'asked'"))
    return (await connection.execute(delete(digests).where(*old))).rowcount


async def articles_of(
    connection: Connection,
    record: DigestRecord,
    channel_ids: Collection[int],
    limit: int,
    seen: Channels = None,
) -> list[PeriodArticle]:
    """Return the newest articles of a digest's period, at most ``limit``, the oldest of them first.

    A period begins after ``since`` and ends with ``until``. Only what stands in or goes to the channels that
    are ``seen`` is in it; ``channel_ids`` are those whose posts are linked.
    """
    posted = (
        select(
            deliveries.c.article_id,
            func.coalesce(deliveries.c.place_id, deliveries.c.channel_id).label("place"),
            func.max(deliveries.c.message_id).label("message"),
        )
        .where(deliveries.c.state == State.SENT, deliveries.c.channel_id.in_(channel_ids))
        .group_by(deliveries.c.article_id)
        .subquery()
    )
    query = (
        select(*_columns(articles.c.text), posted.c.place, posted.c.message, literal(False))
        .outerjoin(posted, posted.c.article_id == articles.c.id)
        .where(
            articles.c.stored_at > record.since,
            articles.c.stored_at <= record.until,
            articles.c.forgotten_at.is_(None),
        )
    )
    if seen is not None:
        query = query.where(seen_in(seen))
    if record.section is not None:
        spelled = await _spellings(connection, record.section, record.since, record.until)
        query = query.where(articles.c.section.in_(spelled))
    rows = await connection.execute(query.order_by(articles.c.id.desc()).limit(limit))
    return [_article(row) for row in rows][::-1]


async def _spellings(connection: Connection, section: str, since: datetime, until: datetime) -> list[str]:
    """Return how the articles of a period spell a section."""
    query = select(articles.c.section).where(
        articles.c.stored_at > since, articles.c.stored_at <= until, articles.c.section.is_not(None)
    )
    wanted = folded(section)
    found = (await connection.execute(query.distinct())).scalars()
    return [name for name in found if name is not None and folded(name) == wanted]


async def articles_listed(connection: Connection, digest_id: int) -> list[PeriodArticle]:
    """Return the articles that a digest lists, their copies, and what its channel had of their stories."""
    digest = (await connection.execute(select(digests).where(digests.c.id == digest_id))).one()
    theirs = and_(deliveries.c.digest_id == digest_id, deliveries.c.article_id.is_not(None))
    return await _articles_for(connection, theirs, digest.channel_id, digest.until, digest_id)


async def articles_held(connection: Connection, channel_id: int, now: datetime) -> list[PeriodArticle]:
    """Return what ``articles_listed`` would of a digest that a channel would get now."""
    theirs = and_(text("state = 'held'"), deliveries.c.channel_id == channel_id)
    return await _articles_for(connection, theirs, channel_id, now, None)


async def _articles_for(
    connection: Connection,
    theirs: ColumnElement[bool],
    channel_id: int,
    until: datetime,
    digest_id: int | None,
) -> list[PeriodArticle]:
    listed = select(deliveries.c.article_id).where(theirs).cte("listed")
    numbers = select(listed.c.article_id)
    is_new = or_(
        articles.c.id.in_(numbers),
        and_(articles.c.duplicate_of.in_(numbers), articles.c.stored_at <= until),
    )
    not_forgotten = articles.c.forgotten_at.is_(None)
    new = select(*_columns(articles.c.text), *_NOWHERE, literal(False)).where(is_new, not_forgotten)
    found = [_article(row) for row in await connection.execute(new.order_by(articles.c.id))]
    earlier: ColumnElement[bool] = deliveries.c.state.in_([State.SENT, State.LISTED])
    if digest_id is not None:  # what came after a digest leaves it as it is
        own = deliveries.alias()
        its_delivery = select(own.c.id).where(own.c.digest_id == digest_id, own.c.article_id.is_(None))
        earlier = or_(
            and_(deliveries.c.state == State.SENT, deliveries.c.id < its_delivery.scalar_subquery()),
            and_(deliveries.c.state == State.LISTED, deliveries.c.digest_id < digest_id),
        )
    in_stories = select(articles.c.story_id).where(articles.c.id.in_(numbers))
    shown = (
        select(*_columns(literal("")), *_NOWHERE, literal(True))
        .join(deliveries, deliveries.c.article_id == articles.c.id)
        .where(
            articles.c.story_id.in_(in_stories),
            deliveries.c.channel_id == channel_id,
            earlier,
            articles.c.id.not_in(numbers),
            not_forgotten,
        )
    )
    return found + [_article(row) for row in await connection.execute(shown)]


_NAMED = [
    name
    for name in PeriodArticle.__dataclass_fields__
    if name not in {"place_id", "message_id", "was_shown", "text"}
]
_NOWHERE = (literal(None), literal(None))


def _columns(words: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    return [*[articles.c[name] for name in _NAMED], words]


def _article(row: Any) -> PeriodArticle:  # noqa: ANN401 (a row of SQLAlchemy's)
    names = (*_NAMED, "text", "place_id", "message_id", "was_shown")
    values = dict(zip(names, row, strict=True))
    values["summary"] = spans(values["summary"])
    values["news"] = () if values["news"] is None else spans(values["news"])
    return PeriodArticle(**values)


async def sections(connection: Connection, limit: int, seen: Channels = None) -> list[str]:
    """Return the sections of recent articles, by name.

    Only the articles count that stand in or go to the channels that are ``seen``.
    """
    recent = select(articles.c.id).order_by(articles.c.id.desc()).limit(RECENT)
    query = select(articles.c.section).where(articles.c.id.in_(recent), articles.c.section.is_not(None))
    if seen is not None:
        query = query.where(seen_in(seen))
    query = query.distinct().order_by(articles.c.section).limit(limit)
    return list((await connection.execute(query)).scalars())
