"""What members who may manage a server decide about its subscriptions."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.errors import GazetteError, NotFound
from bot.news.digests.digest import Length
from bot.news.subscriptions.subscriptions import DIGEST, INSTANT, Register, Subscription
from bot.news.times.quiet import QuietHours
from bot.news.times.schedules import Schedule
from storage import deliveries, ended, listing, subscriptions
from storage.connection import Connection
from storage.database import Database, finished
from storage.deliveries import State
from storage.subscriptions import SubscriptionRecord

log = logging.getLogger(__name__)

MOST_OF_A_SERVER = 50
"""Subscriptions: a server is a stranger."""
MOST_SECTIONS = 25

LONGEST_PAUSE = timedelta(days=7)

UNSUBSCRIBED = "It was unsubscribed."

UNDONE_FOR = timedelta(days=1)
"""How long a subscription that was ended can be had back."""


class TooMany(GazetteError):
    """There is no room for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is chosen for a channel."""

    sections: tuple[str, ...] | None = None
    """``None`` for all."""
    schedule: Schedule | None = None
    """When its digests come; ``None`` for each article at once."""
    zone: ZoneInfo
    length: Length = Length.MEDIUM
    publish: bool = False
    pictures: bool = False
    say_nothing_new: bool = False


type Choose = Callable[[Subscription | None, Sequence[Subscription]], Choice]
"""Chooses for a channel, by what it has and what all channels of its server have, the oldest first."""


class Subscribing:
    """Changes subscriptions, each change in one transaction."""

    def __init__(
        self, database: Database, register: Register, clock: Clock, changed: Callable[[], None]
    ) -> None:
        """Take whom to call when something was ``changed``: a digest may be due at another time now."""
        self._database = database
        self._register = register
        self._clock = clock
        self._changed = changed

    @property
    def now(self) -> datetime:
        """The time, as the newsroom has it."""
        return self._clock()

    async def of_server(self, guild_id: int) -> list[tuple[Subscription, int]]:
        """Return a server's subscriptions, the oldest first, and how many articles each holds back now."""
        async with self._database.read() as connection:
            return [
                (one, await listing.waiting_in(connection, one.channel_id, State.HELD))
                for one in await self._register.of_server(connection, guild_id)
            ]

    async def failures(self, channel_ids: Collection[int]) -> dict[int, str]:
        """Return why the newest article could not be posted in each of these channels, if that is so."""
        return await self._database.look_up(lambda c: listing.newest_failures(c, channel_ids))

    async def of_channel(self, guild_id: int, channel_id: int) -> Subscription:
        """Return what a channel of a server gets. Raises ``NotFound`` where it has no subscription."""
        async with self._database.read() as connection:
            return await self.in_transaction(connection, guild_id, channel_id)

    async def in_transaction(self, connection: Connection, guild_id: int, channel_id: int) -> Subscription:
        """Return what ``of_channel`` does, as it is in this transaction."""
        found = await self._register.of_channel(connection, channel_id)
        if found is None or found.guild_id != guild_id:
            raise NotFound(f"<#{channel_id}> has no subscription. `/subscribe` gives it one.")
        return found

    async def subscribe(
        self, guild_id: int, channel_id: int, choice: Choice | Choose
    ) -> tuple[Subscription, Subscription | None]:
        """Give a channel this, and return it, and what it had before.

        What is chosen by what it had is so in one transaction: nobody else's change is lost. What waits for a
        digest of it comes as one where it now gets each article at once. Raises ``TooMany``, and what
        choosing raises.
        """
        subscription, had = await finished(self._subscribe(guild_id, channel_id, choice))
        log.info("channel %d of server %d is subscribed", channel_id, guild_id)
        self._changed()
        return subscription, had

    async def waiting(self, channel_id: int) -> int:
        """Return how many articles and digests wait for a channel."""
        return await self._database.look_up(lambda c: ended.count_waiting(c, channel_id))

    async def undo(self, guild_id: int, channel_id: int) -> tuple[Subscription, int]:
        """Have back the subscription that a channel had last, with its filters, its pings and what waited.

        Return it, and how much waited. Raises ``NotFound`` if it did not end by ``unsubscribe`` within a day,
        or the channel has another one.
        """
        found = await finished(self._undo(guild_id, channel_id))
        log.info("channel %d of server %d is subscribed again", channel_id, guild_id)
        self._changed()
        return found

    async def unsubscribe(self, guild_id: int, channel_id: int) -> None:
        """End a subscription; what waits for it waits no longer. Raises ``NotFound``."""
        await finished(self._unsubscribe(guild_id, channel_id))
        log.info("channel %d of server %d is unsubscribed", channel_id, guild_id)
        self._changed()

    async def pause(
        self, guild_id: int, channel_id: int | None, until: datetime | None
    ) -> list[Subscription]:
        """Hold what comes for a channel, or for all of the server, until then; ``None`` ends a pause now.

        Return the subscriptions as they were. Raises ``NotFound``.
        """
        return await self._change_some(guild_id, channel_id, paused_until=until or self._clock())

    async def quiet(
        self, guild_id: int, channel_id: int | None, hours: QuietHours | None
    ) -> list[Subscription]:
        """Hold what comes for a channel, or for all of the server, in these hours of each day, or in none.

        They are those of each subscription's own zone. Return the subscriptions as they were. Raises
        ``NotFound``.
        """
        start, end = (None, None) if hours is None else (hours.start, hours.end)
        return await self._change_some(
            guild_id,
            channel_id,
            quiet_from=None if start is None else f"{start:%H:%M}",
            quiet_to=None if end is None else f"{end:%H:%M}",
        )

    async def _change_some(
        self, guild_id: int, channel_id: int | None, **values: str | datetime | None
    ) -> list[Subscription]:
        changed = await finished(self._do_change_some(guild_id, channel_id, values))
        self._changed()
        return changed

    async def _do_change_some(
        self, guild_id: int, channel_id: int | None, values: dict[str, str | datetime | None]
    ) -> list[Subscription]:
        async with self._register.changing(self._database) as connection:
            if channel_id is not None:
                chosen = [await self.in_transaction(connection, guild_id, channel_id)]
            else:
                chosen = list(await self._register.of_server(connection, guild_id))
            if not chosen:
                raise NotFound("This server has no subscription yet. `/setup` makes the first one.")
            for one in chosen:
                await subscriptions.change(connection, one.id, **values)
                await deliveries.ask_again(connection, one.channel_id)
            return chosen

    async def _subscribe(
        self, guild_id: int, channel_id: int, choice: Choice | Choose
    ) -> tuple[Subscription, Subscription | None]:
        now = self._clock()
        async with self._register.changing(self._database) as connection:
            had = await self._register.of_channel(connection, channel_id)
            theirs = await self._register.of_server(connection, guild_id)
            chosen = choice if isinstance(choice, Choice) else choice(had, theirs)
            values = _values(chosen)
            if had is None:
                if len(theirs) >= MOST_OF_A_SERVER:
                    raise TooMany(
                        f"A server has {MOST_OF_A_SERVER} subscriptions at most. `/unsubscribe` ends one."
                    )
                record = SubscriptionRecord(
                    guild_id=guild_id, channel_id=channel_id, holds_from=now, created_at=now, **values
                )
                await subscriptions.add(connection, record)
            else:
                if had.schedule != chosen.schedule:
                    values["holds_from"] = now
                await subscriptions.change(connection, had.id, guild_id=guild_id, **values)
                await deliveries.ask_again(connection, channel_id)  # its zone is that of its quiet hours
            self._register.forget()
            return await self.in_transaction(connection, guild_id, channel_id), had

    async def _unsubscribe(self, guild_id: int, channel_id: int) -> None:
        async with self._register.changing(self._database) as connection:
            found = await self.in_transaction(connection, guild_id, channel_id)
            await ended.end(connection, found.id, channel_id, UNSUBSCRIBED, self._clock())

    async def _undo(self, guild_id: int, channel_id: int) -> tuple[Subscription, int]:
        now = self._clock()
        async with self._register.changing(self._database) as connection:
            number = await ended.last(connection, channel_id, UNSUBSCRIBED, now - UNDONE_FOR)
            servers = await subscriptions.servers_of(connection, [channel_id])
            if number is None or servers.get(channel_id) != guild_id:
                raise NotFound(
                    f"What <#{channel_id}> had cannot be had back: it ended more than a day ago, or the "
                    "channel has another subscription. `/subscribe` gives it one."
                )
            if len(await self._register.of_server(connection, guild_id)) >= MOST_OF_A_SERVER:
                raise TooMany(
                    f"A server has {MOST_OF_A_SERVER} subscriptions at most. `/unsubscribe` ends one."
                )
            waited = await ended.revive(connection, number, now)
            self._register.forget()
            return await self.in_transaction(connection, guild_id, channel_id), waited


def _values(choice: Choice) -> dict[str, Any]:
    """Return the columns of a subscription that hold what is chosen."""
    return {
        "sections": choice.sections,
        "deliver": INSTANT if choice.schedule is None else DIGEST,
        "schedule": None if choice.schedule is None else choice.schedule.text(),
        "zone": choice.zone.key,
        "length": choice.length.value,
        "publish": choice.publish,
        "pictures": choice.pictures,
        "say_nothing_new": choice.say_nothing_new,
    }
