"""A file that a member sends with a command: fetched in its turn, read, and not kept."""

import asyncio
from typing import Final

import discord

from bot.client import GazetteBot
from bot.errors import NotFound, Refused
from bot.news.desk import Chosen
from bot.render.upload import Origin
from cogs._cooldowns import is_open

FETCH_SECONDS: Final = 10
"""Discord hands a file of 10 MB over in one or two."""


async def uploaded(interaction: discord.Interaction[GazetteBot], file: discord.Attachment) -> Chosen:
    """Return the article in a file.

    Raises ``Refused``, ``AnalysisFailed``, ``CoolingDown``, and ``NotFound`` if it cannot be fetched.
    """
    bot = interaction.client
    try:
        bot.desk.check_size(file.size)
        async with bot.uploads.turn(interaction.user.id, interaction.guild_id or 0):
            return await bot.desk.read(await _fetched(file), file.filename)
    except Refused as refusal:
        raise Refused(f"That file is not an article. {refusal}") from refusal


def origin_of(interaction: discord.Interaction[GazetteBot], file: discord.Attachment) -> Origin:
    """Return where a file comes from."""
    return Origin(file.filename, interaction.user.id, interaction.user.name, is_shared=is_open(interaction))


async def _fetched(file: discord.Attachment) -> bytes:
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            return await file.read()
    except (TimeoutError, discord.DiscordException) as error:
        raise NotFound("Discord did not hand the file over. Send it again.") from error
