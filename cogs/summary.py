"""/summary: the sentences of an article that say the most."""

from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.analysis.analysis import Method
from bot.answering import acknowledge
from bot.client import GazetteBot
from bot.render.look import Layout
from bot.render.post import post
from bot.render.upload import upload_summary
from cogs._article import chosen_article, complete_article, require_one
from cogs._choosing import answers_choices
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
        require_one(article, file)
        await acknowledge(interaction, is_open=is_open(interaction))
        chosen_method = Method(method) if method else None
        await interaction.followup.send(
            embed=await summarised(interaction, article, file, sentences, chosen_method)
        )


async def summarised(
    interaction: discord.Interaction[GazetteBot],
    article: str | None,
    file: discord.Attachment | None = None,
    sentences: int | None = None,
    method: Method | None = None,
) -> discord.Embed:
    """Return the answer, in the language and length of the server if nothing else is asked for."""
    client = interaction.client
    chosen = await chosen_article(interaction, article, file)
    server = await client.choosing.chosen(interaction.guild_id or 0)
    summary = await client.desk.summarize(
        chosen.article, sentences or server.sentences, method or server.method
    )
    look = replace(server.look, layout=Layout.POST)  # whoever asks wants more than the first sentence
    if file is None:
        return post(chosen.article, summary, chosen.entities, look=look)
    return upload_summary(chosen.article, summary, origin_of(interaction, file), look=look)


async def _of_choice(interaction: discord.Interaction[GazetteBot], reference: str) -> None:
    await interaction.followup.send(embed=await summarised(interaction, reference), ephemeral=True)


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    answers_choices("/summary", _of_choice)
    await bot.add_cog(Summary())
