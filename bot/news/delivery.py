"""The queue → Discord, each article once: states, retries, reconciliation."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import discord

from bot.clock import Clock
from bot.news.channels import Channels, HistoryHidden, Unpostable
from bot.news.discord_errors import refusal
from bot.news.history import to_article, to_entities, to_summary
from bot.render.mark import mark
from bot.render.post import post
from storage import articles, deliveries
from storage.database import Database, finished
from storage.deliveries import Delivery, State

log = logging.getLogger(__name__)

NONCE_LASTS = timedelta(minutes=1)
"""Discord forgets a nonce after a few minutes; past this a message is looked for before it is sent again."""

LOOK_SECONDS = 30
"""Between two looks at the queue when nobody calls: another program may have queued something."""

DELAYS = (1, 2, 5, 10, 30, 60, 120, 300)
"""Seconds between tries while Discord cannot take a message; the last one is kept."""


class TakenElsewhere(Exception):
    """Another program on the same history has begun to send this delivery."""


class Deliveries:
    """Sends what is queued: in order within a channel, channels beside each other.

    What is needed to recognise the message is committed before the request, so that neither a crash nor
    a lost answer makes a second message.
    """

    def __init__(
        self,
        database: Database,
        channels: Channels,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._sleep = sleep
        self._woken = asyncio.Event()
        self._busy: set[int] = set()
        self._begun: set[int] = set()
        self._told: set[int] = set()
        self.idle = asyncio.Event()
        """Set while nothing waits to be sent; unset until the queue was looked at once."""

    def wake(self) -> None:
        """Look at the queue now: something was added to it."""
        self.idle.clear()
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled. Raises ``StartupError`` where the token is no longer accepted."""
        self._busy.clear()
        self._begun.clear()
        self._woken.set()
        async with asyncio.TaskGroup() as tasks:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._woken.wait()
                self._woken.clear()
                async with self._database.read() as connection:
                    waiting = await deliveries.waiting_channels(connection)
                for channel_id in set(waiting) - self._busy:
                    self._busy.add(channel_id)
                    tasks.create_task(self._empty(channel_id))
                if not waiting and not self._woken.is_set():
                    self.idle.set()

    async def _empty(self, channel_id: int) -> None:
        """Send everything that waits for one channel."""
        tries = 0
        while True:
            async with self._database.read() as connection:
                delivery = await deliveries.next_for(connection, channel_id)
            if delivery is None:
                break
            wait = await self._deliver(delivery)
            if wait is None:
                tries = 0
            else:
                await self._sleep(max(wait, DELAYS[min(tries, len(DELAYS) - 1)]))
                tries += 1
        self._busy.discard(channel_id)
        self._woken.set()

    async def _deliver(self, delivery: Delivery) -> float | None:
        """Bring a delivery to its end.

        Return ``None`` where it has one, else for how many seconds Discord wants it to wait (0: as we like).
        """
        try:
            message_id = await self._find_or_send(delivery)
            await finished(self._finish(delivery, message_id))
        except HistoryHidden as error:
            self._tell_once(delivery, str(error))
            return 0
        except TakenElsewhere:
            log.warning("%s is being sent by another program on the same history", mark(delivery.id))
            return 0
        except Exception as error:  # noqa: BLE001 (a mistake of ours costs one delivery)
            reason = refusal(error)
            if reason is None:
                log.warning("%s waits, it cannot be sent now: %r", mark(delivery.id), error)
                return error.retry_after if isinstance(error, discord.RateLimited) else 0
            await finished(self._fail(delivery, reason))
        else:
            log.info(
                "%s sent to channel %d as message %d", mark(delivery.id), delivery.channel_id, message_id
            )
        self._begun.discard(delivery.id)
        self._told.discard(delivery.id)
        return None

    async def _find_or_send(self, delivery: Delivery) -> int:
        """Return the id of the delivery's message, which stands in the channel once."""
        if delivery.state is State.SENDING and self._may_be_forgotten(delivery):
            found = await self._channels.find(
                delivery.channel_id, mark(delivery.id), delivery.after_message_id or 0
            )
            if found is not None:
                log.info("%s stood in the channel already", mark(delivery.id))
                return found
        embed = await self._compose(delivery)
        if delivery.state is State.QUEUED:
            nonce = await finished(self._begin(delivery))
        else:
            nonce = delivery.nonce or ""
        return await self._channels.send(delivery.channel_id, embed, nonce)

    def _tell_once(self, delivery: Delivery, problem: str) -> None:
        """Log why a delivery waits, once for as long as it does."""
        if delivery.id not in self._told:
            self._told.add(delivery.id)
            log.warning("%s waits: %s", mark(delivery.id), problem)

    def _may_be_forgotten(self, delivery: Delivery) -> bool:
        """Return whether Discord may not know the nonce any more: begun by an earlier run, or long ago."""
        if delivery.id not in self._begun or delivery.sending_at is None:
            return True
        age = self._clock() - delivery.sending_at
        return not timedelta(0) <= age <= NONCE_LASTS  # a clock that was set back tells nothing

    async def _begin(self, delivery: Delivery) -> str:
        """Commit what the message will be recognised by, and return its nonce."""
        nonce = secrets.token_hex(12)
        after = await self._channels.last_message_id(delivery.channel_id)
        async with self._database.write() as connection:
            if not await deliveries.begin(connection, delivery.id, nonce, after, self._clock()):
                raise TakenElsewhere
        self._begun.add(delivery.id)
        return nonce

    async def _compose(self, delivery: Delivery) -> discord.Embed:
        async with self._database.read() as connection:
            stored = await articles.get(connection, delivery.article_id)
        if stored is None:
            raise Unpostable("The article is no longer in the history.")
        return post(to_article(stored), to_summary(stored), to_entities(stored), mark(delivery.id))

    async def _finish(self, delivery: Delivery, message_id: int) -> None:
        async with self._database.write() as connection:
            await deliveries.finish(connection, delivery.id, message_id, self._clock())

    async def _fail(self, delivery: Delivery, reason: str) -> None:
        async with self._database.write() as connection:
            await deliveries.fail(connection, delivery.id, reason)
        log.error("%s was not posted in channel %d: %s", mark(delivery.id), delivery.channel_id, reason)
