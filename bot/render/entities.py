"""The entities of an article as an answer."""

from collections.abc import Sequence

import discord

from bot.analysis.analysis import Entity
from bot.articles.article import Article
from bot.render import text
from bot.render.post import head, kinds
from bot.render.words import ENGLISH

ALIASES_SHOWN = 4

NONE_FOUND = "No people, organisations or places were found in this article."


def entities_answer(article: Article, entities: Sequence[Entity]) -> discord.Embed:
    """Return an embed with the people, organisations and places of an article, most mentioned first."""
    embed = head(article)
    if not entities:
        embed.description = NONE_FOUND
    return add_entities(embed, entities)


def add_entities(embed: discord.Embed, entities: Sequence[Entity]) -> discord.Embed:
    """Return the embed with a field for each kind of entity that there is."""
    for kind, name in kinds(ENGLISH):
        lines = [_line(e) for e in entities if e.kind is kind and text.one_line(e.name)]
        if lines:
            embed.add_field(name=name, value=_lines(lines), inline=False)
    return embed


def _line(entity: Entity) -> str:
    line = f"**{text.cut_escaped(text.one_line(entity.name), 200)}** · {entity.count}"
    others = [text.cut_escaped(text.one_line(alias), 100) for alias in entity.aliases[:ALIASES_SHOWN]]
    others = [alias for alias in others if alias]
    return f"{line} · also {', '.join(others)}" if others else line


def _lines(lines: Sequence[str]) -> str:
    """Return as many lines as a field holds, and how many are left out."""
    shown: list[str] = []
    room = text.FIELD_LIMIT - len("and 1000 more")
    for line in lines:
        room -= text.length(line) + 1
        if room < 0:
            break
        shown.append(line)
    more = len(lines) - len(shown)
    return "\n".join([*shown, f"and {more} more"] if more else shown)
