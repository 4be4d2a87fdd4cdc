"""An article as a post: one embed, within Discord's limits whatever the article holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from urllib.parse import quote

import discord

from bot.analysis.analysis import Entity, EntityKind, Method, Summary
from bot.articles.article import Article
from bot.render import text
from bot.render.look import DEFAULT, Layout, Look
from bot.render.phrases import Words
from bot.render.words import ENGLISH, words_of
from storage.files import Copy

COLOUR = discord.Colour(0x2B6CB0)

SUMMARY_LIMIT = 3300
NAMES_LIMIT = 400
"""With a title, an author and a footer these keep an embed below the 6000 characters of a message."""

FIRST_SENTENCE_LIMIT = 300
"""Of a compact post."""

NAMES_SHOWN = 6

COPIES_SHOWN = 3
PATH_LIMIT = 80
"""Characters of a file's path, or of the name of a source."""

RELATED_LIMIT = 100
"""Characters of the title of the article that a post may be a copy of."""

UNTITLED = ENGLISH.untitled

LINK_LIMIT = 2048

_RESERVED = "%/:?#[]@!$&'()*+,;=~"
_LINK = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Related:
    """An article that a post names because it may be its text, or is."""

    title: str
    link: str | None
    """The address of its post in the same channel, unless this post is an answer to it."""
    is_same: bool
    """Whether somebody has said that it is the same text."""


def post(  # noqa: PLR0913 (each is a thing that a post may show)
    article: Article,
    summary: Summary,
    entities: Iterable[Entity] | None,
    *,
    mark: str | None = None,
    copies: Sequence[Copy] = (),
    more_copies: int = 0,
    is_update: bool = False,
    related: Related | None = None,
    look: Look = DEFAULT,
) -> discord.Embed:
    """Return the embed that shows an article; ``mark`` leads its footer where it is a post.

    There may be ``more_copies`` than are given.
    """
    words = words_of(look.language)
    embed = head(article, is_update=is_update, look=look)
    picture = link(article.picture) if look.pictures else None
    if picture is not None and picture.lower().startswith("https://"):
        embed.set_thumbnail(url=picture)
    if related is not None:
        heading = words.same_text_as if related.is_same else words.similar_to
        embed.add_field(name=heading, value=_related(related, words), inline=False)
    if look.layout is Layout.COMPACT:
        embed.description = text.cut_escaped("".join(summary.sentences[:1]), FIRST_SENTENCE_LIMIT)
        count = len(copies) + more_copies
        _set_footer(embed, mark, words.also_in_files(count) if count else None)
        return embed
    shown = fitting(summary.sentences)
    embed.description = "\n\n".join(shown)
    for name, value in _entity_fields(entities or (), words) if look.entities else ():
        embed.add_field(name=name, value=value, inline=True)
    if copies:
        embed.add_field(name=words.also_in, value=_also_in(copies, more_copies, words), inline=False)
    method = words.balanced if summary.method is Method.BALANCED else summary.method
    _set_footer(embed, mark, method, words.sentences(len(shown), summary.sentence_count))
    return embed


def head(article: Article, *, is_update: bool = False, look: Look = DEFAULT) -> discord.Embed:
    """Return an embed with the article's title, its link, where it comes from and when it appeared."""
    words = words_of(look.language)
    title = text.cut_escaped(text.one_line(article.title), text.TITLE_LIMIT, linked=False)
    embed = discord.Embed(title=title or words.untitled, url=link(article.url), colour=colour(look))
    published = article.published
    if isinstance(published, datetime):
        embed.timestamp = published
    by = words.by(article.byline) if article.byline else None
    update = words.update if is_update else None
    origin = " · ".join(part for part in (update, article.source, by, _day(published, words)) if part)
    if origin:
        embed.set_author(name=text.cut(text.one_line(origin), text.AUTHOR_LIMIT))
    return embed


def colour(look: Look) -> discord.Colour:
    """Return the colour that was chosen, else Gazette's own."""
    return COLOUR if look.colour is None else discord.Colour(look.colour)


def kinds(words: Words) -> tuple[tuple[EntityKind, str], ...]:
    """Return the kinds of entities with what they are called, in the order that they are shown in."""
    return (
        (EntityKind.PERSON, words.people),
        (EntityKind.ORGANISATION, words.organisations),
        (EntityKind.PLACE, words.places),
    )


def link(url: str | None) -> str | None:
    """Return the address as Discord takes it, or ``None`` where it would refuse it or it is not http(s)."""
    if url is None or len(url) > LINK_LIMIT:
        return None
    address = quote(url, safe=_RESERVED, errors="replace")
    return address if _LINK.fullmatch(address) and len(address) <= LINK_LIMIT else None


def _set_footer(embed: discord.Embed, *parts: str | None) -> None:
    footer = " · ".join(part for part in parts if part)
    if footer:
        embed.set_footer(text=footer)


def _day(published: date | None, words: Words) -> str | None:
    """Return the day of an article that tells no time; a time is shown by Discord, in the reader's zone."""
    if published is None or isinstance(published, datetime):
        return None
    return words.day_of(published)


def fitting(sentences: Sequence[str]) -> list[str]:
    """Return the sentences that fit, escaped; the first one is cut if it does not fit alone."""
    shown: list[str] = []
    room = SUMMARY_LIMIT
    for sentence in sentences:
        escaped = text.escape(sentence)
        room -= text.length(escaped) + 2
        if room < 0:
            break
        shown.append(escaped)
    return shown or [text.cut_escaped(sentence, SUMMARY_LIMIT) for sentence in sentences[:1]]


def _also_in(copies: Sequence[Copy], more: int, words: Words) -> str:
    """Return a line for each of the first copies: where it comes from, when it came, which file it is."""
    lines = [_copy(copy) for copy in copies[:COPIES_SHOWN]]
    more += len(copies) - len(lines)
    return "\n".join([*lines, *([words.and_more(more)] if more else [])])


def _related(related: Related, words: Words) -> str:
    title = text.cut_escaped(text.one_line(related.title), RELATED_LIMIT) or words.untitled
    return f"{title}\n{related.link}" if related.link else title


def _copy(copy: Copy) -> str:
    # A file outside the folder (an import's) is named without where it lies on the operator's disk.
    name = PurePath(copy.path).name if PurePath(copy.path).is_absolute() else copy.path
    path = text.cut_escaped(text.one_line(name), PATH_LIMIT)
    source = text.cut_escaped(text.one_line(copy.source or ""), PATH_LIMIT)
    origin = f"{source}, " if source else ""
    return f"{origin}<t:{int(copy.seen_at.timestamp())}:t> · {path}"


def _entity_fields(entities: Iterable[Entity], words: Words) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of a field for each kind that the article mentions."""
    every = list(entities)
    for kind, heading in kinds(words):
        of_this_kind = (text.one_line(entity.name) for entity in every if entity.kind is kind)
        names = [name for name in of_this_kind if name]
        if names:
            yield heading, _names(names, words)


def _names(names: Sequence[str], words: Words) -> str:
    shown = [text.escape(name) for name in names[:NAMES_SHOWN]]
    while shown:
        more = len(names) - len(shown)
        line = ", ".join(shown) + (f" {words.and_more(more)}" if more else "")
        if text.length(line) <= NAMES_LIMIT:
            return line
        shown.pop()
    return text.cut_escaped(names[0], NAMES_LIMIT)
