"""The queue → Discord, each article once: order, pauses, refusals."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import discord

from bot.clock import Clock
from bot.metrics import OFF, Metrics
from bot.news.concerns import TellOf, tell_nobody_of
from bot.news.patience import Patience
from bot.news.sending.channels import HistoryHidden
from bot.news.sending.composing import PUBLISH, THREAD, NothingLeft
from bot.news.sending.discord_errors import (
    alone_reason,
    is_channel_gone,
    is_gone,
    may_be_edited_later,
    refusal,
)
from bot.news.sending.gate import Gate
from bot.news.sending.pauses import DELAYS
from bot.news.sending.posting import InDoubt, Posting, TakenElsewhere, about, extras
from bot.news.sending.reports import Reports, is_follow_up
from bot.news.sending.standstill import STANDSTILL, Standstill
from bot.render.text import one_line
from storage import deliveries, sending
from storage.database import Database, finished
from storage.deliveries import Delivery, State

log = logging.getLogger(__name__)

FOLLOWED_UP = {PUBLISH: "it was published to those who follow it", THREAD: "it has a thread now"}

LOOK_SECONDS = 30
"""Between two looks at the queue when nobody calls: another program may have queued something."""

OTHERS_TRIED = 20
"""Messages behind one that is not taken, which are tried in its place in turn."""

LATER = timedelta(hours=1)
"""When an edit that Discord takes only later, or a message that cannot be deleted now, is tried again."""


async def nobody_cares(_channel_id: int) -> None:
    """Do nothing about a channel that is gone."""


class Deliveries:
    """Does what the queue asks for: in order within a channel, channels beside each other."""

    def __init__(  # noqa: PLR0913 (its parts, each by its name)
        self,
        database: Database,
        posting: Posting,
        gate: Gate,
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tell: TellOf = tell_nobody_of,
        channel_gone: Callable[[int], Awaitable[None]] = nobody_cares,
        metrics: Metrics = OFF,
        patience: Patience | None = None,
    ) -> None:
        """Take whom to ``tell`` what needs a person, and that a ``channel_gone`` is there no more."""
        self._database = database
        self._posting = posting
        self._gate = gate
        self._clock = clock
        self._sleep = sleep
        self._channel_gone = channel_gone
        self._metrics = metrics
        self._patience = patience or Patience(sleep)
        self._standstill = Standstill()
        self._reports = Reports(tell, self._standstill)
        self._woken = asyncio.Event()
        self._busy: set[int] = set()
        self.idle = asyncio.Event()
        """Set while there is nothing to do; unset until the queue was looked at once."""

    def wake(self) -> None:
        """Look at the queue now: something was added to it."""
        self.idle.clear()
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled. Raises ``StartupError`` where the token is no longer accepted."""
        self._busy.clear()
        self._posting.start_afresh()
        self._woken.set()
        async with asyncio.TaskGroup() as tasks:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._woken.wait()
                self._woken.clear()
                waiting = await self._patience.through(self._waiting_channels)
                for channel_id in set(waiting) - self._busy:
                    self._busy.add(channel_id)
                    tasks.create_task(self._empty(channel_id))
                if not (waiting or self._busy or self._woken.is_set()):  # busy: what failed is being told
                    self.idle.set()

    async def _waiting_channels(self) -> list[int]:
        return await self._database.look_up(lambda c: sending.waiting_channels(c, self._clock()))

    async def _next_for(self, channel_id: int) -> Delivery | None:
        return await self._database.look_up(lambda c: sending.next_for(c, channel_id, self._clock()))

    async def _empty(self, channel_id: int) -> None:
        """Do everything that waits for one channel."""
        tries, stood = 0, 0.0
        while True:
            delivery = await self._patience.through(partial(self._next_for, channel_id))
            if delivery is None:
                break
            if not await self._patience.through(partial(self._gate.lets_through, delivery)):
                continue
            wait = await self._deliver(delivery)
            if wait is None or await self._failed_alone(delivery):
                tries, stood = 0, 0.0
                continue
            pause = max(wait, DELAYS[min(tries, len(DELAYS) - 1)])
            await self._sleep(pause)
            tries, stood = tries + 1, stood + pause
            if stood >= STANDSTILL.total_seconds():
                await self._reports.stands_still(channel_id)
        self._busy.discard(channel_id)
        self._woken.set()

    async def _deliver(self, delivery: Delivery) -> float | None:
        """Bring a delivery to its next state.

        Return ``None`` where it has come there, else for how many seconds Discord wants it to wait (0: as we
        like).
        """
        try:
            await self._act(delivery)
        except HistoryHidden as error:
            await self._reports.waits(delivery, str(error))
            return 0
        except InDoubt:
            return 0
        except TakenElsewhere:
            log.warning(
                "%s was taken back, or another program on this history sends it",
                about(delivery),
                extra=extras(delivery),
            )
            return 0
        except NothingLeft as error:
            log.info("%s is not posted: %s", about(delivery), error, extra=extras(delivery))
            await self._patience.through(partial(self._withdraw, delivery))
        except Exception as error:  # noqa: BLE001 (a mistake of ours costs one delivery)
            reason = refusal(error)
            if reason is None:
                problem = one_line(repr(error))
                log.warning(
                    "%s waits, it cannot be sent now: %s", about(delivery), problem, extra=extras(delivery)
                )
                if delivery.state in {State.QUEUED, State.SENDING}:
                    self._standstill.not_taken(delivery, error)
                    return error.retry_after if isinstance(error, discord.RateLimited) else 0
                # What changes or deletes a message must not hold up the posts behind it.
                seconds = error.retry_after if isinstance(error, discord.RateLimited) else DELAYS[2]
                await self._patience.through(partial(self._put_off, delivery, seconds))
                return None
            await self._patience.through(partial(self._refused, delivery, error, reason))
            await self._reports.refused(delivery, error, reason)
            if is_channel_gone(error) and delivery.place == delivery.channel_id:  # not a forum's post alone
                await self._channel_gone(delivery.channel_id)
        self._reports.settled(delivery)
        return None

    async def _failed_alone(self, delivery: Delivery) -> bool:
        """Return whether a message that holds up its channel does so no more: it stands there, or has failed.

        It fails if others are taken and it is not. To know that, another one of its channel is tried now and
        then, if Discord answers about the channel; if that is not taken either, all wait in their order.
        """
        stuck = self._standstill.stuck(delivery)
        if stuck is None:
            return False
        if not self._standstill.is_alone(delivery, stuck):
            if not await self._posting.answers(delivery.channel_id):
                return False
            others = await self._patience.through(partial(self._others, delivery))
            if others:
                await self._try_another(others[stuck.looks % len(others)])
                stuck.looks += 1
                return False
            if not self._standstill.is_last(stuck):
                return False
        try:
            stands = await self._posting.stands(delivery)
        except Exception as error:  # noqa: BLE001 (it cannot be known: it waits)
            log.debug("%s cannot be looked for: %r", about(delivery), error)
            return False
        self._standstill.given_up(delivery)
        if not stands:
            reason = alone_reason(stuck.error)
            await self._patience.through(partial(self._refused, delivery, stuck.error, reason))
            await self._reports.refused(delivery, stuck.error, reason)
        return True

    async def _others(self, delivery: Delivery) -> list[Delivery]:
        return await self._database.look_up(
            lambda c: sending.others_for(c, delivery, self._clock(), OTHERS_TRIED)
        )

    async def _try_another(self, other: Delivery) -> None:
        if await self._patience.through(partial(self._gate.lets_through, other)):
            await self._deliver(other)

    async def _act(self, delivery: Delivery) -> None:
        what, where = about(delivery), delivery.channel_id
        if delivery.state is State.REMOVING:
            await self._posting.remove(delivery)
            log.info("%s was taken back from channel %d", what, where, extra=extras(delivery))
        elif delivery.state is State.SENT and delivery.shown < delivery.wanted:
            await self._posting.edit(delivery)
            log.info("%s was edited in channel %d", what, where, extra=extras(delivery))
        elif delivery.state is State.SENT:
            await self._posting.follow_up(delivery, delivery.afterwards[0])
            log.info(
                "%s in channel %d: %s",
                what,
                where,
                FOLLOWED_UP[delivery.afterwards[0]],
                extra=extras(delivery),
            )
        else:
            with self._metrics.stage("send"):
                message_id = await self._posting.send(delivery)
            self._standstill.went(delivery)
            told = extras(delivery) | {"message_id": message_id}
            log.info("%s sent to channel %d as message %d", what, where, message_id, extra=told)

    async def _put_off(self, delivery: Delivery, seconds: float) -> None:
        """Leave what is to be done with a message alone for a while."""
        await finished(self._wait(delivery, self._clock() + timedelta(seconds=seconds)))

    async def _wait(self, delivery: Delivery, until: datetime) -> None:
        async with self._database.write() as connection:
            await sending.wait(connection, delivery.id, until)

    async def _withdraw(self, delivery: Delivery) -> None:
        """Note that a delivery that is not sent yet is not to be sent any more."""
        await finished(self._note_withdrawal(delivery))

    async def _note_withdrawal(self, delivery: Delivery) -> None:
        async with self._database.write() as connection:
            await deliveries.withdraw(connection, delivery.id)

    async def _refused(self, delivery: Delivery, error: Exception, reason: str) -> None:
        """Note what it means that Discord refused this for good."""
        await finished(self._note_refusal(delivery, error, reason))

    async def _note_refusal(self, delivery: Delivery, error: Exception, reason: str) -> None:
        is_message = delivery.state in {State.SENT, State.REMOVING}
        async with self._database.write() as connection:
            if is_message and is_gone(error):
                await sending.removed(connection, delivery.id)
            elif delivery.state is State.REMOVING or (is_message and _is_tried_later(delivery, error)):
                await sending.wait(connection, delivery.id, self._clock() + LATER)
            elif is_message and is_follow_up(delivery):
                await sending.done(connection, delivery, delivery.afterwards[0])
            elif is_message:
                await sending.give_up_edits(connection, delivery, reason)
            else:
                await sending.fail(connection, delivery.id, reason)


def _is_tried_later(delivery: Delivery, error: Exception) -> bool:
    """Return whether an edit that was refused is not given up.

    A digest may name an article that was taken back, which has to go once the bot may write there again.
    """
    may_name_it = delivery.article_id is None and not is_follow_up(delivery)
    return may_be_edited_later(error) or (may_name_it and isinstance(error, discord.Forbidden))
