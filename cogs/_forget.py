"""The button that takes an article back: what cannot be undone is asked first."""

import re
from functools import partial
from typing import Any, Self

import discord

from bot.client import GazetteBot
from bot.news.article_names import reference_to
from bot.render.operations import forgotten_line
from cogs._buttons import answer_operator

LABEL = "Take it back"


class ForgetButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"forget:(?P<article>[0-9]{1,18})"
):
    """Takes back the article that the question above it names."""

    def __init__(self, article_id: int) -> None:
        super().__init__(forget_button(article_id))
        self.article_id = article_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed; called by discord.py."""
        return cls(int(match["article"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Take it back, if whoever pressed the button may."""
        await answer_operator(interaction, LABEL, partial(self._forget, interaction))

    async def _forget(self, interaction: discord.Interaction[GazetteBot]) -> str:
        client = interaction.client
        title, posts = await client.moderation.forget(reference_to(self.article_id))
        return forgotten_line(title, posts, await client.backups.days_held())


def forget_button(article_id: int) -> discord.ui.Button[Any]:
    """Return the button that takes this article back."""
    return discord.ui.Button(label=LABEL, custom_id=f"forget:{article_id}", style=discord.ButtonStyle.danger)
