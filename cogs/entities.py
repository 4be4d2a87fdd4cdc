"""/entities: who and what an article mentions."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering import acknowledge
from bot.client import GazetteBot
from bot.render.entities import entities_answer
from bot.render.upload import upload_entities
from cogs._article import chosen_article, complete_article, require_one
from cogs._choosing import answers_choices
from cogs._cooldowns import is_open, paced
from cogs._uploads import origin_of


class Entities(commands.Cog):
    """People, organisations and places on demand."""

    @app_commands.command(description="List the people, organisations and places that an article mentions.")
    @app_commands.describe(
        article="An article of the history: type some words of its title",
        file="A file to look into instead; it is not kept",
        private="Show the answer to you alone",
        share="Show the answer about your file to everybody here",
    )
    @app_commands.autocomplete(article=complete_article)
    @app_commands.guild_only()
    @paced
    async def entities(
        self,
        interaction: discord.Interaction[GazetteBot],
        article: str | None = None,
        file: discord.Attachment | None = None,
        private: bool = False,  # noqa: ARG002 (``is_open`` looks at both)
        share: bool = False,  # noqa: ARG002
    ) -> None:
        """Answer with the entities of the article that was named or sent."""
        require_one(article, file)
        await acknowledge(interaction, is_open=is_open(interaction))
        await interaction.followup.send(embed=await listed(interaction, article, file))


async def listed(
    interaction: discord.Interaction[GazetteBot],
    article: str | None,
    file: discord.Attachment | None = None,
) -> discord.Embed:
    """Return the answer, in the language of the server."""
    chosen = await chosen_article(interaction, article, file)
    found = await interaction.client.desk.entities(chosen)
    look = (await interaction.client.choosing.chosen(interaction.guild_id or 0)).look
    if file is None:
        return entities_answer(chosen.article, found, look=look)
    return upload_entities(chosen.article, found, origin_of(interaction, file), look=look)


async def _of_choice(interaction: discord.Interaction[GazetteBot], reference: str) -> None:
    await interaction.followup.send(embed=await listed(interaction, reference), ephemeral=True)


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    answers_choices("/entities", _of_choice)
    await bot.add_cog(Entities())
