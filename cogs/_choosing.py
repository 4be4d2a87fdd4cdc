"""An article that is chosen from a list, if more than one may be meant: the command answers for it."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.news.article_names import reference_to
from bot.render.choices import TEMPLATE, choices_list
from cogs._buttons import answering
from cogs._cooldowns import cool_down
from cogs._operators import may_operate

type Interaction = discord.Interaction[GazetteBot]
type Answer = Callable[[Interaction, str], Awaitable[None]]
"""Answers for the article that a reference names, to its user alone; the interaction is acknowledged."""

_ANSWERS: dict[str, tuple[Answer, bool]] = {}


def answers_choices(command: str, answer: Answer, *, for_operators: bool = False) -> None:
    """Have a command answer for articles that are chosen from its list."""
    _ANSWERS[command] = answer, for_operators


class ArticleChoice(discord.ui.DynamicItem[discord.ui.Select[Any]], template=TEMPLATE):
    """The list, also on messages of earlier runs."""

    def __init__(self, command: str) -> None:
        super().__init__(choices_list(command, ()))
        self.command = command

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return what was chosen from; called by discord.py."""
        return cls(match["command"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer for the article, if whoever chose it may use the command."""
        async with answering(interaction, self.command):
            answer, for_operators = _ANSWERS[self.command]
            if for_operators and not await may_operate(interaction):
                raise app_commands.CheckFailure
            await cool_down(interaction)
            await interaction.response.defer(ephemeral=True, thinking=True)
            data: Any = interaction.data or {}
            await answer(interaction, reference_to(int(data["values"][0])))
