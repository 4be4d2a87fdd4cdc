"""/summary: the sentences of an article that say the most."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.analysis.analysis import Method
from bot.client import GazetteBot
from bot.render.post import post
from bot.render.upload import upload_summary
from cogs._article import chosen_article, complete_article
from cogs._cooldowns import is_open, paced
from cogs._uploads import origin_of


class Summary(commands.Cog):
    """Summaries on demand."""

    @app_commands.command(description="Show the most telling sentences of an article, word for word.")
    @app_commands.describe(
        article="An article of the history: type some words of its title",
        sentences="How many sentences, 1 to 10",
        method="How the sentences are chosen",
        file="A file to summarise instead; it is not kept",
        private="Show the answer to you alone",
        share="Show the answer about your file to everybody here",
    )
    @app_commands.choices(method=[app_commands.Choice(name=method, value=method) for method in Method])
    @app_commands.autocomplete(article=complete_article)
    @app_commands.guild_only()
    @paced
    async def summary(
        self,
        interaction: discord.Interaction[GazetteBot],
        article: str | None = None,
        sentences: app_commands.Range[int, 1, 10] | None = None,
        method: str | None = None,
        file: discord.Attachment | None = None,
        private: bool = False,  # noqa: ARG002 (``is_open`` looks at both)
        share: bool = False,  # noqa: ARG002
    ) -> None:
        """Answer with a summary of the article that was named or sent."""
        await interaction.response.defer(ephemeral=not is_open(interaction))
        chosen = await chosen_article(interaction, article, file)
        summary = await interaction.client.desk.summarize(
            chosen.article, sentences, Method(method) if method else None
        )
        if file is None:
            embed = post(chosen.article, summary, chosen.entities)
        else:
            embed = upload_summary(chosen.article, summary, origin_of(interaction, file))
        await interaction.followup.send(embed=embed)


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Summary())
