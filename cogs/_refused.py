"""The completion of a refused file's path."""

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.render.text import CHOICE_LIMIT, length, one_line
from cogs._cooldowns import bounded
from cogs._operators import may_operate

CHOICES = 25
"""Discord completes with no more."""


@bounded
async def complete_refused(
    interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the paths of refused files that hold what was typed so far, for those who may operate.

    A path that Discord cannot show as it is cannot be chosen.
    """
    if not await may_operate(interaction):
        return []
    found = await interaction.client.operations.refused_paths(typed, CHOICES)
    fitting = [path for path in found if path == one_line(path) and length(path) <= CHOICE_LIMIT]
    return [app_commands.Choice(name=path, value=path) for path in fitting]
