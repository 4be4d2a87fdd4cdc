"""/why: what became of an article or a file, and the last word of people about it."""

import re
from functools import partial
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.judgements import Said, judgement_button
from bot.render.operations import way_lines
from cogs._article import complete_article
from cogs._buttons import answer_operator
from cogs._choosing import answers_choices
from cogs._operators import for_operators, tell


class Why(commands.Cog):
    """For members who may manage the server; the answer is private."""

    @app_commands.command(description="Show what became of an article or a file, and why.")
    @app_commands.describe(
        article="An article of the history: type some words of its title",
        path="Or a file, by its path in the folder: world/a.txt",
    )
    @app_commands.autocomplete(article=complete_article)
    @for_operators
    async def why(
        self,
        interaction: discord.Interaction[GazetteBot],
        article: str | None = None,
        path: str | None = None,
    ) -> None:
        """Answer with the stages that an article or a file went through."""
        await interaction.response.defer(ephemeral=True)
        await _tell_way(interaction, article, path)


async def _tell_way(
    interaction: discord.Interaction[GazetteBot], article: str | None, path: str | None = None
) -> None:
    operations, guild_id = interaction.client.operations, interaction.guild_id
    way = await operations.why(article=article, path=path, guild_id=guild_id)
    trace = way.trace
    comparison = trace.comparison if trace.forgotten_at is None else None
    words: list[Said] = []
    if comparison is not None:
        words = [said for said in Said if said is not Said.COPY or not trace.is_copy]
    buttons = [judgement_button(said, trace.article_id or 0) for said in words]
    await tell(interaction, "\n".join(way_lines(way, guild_id)), *buttons)


class WordButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=rf"(?P<said>{'|'.join(Said)}):(?P<article>[0-9]{{1,18}})",
):
    """What a person says about two articles; it outweighs every score."""

    def __init__(self, said: Said, article_id: int) -> None:
        super().__init__(judgement_button(said, article_id))
        self.said = said
        self.article_id = article_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed; called by discord.py."""
        return cls(Said(match["said"]), int(match["article"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what was said, if whoever pressed it may."""
        moderation = interaction.client.moderation
        decide = {
            Said.COPY: moderation.copy,
            Said.TOGETHER: moderation.together,
            Said.APART: moderation.apart,
        }[self.said]
        await answer_operator(interaction, self.said, partial(decide, self.article_id))


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(WordButton)
    answers_choices("/why", _tell_way, for_operators=True)
    await bot.add_cog(Why())
