"""What texts are compared by, and which old ones a new one has to be compared with."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.schema import HAS_A_BODY, Instant, articles, edges, fingerprints, terms

AT_ONCE = 500
"""Rows in a statement."""


type Versions = tuple[tuple[int, bytes], ...]
"""Articles with the hashes of their texts."""


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
class StoredText:
    """What an old article says, as far as it is kept."""

    article_id: int
    title: str
    text: str | None
    """``None`` if its body was removed."""
    details: bytes | None
    """What was kept of a removed body, if anything."""


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


_NUMBERS = select(func.json_each(bindparam("numbers")).table_valued("value").c.value)
"""In a list of JSON: with a bound value for each, SQLAlchemy writes its query anew each time."""
_POSTINGS = text("""
    SELECT (
        SELECT group_concat((
            SELECT json_group_array(article_id) FROM (
                SELECT article_id FROM shingles WHERE hash = value
                ORDER BY article_id DESC LIMIT :most_postings
            )
        )) FROM json_each(:hashes)
    ) AS by_hash, (
        SELECT group_concat((
            SELECT json_group_array(article_id) FROM (
                SELECT article_id FROM terms WHERE term = value
                ORDER BY article_id DESC LIMIT :most_terms
            )
        )) FROM json_each(:terms)
    ) AS by_term, (
        SELECT id FROM articles WHERE stored_at < :since ORDER BY stored_at DESC, id DESC LIMIT 1
    ) AS newest_before
""").bindparams(bindparam("since", type_=Instant))
"""The newest articles that have each hash and each term, and the newest one before a time: by the time and
not by the number, as from the last number down it would read all since. It is one query with one row, as
each takes the driver's thread longer than SQLite's answer does.
"""
_COMMON = select(edges.c.line).where(edges.c.line.in_(_NUMBERS), edges.c.many >= bindparam("least"))
_VERSIONS = (
    select(articles.c.id, articles.c.text_hash).where(articles.c.id.in_(_NUMBERS)).order_by(articles.c.id)
)
_STORED = (
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
    .outerjoin(fingerprints, fingerprints.c.article_id == articles.c.id)
    .where(articles.c.id.in_(_NUMBERS))
    .order_by(articles.c.id)
)
_TEXTS = (
    select(
        articles.c.id,
        articles.c.title,
        articles.c.text,
        fingerprints.c.details,
        text(f"{HAS_A_BODY} AS has_it"),
    )
    .outerjoin(fingerprints, fingerprints.c.article_id == articles.c.id)
    .where(articles.c.id.in_(_NUMBERS))
)
_PUT = upsert(fingerprints)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["article_id"],
    set_={name: _PUT.excluded[name] for name in ("data", "terms", "is_roundup")},
)
_PUT_SHINGLE = "INSERT INTO shingles (hash, article_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
_PUT_TERM = "INSERT INTO terms (term, article_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
"""In SQLite's words: SQLAlchemy would look at each value of each of the many rows."""
_COUNT = upsert(edges)
_COUNT = _COUNT.on_conflict_do_update(
    index_elements=["line"], set_={"many": edges.c.many + 1, "seen_at": _COUNT.excluded.seen_at}
)
"""Made once, as they are asked for each article: to make a query takes three times as long as to send it."""


async def put(connection: Connection, article_id: int, record: FingerprintRecord, now: datetime) -> None:
    """Keep the fingerprint of an article, and have it found from now on; a former one is replaced.

    What a former one was found by leads to the article still, where the comparison then finds less in common.
    """
    values = {"data": record.data, "terms": record.terms, "is_roundup": record.is_roundup}
    await connection.execute(_PUT, {"article_id": article_id, **values})
    for query, found_by in ((_PUT_SHINGLE, record.shingles), (_PUT_TERM, record.indexed_terms)):
        rows = [(value, article_id) for value in dict.fromkeys(found_by)]
        if rows:
            await connection.exec_driver_sql(query, rows)
    counted = [{"line": line, "many": 1, "seen_at": now} for line in dict.fromkeys(record.edges)]
    if counted:
        await connection.execute(_COUNT, counted)


async def common_edges(connection: Connection, lines: Collection[int], least: int) -> frozenset[int]:
    """Return which of these lines ``least`` or more articles begin or end with."""
    if not lines:
        return frozenset()
    values = {"numbers": json.dumps([*lines]), "least": least}
    return frozenset((await connection.execute(_COMMON, values)).scalars())


