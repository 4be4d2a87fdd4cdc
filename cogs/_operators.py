"""What commands for operators share: who may use them, and the private answer."""

from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.render.buttons import stateless
from bot.render.text import CONTENT_LIMIT, cut, escape


def for_operators[T](command: T) -> T:
    """Show a command only to members who may manage the server, and check it when it is used.

    Another server that the bot was invited to has no say over it, so that there nobody may.
    """
    checks: tuple[Callable[[T], T], ...] = (
        app_commands.default_permissions(manage_guild=True),
        app_commands.checks.has_permissions(manage_guild=True),
        app_commands.check(_is_operators_server),
        app_commands.guild_only(),
    )
    for check in checks:
        command = check(command)
    return command


async def answer(
    interaction: discord.Interaction[GazetteBot], lines: Sequence[str], *buttons: discord.ui.Button[Any]
) -> None:
    """Answer a command that was deferred with these lines, to its user alone; the buttons stand below."""
    text = cut("\n".join(map(escape, lines)), CONTENT_LIMIT)
    view = stateless(*buttons) if buttons else discord.utils.MISSING
    await interaction.followup.send(text, ephemeral=True, suppress_embeds=True, view=view)


async def may_operate(interaction: discord.Interaction[GazetteBot]) -> bool:
    """Return whether who pressed a button may manage the operators' server: it was not asked before."""
    return interaction.permissions.manage_guild and await _is_operators_server(interaction)


async def _is_operators_server(interaction: discord.Interaction[GazetteBot]) -> bool:
    return interaction.client.is_operators(interaction.guild)
