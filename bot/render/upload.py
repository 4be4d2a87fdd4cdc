"""The answer about a file that a member sent: nothing in it looks like a post of Gazette."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.analysis.analysis import Entity, Method, Summary
from bot.articles.article import Article
from bot.render import text
from bot.render.entities import add_entities
from bot.render.look import DEFAULT, Look
from bot.render.phrases import Words
from bot.render.post import fitting
from bot.render.words import words_of

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


def upload_summary(
    article: Article, summary: Summary, origin: Origin, *, look: Look = DEFAULT
) -> discord.Embed:
    """Return an embed with the sentences of a file that say the most."""
    words = words_of(look.language)
    shown = fitting([_unlinked(sentence) for sentence in summary.sentences])
    embed = _embed(article, origin, shown, words)
    method = words.balanced if summary.method is Method.BALANCED else summary.method
    return embed.set_footer(text=f"{method} · {words.sentences(len(shown), summary.sentence_count)}")


def upload_entities(
    article: Article, entities: Sequence[Entity], origin: Origin, *, look: Look = DEFAULT
) -> discord.Embed:
    """Return an embed with the people, organisations and places of a file."""
    words = words_of(look.language)
    return add_entities(_embed(article, origin, [] if entities else [words.no_names], words), entities, words)


def _embed(article: Article, origin: Origin, said: Sequence[str], words: Words) -> discord.Embed:
    name = text.cut_escaped(text.one_line(origin.file), FILE_LIMIT, linked=False)
    sender = f"<@{origin.member_id}> ({text.escape(text.one_line(origin.member))})"
    by = words.shared_by(sender) if origin.is_shared else words.sent_by(sender)
    title = text.cut_escaped(_unlinked(text.one_line(article.title)), text.TITLE_LIMIT)
    lines = [f"{by} {words.not_checked}", *([f"**{title}**"] if title else []), *said]
    return discord.Embed(title=words.file(name), description="\n\n".join(lines))


def _unlinked(said: str) -> str:
    """Return text of a file so that Discord makes no link of an address in it."""
    return said.replace("://", ":\u200b//")
