"""A story: the articles about one event, as the button on its first post and as an answer."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.news.telling import Told
from bot.render.look import DEFAULT, Look
from bot.render.phrases import Words
from bot.render.post import colour
from bot.render.text import TITLE_LIMIT, cut_escaped, length, one_line
from bot.render.words import words_of

STORY_ID = "story:"
"""What the custom id of a story's button begins with; its number follows."""

DESCRIPTION_LIMIT = 4096
MORE_ROOM = 40
"""Kept for the line that tells how many are left out."""
TITLE_SHOWN = 150
SENTENCE_SHOWN = 240
SOURCE_SHOWN = 60


def story_button(story_id: int, texts: int, *, language: str = DEFAULT.language) -> discord.ui.Button[Any]:
    """Return the button that shows a story of so many texts."""
    return discord.ui.Button(label=words_of(language).story(texts), custom_id=f"{STORY_ID}{story_id}")


def story_answer(told: Sequence[Told], total: int, *, look: Look = DEFAULT) -> discord.Embed:
    """Return a story: its first article, then the others by time, with what each adds."""
    words = words_of(look.language)
    lead = cut_escaped(one_line(told[0].title), TITLE_LIMIT) or words.untitled
    parts: list[str] = []
    for one in told:
        part = _entry(one, words)
        if length("\n\n".join([*parts, part])) > DESCRIPTION_LIMIT - MORE_ROOM:
            break
        parts.append(part)
    more = total - len(parts)
    if more > 0:
        parts.append(words.and_more(more))
    embed = discord.Embed(title=lead, description="\n\n".join(parts), colour=colour(look))
    embed.set_footer(text=words.about_event(total))
    return embed


def _entry(one: Told, words: Words) -> str:
    title = cut_escaped(one_line(one.title), TITLE_SHOWN) or words.untitled
    source = cut_escaped(one_line(one.source or ""), SOURCE_SHOWN)
    stamp = f"<t:{int(one.at.timestamp())}:f>"
    where = f" · {one.link}" if one.link else ""
    head = f"**{title}**\n{f'{source} · ' if source else ''}{stamp}{where}"
    sentence = cut_escaped(one_line(one.adds), SENTENCE_SHOWN)
    return f"{head}\n{sentence}" if sentence else head