async def candidates(
    connection: Connection,
    hashes: Sequence[int],
    by_terms: Sequence[int],
    since: datetime,
    limits: Limits,
) -> tuple[int, ...]:
    """Return the articles that share enough of these hashes, or enough of these terms if they came ``since``.

    The oldest comes first.
    """
    values = {"hashes": json.dumps([*hashes]), "terms": json.dumps([*by_terms]), "since": since}
    bounds = {"most_postings": limits.most_postings, "most_terms": limits.most_terms}
    found = (await connection.execute(_POSTINGS, {**values, **bounds})).one()
    by_hash, by_term = (json.loads(f"[{lists or ''}]") for lists in (found.by_hash, found.by_term))
    newest_before = found.newest_before or 0
    telling = [numbers for numbers in by_hash if len(numbers) < limits.most_postings]
    young = [[number for number in numbers if number > newest_before] for numbers in by_term]
    shared = _sharing(telling, min(limits.least_shared, max(len(hashes), 1)), limits.most_candidates)
    return tuple(sorted({*shared, *_sharing(young, limits.least_shared, limits.most_candidates)}))


async def texts(connection: Connection, article_ids: Collection[int]) -> list[StoredText]:
    """Return what these articles say, in no order."""
    if not article_ids:
        return []
    rows = await connection.execute(_TEXTS, {"numbers": json.dumps([*article_ids])})
    return [StoredText(row.id, row.title, row.text if row.has_it else None, row.details) for row in rows]


async def keep_details(connection: Connection, details: Mapping[int, bytes]) -> None:
    """Keep the details of texts whose bodies are removed, by their articles."""
    query = update(fingerprints).where(fingerprints.c.article_id == bindparam("number"))
    if details:
        rows = [{"number": number, "kept": data} for number, data in details.items()]
        await connection.execute(query.values(details=bindparam("kept")), rows)


async def versions(connection: Connection, article_ids: Collection[int]) -> Versions:
    """Return the articles with the hashes of what they say now, the oldest first."""
    rows = await connection.execute(_VERSIONS, {"numbers": json.dumps([*article_ids])})
    return tuple((number, text_hash) for number, text_hash in rows)


async def get(
    connection: Connection, article_ids: Collection[int]
) -> tuple[Versions, list[StoredFingerprint]]:
    """Return the articles as ``versions`` does, and the fingerprints of those that have one."""
    if not article_ids:
        return (), []
    rows = (await connection.execute(_STORED, {"numbers": json.dumps([*article_ids])})).all()
    stored = [StoredFingerprint(*row) for row in rows if row.data is not None]
    return tuple((row.id, row.text_hash) for row in rows), stored


async def forget_terms(connection: Connection, before: datetime) -> int:
    """Remove the terms of some articles that came before a time; return of how many."""
    kept_from = await _first_since(connection, before)
    await connection.execute(delete(terms).where(terms.c.article_id < kept_from))
    old = fingerprints.c.article_id < kept_from, fingerprints.c.terms.is_not(None)
    some = select(fingerprints.c.article_id).where(*old).limit(AT_ONCE)
    query = update(fingerprints).where(fingerprints.c.article_id.in_(some)).values(terms=None)
    return (await connection.execute(query)).rowcount


async def forget_rare_edges(connection: Connection, least: int, before: datetime) -> int:
    """Remove the lines that fewer than ``least`` articles had, none since a time; return how many."""
    query = delete(edges).where(edges.c.many < least, edges.c.seen_at < before)
    return (await connection.execute(query)).rowcount


async def _first_since(connection: Connection, since: datetime) -> int:
    """Return the first article that came at this time or later; past the last one where none did.

    Where a clock was set back, a few more count as later.
    """
    latest_first = articles.c.stored_at.desc(), articles.c.id.desc()
    query = select(articles.c.id).where(articles.c.stored_at < since).order_by(*latest_first).limit(1)
    newest_before = (await connection.execute(query)).scalar()
    return (newest_before or 0) + 1


def _sharing(postings: Iterable[Sequence[int]], least: int, most: int) -> list[int]:
    """Return those with the most votes, at most ``most``; of equals the oldest."""
    votes = Counter(number for numbers in postings for number in numbers)
    enough = [number for number, count in votes.items() if count >= least]
    return sorted(enough, key=lambda number: (-votes[number], number))[:most]
