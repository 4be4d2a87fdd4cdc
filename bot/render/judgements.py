"""The buttons by which people say how two articles stand to each other."""

from enum import StrEnum
from typing import Any

import discord

from bot.render.look import DEFAULT
from bot.render.words import words_of


class Said(StrEnum):
    """What people may say of an article and the one that it was compared with; in the buttons' custom ids."""

    COPY = "copy"
    """They are one text."""
    TOGETHER = "together"
    """They are two texts about one event."""
    APART = "apart"
    """They are about two events."""


def judgement_button(
    said: Said, article_id: int, *, language: str = DEFAULT.language
) -> discord.ui.Button[Any]:
    """Return the button that says this of an article."""
    words = words_of(language)
    labels = {Said.COPY: words.same_text, Said.TOGETHER: words.same_story, Said.APART: words.not_same}
    style = discord.ButtonStyle.secondary
    return discord.ui.Button(label=labels[said], custom_id=f"{said}:{article_id}", style=style)


def judgement_buttons(article_id: int, *, language: str = DEFAULT.language) -> list[discord.ui.Button[Any]]:
    """Return the buttons below the post of an article that may be a copy."""
    return [judgement_button(said, article_id, language=language) for said in Said]
