"""Which articles have the same text, which belong to one story, and what people said about that."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from storage.articles import spans
from storage.connection import Connection
from storage.folding import folded
from storage.schema import articles, comparisons, deliveries, files, fingerprints
from storage.visibility import Channels, shown_in


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story."""

    id: int
    title: str
    source: str | None
    url: str | None
    published: date | None
    stored_at: datetime
    text: str
    summary: tuple[tuple[int, int], ...]
    news: tuple[tuple[int, int], ...] | None
    """The sentences that were new in an update."""


def _in_story(story_id: int | BindParameter[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        articles.c.story_id == story_id,
        articles.c.duplicate_of.is_(None),
        articles.c.forgotten_at.is_(None),
    )


def _shown_of(story_id: int, channels: Channels) -> tuple[ColumnElement[bool], ...]:
    return articles.c.story_id == story_id, articles.c.forgotten_at.is_(None), shown_in(channels)


_FIRST_OF = select(articles.c.duplicate_of).where(articles.c.id == bindparam("article_id"))
_STORY_OF = select(articles.c.story_id).where(articles.c.id == bindparam("article_id"))
_LEAD = select(articles.c.id).where(*_in_story(bindparam("story_id"))).order_by(articles.c.id).limit(1)
_SIZE = select(func.count()).select_from(articles).where(*_in_story(bindparam("story_id")))
_PLACE = update(articles).where(articles.c.id == bindparam("number"))
"""Made once, as they are asked for each article."""


async def same_texts(connection: Connection, article_id: int) -> tuple[int, ...]:
    """Return the articles that have the same text as this one, itself included; the first comes first."""
    first = await first_of(connection, article_id)
    query = select(articles.c.id).where(articles.c.duplicate_of == first).order_by(articles.c.id)
    return first, *(await connection.execute(query)).scalars()


def sharing(first: int | BindParameter[int]) -> Select[tuple[int]]:
    """Return the query for the articles that have the text of this first one, itself included.

    There may be very many: other queries look among them, and they are never all loaded.
    """
    return select(articles.c.id).where(or_(articles.c.id == first, articles.c.duplicate_of == first))


def alone(article_id: int) -> Select[tuple[int]]:
    """Return the query for an article without its copies."""
    return select(articles.c.id).where(articles.c.id == article_id)


def versions_before(article_id: int) -> Select[tuple[int]]:
    """Return the query for what an article is an update of, what that is one of, and all their copies."""
    is_update = articles.c.update_of.is_not(None)
    older = select(articles.c.update_of).where(articles.c.id == article_id, is_update).cte(recursive=True)
    before = select(articles.c.update_of).join(older, articles.c.id == older.c.update_of).where(is_update)
    chain = select(older.union(before).c.update_of)
    return select(articles.c.id).where(or_(articles.c.id.in_(chain), articles.c.duplicate_of.in_(chain)))


async def first_of(connection: Connection, article_id: int) -> int:
    """Return the article whose text this one repeats, or itself."""
    return (await connection.execute(_FIRST_OF, {"article_id": article_id})).scalar() or article_id


async def members(
    connection: Connection, story_id: int, limit: int, channels: Channels = None
) -> list[Member]:
    """Return the articles of a story, each text once, in the order in which they came.

    Only those that stand in or go to the channels.
    """
    columns = [articles.c[name] for name in Member.__dataclass_fields__]
    query = select(*columns).where(*_shown_of(story_id, channels)).order_by(articles.c.id).limit(limit)
    rows = (await connection.execute(query)).mappings()
    return [
        Member(
            **{**row, "summary": spans(row["summary"]), "news": spans(row["news"]) if row["news"] else None}
        )
        for row in rows
    ]


async def size(connection: Connection, story_id: int, channels: Channels = None) -> int:
    """Return how many texts a story has, of those that stand in or go to the channels."""
    if channels is None:
        return (await connection.execute(_SIZE, {"story_id": story_id})).scalar_one()
    query = select(func.count()).select_from(articles).where(*_shown_of(story_id, channels))
    return (await connection.execute(query)).scalar_one()


async def sources(connection: Connection, story_id: int, article_id: int) -> tuple[int, int]:
    """Return how many sources a story had with an article of it, and how many before; unnamed ones are one.

    Copies are not counted: no post comes with them.
    """
    query = select(articles.c.id, articles.c.source).where(*_in_story(story_id), articles.c.id <= article_id)
    names = [(row.id, folded(row.source or "")) for row in await connection.execute(query)]
    return len({name for _, name in names}), len({name for number, name in names if number != article_id})


async def lead(connection: Connection, story_id: int) -> int | None:
    """Return the first article of a story that can be shown."""
    return (await connection.execute(_LEAD, {"story_id": story_id})).scalar()


async def story_of(connection: Connection, article_id: int) -> int | None:
    """Return the story that an article belongs to, or ``None`` where there is no such article."""
    return (await connection.execute(_STORY_OF, {"article_id": article_id})).scalar()


async def place(
    connection: Connection,
    article_id: int,
    *,
    story_id: int | None = None,
    duplicate_of: int | None = None,
    update_of: int | None = None,
    similar_to: int | None = None,
    news: Iterable[tuple[int, int]] | None = None,
) -> None:
    """Note what an article is; one that belongs to no story begins its own."""
    values = {
        "number": article_id,
        "story_id": article_id if story_id is None else story_id,
        "duplicate_of": duplicate_of,
        "update_of": update_of,
        "similar_to": similar_to,
        "news": None if news is None else json.dumps([*news], separators=(",", ":")),
    }
    await connection.execute(_PLACE, values)


async def merge(connection: Connection, one: int, other: int) -> int:
    """Make one story of two and return its id: the one that began first."""
    first, second = sorted((one, other))
    await connection.execute(update(articles).where(articles.c.story_id == second).values(story_id=first))
    return first


async def part(connection: Connection, article_id: int, story_id: int | None = None) -> None:
    """Make an article a text of its own, with its copies: in this story, or in one of their own."""
    await place(connection, article_id, story_id=story_id)
    copies = update(articles).where(articles.c.duplicate_of == article_id)
    await connection.execute(copies.values(story_id=story_id or article_id))


async def become_copy(connection: Connection, article_id: int, first: int) -> None:
    """Make an article, and those that were copies of it, copies of another one of its story."""
    which = or_(articles.c.id == article_id, articles.c.duplicate_of == article_id)
    values = {"duplicate_of": first, "similar_to": None, "update_of": None, "news": None}
    await connection.execute(update(articles).where(which, articles.c.id != first).values(**values))


async def absorb(connection: Connection, copy: int, first: int) -> bool:
    """Make the files of a copy those of its first, which is about to say the same; return whether it is done.

    It is not where the copy is posted for itself.
    """
    posted = select(exists().where(deliveries.c.article_id == copy))
    if (await connection.execute(posted)).scalar():
        return False
    await connection.execute(update(files).where(files.c.article_id == copy).values(article_id=first))
    compared_with_it = update(comparisons).where(comparisons.c.of_id == copy)
    await connection.execute(compared_with_it.values(of_id=first))
    await connection.execute(delete(comparisons).where(comparisons.c.article_id == copy))
    # It was an article of its own once, if it became a copy by what somebody said.
    await connection.execute(delete(fingerprints).where(fingerprints.c.article_id == copy))
    await connection.execute(delete(articles).where(articles.c.id == copy))
    return True


async def settle(connection: Connection, article_id: int) -> None:
    """Note that an article is no longer in doubt: its post says nothing more of the one it is similar to."""
    await connection.execute(update(articles).where(articles.c.id == article_id).values(similar_to=None))
