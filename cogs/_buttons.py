"""What buttons share: an error is told to whoever pressed one, as with a command."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import discord
from discord import app_commands

from bot.answering import tell_error
from bot.client import GazetteBot
from bot.errors import NotFound
from bot.render.text import escape
from cogs._cooldowns import cool_down
from cogs._operators import may_operate


@asynccontextmanager
async def answering(interaction: discord.Interaction[GazetteBot], name: str) -> AsyncIterator[None]:
    """Tell what goes wrong in the block to whoever pressed the button of this name."""
    try:
        _require_service(interaction)
        yield
    except Exception as error:  # noqa: BLE001 (as the command tree does)
        await tell_error(interaction, error, name)


def _require_service(interaction: discord.Interaction[GazetteBot]) -> None:
    refused = interaction.client.not_served(interaction)
    if refused is not None:
        raise NotFound(refused)


async def answer_operator(
    interaction: discord.Interaction[GazetteBot], name: str, work: Callable[[], Awaitable[str]]
) -> None:
    """Do what the button of this name is for, if whoever pressed it may, and answer with what was done."""
    async with answering(interaction, name):
        if not await may_operate(interaction):
            raise app_commands.CheckFailure
        await cool_down(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(escape(await work()), ephemeral=True)
