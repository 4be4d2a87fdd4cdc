"""Digests that were asked for, and the articles of their periods."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.articles import spans
from storage.deliveries import State
from storage.schema import articles, deliveries, digests

RECENT = 2000
"""Articles whose sections are known ones."""


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """What a digest was asked to hold."""

    guild_id: int
    since: datetime
    until: datetime
    length: str
    section: str | None
    stories: int | None
    """At most so many, if a number was asked for."""


@dataclass(frozen=True, slots=True)
class PeriodArticle:
    """An article of a period."""

    id: int
    story_id: int
    duplicate_of: int | None
    title: str
    source: str | None
    url: str | None
    section: str | None
    published: date | None
    stored_at: datetime
    text: str
    summary: tuple[tuple[int, int], ...]
    news: tuple[tuple[int, int], ...]
    channel_id: int | None
    """Where it is posted, of the channels that were asked about."""
    message_id: int | None


async def add(connection: AsyncConnection, record: DigestRecord) -> int:
    """Keep what a digest was asked to hold, and return its id."""
    values = {name: getattr(record, name) for name in DigestRecord.__dataclass_fields__}
    digest_id: int = (
        await connection.execute(insert(digests).values(**values).returning(digests.c.id))
    ).scalar_one()
    return digest_id


async def get(connection: AsyncConnection, digest_id: int) -> DigestRecord | None:
    """Return what a digest was asked to hold, or ``None`` where there is none of that id."""
    columns = [digests.c[name] for name in DigestRecord.__dataclass_fields__]
    row = (await connection.execute(select(*columns).where(digests.c.id == digest_id))).first()
    return None if row is None else DigestRecord(*row)


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Remove the digests that ended before a time; return how many it were."""
    return (await connection.execute(delete(digests).where(digests.c.until < before))).rowcount


async def articles_of(
    connection: AsyncConnection, record: DigestRecord, channel_ids: Collection[int], limit: int
) -> list[PeriodArticle]:
    """Return the newest articles of a digest's period, at most ``limit``, the oldest of them first.

    A period begins after ``since`` and ends with ``until``.
    """
    posted = (
        select(
            deliveries.c.article_id,
            deliveries.c.channel_id,
            func.max(deliveries.c.message_id).label("message"),
        )
        .where(deliveries.c.state == State.SENT, deliveries.c.channel_id.in_(channel_ids))
        .group_by(deliveries.c.article_id)
        .subquery()
    )
    named = [n for n in PeriodArticle.__dataclass_fields__ if n not in {"channel_id", "message_id"}]
    query = (
        select(*[articles.c[name] for name in named], posted.c.channel_id, posted.c.message)
        .outerjoin(posted, posted.c.article_id == articles.c.id)
        .where(
            articles.c.stored_at > record.since,
            articles.c.stored_at <= record.until,
            articles.c.forgotten_at.is_(None),
        )
    )
    if record.section is not None:
        query = query.where(func.lower(articles.c.section) == record.section.lower())
    rows = await connection.execute(query.order_by(articles.c.id.desc()).limit(limit))
    found = []
    for row in rows:
        values = dict(zip((*named, "channel_id", "message_id"), row, strict=True))
        values["summary"] = spans(values["summary"])
        values["news"] = () if values["news"] is None else spans(values["news"])
        found.append(PeriodArticle(**values))
    return found[::-1]


async def sections(connection: AsyncConnection, typed: str, limit: int) -> list[str]:
    """Return the sections of recent articles that begin with what was typed, by name."""
    recent = select(articles.c.section).order_by(articles.c.id.desc()).limit(RECENT).subquery()
    begins = func.lower(recent.c.section).startswith(typed.lower(), autoescape=True)
    query = select(recent.c.section).where(begins).distinct().order_by(recent.c.section).limit(limit)
    return list((await connection.execute(query)).scalars())
