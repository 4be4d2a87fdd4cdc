"""The entities of an article as an answer."""

from collections.abc import Sequence

import discord

from bot.analysis.analysis import Entity
from bot.articles.article import Article
from bot.render import text
from bot.render.look import DEFAULT, Look
from bot.render.phrases import Words
from bot.render.post import head, kinds
from bot.render.words import words_of

ALIASES_SHOWN = 4


def entities_answer(article: Article, entities: Sequence[Entity], *, look: Look = DEFAULT) -> discord.Embed:
    """Return an embed with the people, organisations and places of an article, most mentioned first."""
    embed = head(article, look=look)
    words = words_of(look.language)
    if not entities:
        embed.description = words.no_names
    return add_entities(embed, entities, words)


def add_entities(embed: discord.Embed, entities: Sequence[Entity], words: Words) -> discord.Embed:
    """Return the embed with a field for each kind of entity that there is."""
    for kind, name in kinds(words):
        lines = [_line(e, words) for e in entities if e.kind is kind and text.one_line(e.name)]
        if lines:
            embed.add_field(name=name, value=_lines(lines, words), inline=False)
    return embed


def _line(entity: Entity, words: Words) -> str:
    line = f"**{text.cut_escaped(text.one_line(entity.name), 200)}** · {entity.count}"
    others = [text.cut_escaped(text.one_line(alias), 100) for alias in entity.aliases[:ALIASES_SHOWN]]
    others = [alias for alias in others if alias]
    return f"{line} · {words.also_called(', '.join(others))}" if others else line


def _lines(lines: Sequence[str], words: Words) -> str:
    """Return as many lines as a field holds, and how many are left out."""
    shown: list[str] = []
    room = text.FIELD_LIMIT - len(words.and_more(1000))
    for line in lines:
        room -= text.length(line) + 1
        if room < 0:
            break
        shown.append(line)
    more = len(lines) - len(shown)
    return "\n".join([*shown, words.and_more(more)] if more else shown)
