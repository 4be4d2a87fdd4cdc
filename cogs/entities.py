"""/entities: who and what an article mentions."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.entities import entities_answer
from cogs._article import chosen_article, complete_article


class Entities(commands.Cog):
    """People, organisations and places on demand."""

    @app_commands.command(description="List the people, organisations and places that an article mentions.")
    @app_commands.describe(
        article="An article of the history: type some words of its title",
        file="A file to look into instead; it is not kept",
        private="Show the answer to you alone",
    )
    @app_commands.autocomplete(article=complete_article)
    @app_commands.guild_only()
    async def entities(
        self,
        interaction: discord.Interaction[GazetteBot],
        article: str | None = None,
        file: discord.Attachment | None = None,
        private: bool = False,
    ) -> None:
        """Answer with the entities of the article that was named or sent."""
        await interaction.response.defer(ephemeral=private)
        chosen = await chosen_article(interaction, article, file)
        found = await interaction.client.desk.entities(chosen)
        await interaction.followup.send(embed=entities_answer(chosen.article, found))


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Entities())
