"""What buttons share: an error is told to whoever pressed one, as with a command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from bot.client import GazetteBot, tell_error


@asynccontextmanager
async def answering(interaction: discord.Interaction[GazetteBot], name: str) -> AsyncIterator[None]:
    """Tell what goes wrong in the block to whoever pressed the button of this name."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 (as the command tree does)
        await tell_error(interaction, error, name)
