"""What commands for operators and for those who manage a server share: who may use them, private answers."""

from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.render.buttons import stateless
from bot.render.text import CONTENT_LIMIT, cut, escape
from cogs._cooldowns import paced


def for_operators[T](command: T) -> T:
    """Show a command only to members who may manage the server, and check it when it is used.

    Another server that the bot was invited to has no say over it, so that there nobody may.
    """
    checks: tuple[Callable[[T], T], ...] = (
        app_commands.default_permissions(manage_guild=True),
        app_commands.checks.has_permissions(manage_guild=True),
        app_commands.check(_is_operators_server),
        app_commands.guild_only(),
        paced,
    )
    for check in checks:
        command = check(command)
    return command


def for_managers[T](command: T) -> T:
    """Show a command only to members who may manage the server, and check it when it is used.

    It changes nothing but what that server itself gets, so that any server may have it.
    """
    checks: tuple[Callable[[T], T], ...] = (
        app_commands.default_permissions(manage_guild=True),
        app_commands.checks.has_permissions(manage_guild=True),
        app_commands.guild_only(),
        paced,
    )
    for check in checks:
        command = check(command)
    return command


def may_manage(interaction: discord.Interaction[GazetteBot]) -> bool:
    """Return whether who pressed a button, or chose from a list, may manage the server."""
    return interaction.guild is not None and interaction.permissions.manage_guild


async def tell(
    interaction: discord.Interaction[GazetteBot], text: str, *buttons: discord.ui.Button[Any]
) -> None:
    """Answer a command that was deferred with text that is escaped already, to its user alone."""
    view = stateless(*buttons) if buttons else discord.utils.MISSING
    await interaction.followup.send(
        cut(text, CONTENT_LIMIT),
        ephemeral=True,
        suppress_embeds=True,
        view=view,
        allowed_mentions=discord.AllowedMentions.none(),
    )


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
