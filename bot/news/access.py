"""Which servers the bot serves, and which of them are the operators'."""

import logging
from collections.abc import Collection, Mapping
from typing import Literal

from bot.news.patience import Patience
from storage import servers
from storage.database import Database, finished

log = logging.getLogger(__name__)


class Access:
    """Knows who may use the bot: a stranger may invite it, and has no say for that."""

    def __init__(
        self,
        database: Database,
        own_channels: Collection[int],
        chosen: Collection[int] | Literal["any"] | None,
        patience: Patience | None = None,
    ) -> None:
        """Take the channels that the settings name: their servers are the operators'.

        And the servers that were ``chosen``; ``None`` is the operators' own, and those that were served
        before there was a choice.
        """
        self._database = database
        self.own_channels = frozenset(own_channels)
        """The channels that the settings name."""
        self._chosen = chosen
        self._patience = patience or Patience()
        self._operators: dict[int, int] = {}
        self._admitted: frozenset[int] = frozenset()

    @property
    def operators(self) -> frozenset[int]:
        """The operators' servers. They stay so if the channel is deleted that they are known by."""
        return frozenset(self._operators.values())

    @property
    def is_sure(self) -> bool:
        """Whether the servers of all channels that the settings name are known: else one may be missing."""
        return not self.unknown

    @property
    def unknown(self) -> frozenset[int]:
        """The channels in the settings whose servers are not known."""
        return self.own_channels - self._operators.keys()

    def allows(self, guild_id: int) -> bool:
        """Return whether a server's members may use the bot."""
        if self._chosen == "any" or guild_id in self.operators:
            return True
        return guild_id in (self._admitted if self._chosen is None else self._chosen)

    async def remember(self) -> None:
        """Read what earlier runs found."""
        await self._patience.through(self._remember)

    async def found(self, guilds_of_channels: Mapping[int, int]) -> None:
        """Note the servers of channels that were found in Discord."""
        own = {c: guild for c, guild in guilds_of_channels.items() if c in self.own_channels}
        if any(self._operators.get(channel_id) != guild for channel_id, guild in own.items()):
            await self._patience.through(lambda: finished(self._found(own)))
        self._operators |= own

    async def may_leave(self, guild_id: int) -> bool:
        """Return whether nothing keeps the bot in a server that it does not serve.

        A typing error in the settings must not end a subscription.
        """
        if self.allows(guild_id) or not self.is_sure:
            return False
        async with self._database.read() as connection:
            return not await servers.subscribed(connection, guild_id)

    async def _remember(self) -> None:
        async with self._database.read() as connection:
            self._operators = await servers.of_channels(connection, self.own_channels)
            self._admitted = frozenset(await servers.admitted(connection))

    async def _found(self, own: Mapping[int, int]) -> None:
        async with self._database.write() as connection:
            await servers.found(connection, own)
