"""A list to choose an article from, if more than one may be meant."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.render.buttons import stateless
from bot.render.post import UNTITLED
from bot.render.text import CHOICE_LIMIT, cut, one_line
from storage.titles import TitleMatch

CHOOSABLE: Final = ("/summary", "/entities", "/story", "/why", "/repost", "/forget")
"""The commands that take an article: each answers for the one that is chosen."""

TEMPLATE: Final = rf"choose:(?P<command>{'|'.join(CHOOSABLE)})"


def choices_view(command: str, choices: Sequence[TitleMatch]) -> discord.ui.View:
    """Return the list for a command."""
    return stateless(choices_list(command, choices))


def choices_list(command: str, choices: Sequence[TitleMatch]) -> discord.ui.Select[Any]:
    """Return the list itself: the value of each choice is the article's id."""
    options = [
        discord.SelectOption(
            label=cut(one_line(match.title), CHOICE_LIMIT) or UNTITLED, value=str(match.article_id)
        )
        for match in choices
    ]
    return discord.ui.Select(custom_id=f"choose:{command}", placeholder="Choose an article", options=options)
