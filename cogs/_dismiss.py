"""The button below the status that lists a refused file no longer."""

import re
from functools import partial
from typing import Any, Self

import discord

from bot.news.refusals import key_of
from bot.render.refusals import dismissed_line
from bot.render.text import cut, one_line
from cogs._buttons import answer_operator

NAME = "Dismiss"

LABEL_LIMIT = 80
"""Characters of a button's label."""


class DismissButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"dismiss:(?P<key>[0-9a-f]{32})"
):
    """Lists one refused file no longer, until it changes and is refused again."""

    def __init__(self, key: str) -> None:
        super().__init__(discord.ui.Button(label=NAME, custom_id=f"dismiss:{key}"))
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed; called by discord.py."""
        return cls(match["key"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, if whoever pressed the button may."""
        await answer_operator(interaction, NAME, partial(self._dismiss, interaction))

    async def _dismiss(self, interaction: discord.Interaction[Any]) -> str:
        return dismissed_line(await interaction.client.operations.dismiss(key=self.key))


def dismiss_button(path: str) -> discord.ui.Button[Any]:
    """Return the button for the refused file at a path."""
    label = cut(f"{NAME} {one_line(path)}", LABEL_LIMIT)
    return discord.ui.Button(label=label, custom_id=f"dismiss:{key_of(path)}")
