"""Files in the history: which content was seen, where, and what became of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, bindparam, case, delete, exists, func, insert, or_, select, union_all, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.schema import Instant, articles, files, paths
from storage.stories import sharing


class Outcome(StrEnum):
    """What became of a file."""

    ARTICLE = "article"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a file is, and which article it brought, or the reason why it brought none."""

    outcome: Outcome
    article_id: int | None = None
    reason: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class SeenFile:
    """One content that was seen, under whatever names."""

    id: int
    outcome: Outcome
    article_id: int | None
    reason: str | None
    again_at: datetime | None
    """When somebody asked to have it read once more, if it waits for that."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds what another had brought already."""

    path: str
    source: str | None
    seen_at: datetime


_FIND = select(*(files.c[name] for name in SeenFile.__dataclass_fields__)).where(
    files.c.content_hash == bindparam("content_hash")
)
_ADD = insert(files).returning(files.c.id)
_LINK = upsert(paths)
_LINK = _LINK.on_conflict_do_update(
    index_elements=[paths.c.path],
    set_={
        "file_id": _LINK.excluded.file_id,
        "seen_at": _LINK.excluded.seen_at,
        "before_id": _LINK.excluded.before_id,
        "dismissed_at": case((paths.c.file_id == _LINK.excluded.file_id, paths.c.dismissed_at)),
    },
)
_LINKED = select(paths.c.file_id).where(paths.c.path == bindparam("path"))
_IS_OWN = (files.c.first_path == bindparam("path")) & (files.c.outcome == Outcome.ARTICLE)
_ARTICLE_AT = (
    select(articles.c.id)
    .select_from(paths.join(files, files.c.id == paths.c.file_id))
    .join(articles, articles.c.id == func.coalesce(paths.c.before_id, files.c.article_id))
    .where(
        paths.c.path == bindparam("path"),
        or_(paths.c.before_id.is_not(None), _IS_OWN),
        articles.c.duplicate_of.is_(None),
        articles.c.forgotten_at.is_(None),
    )
)
"""Made once, as they are asked for each file."""


async def find(connection: Connection, content_hash: bytes) -> SeenFile | None:
    """Return what became of this content, or ``None`` where it is new."""
    row = (await connection.execute(_FIND, {"content_hash": content_hash})).mappings().first()
    return None if row is None else SeenFile(**{**row, "outcome": Outcome(row["outcome"])})


async def add(
    connection: Connection, content_hash: bytes, path: str, decision: Decision, now: datetime
) -> bool:
    """Record a content that was not seen before, and what it is; return what ``link`` does."""
    values = {"content_hash": content_hash, "first_path": path, "seen_at": now, **asdict(decision)}
    file_id = (await connection.execute(_ADD, values)).scalar_one()
    return await link(connection, path, file_id, now, decision.outcome)


async def decide_again(connection: Connection, file_id: int, decision: Decision) -> None:
    """Record what a content is that was read once more."""
    query = update(files).where(files.c.id == file_id)
    await connection.execute(query.values(again_at=None, **asdict(decision)))


async def is_linked(connection: Connection, path: str, file_id: int) -> bool:
    """Return whether this content was the last one seen at this path."""
    return (await connection.execute(_LINKED, {"path": path})).scalar() == file_id


async def link(connection: Connection, path: str, file_id: int, now: datetime, outcome: Outcome) -> bool:
    """Note that this content, of which ``outcome`` tells, is what lies at this path now.

    If it was refused, the path stays that of the article whose own file lay here before. Return whether it
    was refused in place of one that was read. A refusal that was dismissed stays so while the content is the
    same.
    """
    was_read, before_id = False, None
    if outcome is Outcome.REFUSED:
        was_read, before_id = await _was_read(connection, path), await article_at(connection, path)
    values = {"path": path, "file_id": file_id, "seen_at": now, "before_id": before_id}
    await connection.execute(_LINK, values)
    return was_read


async def places(connection: Connection, file_id: int, limit: int) -> list[str]:
    """Return up to ``limit`` paths that this content was the last one seen at."""
    query = select(paths.c.path).where(paths.c.file_id == file_id).limit(limit)
    return list((await connection.execute(query)).scalars())


async def article_at(connection: Connection, path: str) -> int | None:
    """Return the article whose own file lies at this path, or ``None``: a copy is nobody's own.

    The file stays its own while what lies there now was refused.
    """
    return (await connection.execute(_ARTICLE_AT, {"path": path})).scalar()


