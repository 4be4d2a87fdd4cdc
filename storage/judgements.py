"""What people say about two texts; it outweighs every score, and it is remembered by the texts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.schema import judgements


@dataclass(frozen=True, slots=True)
class Judgement:
    """What people say about two texts."""

    same: bool
    """Whether they are of one story."""
    copy: bool | None = None
    """Whether they are one text, if somebody said."""


_JUDGED = select(judgements).where(
    or_(judgements.c.first_hash == bindparam("text_hash"), judgements.c.second_hash == bindparam("text_hash"))
)


async def judge(
    connection: Connection, one: bytes, other: bytes, now: datetime, *, same: bool, copy: bool | None = None
) -> None:
    """Keep what a person says about two texts; whether they are one text stays as said, if ``None``."""
    first, second = sorted((one, other))
    change = {"same": same, "judged_at": now, **({} if copy is None else {"copy": copy})}
    query = upsert(judgements).values(first_hash=first, second_hash=second, **change)
    await connection.execute(
        query.on_conflict_do_update(index_elements=["first_hash", "second_hash"], set_=change)
    )


async def judgements_on(connection: Connection, text_hash: bytes) -> dict[bytes, Judgement]:
    """Return what people say about this text, by the other text that they compared it with."""
    found = await connection.execute(_JUDGED, {"text_hash": text_hash})
    return {
        row.second_hash if row.first_hash == text_hash else row.first_hash: Judgement(row.same, row.copy)
        for row in found
    }
