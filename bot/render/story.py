"""A story: the articles about one event, as the button on its first post and as an answer."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.news.telling import Told
from bot.render.post import COLOUR, UNTITLED
from bot.render.text import TITLE_LIMIT, counted, cut_escaped, length, one_line

STORY_ID = "story:"
"""What the custom id of a story's button begins with; its number follows."""

DESCRIPTION_LIMIT = 4096
TITLE_SHOWN = 150
SENTENCE_SHOWN = 240
SOURCE_SHOWN = 60


def story_button(story_id: int, texts: int) -> discord.ui.Button[Any]:
    """Return the button that shows a story of so many texts."""
    return discord.ui.Button(label=f"Story ({texts})", custom_id=f"{STORY_ID}{story_id}")


def story_answer(told: Sequence[Told], total: int) -> discord.Embed:
    """Return a story: its first article, then the others by time, with what each adds."""
    lead = cut_escaped(one_line(told[0].title), TITLE_LIMIT) or UNTITLED
    parts: list[str] = []
    for one in told:
        part = _entry(one)
        if length("\n\n".join([*parts, part])) > DESCRIPTION_LIMIT - len("\n\nand 99999 more"):
            break
        parts.append(part)
    more = total - len(parts)
    if more > 0:
        parts.append(f"and {more} more")
    embed = discord.Embed(title=lead, description="\n\n".join(parts), colour=COLOUR)
    embed.set_footer(text=f"{counted(total, 'article')} about this event")
    return embed


def _entry(one: Told) -> str:
    title = cut_escaped(one_line(one.title), TITLE_SHOWN) or UNTITLED
    source = cut_escaped(one_line(one.source or ""), SOURCE_SHOWN)
    stamp = f"<t:{int(one.at.timestamp())}:f>"
    where = f" · {one.link}" if one.link else ""
    head = f"**{title}**\n{f'{source} · ' if source else ''}{stamp}{where}"
    sentence = cut_escaped(one_line(one.adds), SENTENCE_SHOWN)
    return f"{head}\n{sentence}" if sentence else head
