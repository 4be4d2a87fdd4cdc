"""Files in the history: which content was seen, where, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Insert, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import files, paths


class Outcome(StrEnum):
    """What became of a file."""

    ARTICLE = "article"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SeenFile:
    """One content that was seen, under whatever names."""

    id: int
    outcome: Outcome
    article_id: int | None
    reason: str | None


async def find(connection: AsyncConnection, content_hash: bytes) -> SeenFile | None:
    """Return what became of this content, or ``None`` where it is new."""
    query = select(files.c.id, files.c.outcome, files.c.article_id, files.c.reason)
    row = (await connection.execute(query.where(files.c.content_hash == content_hash))).first()
    return None if row is None else SeenFile(row.id, Outcome(row.outcome), row.article_id, row.reason)


async def add_article(
    connection: AsyncConnection,
    content_hash: bytes,
    path: str,
    outcome: Outcome,
    article_id: int,
    now: datetime,
) -> None:
    """Record a content that was read into an article, or into a duplicate of one."""
    query = insert(files).values(
        content_hash=content_hash, outcome=outcome, article_id=article_id, first_path=path, seen_at=now
    )
    await _add(connection, query, path, now)


async def add_refused(
    connection: AsyncConnection, content_hash: bytes, path: str, reason: str, now: datetime
) -> None:
    """Record a content that is no article, with the reason."""
    query = insert(files).values(
        content_hash=content_hash, outcome=Outcome.REFUSED, reason=reason, first_path=path, seen_at=now
    )
    await _add(connection, query, path, now)


async def _add(connection: AsyncConnection, query: Insert, path: str, now: datetime) -> None:
    file_id = (await connection.execute(query.returning(files.c.id))).scalar_one()
    await link(connection, path, file_id, now)


async def is_linked(connection: AsyncConnection, path: str, file_id: int) -> bool:
    """Return whether this content was the last one seen at this path."""
    query = select(paths.c.file_id).where(paths.c.path == path)
    return (await connection.execute(query)).scalar() == file_id


async def link(connection: AsyncConnection, path: str, file_id: int, now: datetime) -> None:
    """Note that this content is what lies at this path now."""
    query = upsert(paths).values(path=path, file_id=file_id, seen_at=now)
    change = {"file_id": query.excluded.file_id, "seen_at": query.excluded.seen_at}
    await connection.execute(query.on_conflict_do_update(index_elements=[paths.c.path], set_=change))
