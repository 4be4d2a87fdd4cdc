"""An article as a post: one embed, within Discord's limits whatever the article holds."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import PurePath
from urllib.parse import quote

import discord

from bot.analysis.analysis import Entity, EntityKind, Summary
from bot.articles.article import Article
from bot.render import text
from storage.files import Copy

COLOUR = discord.Colour(0x2B6CB0)

SUMMARY_LIMIT = 3500
NAMES_LIMIT = 400
"""With a title, an author and a footer these keep an embed below the 6000 characters of a message."""

NAMES_SHOWN = 6

COPIES_SHOWN = 3
PATH_LIMIT = 80
"""Characters of a file's path, or of the name of a source."""

UNTITLED = "Untitled"

LINK_LIMIT = 2048

_RESERVED = "%/:?#[]@!$&'()*+,;=~"
_LINK = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE)

KINDS = (
    (EntityKind.PERSON, "People"),
    (EntityKind.ORGANISATION, "Organisations"),
    (EntityKind.PLACE, "Places"),
)


def post(
    article: Article,
    summary: Summary,
    entities: Iterable[Entity] | None,
    *,
    mark: str | None = None,
    copies: Sequence[Copy] = (),
    more_copies: int = 0,
    is_update: bool = False,
) -> discord.Embed:
    """Return the embed that shows an article; ``mark`` leads its footer where it is a post.

    There may be ``more_copies`` than are given.
    """
    shown = _fitting(summary.sentences)
    embed = head(article, is_update=is_update)
    embed.description = "\n\n".join(shown)
    for kind, name in KINDS:
        of_this_kind = (text.one_line(entity.name) for entity in entities or () if entity.kind is kind)
        names = [shown_name for shown_name in of_this_kind if shown_name]
        if names:
            embed.add_field(name=name, value=_names(names), inline=True)
    if copies:
        embed.add_field(name="Also in", value=_also_in(copies, more_copies), inline=False)
    count = f"{len(shown)} of {summary.sentence_count} sentences"
    embed.set_footer(text=" · ".join(part for part in (mark, summary.method, count) if part))
    return embed


def head(article: Article, *, is_update: bool = False) -> discord.Embed:
    """Return an embed with the article's title, its link, where it comes from and when it appeared."""
    embed = discord.Embed(
        title=text.cut_escaped(text.one_line(article.title), text.TITLE_LIMIT, linked=False) or UNTITLED,
        url=link(article.url),
        colour=COLOUR,
    )
    published = article.published
    if isinstance(published, datetime):
        embed.timestamp = published
    by = f"By {article.byline}" if article.byline else None
    update = "Update" if is_update else None
    origin = " · ".join(part for part in (update, article.source, by, _day(published)) if part)
    if origin:
        embed.set_author(name=text.cut(text.one_line(origin), text.AUTHOR_LIMIT))
    return embed


def link(url: str | None) -> str | None:
    """Return the address as Discord takes it, or ``None`` where it would refuse it or it is not http(s)."""
    if url is None or len(url) > LINK_LIMIT:
        return None
    address = quote(url, safe=_RESERVED, errors="replace")
    return address if _LINK.fullmatch(address) and len(address) <= LINK_LIMIT else None


def _day(published: date | None) -> str | None:
    """Return the day of an article that tells no time; a time is shown by Discord, in the reader's zone."""
    if published is None or isinstance(published, datetime):
        return None
    return f"{published.day} {published:%B %Y}"


def _fitting(sentences: Sequence[str]) -> list[str]:
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


def _also_in(copies: Sequence[Copy], more: int) -> str:
    """Return a line for each of the first copies: where it comes from, when it came, which file it is."""
    lines = [_copy(copy) for copy in copies[:COPIES_SHOWN]]
    more += len(copies) - len(lines)
    return "\n".join([*lines, *([f"and {more} more"] if more else [])])


def _copy(copy: Copy) -> str:
    # A file outside the folder (an import's) is named without where it lies on the operator's disk.
    name = PurePath(copy.path).name if PurePath(copy.path).is_absolute() else copy.path
    path = text.cut_escaped(text.one_line(name), PATH_LIMIT)
    source = text.cut_escaped(text.one_line(copy.source or ""), PATH_LIMIT)
    origin = f"{source}, " if source else ""
    return f"{origin}<t:{int(copy.seen_at.timestamp())}:t> · {path}"


def _names(names: Sequence[str]) -> str:
    shown = [text.escape(name) for name in names[:NAMES_SHOWN]]
    while shown:
        more = len(names) - len(shown)
        line = ", ".join(shown) + (f" and {more} more" if more else "")
        if text.length(line) <= NAMES_LIMIT:
            return line
        shown.pop()
    return text.cut_escaped(names[0], NAMES_LIMIT)
