"""Servers that invited the bot and are not served: it leaves them, or says why it stays."""

import logging

import aiohttp
import discord

from bot.news.access import Access
from bot.news.operators import Tell
from bot.render.text import cut_escaped, one_line

log = logging.getLogger(__name__)

NAME_SHOWN = 100
"""Characters of a server's name: it is a stranger's text."""


async def serve_or_leave(guild: discord.Guild, access: Access, tell: Tell) -> None:
    """Leave a server that is not served, unless it has a subscription; tell the operators either way."""
    if access.allows(guild.id) or not access.is_sure:
        return
    name = f"“{cut_escaped(one_line(guild.name), NAME_SHOWN)}” ({guild.id})"
    way_out = f"To have it served, add {guild.id} to SERVERS and start Gazette again."
    if not await access.may_leave(guild.id):
        log.warning("server %d is not named in SERVERS, it has subscriptions", guild.id)
        told = f"The server {name} is not named in SERVERS. What it is subscribed to still comes,"
        await tell(f"not named {guild.id}", f"{told} but its commands are refused. {way_out}")
        return
    try:
        await guild.leave()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        log.warning("server %d is not named in SERVERS and cannot be left now: %s", guild.id, error)
        return
    log.warning("left server %d, it is not named in SERVERS", guild.id)
    told = f"The bot was in the server {name}, which is not named in SERVERS, and left it."
    await tell("left a server", f"{told} {way_out} It is told once a day at most.")
