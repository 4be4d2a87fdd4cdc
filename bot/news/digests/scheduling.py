"""Digests when they are due: one task that sleeps until the next slot, or the end of a pause."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from itertools import batched

from bot.clock import Clock
from bot.news.digests.making import Made, make_held, make_scheduled
from bot.news.patience import Patience
from bot.news.subscriptions.subscriptions import Register, Subscription
from bot.news.times.schedules import missed, next_slot
from storage import listing
from storage.connection import Connection
from storage.database import Database, finished

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Digests of one transaction: articles are not held up where very many are due at the same time."""

LONGEST_SLEEP = 60
"""Seconds. A computer that was asleep, or whose clock was set, is noticed after this time at the latest."""


class Scheduling:
    """Makes every digest once, and those that were missed when it can."""

    def __init__(
        self,
        database: Database,
        register: Register,
        clock: Clock,
        wake_deliveries: Callable[[], None],
        patience: Patience | None = None,
    ) -> None:
        self._database = database
        self._register = register
        self._clock = clock
        self._wake_deliveries = wake_deliveries
        self._patience = patience or Patience()
        self._woken = asyncio.Event()
        self.idle = asyncio.Event()
        """Set while no digest is due."""

    def wake(self) -> None:
        """Look now: a subscription was changed, or the clock was."""
        self.idle.clear()
        self._woken.set()

    async def run(self) -> None:
        """Make digests until cancelled."""
        while True:
            self._woken.clear()
            made, until = await self._patience.through(lambda: finished(self._make_what_is_due()))
            for one in made:
                about = {"digest": one.digest_id, "channel": one.channel_id, "articles": one.articles}
                log.info(
                    "a digest of %d articles is due in channel %d", one.articles, one.channel_id, extra=about
                )
            if made:
                self._wake_deliveries()
                continue  # what one digest could not hold comes in another
            if not self._woken.is_set():
                self.idle.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds_until(until)):
                    await self._woken.wait()

    def _seconds_until(self, until: datetime | None) -> float:
        if until is None:
            return LONGEST_SLEEP
        return min(max((until - self._clock()).total_seconds(), 0), LONGEST_SLEEP)

    async def _make_what_is_due(self) -> tuple[list[Made], datetime | None]:
        """Return what was made, and when the next thing is due."""
        now = self._clock()
        async with self._database.read() as connection:
            every = await self._register.all(connection)
            held = await listing.held_channels(connection)
        due = [one for one in every if _is_due(one, held, now)]
        made: list[Made] = []
        for some in batched(due, AT_ONCE):
            async with self._register.changing(self._database) as connection:
                digests = [await self._make(connection, one.channel_id, now) for one in some]
            made += filter(None, digests)
        times = [time for one in every if (time := next_time(one, now)) is not None]
        return made, min(times, default=None)

    async def _make(self, connection: Connection, channel_id: int, now: datetime) -> Made | None:
        """Make what is due of a subscription, as it is in this transaction."""
        current = await self._register.of_channel(connection, channel_id)
        if current is None or current.held_until(now) is not None:
            return None
        if current.schedule is None:
            return await make_held(connection, current, now)
        due = missed(current.schedule, current.last_slot, now, since=current.holds_from)
        return None if due is None else await make_scheduled(connection, current, due, now)


def next_time(subscription: Subscription, now: datetime) -> datetime | None:
    """Return when something is due next: a slot, or the end of a pause or of quiet hours."""
    if (until := subscription.held_until(now)) is not None:
        return until
    return None if subscription.schedule is None else next_slot(subscription.schedule, now).at


def next_digest(subscription: Subscription, now: datetime) -> datetime | None:
    """Return when a subscription's next digest comes at the earliest; ``None`` where none is to come."""
    held = subscription.held_until(now)
    if subscription.schedule is None:
        return held
    slot = next_slot(subscription.schedule, now).at
    if held is None or slot >= held:
        return subscription.held_until(slot) or slot
    return held


def _is_due(subscription: Subscription, held: set[int], now: datetime) -> bool:
    if subscription.held_until(now) is not None:
        return False
    if subscription.schedule is None:
        return subscription.channel_id in held
    schedule, last = subscription.schedule, subscription.last_slot
    return missed(schedule, last, now, since=subscription.holds_from) is not None
