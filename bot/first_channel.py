"""The first channel of a history, as the settings name it; what is told once others are chosen in Discord."""

import logging
from functools import partial
from typing import Final

import discord

from bot.news.operators import Tell
from bot.news.subscriptions.places import Places
from bot.own_channels import channel_of
from bot.render.served import NOBODY, not_used

log = logging.getLogger(__name__)

SETTING: Final = "DIGEST_CHANNEL_ID"


class FirstChannel:
    """Subscribes the channel of the settings if no channel has a subscription."""

    def __init__(self, channel_id: int | None, places: Places, tell: Tell) -> None:
        """Take whom to ``tell`` if no channel gets anything."""
        self._channel_id = channel_id
        self._places = places
        self._tell = tell
        self._told = False

    async def begin(self, client: discord.Client) -> None:
        """Subscribe it once Discord has shown that it is there.

        Raises ``StartupError`` if it takes no posts; what discord.py raises if Discord does not answer.
        """
        channel_id = self._channel_id
        if channel_id is None or not await self._places.may_begin_with(channel_id):
            return
        channel = await channel_of(client, channel_id, SETTING)
        await self._places.begin_with(channel_id, channel.guild.id)
        log.info("#%s (%d) gets every article at once", channel, channel_id)

    async def tell(self, client: discord.Client) -> None:
        """Tell the log if the setting is not used, and the operators if no channel gets anything; once."""
        if self._told:
            return
        self._told = True
        served = await self._places.subscribed()
        if not served:
            log.warning("%s", NOBODY)
            await self._tell("nobody is served", NOBODY)
        elif self._channel_id is not None and self._channel_id not in served:
            named = partial(name_of, client)
            log.warning("%s", not_used(SETTING, self._channel_id, served, named))


def name_of(client: discord.Client, channel_id: int) -> str:
    """Return a channel's name with its number; the number alone if the bot does not see it."""
    channel = client.get_channel(channel_id)
    if channel is None or isinstance(channel, discord.abc.PrivateChannel):
        return str(channel_id)
    return f"#{channel.name} ({channel_id})"
