"""What Discord says of the token and of the channels, for ``gazette check`` and ``gazette init``."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
import discord

from bot.findings import Finding
from bot.first_channel import SETTING
from bot.news.sending.permissions import NAMES, missing_permissions
from bot.own_channels import PostChannel, WrongChannel, channel_of
from bot.run import TOKEN_WRONG
from bot.settings import Settings

OPERATORS: Final = "OPERATORS_CHANNEL_ID"

CHANNELS_LOOKED_AT: Final = 10
"""Channels that get articles, the oldest: Discord is asked three times for each."""

NO_ANSWER = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What discord.py raises if Discord does not answer as it should."""


@asynccontextmanager
async def token(token: str) -> AsyncIterator[tuple[Finding, discord.Client | None]]:
    """Yield what Discord says of the token, and who speaks with Discord if it is right."""
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            yield Finding(False, TOKEN_WRONG), None
        except NO_ANSWER as error:
            told = f"Discord cannot be reached: {error}. Check the network, then try again."
            yield Finding(False, told), None
        else:
            yield Finding(True, f"Discord knows the token: it is {client.user}'s."), client


async def channels(
    client: discord.Client, settings: Settings, served: Sequence[int]
) -> AsyncIterator[Finding]:
    """Yield how it is with each channel that gets articles or notices, by the history and the settings."""
    for channel_id in served[:CHANNELS_LOOKED_AT]:
        async for finding in channel(client, channel_id, None):
            yield finding
    if not served and settings.digest_channel_id is not None:
        async for finding in channel(client, settings.digest_channel_id, SETTING):
            yield finding
    operators = settings.operators_channel_id
    if operators is not None and operators not in served and operators != settings.digest_channel_id:
        async for finding in channel(client, operators, OPERATORS):
            yield finding


async def channel(client: discord.Client, channel_id: int, setting: str | None) -> AsyncIterator[Finding]:
    """Yield whether the bot can see the channel of a setting, and which permissions it lacks there.

    Without a setting the history says that the channel gets articles.
    """
    try:
        found = await channel_of(client, channel_id, setting or "")
        missing = await lacking(client, found)
    except WrongChannel as error:
        told = str(error) if setting else f"Channel {channel_id} gets articles, but {error.reason}"
        yield Finding(False, told)
    except NO_ANSWER as error:
        yield Finding(False, f"Discord could not tell about channel {channel_id}: {error}. Try again later.")
    else:
        name = channel_name(found)
        if missing:
            yield Finding(False, f"In {name} the bot lacks: {', '.join(missing)}.")
        elif setting is None:
            yield Finding(True, f"Articles go to {name}, and the bot may post there.")
        else:
            yield Finding(True, f"The bot may post in {name}.")


def channel_name(channel: PostChannel) -> str:
    """Return how a channel is told of."""
    return f"the thread {channel.name}" if isinstance(channel, discord.Thread) else f"#{channel.name}"


async def lacking(client: discord.Client, found: PostChannel) -> list[str]:
    """Return the names of the permissions that the bot needs in the channel and does not have."""
    if client.user is None:
        return []
    guild = await client.fetch_guild(found.guild.id)
    me = await guild.fetch_member(client.user.id)
    home_id = found.parent_id if isinstance(found, discord.Thread) else found.id
    home = next((c for c in await guild.fetch_channels() if c.id == home_id), None)
    if home is None:
        return [NAMES["view_channel"]]
    if isinstance(found, discord.Thread):
        return missing_permissions(found, me, parent=home)
    return missing_permissions(home, me)
