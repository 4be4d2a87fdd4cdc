"""What members who may manage a server decide about whom its posts ping."""

import logging
from dataclasses import replace

from bot.errors import NotFound
from bot.news.subscriptions.filter_text import key
from bot.news.subscriptions.filters import Action, Filter, Kind
from bot.news.subscriptions.pings import MOST_PINGS, BadPing, Condition, PingRule, ping_rule
from bot.news.subscriptions.subscribing import Subscribing
from bot.news.subscriptions.subscriptions import Register
from storage import subscriptions
from storage.database import Database, finished

log = logging.getLogger(__name__)


class Pinging:
    """Changes the rules for pings, each change in one transaction."""

    def __init__(self, database: Database, register: Register, subscribing: Subscribing) -> None:
        self._database = database
        self._register = register
        self._subscribing = subscribing

    async def of_channel(self, guild_id: int, channel_id: int) -> tuple[PingRule, ...]:
        """Return the rules of a channel. Raises ``NotFound``."""
        return (await self._subscribing.of_channel(guild_id, channel_id)).pings

    async def add(
        self, guild_id: int, channel_id: int, role_id: int, condition: Condition, typed: str, pause: int
    ) -> PingRule:
        """Add a rule, its pause in minutes, and return it. Raises ``BadPing`` and ``NotFound``.

        Whether the bot may ping the role is the caller's to ask.
        """
        new = ping_rule(0, role_id, condition, typed, pause)
        number = await finished(self._add(guild_id, channel_id, new))
        log.info("channel %d of server %d has ping %d", channel_id, guild_id, number)
        return replace(new, id=number)

    async def remove(self, guild_id: int, channel_id: int, number: int) -> PingRule:
        """Remove a rule of a channel and return it. Raises ``NotFound``."""
        removed = await finished(self._remove(guild_id, channel_id, number))
        log.info("channel %d of server %d has ping %d no more", channel_id, guild_id, number)
        return removed

    async def _add(self, guild_id: int, channel_id: int, new: PingRule) -> int:
        async with self._register.changing(self._database) as connection:
            subscription = await self._subscribing.in_transaction(connection, guild_id, channel_id)
            if any(ping_key(one) == ping_key(new) for one in subscription.pings):
                raise BadPing("That ping is there already. To change its pause, remove it and add it again.")
            if len(subscription.pings) >= MOST_PINGS:
                raise BadPing(f"A subscription has {MOST_PINGS} pings at most. Remove one first.")
            return await subscriptions.add_ping(
                connection, subscription.id, new.role_id, new.condition, new.text, new.pause
            )

    async def _remove(self, guild_id: int, channel_id: int, number: int) -> PingRule:
        async with self._register.changing(self._database) as connection:
            subscription = await self._subscribing.in_transaction(connection, guild_id, channel_id)
            if not await subscriptions.remove_ping(connection, subscription.id, number):
                raise NotFound(f"<#{channel_id}> has no ping {number}. `/ping list` shows those it has.")
            return next(rule for rule in subscription.pings if rule.id == number)


def ping_key(rule: PingRule) -> tuple[object, ...]:
    """Return what two rules share that ping the same role on the same."""
    if rule.condition is Condition.STORY:
        return rule.role_id, rule.condition, rule.text
    return rule.role_id, *key(Filter(Action.INCLUDE, Kind(rule.condition), rule.text))
