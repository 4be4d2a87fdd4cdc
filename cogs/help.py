"""/help: what Gazette does, and its commands."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.help import help_answer
from cogs._cooldowns import paced


class Help(commands.Cog):
    """The first thing that a stranger types."""

    @app_commands.command(description="Show what Gazette does and which commands it has.")
    @app_commands.guild_only()
    @paced
    async def help(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with every command and what it does."""
        await interaction.response.send_message(
            embed=help_answer((c.qualified_name, c.description) for c in _commands(interaction.client)),
            ephemeral=True,
        )


def _commands(bot: GazetteBot) -> list[app_commands.Command]:  # type: ignore[type-arg]
    found = (c for c in bot.tree.walk_commands() if isinstance(c, app_commands.Command))
    return sorted(found, key=lambda command: command.qualified_name)


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Help())
