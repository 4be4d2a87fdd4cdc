"""/repost and /forget: for members who may manage the server. Every answer is private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.operations import forget_question, reposted_lines
from cogs._article import complete_article
from cogs._forget import ForgetButton, forget_button
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
        """Ask first: it cannot be undone, and what is typed may name another article."""
        await interaction.response.defer(ephemeral=True)
        client = interaction.client
        article_id, title = await client.moderation.find(article)
        question = forget_question(title, await client.backups.days_held())
        await answer(interaction, [question], forget_button(article_id))


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(ForgetButton)
    await bot.add_cog(Moderation())
