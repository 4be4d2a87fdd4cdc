"""/status, /why and /retry: for members who may manage the server. Every answer is private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.operations import status_lines, trace_lines
from bot.render.text import CONTENT_LIMIT, cut, escape
from cogs._article import complete_article


class Operations(commands.Cog):
    """What operators ask and do in Discord."""

    @app_commands.command(description="Show what waits, what was sent, and what failed and why.")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def status(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with how it stands."""
        await interaction.response.defer(ephemeral=True)
        await _answer(interaction, status_lines(await interaction.client.operations.status()))

    @app_commands.command(description="Show what became of an article or a file, and why.")
    @app_commands.describe(
        article="An article of the history: type some words of its title",
        path="Or a file, by its path in the folder: world/a.txt",
    )
    @app_commands.autocomplete(article=complete_article)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def why(
        self,
        interaction: discord.Interaction[GazetteBot],
        article: str | None = None,
        path: str | None = None,
    ) -> None:
        """Answer with the stages that an article or a file went through."""
        await interaction.response.defer(ephemeral=True)
        trace = await interaction.client.operations.why(article=article, path=path)
        await _answer(interaction, trace_lines(trace, interaction.guild_id))

    @app_commands.command(description="Post again what Discord had refused.")
    @app_commands.describe(mark="The mark of one post, such as #k3f9; without it all that failed")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def retry(self, interaction: discord.Interaction[GazetteBot], mark: str | None = None) -> None:
        """Answer with how many posts are queued once more."""
        await interaction.response.defer(ephemeral=True)
        queued = await interaction.client.operations.retry(mark)
        await _answer(interaction, [f"Queued once more: {queued}." if queued else "Nothing has failed."])


async def _answer(interaction: discord.Interaction[GazetteBot], lines: list[str]) -> None:
    await interaction.followup.send(cut("\n".join(map(escape, lines)), CONTENT_LIMIT), ephemeral=True)


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Operations())
