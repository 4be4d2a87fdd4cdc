"""The rest between answers: what each command and each button that works hard asks before it begins."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import discord
from discord import app_commands

from bot.client import GazetteBot

type Choices = list[app_commands.Choice[str]]
type Complete = Callable[[discord.Interaction[GazetteBot], str], Coroutine[Any, Any, Choices]]


def paced[T](command: T) -> T:
    """Let a command answer only as often as its member, server and channel may have it."""
    return app_commands.check(cool_down)(command)


def is_open(interaction: discord.Interaction[GazetteBot]) -> bool:
    """Return whether everybody sees the answer to a command.

    An answer about a file is its sender's alone unless it is shared on purpose. Any other is open if the
    command can be asked to be ``private`` and is not, or can be asked to ``share`` alone and is.
    """
    command, options = interaction.command, interaction.namespace
    if not isinstance(command, app_commands.Command):
        return False
    if command.get_parameter("private") is None:
        return command.get_parameter("share") is not None and bool(options.share)
    return not options.private and (options.file is None or bool(options.share))


async def cool_down(interaction: discord.Interaction[GazetteBot]) -> bool:
    """Count the answer that is asked for. Raises ``CoolingDown`` if it is too early."""
    open_in = interaction.channel_id if is_open(interaction) else None
    interaction.client.cooldowns.answer(
        interaction.user.id,
        interaction.guild_id or 0,
        manages=interaction.permissions.manage_guild,
        open_in=open_in,
    )
    return True


def bounded(complete: Complete) -> Complete:
    """Let a completion look things up only as often as a person types; beyond that it offers nothing."""

    @wraps(complete)
    async def completed(
        interaction: discord.Interaction[GazetteBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        if not interaction.client.cooldowns.complete(interaction.user.id, interaction.guild_id or 0):
            return []
        return await complete(interaction, typed)

    return completed
