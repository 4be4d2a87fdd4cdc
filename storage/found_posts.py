"""Messages of the bot's own that the history does not know: what was posted after a backup was made."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Update, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.connection import Connection
from storage.deliveries import Delivery, State
from storage.schema import deliveries, found_posts

RESERVED = 10_000
"""Ids of articles and digests that an older history may have given out before: they are not given again."""


@dataclass(frozen=True, slots=True)
class FoundPost:
    """What a message shows."""

    message_id: int
    place_id: int
    """The channel, or the forum's post, that it stands in."""
    title: str
    url: str | None
    text: str


async def unknown(connection: Connection, channel_id: int, messages: Collection[int]) -> set[int]:
    """Return which of these messages in a channel nothing is known of."""
    by_delivery = select(deliveries.c.message_id).where(deliveries.c.message_id.in_(messages))
    found = select(found_posts.c.message_id).where(
        found_posts.c.channel_id == channel_id, found_posts.c.message_id.in_(messages)
    )
    known = set((await connection.execute(by_delivery)).scalars())
    return set(messages) - known - set((await connection.execute(found)).scalars())


async def on_their_way(connection: Connection, channel_id: int) -> set[int]:
    """Return the deliveries to a channel whose messages may stand there though no answer came."""
    begun = text("state IN ('queued', 'sending', 'removing')")
    query = select(deliveries.c.id).where(
        deliveries.c.channel_id == channel_id,
        begun,
        deliveries.c.sending_at.is_not(None),
        deliveries.c.message_id.is_(None),
    )
    return set((await connection.execute(query)).scalars())


async def greatest_delivery(connection: Connection) -> int:
    """Return the greatest id that a delivery was given."""
    query = text("SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'")
    return (await connection.execute(query)).scalar() or 0


async def keep(
    connection: Connection, channel_id: int, posts: Iterable[FoundPost], greatest: int, now: datetime
) -> None:
    """Keep what was found in a channel, and give out no id again that may have been given before.

    Deliveries begin above ``greatest``, articles and digests ``RESERVED`` above what they would be.
    """
    rows = [{**asdict(post), "channel_id": channel_id, "found_at": now} for post in posts]
    if rows:
        await connection.execute(upsert(found_posts).on_conflict_do_nothing(), rows)
    for table, least in (("deliveries", greatest), ("articles", 0), ("digests", 0)):
        row = {"name": table}
        sequence = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        now_at = (await connection.execute(sequence, row)).scalar()
        if now_at is None:
            await connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, 0)"), row)
        wanted = max(now_at or 0, least) if least else (now_at or 0) + RESERVED
        change = text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name")
        await connection.execute(change, {**row, "seq": wanted})


async def of_channel(connection: Connection, channel_id: int, since: datetime) -> list[FoundPost]:
    """Return what was found in a channel after a time, the oldest message first."""
    columns = [found_posts.c[name] for name in FoundPost.__dataclass_fields__]
    theirs = found_posts.c.channel_id == channel_id, found_posts.c.found_at > since
    query = select(*columns).where(*theirs).order_by(found_posts.c.message_id)
    return [FoundPost(**row) for row in (await connection.execute(query)).mappings()]


async def any_since(connection: Connection, since: datetime) -> bool:
    """Return whether anything was found after a time, in any channel."""
    query = select(found_posts.c.message_id).where(found_posts.c.found_at > since).limit(1)
    return (await connection.execute(query)).first() is not None


async def adopt(connection: Connection, delivery: Delivery, post: FoundPost, now: datetime) -> bool:
    """Let a message be a delivery's, which is to be edited; return whether that was still waiting."""
    done = await connection.execute(
        _waiting(delivery).values(
            state=State.SENT,
            message_id=post.message_id,
            place_id=None if post.place_id == delivery.channel_id else post.place_id,
            digest_id=None,
            sent_at=now,
            shown=0,
            not_before=None,
        )
    )
    if done.rowcount:
        await connection.execute(delete(found_posts).where(found_posts.c.message_id == post.message_id))
    return done.rowcount == 1


async def pass_over(connection: Connection, delivery: Delivery) -> bool:
    """Send an article no more that a found digest shows; return whether it was still waiting."""
    done = await connection.execute(
        _waiting(delivery).values(state=State.REMOVED, digest_id=None, not_before=None)
    )
    return done.rowcount == 1


def _waiting(delivery: Delivery) -> Update:
    waiting = deliveries.c.state.in_([State.QUEUED, State.LISTED])
    return update(deliveries).where(deliveries.c.id == delivery.id, waiting)
