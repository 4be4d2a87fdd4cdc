"""Deliveries: the intent to have one article, or one digest, in one channel, and its state.

``queued → sending → sent | failed``; ``held → listed`` for an article that comes in a digest; ``removing →
removed`` for what is taken back. Each change is one row in one transaction of the caller's.

What a post ought to show has a version, ``wanted``; ``shown`` is the one that its message shows. Whatever
changes a post later raises the first, and the message is edited until both agree.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Update,
    and_,
    case,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.schema import HAS_A_BODY, OPEN, articles, deliveries, subscriptions


class State(StrEnum):
    """How far a delivery has come."""

    HELD = "held"
    """The article waits for a digest."""
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    LISTED = "listed"
    """The article stands on a page of a digest."""
    FAILED = "failed"
    REMOVING = "removing"
    """Its message is to be deleted, if there is one."""
    REMOVED = "removed"
    """No message stands there any more: it was taken back, or somebody deleted it."""


SHOWN = (State.QUEUED, State.SENDING, State.SENT)
"""What a message shows is read before it is begun: one that is queued may be made already, as it was."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One article, or one digest, on its way to one channel."""

    id: int
    article_id: int | None
    """``None`` where it is a digest's."""
    digest_id: int | None
    """The digest that it is, or that its article is listed in."""
    channel_id: int
    state: State
    nonce: str | None
    after_message_id: int | None
    message_id: int | None
    place_id: int | None
    """The forum's post that the message stands in, where it is not in the channel itself."""
    reason: str | None
    sending_at: datetime | None
    wanted: int
    shown: int
    roles: tuple[int, ...]
    """Those that its message pings, decided once."""
    afterwards: tuple[str, ...]
    """What is still to be done with the message."""
    title: str | None
    """The article's, for the log."""

    @property
    def place(self) -> int:
        """The channel, or the forum's post, that the message stands in."""
        return self.place_id or self.channel_id


_TITLE = (
    select(articles.c.title).where(articles.c.id == deliveries.c.article_id).scalar_subquery().label("title")
)

COLUMNS = (*(deliveries.c[name] for name in Delivery.__dataclass_fields__ if name != "title"), _TITLE)


def delivery_of(row: RowMapping) -> Delivery:
    """Return the delivery in a row of ``COLUMNS``."""
    read = {
        "state": State(row["state"]),
        "roles": tuple(json.loads(row["roles"] or "[]")),
        "afterwards": tuple((row["afterwards"] or "").split()),
    }
    return Delivery(**{**row, **read})


def _queued_again(now: datetime | ColumnElement[datetime]) -> dict[str, Any]:
    """Return what makes a delivery that failed as if it had never been tried."""
    return {
        "state": State.QUEUED,
        "reason": None,
        "nonce": None,
        "sending_at": None,
        "not_before": None,
        "unedited": None,
        "roles": None,
        "queued_at": now,
    }


_ENQUEUE = upsert(deliveries)
_ENQUEUE = _ENQUEUE.on_conflict_do_update(
    index_elements=[deliveries.c.article_id, deliveries.c.channel_id],
    set_=_queued_again(_ENQUEUE.excluded.queued_at) | {"state": _ENQUEUE.excluded.state},
    where=deliveries.c.state == State.FAILED,
)
"""Made once, as it is asked for each article; its rows are sent one by one, as they may be very many."""


async def enqueue(
    connection: Connection,
    article_id: int,
    channel_ids: Collection[int],
    now: datetime,
    *,
    held: Collection[int] = (),
) -> int:
    """Queue the article for each channel that neither has nor awaits it; return for how many that is.

    In the ``held`` ones it waits for a digest. A delivery that had failed is queued once more.
    """
    if not channel_ids:
        return 0
    rows = [
        {
            "article_id": article_id,
            "channel_id": channel_id,
            "state": State.HELD if channel_id in held else State.QUEUED,
            "queued_at": now,
        }
        for channel_id in channel_ids
    ]
    return (await connection.execute(_ENQUEUE, rows)).rowcount


async def ask_again(connection: Connection, channel_id: int) -> None:
    """Have what is queued for a channel wait no longer: its pause or its quiet hours were changed."""
    is_queued = text(f"({OPEN}) AND state = 'queued'")
    query = update(deliveries).where(deliveries.c.channel_id == channel_id, is_queued)
    await connection.execute(query.values(not_before=None))


async def renew(connection: Connection, article_ids: Select[tuple[int]]) -> int:
    """Have every post of those of these articles that have a body show it as it is; return how many."""
    shown = select(articles.c.id).where(text(HAS_A_BODY), articles.c.id.in_(article_ids))
    query = update(deliveries).where(deliveries.c.article_id.in_(shown), deliveries.c.state.in_(SHOWN))
    return await _renew(connection, query)


async def renew_digests(
    connection: Connection,
    article_ids: Collection[int] | Select[tuple[int]],
    *,
    only_whole: bool = False,
) -> int:
    """Have every digest that lists one of these articles show it as it is; return how many.

    With ``only_whole`` those alone of whose articles no body was removed for its age: others would say less
    than they do.
    """
    theirs = select(deliveries.c.digest_id).where(
        deliveries.c.article_id.in_(article_ids), deliveries.c.state == State.LISTED
    )
    query = update(deliveries).where(
        text("+article_id IS NULL"),  # else SQLite reads every digest there is
        deliveries.c.digest_id.in_(theirs.scalar_subquery()),
        deliveries.c.state.in_(SHOWN),
    )
    if only_whole:
        listed = deliveries.alias()
        of_digest = and_(listed.c.digest_id == deliveries.c.digest_id, listed.c.state == State.LISTED)
        pruned = select(listed.c.id).join(articles, articles.c.id == listed.c.article_id)
        query = query.where(~pruned.where(of_digest, articles.c.pruned_at.is_not(None)).exists())
    return await _renew(connection, query)


