"""The answer about a file that a member sent: nothing in it looks like a post of Gazette."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.analysis.analysis import Entity, Summary
from bot.articles.article import Article
from bot.render import text
from bot.render.entities import NONE_FOUND, add_entities
from bot.render.post import fitting
from bot.render.words import ENGLISH

FILE_LIMIT = 100
"""Characters of a file's name."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from."""

    file: str
    member_id: int
    member: str
    """The member's user name: unlike a nickname, nobody else has it."""
    is_shared: bool
    """Whether everybody sees the answer, because the member wanted it."""


def upload_summary(article: Article, summary: Summary, origin: Origin) -> discord.Embed:
    """Return an embed with the sentences of a file that say the most."""
    shown = fitting([_unlinked(sentence) for sentence in summary.sentences])
    embed = _embed(article, origin, shown)
    return embed.set_footer(
        text=f"{summary.method} · {ENGLISH.sentences(len(shown), summary.sentence_count)}"
    )


def upload_entities(article: Article, entities: Sequence[Entity], origin: Origin) -> discord.Embed:
    """Return an embed with the people, organisations and places of a file."""
    return add_entities(_embed(article, origin, [] if entities else [NONE_FOUND]), entities)


def _embed(article: Article, origin: Origin, said: Sequence[str]) -> discord.Embed:
    name = text.cut_escaped(text.one_line(origin.file), FILE_LIMIT, linked=False)
    sender = f"<@{origin.member_id}> ({text.escape(text.one_line(origin.member))})"
    verb = "Shared" if origin.is_shared else "Sent"
    told = f"{verb} by {sender}. It is not one of Gazette's articles, and nobody has checked it."
    title = text.cut_escaped(_unlinked(text.one_line(article.title)), text.TITLE_LIMIT)
    lines = [told, *([f"**{title}**"] if title else []), *said]
    return discord.Embed(title=f"File: {name}", description="\n\n".join(lines))


def _unlinked(said: str) -> str:
    """Return text of a file so that Discord makes no link of an address in it."""
    return said.replace("://", ":\u200b//")
