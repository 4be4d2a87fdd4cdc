"""Servers and channels as they come and go: whose they are, what ends with them, what is kept of them."""

import logging
from collections.abc import Collection, Mapping

from bot.clock import Clock
from bot.news.patience import Patience
from bot.news.subscriptions.subscriptions import INSTANT, Register
from storage import servers, subscriptions
from storage.database import Database, finished
from storage.subscriptions import SubscriptionRecord

log = logging.getLogger(__name__)

CHANNEL_GONE = "The channel was deleted."
SERVER_LEFT = "The bot is no longer in the server."


class Places:
    """Keeps the history in step with where the bot is."""

    def __init__(
        self, database: Database, register: Register, clock: Clock, patience: Patience | None = None
    ) -> None:
        self._database = database
        self._register = register
        self._clock = clock
        self._patience = patience or Patience()

    async def may_begin_with(self, channel_id: int) -> bool:
        """Return whether no channel has a subscription, and this one never had any."""
        async with self._database.read() as connection:
            return await subscriptions.may_be_first(connection, channel_id)

    async def subscribed(self) -> list[int]:
        """Return the channels that have a subscription, the oldest subscription first."""
        async with self._database.read() as connection:
            return [one.channel_id for one in await self._register.all(connection)]

    async def begin_with(self, channel_id: int, guild_id: int | None = None) -> bool:
        """Subscribe a channel of a server to everything if it may be the first one; return whether it was."""
        return await self._patience.through(lambda: finished(self._begin_with(channel_id, guild_id)))

    async def there_are(self, guild_ids: Collection[int], guilds_of_channels: Mapping[int, int]) -> None:
        """Note where the bot is, after it has logged in; what is of other servers ends."""
        await self._patience.through(lambda: finished(self._there_are(guild_ids, guilds_of_channels)))

    async def found(self, guilds_of_channels: Mapping[int, int]) -> None:
        """Note the servers of channels that were found after the login."""
        await self._patience.through(lambda: finished(self._found(guilds_of_channels)))

    async def joined(self, guild_id: int) -> None:
        """Note that the bot is in a server."""
        await self._patience.through(lambda: finished(self._joined([guild_id])))

    async def left(self, guild_id: int) -> None:
        """End all subscriptions of a server that the bot was taken out of."""
        await self._patience.through(lambda: finished(self._left({guild_id})))

    async def channel_gone(self, channel_id: int) -> None:
        """End the subscription of a channel that was deleted, if it has one."""
        if await self._patience.through(lambda: finished(self._channel_gone(channel_id))):
            log.warning("channel %d was deleted, its subscription ended", channel_id)

    async def _begin_with(self, channel_id: int, guild_id: int | None) -> bool:
        now = self._clock()
        async with self._register.changing(self._database) as connection:
            if not await subscriptions.may_be_first(connection, channel_id):
                return False
            record = SubscriptionRecord(
                guild_id=guild_id, channel_id=channel_id, deliver=INSTANT, holds_from=now, created_at=now
            )
            await subscriptions.add(connection, record)
        return True

    async def _there_are(self, guild_ids: Collection[int], guilds_of_channels: Mapping[int, int]) -> None:
        async with self._register.changing(self._database) as connection:
            await subscriptions.name_servers(connection, guilds_of_channels)
            gone = await servers.known(connection) - set(guild_ids)
        await self._joined(guild_ids)
        if gone:
            await self._left(gone)

    async def _found(self, guilds_of_channels: Mapping[int, int]) -> None:
        async with self._register.changing(self._database) as connection:
            await subscriptions.name_servers(connection, guilds_of_channels)

    async def _joined(self, guild_ids: Collection[int]) -> None:
        async with self._database.write() as connection:
            await servers.joined(connection, guild_ids)

    async def _left(self, guild_ids: Collection[int]) -> None:
        now = self._clock()
        async with self._register.changing(self._database) as connection:
            for guild_id in guild_ids:
                theirs = [one.id for one in await self._register.of_server(connection, guild_id)]
                await subscriptions.end(connection, theirs, SERVER_LEFT, now)
                await servers.left(connection, guild_id, now)
                log.warning("the bot left server %d: %d subscriptions ended", guild_id, len(theirs))

    async def _channel_gone(self, channel_id: int) -> bool:
        async with self._register.changing(self._database) as connection:
            found = await self._register.of_channel(connection, channel_id)
            if found is None:
                return False
            await subscriptions.end(connection, [found.id], CHANNEL_GONE, self._clock())
        return True
