"""The channels that the settings name, as Discord tells of them."""

import asyncio
import logging

import aiohttp
import discord

from bot.channel_ids import HOW_TO_COPY
from bot.errors import StartupError
from bot.news.sending.channels import kind_of
from bot.news.sending.pauses import DELAYS

log = logging.getLogger(__name__)

TAKES_POSTS = (discord.abc.Messageable, discord.ForumChannel)

type PostChannel = discord.abc.GuildChannel | discord.Thread
"""A channel of a server in which messages can be posted."""


CANNOT_SEE = (
    "the bot cannot see that channel. Invite it with the link that gazette check prints, or give it View "
    "Channel there."
)


class WrongChannel(StartupError):
    """A channel that cannot get posts."""

    def __init__(self, named: str, reason: str) -> None:
        """Take what names the channel, and the ``reason``, which says what helps."""
        super().__init__(f"{named} is not right: {reason}")
        self.reason = reason


async def channel_of(client: discord.Client, channel_id: int, setting: str) -> PostChannel:
    """Return the channel that this setting names.

    Raises ``WrongChannel`` if there is none, the bot does not see it, or it takes no posts; what discord.py
    raises if Discord does not answer.
    """
    named = f"{setting}={channel_id}"
    try:
        found = await client.fetch_channel(channel_id)
    except discord.NotFound as error:
        raise WrongChannel(named, f"there is no such channel. {HOW_TO_COPY}") from error
    except discord.InvalidData as error:
        raise WrongChannel(named, "messages cannot be posted in a channel of its kind.") from error
    except discord.Forbidden as error:
        if not error.code:  # not Discord, but what stands before it
            raise
        raise WrongChannel(named, CANNOT_SEE) from error
    if isinstance(found, discord.abc.PrivateChannel) or not isinstance(found, TAKES_POSTS):
        raise WrongChannel(named, f"it is a {kind_of(found)}, and messages cannot be posted there.")
    return found


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
