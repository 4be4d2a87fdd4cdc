"""What an article passes before it is posted: pauses and quiet hours hold it, a burst makes it a digest."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Clock
from bot.news.digests.making import make_burst
from bot.news.subscriptions.subscriptions import Register, Subscription
from storage import listing, sending
from storage.database import Database, finished
from storage.deliveries import Delivery, State

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
LONGEST_WAIT = 50
"""Seconds that the posts of a channel wait for files that are being read, to see how many they will be. In a
flood without an end a digest comes each minute."""

ASKED_AGAIN = timedelta(hours=12)
"""A digest that waits for the end of a pause looks at it again after this: a longer wait is not believed."""


def no_files() -> int:
    """Return that no file is on its way."""
    return 0


class Gate:
    """Lets an article go to its channel, or has it wait for a digest there."""

    def __init__(
        self,
        database: Database,
        register: Register,
        clock: Clock,
        *,
        limit: int,
        incoming: Callable[[], int] = no_files,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take how many articles may wait for a channel and still be posted one by one (0: any number).

        And how many files are on their ``incoming`` way: they may become articles for it.
        """
        self._database = database
        self._register = register
        self._clock = clock
        self._limit = limit
        self._incoming = incoming
        self._sleep = sleep
        self._calming: asyncio.Future[None] | None = None

    async def lets_through(self, delivery: Delivery) -> bool:
        """Return whether a delivery may be sent now; if not, it waits, or is listed in a digest instead."""
        if delivery.state is not State.QUEUED:
            return True
        if delivery.article_id is None:
            return not await finished(self._waits_for_the_end(delivery))
        if await finished(self._holds(delivery.channel_id)):
            return False
        return not (self._limit and await self._is_a_burst(delivery.channel_id))

    async def _holds(self, channel_id: int) -> bool:
        """Return whether articles for a channel wait for a digest; then they do."""
        subscription = await self._subscription(channel_id)
        if subscription is None or not subscription.holds(self._clock()):
            return False
        async with self._database.write() as connection:
            await listing.hold(connection, channel_id)
        return True

    async def _waits_for_the_end(self, delivery: Delivery) -> bool:
        """Return whether a digest has to wait for the end of a pause or of quiet hours; then it does."""
        subscription = await self._subscription(delivery.channel_id)
        now = self._clock()
        until = None if subscription is None else subscription.held_until(now)
        if until is None:
            return False
        async with self._database.write() as connection:
            await sending.wait(connection, delivery.id, min(until, now + ASKED_AGAIN))
        return True

    async def _subscription(self, channel_id: int) -> Subscription | None:
        async with self._database.read() as connection:
            return await self._register.of_channel(connection, channel_id)

    async def _is_a_burst(self, channel_id: int) -> bool:
        """Return whether too many articles wait for a channel; then a digest of them does instead."""
        queued = await self._queued(channel_id)
        if self._incoming() and queued + self._incoming() > self._limit:
            await self._calm()
            queued = await self._queued(channel_id)
        return queued > self._limit and await finished(self._make(channel_id))

    async def _calm(self) -> None:
        """Wait until few enough files are on their way, however many channels do."""
        if self._calming is None or self._calming.done():
            self._calming = asyncio.ensure_future(self._until_calm())
        await asyncio.shield(self._calming)

    async def _until_calm(self) -> None:
        waited = 0.0
        while self._incoming() and waited < LONGEST_WAIT:
            await self._sleep(LOOK_SECONDS)
            waited += LOOK_SECONDS

    async def _queued(self, channel_id: int) -> int:
        async with self._database.read() as connection:
            return await listing.waiting_in(connection, channel_id, State.QUEUED)

    async def _make(self, channel_id: int) -> bool:
        async with self._database.write() as connection:
            subscription = await self._register.of_channel(connection, channel_id)
            made = None if subscription is None else await make_burst(connection, subscription, self._clock())
        if made is None:
            return False
        about = {"digest": made.digest_id, "channel": channel_id, "articles": made.articles}
        log.info(
            "%d articles wait for channel %d, they come as a digest", made.articles, channel_id, extra=about
        )
        return True
