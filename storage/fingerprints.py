"""What texts are compared by, and which old ones a new one has to be compared with."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    delete,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import articles, edges, fingerprints, shingles, terms

AT_ONCE = 500
"""Rows in a statement."""


@dataclass(frozen=True, slots=True)
class FingerprintRecord:
    """What is kept of one text."""

    data: bytes
    terms: bytes | None
    """``None`` once it is too old to be compared by them."""
    is_roundup: bool
    shingles: tuple[int, ...]
    """The hashes by which it is found."""
    indexed_terms: tuple[int, ...]
    edges: tuple[int, ...]
    """Hashes of its first and last lines, as far as they are to be counted."""


@dataclass(frozen=True, slots=True)
class StoredFingerprint:
    """A text of the history that a new one may be made from."""

    article_id: int
    story_id: int
    text_hash: bytes
    data: bytes
    terms: bytes | None
    is_roundup: bool
    published: date | None
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a search goes."""

    least_shared: int
    """So many hashes in common make a text a candidate."""
    most_postings: int
    """A hash that so many texts have is not looked at."""
    most_terms: int
    """Of the texts that have a term, so many of the newest are."""
    most_candidates: int
    """By each of the two ways."""


async def put(connection: AsyncConnection, article_id: int, record: FingerprintRecord, now: datetime) -> None:
    """Keep the fingerprint of an article, and have it found from now on; a former one is replaced.

    What a former one was found by leads to the article still, where the comparison then finds less in common.
    """
    values = {"data": record.data, "terms": record.terms, "is_roundup": record.is_roundup}
    query = upsert(fingerprints).values(article_id=article_id, **values)
    await connection.execute(query.on_conflict_do_update(index_elements=["article_id"], set_=values))
    for table, name, found_by in ((shingles, "hash", record.shingles), (terms, "term", record.indexed_terms)):
        rows = [{name: value, "article_id": article_id} for value in dict.fromkeys(found_by)]
        if rows:
            await connection.execute(upsert(table).on_conflict_do_nothing(), rows)
    counted = [{"line": line, "many": 1, "seen_at": now} for line in dict.fromkeys(record.edges)]
    if counted:
        once_more = {"many": edges.c.many + 1, "seen_at": now}
        await connection.execute(
            upsert(edges).on_conflict_do_update(index_elements=["line"], set_=once_more), counted
        )


async def common_edges(connection: AsyncConnection, lines: Collection[int], least: int) -> frozenset[int]:
    """Return which of these lines ``least`` or more articles begin or end with."""
    if not lines:
        return frozenset()
    query = select(edges.c.line).where(edges.c.line.in_([*lines]), edges.c.many >= least)
    return frozenset((await connection.execute(query)).scalars())


async def candidates(
    connection: AsyncConnection,
    hashes: Sequence[int],
    by_terms: Sequence[int],
    since: datetime,
    limits: Limits,
) -> tuple[int, ...]:
    """Return the articles that share enough of these hashes, or enough of these terms if they came ``since``.

    The oldest comes first.
    """
    by_hash = await _postings(connection, shingles, hashes, limits.most_postings)
    telling = [found for found in by_hash if len(found) < limits.most_postings]
    least = min(limits.least_shared, max(len(hashes), 1))
    recent = await _postings(connection, terms, by_terms, limits.most_terms)
    first_recent = await _first_since(connection, since)
    young = [[number for number in found if number >= first_recent] for found in recent]
    shared = _sharing(telling, least, limits.most_candidates)
    return tuple(sorted({*shared, *_sharing(young, limits.least_shared, limits.most_candidates)}))


async def get(connection: AsyncConnection, article_ids: Collection[int]) -> list[StoredFingerprint]:
    """Return the fingerprints of these articles, the oldest first."""
    query = (
        select(
            articles.c.id,
            articles.c.story_id,
            articles.c.text_hash,
            fingerprints.c.data,
            fingerprints.c.terms,
            fingerprints.c.is_roundup,
            articles.c.published,
            articles.c.stored_at,
        )
        .join(fingerprints, fingerprints.c.article_id == articles.c.id)
        .where(articles.c.id.in_([*article_ids]))
        .order_by(articles.c.id)
    )
    return [StoredFingerprint(*row) for row in await connection.execute(query)]


async def forget_terms(connection: AsyncConnection, before: datetime) -> int:
    """Remove the terms of some articles that came before a time; return of how many."""
    kept_from = await _first_since(connection, before)
    await connection.execute(delete(terms).where(terms.c.article_id < kept_from))
    old = fingerprints.c.article_id < kept_from, fingerprints.c.terms.is_not(None)
    some = select(fingerprints.c.article_id).where(*old).limit(AT_ONCE)
    query = update(fingerprints).where(fingerprints.c.article_id.in_(some)).values(terms=None)
    return (await connection.execute(query)).rowcount


async def forget_rare_edges(connection: AsyncConnection, least: int, before: datetime) -> int:
    """Remove the lines that fewer than ``least`` articles had, none since a time; return how many."""
    query = delete(edges).where(edges.c.many < least, edges.c.seen_at < before)
    return (await connection.execute(query)).rowcount


async def _first_since(connection: AsyncConnection, since: datetime) -> int:
    """Return the first article that came at this time or later; past the last one where none did."""
    query = select(articles.c.id).where(articles.c.stored_at < since).order_by(articles.c.id.desc()).limit(1)
    newest_before = (await connection.execute(query)).scalar()
    return (newest_before or 0) + 1


async def _postings(
    connection: AsyncConnection, table: Table, values: Sequence[int], limit: int
) -> list[list[int]]:
    """Return, for each value, up to ``limit`` of the newest articles that have it: one query for all."""
    if not values:
        return []
    value = next(iter(table.columns))
    parts = [_newest(table, value == wanted, place, limit) for place, wanted in enumerate(values)]
    found: list[list[int]] = [[] for _ in values]
    for place, article_id in await connection.execute(union_all(*parts)):
        found[place].append(article_id)
    return found


def _newest(table: Table, which: ColumnElement[bool], place: int, limit: int) -> Select[Any]:
    number = table.c.article_id
    rows = select(literal(place, literal_execute=True), number).where(which)
    return select(text("*")).select_from(rows.order_by(number.desc()).limit(limit).subquery())


def _sharing(postings: Iterable[Sequence[int]], least: int, most: int) -> list[int]:
    """Return those with the most votes, at most ``most``; of equals the oldest."""
    votes = Counter(number for numbers in postings for number in numbers)
    enough = [number for number, count in votes.items() if count >= least]
    return sorted(enough, key=lambda number: (-votes[number], number))[:most]
