"""The button that posts an article that was hidden as a near copy."""

import re
from functools import partial
from typing import Any, Self

import discord

from cogs._buttons import answer_operator

LABEL = "Post it"


class PostButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"post:(?P<article>[0-9]{1,18})"):
    """Posts a near copy after all; what it says is remembered."""

    def __init__(self, article_id: int) -> None:
        super().__init__(post_button(article_id))
        self.article_id = article_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed; called by discord.py."""
        return cls(int(match["article"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Post it, if whoever pressed the button may."""
        moderation = interaction.client.moderation
        await answer_operator(interaction, LABEL, partial(moderation.post, self.article_id))


def post_button(article_id: int, number: int | None = None) -> discord.ui.Button[Any]:
    """Return the button for the article with this number in a list."""
    label = LABEL if number is None else f"{LABEL}: {number}"
    return discord.ui.Button(label=label, custom_id=f"post:{article_id}")
