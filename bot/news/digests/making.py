"""A digest for a channel, made in one transaction with all that it lists, so that nothing is in two."""

from dataclasses import dataclass
from datetime import datetime

from bot.news.subscriptions.subscriptions import Subscription
from bot.news.times.schedules import Missed
from storage import digests, listing, subscriptions
from storage.connection import Connection
from storage.deliveries import State
from storage.digests import DigestKind, DigestRecord

MOST_LISTED = 2000
"""Articles of one digest; what is more comes in the next."""


@dataclass(frozen=True, slots=True)
class Made:
    """A digest that was made."""

    digest_id: int
    channel_id: int
    articles: int


async def make_scheduled(
    connection: Connection, subscription: Subscription, missed: Missed, now: datetime
) -> Made | None:
    """Make the digest of a slot and note the slot; ``None`` where there is nothing new to tell."""
    await subscriptions.change(connection, subscription.id, last_slot=missed.slot.at)
    first = missed.first.at if missed.several else None
    return await _make(
        connection,
        subscription,
        DigestKind.SCHEDULED,
        now,
        since=await since_of(connection, subscription, now),
        slot=missed.slot.at,
        missed_since=first,
    )


async def since_of(connection: Connection, subscription: Subscription, now: datetime) -> datetime:
    """Return since when a subscription's next digest counts: since the last one, or since it gets digests.

    What it gets may have been something else since that last one, or nothing at all.
    """
    oldest = await listing.oldest_in(connection, subscription.channel_id, State.HELD)
    begun = min(filter(None, (oldest, subscription.holds_from)))
    last = await digests.last_until(connection, subscription.channel_id, now)
    return max(filter(None, (last, begun)))


async def make_held(connection: Connection, subscription: Subscription, now: datetime) -> Made | None:
    """Make the digest of what came in a pause or in quiet hours; ``None`` where nothing did."""
    since = await listing.oldest_in(connection, subscription.channel_id, State.HELD)
    return await _make(connection, subscription, DigestKind.HELD, now, since=since or now)


async def make_burst(connection: Connection, subscription: Subscription, now: datetime) -> Made | None:
    """Make the digest of what is queued for a channel; ``None`` where nothing is."""
    since = await listing.oldest_in(connection, subscription.channel_id, State.QUEUED)
    return await _make(connection, subscription, DigestKind.BURST, now, since=since or now)


async def _make(
    connection: Connection,
    subscription: Subscription,
    kind: DigestKind,
    now: datetime,
    *,
    since: datetime,
    slot: datetime | None = None,
    missed_since: datetime | None = None,
) -> Made | None:
    channel_id = subscription.channel_id
    state = State.QUEUED if kind is DigestKind.BURST else State.HELD
    says_nothing_new = kind is DigestKind.SCHEDULED and subscription.say_nothing_new
    if not says_nothing_new and await listing.oldest_in(connection, channel_id, state) is None:
        return None
    record = DigestRecord(
        guild_id=subscription.guild_id or 0,
        since=min(since, now),
        until=now,
        length=subscription.length,
        kind=kind,
        channel_id=channel_id,
        slot=slot,
        missed_since=missed_since,
    )
    digest_id = await digests.add(connection, record)
    listed = await listing.gather(connection, channel_id, state, digest_id, MOST_LISTED)
    await listing.enqueue_digest(connection, digest_id, channel_id, now)
    return Made(digest_id, channel_id, listed)
