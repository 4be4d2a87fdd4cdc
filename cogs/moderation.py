"""/repost and /forget: for members who may manage the server. Every answer is private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.operations import forgotten_line, reposted_lines
from cogs._article import complete_article
from cogs._operators import answer, for_operators


class Moderation(commands.Cog):
    """What is decided about single articles."""

    @app_commands.command(description="Post an article again whose post was deleted.")
    @app_commands.describe(article="An article of the history: type some words of its title")
    @app_commands.autocomplete(article=complete_article)
    @for_operators
    async def repost(self, interaction: discord.Interaction[GazetteBot], article: str) -> None:
        """Answer with where it is posted again, and where it stands."""
        await interaction.response.defer(ephemeral=True)
        reposted = await interaction.client.moderation.repost(article)
        await answer(interaction, reposted_lines(reposted, interaction.guild_id))

    @app_commands.command(
        description="Take an article back for good: delete its posts and what it said; it never comes again."
    )
    @app_commands.describe(article="An article of the history: type some words of its title")
    @app_commands.autocomplete(article=complete_article)
    @for_operators
    async def forget(self, interaction: discord.Interaction[GazetteBot], article: str) -> None:
        """Answer with what was taken back."""
        await interaction.response.defer(ephemeral=True)
        await answer(interaction, [forgotten_line(*await interaction.client.moderation.forget(article))])


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Moderation())
