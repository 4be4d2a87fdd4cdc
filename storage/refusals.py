"""Refused files: which there are, which are read again, and which an operator wants to hear of no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from sqlalchemy import ColumnElement, func, select, update

from storage.connection import Connection
from storage.files import Outcome
from storage.schema import files, paths

PATHS_AT_ONCE = 500
"""In one statement; SQLite takes some thousands of parameters."""

_REFUSED = select(files.c.id).where(files.c.outcome == Outcome.REFUSED)
_LISTED = files.c.outcome == Outcome.REFUSED, paths.c.dismissed_at.is_(None)


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is no article."""

    path: str
    reason: str
    seen_at: datetime


async def listed(connection: Connection, limit: int) -> list[RefusedFile]:
    """Return the newest files that were refused and not dismissed.

    Once something else lies at a path, what was refused there before is over.
    """
    query = (
        select(paths.c.path, files.c.reason, paths.c.seen_at)
        .join(files, files.c.id == paths.c.file_id)
        .where(*_LISTED)
        .order_by(paths.c.seen_at.desc(), files.c.id.desc(), paths.c.path)
        .limit(limit)
    )
    return [RefusedFile(*row) for row in await connection.execute(query)]


async def count(connection: Connection) -> int:
    """Return how many files were refused and not dismissed."""
    query = select(func.count()).select_from(paths.join(files, files.c.id == paths.c.file_id))
    return (await connection.execute(query.where(*_LISTED))).scalar_one()


async def read_again(connection: Connection, at: Sequence[str], now: datetime) -> int:
    """Have the refused files at these paths read once more; return how many of the paths have one.

    One that was dismissed is listed again, if it is refused again.
    """
    number = 0
    for some in batched(at, PATHS_AT_ONCE):
        here = paths.c.path.in_(some), paths.c.file_id.in_(_REFUSED)
        number += (await connection.execute(update(paths).where(*here).values(dismissed_at=None))).rowcount
        of_them = files.c.id.in_(select(paths.c.file_id).where(*here))
        await connection.execute(update(files).where(of_them).values(again_at=now))
    return number


async def dismiss(connection: Connection, at: Sequence[str], now: datetime) -> int:
    """List the refused files at these paths no longer; return how many were listed."""
    number = 0
    for some in batched(at, PATHS_AT_ONCE):
        here: tuple[ColumnElement[bool], ...] = (
            paths.c.path.in_(some),
            paths.c.file_id.in_(_REFUSED),
            paths.c.dismissed_at.is_(None),
        )
        number += (await connection.execute(update(paths).where(*here).values(dismissed_at=now))).rowcount
    return number
