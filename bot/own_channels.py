"""Which server a channel of the settings is in, if Discord does not tell of it by itself."""

import asyncio
import logging

import aiohttp
import discord

from bot.news.sending.pauses import DELAYS

log = logging.getLogger(__name__)


async def server_of_channel(client: discord.Client, channel_id: int) -> int | None:
    """Return the server of a channel, however long Discord does not answer.

    Return ``None`` if there is no such channel, or the bot does not see it.
    """
    tries = 0
    while True:
        pause = float(DELAYS[min(tries, len(DELAYS) - 1)])
        try:
            channel = await client.fetch_channel(channel_id)
        except (discord.NotFound, discord.InvalidData):
            return None
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            if isinstance(error, discord.Forbidden) and error.code:
                return None
            if isinstance(error, discord.RateLimited):
                pause = max(pause, error.retry_after)
            log.warning("Discord does not tell of channel %d now, it is asked again: %r", channel_id, error)
        else:
            return None if isinstance(channel, discord.abc.PrivateChannel) else channel.guild.id
        tries += 1
        await asyncio.sleep(pause)
