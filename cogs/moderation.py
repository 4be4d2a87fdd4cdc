"""/repost and /forget: for members who may manage the server. Every answer is private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.news.desk import is_picked
from bot.render.operations import forget_question, forgotten_line, reposted_lines
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
        """Answer with what was taken back; if a title was typed and not picked, ask first."""
        await interaction.response.defer(ephemeral=True)
        moderation = interaction.client.moderation
        if is_picked(article):
            await answer(interaction, [forgotten_line(*await moderation.forget(article))])
            return
        article_id, title = await moderation.find(article)
        await answer(interaction, [forget_question(title)], forget_button(article_id))


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(ForgetButton)
    await bot.add_cog(Moderation())