async def _renew(connection: Connection, query: Update) -> int:
    """Raise the version that is wanted; return how many messages it is that are begun: others come anyway."""
    raised = query.values(wanted=deliveries.c.wanted + 1).returning(deliveries.c.state)
    return sum(state != State.QUEUED for state in (await connection.execute(raised)).scalars())


async def served(connection: Connection, article_ids: Select[tuple[int]]) -> set[int]:
    """Return the channels that got one of these articles, or will get it."""
    return await _channels(connection, article_ids, deliveries.c.state != State.FAILED)


async def failed_in(connection: Connection, article_ids: Select[tuple[int]]) -> set[int]:
    """Return the channels in which one of these articles failed."""
    return await _channels(connection, article_ids, deliveries.c.state == State.FAILED)


async def take_over(
    connection: Connection,
    article_id: int,
    article_ids: Select[tuple[int]],
    channel_ids: Collection[int],
) -> None:
    """Never try again what failed of these articles in channels that get this one of them instead."""
    query = update(deliveries).where(
        deliveries.c.article_id.in_(article_ids),
        deliveries.c.article_id != article_id,
        deliveries.c.channel_id.in_(channel_ids),
        deliveries.c.state == State.FAILED,
    )
    await connection.execute(query.values(state=State.REMOVED, reason=None))


async def take_back(connection: Connection, article_id: int) -> None:
    """Have every post of the article deleted, and nothing of it sent any more."""
    of_article = update(deliveries).where(deliveries.c.article_id == article_id)
    begun = of_article.where(deliveries.c.state.in_([State.SENDING, State.SENT]))
    await connection.execute(begun.values(state=State.REMOVING, not_before=None))
    await renew_digests(connection, [article_id])
    never = of_article.where(deliveries.c.state.in_([State.HELD, State.QUEUED, State.LISTED, State.FAILED]))
    await connection.execute(never.values(state=State.REMOVED, reason=None))


async def withdraw(connection: Connection, delivery_id: int) -> None:
    """Send a delivery no more; a message of it that may stand there already is to be deleted."""
    open_still = deliveries.c.state.in_([State.QUEUED, State.SENDING])
    query = update(deliveries).where(deliveries.c.id == delivery_id, open_still)
    state = case((deliveries.c.state == State.SENDING, State.REMOVING), else_=State.REMOVED)
    await connection.execute(query.values(state=state, not_before=None))


async def repost(connection: Connection, delivery_id: int, now: datetime) -> int:
    """Queue a delivery whose message is gone once more; return whether it was one."""
    query = update(deliveries).where(
        deliveries.c.id == delivery_id, deliveries.c.state.in_([State.SENT, State.REMOVED])
    )
    values = query.values(
        **_queued_again(now), message_id=None, place_id=None, shown=0, sent_at=None, afterwards=None
    )
    return (await connection.execute(values)).rowcount


async def posted_in(
    connection: Connection, article_ids: Select[tuple[int]], channel_ids: Collection[int]
) -> tuple[int, int] | None:
    """Return the place and the message that show one of these articles, in one of these channels."""
    place = func.coalesce(deliveries.c.place_id, deliveries.c.channel_id)
    query = select(place, deliveries.c.message_id).where(
        deliveries.c.article_id.in_(article_ids),
        deliveries.c.channel_id.in_(channel_ids),
        deliveries.c.state == State.SENT,
    )
    row = (await connection.execute(query.order_by(deliveries.c.id).limit(1))).first()
    return None if row is None else (row[0], row[1])


async def of_article(connection: Connection, article_id: int) -> list[Delivery]:
    """Return every delivery of the article."""
    return await _deliveries(connection, deliveries.c.article_id == article_id)


async def of_articles(connection: Connection, article_ids: Select[tuple[int]]) -> list[Delivery]:
    """Return every delivery of these articles."""
    return await _deliveries(connection, deliveries.c.article_id.in_(article_ids))


async def retry(connection: Connection, delivery_id: int | None, now: datetime) -> int:
    """Queue one delivery that failed once more, or all of them; return how many that is.

    Where the subscription has ended meanwhile nothing is posted any more.
    """
    ended = select(subscriptions.c.channel_id).where(subscriptions.c.ended_at.is_not(None))
    active = select(subscriptions.c.channel_id).where(text("ended_at IS NULL"))
    wanted = or_(deliveries.c.channel_id.not_in(ended), deliveries.c.channel_id.in_(active))
    query = update(deliveries).where(deliveries.c.state == State.FAILED, wanted)
    if delivery_id is not None:
        query = query.where(deliveries.c.id == delivery_id)
    return (await connection.execute(query.values(**_queued_again(now)))).rowcount


async def _channels(
    connection: Connection, article_ids: Select[tuple[int]], which: ColumnElement[bool]
) -> set[int]:
    query = select(deliveries.c.channel_id).where(deliveries.c.article_id.in_(article_ids), which)
    return set((await connection.execute(query.distinct())).scalars())


async def _deliveries(connection: Connection, which: ColumnElement[bool]) -> list[Delivery]:
    query = select(*COLUMNS).where(which).order_by(deliveries.c.id)
    return [delivery_of(row) for row in (await connection.execute(query)).mappings()]
