"""How articles stood to those that decided what they are, and which were hidden for it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.schema import articles, comparisons


@dataclass(frozen=True, slots=True)
class ComparisonRecord:
    """How an article stood to the one that decided what it is."""

    verdict: str
    of_id: int
    containment: float
    """The share of the smaller text's shingles that the other has, from 0 to 1."""
    novel_words: int
    cosine: float
    replaced: tuple[tuple[str, str, str], ...] = ()
    """Kind of detail, words of the other text, and what this one has in their place."""


@dataclass(frozen=True, slots=True)
class HiddenCopy:
    """An article that was not posted because it is nearly another's text."""

    id: int
    title: str
    stored_at: datetime
    of_title: str
    comparison: ComparisonRecord


_COMPARED = upsert(comparisons)
_COMPARED = _COMPARED.on_conflict_do_update(
    index_elements=["article_id"],
    set_={name: _COMPARED.excluded[name] for name in ComparisonRecord.__dataclass_fields__},
)
_NEWEST_COPIES = (
    select(articles.c.id)
    .where(text("duplicate_of IS NOT NULL"), articles.c.forgotten_at.is_(None))
    .where(articles.c.stored_at >= bindparam("since", type_=articles.c.stored_at.type))
    # Not what was posted, and became a copy by what somebody said.
    .where(exists().where(comparisons.c.article_id == articles.c.id, text("verdict = 'same_text'")))
    .order_by(articles.c.stored_at.desc(), articles.c.id.desc())
)


async def compared(connection: Connection, article_id: int, record: ComparisonRecord) -> None:
    """Keep how an article stood to the one that decided."""
    values = {name: getattr(record, name) for name in ComparisonRecord.__dataclass_fields__}
    values["replaced"] = json.dumps(record.replaced, ensure_ascii=False) if record.replaced else None
    await connection.execute(_COMPARED, {"article_id": article_id, **values})


async def comparison(connection: Connection, article_id: int) -> ComparisonRecord | None:
    """Return how an article stood to the one that decided, or ``None`` where none came near it."""
    columns = [comparisons.c[name] for name in ComparisonRecord.__dataclass_fields__]
    row = (await connection.execute(select(*columns).where(comparisons.c.article_id == article_id))).first()
    return None if row is None else _comparison(row)


async def hidden_copies(connection: Connection, since: datetime, limit: int) -> list[HiddenCopy]:
    """Return the newest articles that were taken for copies since a time; none is so word for word."""
    other = articles.alias()
    columns = [comparisons.c[name] for name in ComparisonRecord.__dataclass_fields__]
    query = (
        select(articles.c.id, articles.c.title, articles.c.stored_at, other.c.title, *columns)
        .join(comparisons, comparisons.c.article_id == articles.c.id)
        .join(other, other.c.id == articles.c.duplicate_of)
        .where(articles.c.id.in_(_NEWEST_COPIES.limit(limit)))
        .order_by(articles.c.stored_at.desc(), articles.c.id.desc())
    )
    rows = await connection.execute(query, {"since": since})
    return [
        HiddenCopy(number, title, stored_at, of_title, _comparison(record))
        for number, title, stored_at, of_title, *record in rows
    ]


async def count_hidden(connection: Connection, since: datetime) -> int:
    """Return how many articles were taken for copies since a time and are not word for word the same."""
    query = select(func.count()).select_from(_NEWEST_COPIES.order_by(None).subquery())
    return (await connection.execute(query, {"since": since})).scalar_one()


def _comparison(row: Sequence[Any]) -> ComparisonRecord:
    verdict, of_id, containment, novel_words, cosine, replaced = row
    kept = tuple((detail, old, new) for detail, old, new in json.loads(replaced or "[]"))
    return ComparisonRecord(verdict, of_id, containment, novel_words, cosine, kept)
