"""/status, /retry and /inbox failed: for members who may manage the server. Every answer is private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.operations import refused_lines, retried_line, status_lines
from cogs._operators import answer, for_operators


class Operations(commands.Cog):
    """What operators ask and do in Discord."""

    inbox = app_commands.Group(
        name="inbox",
        description="The folder of articles.",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @app_commands.command(description="Show what waits, what was sent, and what failed and why.")
    @for_operators
    async def status(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with how it stands."""
        await interaction.response.defer(ephemeral=True)
        await answer(interaction, status_lines(await interaction.client.operations.status()))

    @app_commands.command(description="Try once more what failed: posts and refused files.")
    @app_commands.describe(
        mark="One post, by its mark, such as #k3f9",
        path="One refused file, by its path in the folder; without either all that failed",
    )
    @for_operators
    async def retry(
        self, interaction: discord.Interaction[GazetteBot], mark: str | None = None, path: str | None = None
    ) -> None:
        """Answer with how much is tried once more."""
        await interaction.response.defer(ephemeral=True)
        await answer(interaction, [retried_line(await interaction.client.operations.retry(mark, path))])

    @inbox.command(description="List the files that were refused, and why.")
    @for_operators
    async def failed(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with the newest refused files."""
        await interaction.response.defer(ephemeral=True)
        await answer(interaction, refused_lines(*await interaction.client.operations.refused()))


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Operations())
