"""/repost and /forget: for members who may manage the server. Every answer is private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.operations import forget_question, reposted_lines
from cogs._article import complete_article
from cogs._choosing import answers_choices
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
        await _repost(interaction, article)

    @app_commands.command(
        description="Take an article back for good: delete its posts and what it said; it never comes again."
    )
    @app_commands.describe(article="An article of the history: type some words of its title")
    @app_commands.autocomplete(article=complete_article)
    @for_operators
    async def forget(self, interaction: discord.Interaction[GazetteBot], article: str) -> None:
        """Ask first: it cannot be undone, and what is typed may name another article."""
        await interaction.response.defer(ephemeral=True)
        await _ask_to_forget(interaction, article)


async def _repost(interaction: discord.Interaction[GazetteBot], article: str) -> None:
    reposted = await interaction.client.moderation.repost(article)
    await answer(interaction, reposted_lines(reposted, interaction.guild_id))


async def _ask_to_forget(interaction: discord.Interaction[GazetteBot], article: str) -> None:
    client = interaction.client
    article_id, title = await client.moderation.find(article)
    question = forget_question(title, await client.backups.days_held())
    await answer(interaction, [question], forget_button(article_id))


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(ForgetButton)
    answers_choices("/repost", _repost, for_operators=True)
    answers_choices("/forget", _ask_to_forget, for_operators=True)
    await bot.add_cog(Moderation())