async def _was_read(connection: Connection, path: str) -> bool:
    """Return whether an article was read at this path, and nothing since but what was refused."""
    query = select(func.coalesce(paths.c.before_id, files.c.article_id))
    query = query.join(files, files.c.id == paths.c.file_id).where(paths.c.path == path)
    return (await connection.execute(query)).scalar() is not None


async def make_own(connection: Connection, article_id: int, path: str) -> None:
    """Let what lies at this path be the article's own file, in place of what was that before.

    That is forgotten, so that it is read anew if it comes back; where it lies elsewhere too, it is a copy.
    """
    here = select(paths.c.file_id).where(paths.c.path == path).scalar_subquery()
    before = files.c.article_id == article_id, files.c.outcome == Outcome.ARTICLE, files.c.id != here
    places = select(func.min(paths.c.path)).where(paths.c.file_id == files.c.id)
    await connection.execute(delete(files).where(*before, ~exists().where(paths.c.file_id == files.c.id)))
    copies_now = update(files).where(*before)
    await connection.execute(
        copies_now.values(outcome=Outcome.DUPLICATE, first_path=places.scalar_subquery())
    )
    own = update(files).where(files.c.id == here)
    await connection.execute(own.values(outcome=Outcome.ARTICLE, first_path=path))


async def own_first(connection: Connection, article_id: int) -> None:
    """Let the first file of what was called a copy be its own, as an article's is."""
    first = select(func.min(files.c.id)).where(files.c.article_id == article_id).scalar_subquery()
    await connection.execute(update(files).where(files.c.id == first).values(outcome=Outcome.ARTICLE))


async def move(connection: Connection, path: str, file_id: int, now: datetime, outcome: Outcome) -> bool:
    """Note that this content lies at this path now, and nowhere else any more; return what ``link`` does.

    A refusal that was dismissed stays so.
    """
    of_it = paths.c.file_id == file_id
    dismissed_at = (await connection.execute(select(func.max(paths.c.dismissed_at)).where(of_it))).scalar()
    await connection.execute(delete(paths).where(of_it))
    was_read = await link(connection, path, file_id, now, outcome)
    await connection.execute(update(paths).where(of_it).values(dismissed_at=dismissed_at))
    await connection.execute(update(files).where(files.c.id == file_id).values(first_path=path))
    return was_read


def _copies() -> Select[str, str | None, datetime, int]:
    is_copy = files.c.outcome != Outcome.ARTICLE
    same = sharing(bindparam("first"))
    its = select(files.c.id, files.c.first_path).where(files.c.article_id == bindparam("article_id"))
    own = its.order_by(is_copy, files.c.id).limit(1).cte()
    first = select(files.c.id, files.c.first_path.label("path"), files.c.source, files.c.seen_at).where(
        files.c.article_id.in_(same), files.c.id.not_in(select(own.c.id))
    )
    elsewhere = (
        select(files.c.id, paths.c.path, files.c.source, paths.c.seen_at)
        .join(paths, paths.c.file_id == files.c.id)
        .where(files.c.article_id.in_(same), paths.c.path != files.c.first_path)
    )
    found = union_all(first, elsewhere).subquery()
    earliest = func.min(found.c.seen_at, type_=Instant)  # SQLite takes the other columns from its row
    return (
        select(found.c.path, found.c.source, earliest, func.count().over())
        .where(found.c.path.not_in(select(own.c.first_path)))
        .group_by(found.c.path)
        .order_by(earliest, found.c.id, found.c.path)
        .limit(bindparam("limit"))
    )


_COPIES = _copies()
"""Made once, as it is asked for each post."""


async def copies(connection: Connection, article_id: int, first: int, limit: int) -> tuple[list[Copy], int]:
    """Return the first files that brought an article's text but for its own, and how many more there are.

    ``first`` is the article whose text this one has, itself where it repeats none. A path counts once.
    """
    values = {"article_id": article_id, "first": first, "limit": limit}
    rows = (await connection.execute(_COPIES, values)).all()
    shown = [Copy(path, source, seen_at) for path, source, seen_at, _ in rows]
    return shown, rows[0][3] - len(rows) if rows else 0


async def to_be_read_again(connection: Connection) -> list[str]:
    """Return the paths of the files that wait to be read once more."""
    query = select(paths.c.path).join(files, files.c.id == paths.c.file_id)
    return list((await connection.execute(query.where(files.c.again_at.is_not(None)))).scalars())
