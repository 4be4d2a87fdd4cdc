"""/story, and the button on a story's first post: which articles belong to one event."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering import acknowledge
from bot.client import GazetteBot
from bot.render.story import STORY_ID, story_answer, story_button
from cogs._article import complete_article
from cogs._buttons import answering
from cogs._choosing import ArticleChoice, answers_choices
from cogs._cooldowns import cool_down, paced
from cogs._server import viewer_of


class Story(commands.Cog):
    """Stories on demand."""

    @app_commands.command(description="Show which articles are about the same event, and what each adds.")
    @app_commands.describe(
        article="An article of the history: type some words of its title",
        private="Show the answer to you alone",
    )
    @app_commands.autocomplete(article=complete_article)
    @app_commands.guild_only()
    @paced
    async def story(
        self, interaction: discord.Interaction[GazetteBot], article: str, private: bool = False
    ) -> None:
        """Answer with the story that an article belongs to."""
        await acknowledge(interaction, is_open=not private)
        await interaction.followup.send(embed=await _told(interaction, article))


async def _told(interaction: discord.Interaction[GazetteBot], article: str) -> discord.Embed:
    """Return the answer, in the language of the server."""
    told = await interaction.client.telling.of_article(article, viewer_of(interaction))
    look = (await interaction.client.choosing.chosen(interaction.guild_id or 0)).look
    return story_answer(*told, look=look)


async def _of_choice(interaction: discord.Interaction[GazetteBot], reference: str) -> None:
    await interaction.followup.send(embed=await _told(interaction, reference), ephemeral=True)


class StoryButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"{STORY_ID}(?P<story>[0-9]{{1,18}})"
):
    """Shows the story to whoever presses it, also on posts of earlier runs."""

    def __init__(self, story_id: int) -> None:
        super().__init__(story_button(story_id, 0))
        self.story_id = story_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed; called by discord.py."""
        return cls(int(match["story"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer whoever pressed it."""
        async with answering(interaction, "Story"):
            await cool_down(interaction)
            await interaction.response.defer(ephemeral=True, thinking=True)
            told = await interaction.client.telling.of_story(self.story_id, viewer_of(interaction))
            look = (await interaction.client.choosing.chosen(interaction.guild_id or 0)).look
            await interaction.followup.send(embed=story_answer(*told, look=look), ephemeral=True)


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(StoryButton, ArticleChoice)
    answers_choices("/story", _of_choice)
    await bot.add_cog(Story())
