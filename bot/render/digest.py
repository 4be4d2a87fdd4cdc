"""A page of a digest as an embed, within Discord's limits whatever it holds, and its buttons."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import discord

from bot.news.digests.digest import Digest, DigestSource, DigestStory, Length, Page
from bot.render.look import DEFAULT, Look
from bot.render.mark import LONGEST, in_base_36
from bot.render.phrases import Words
from bot.render.post import colour, link
from bot.render.text import TITLE_LIMIT, cut, cut_escaped, length, one_line
from bot.render.words import words_of

DIGEST_ID = "digest:"
"""What the custom id of a button begins with; the digest's number, the page's number and the digest's sign
follow, each after a colon. Buttons of earlier versions have no sign."""
DIGEST_TEMPLATE = (
    rf"{DIGEST_ID}(?P<digest>[0-9]{{1,18}}):(?P<page>[0-9]{{1,6}})(?::(?P<sign>[0-9a-z]{{1,{LONGEST}}}))?"
)

ROOM = 4096
"""Of an embed's description. Title and footer take less than what is left of a message's 6,000."""
NOTE_SHOWN = 200
HEADING_SHOWN = 50
STORY_SHOWN = (1200, 800, 600, 400)
"""Of a story's text: the first of these with which a page fits. With the last one each does: eight stories,
each under a heading of its own, take 3,700 then."""
TITLE_SHOWN = 150
LINK_SHOWN = 400
"""A longer address is left out where it would take the place of words."""
SENTENCE_SHOWN = 300
NAME_SHOWN = 40
TAIL_ROOM = 100
"""Kept for the last line of a story: without names it is shorter."""
SHORTEST_CUT = 60
SOURCES_SHOWN = 5

# An address, also without http: letters with a full stop between two of them.
_ADDRESS = re.compile(r"://|[^\W_]\.[^\W\d_]{2}")
_BRACKETS = str.maketrans({"[": "\uff3b", "]": "\uff3d"})
"""A bracket ends a masked link, escaped or not, where it has no partner; these look the same and do not."""
_ENDS_A_LINK = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D", "*": "%2A"})


def digest_embed(
    page: Page,
    *,
    mark: str | None = None,
    title: str | None = None,
    note: str | None = None,
    look: Look = DEFAULT,
) -> discord.Embed:
    """Return the embed that shows a page; ``mark`` leads its footer, ``note`` is a line of our own."""
    words = words_of(look.language)
    opening = [cut(one_line(note), NOTE_SHOWN)] if note else []
    opening.append(summary_line(page.digest, words))
    embed = discord.Embed(
        title=cut_escaped(one_line(title or ""), TITLE_LIMIT, linked=False) or words.digest,
        description="\n".join(opening) + _body(page, ROOM - length("\n".join(opening)), words),
        colour=colour(look),
        timestamp=page.digest.until,
    )
    number = words.page(page.number, page.of)
    embed.set_footer(text=" · ".join(part for part in (mark, number) if part))
    return embed


def summary_line(digest: Digest, words: Words) -> str:
    """Return how much a digest holds: "12 stories from 31 articles since …", in the reader's time zone."""
    if not digest.stories:
        return words.nothing_new(digest.since)
    parts = (
        words.stories(len(digest.stories)),
        words.from_articles(digest.articles),
        words.since(digest.since),
    )
    return " ".join(parts) + (words.left_out(digest.left_out) if digest.left_out else "")


def missed_note(due: datetime, first: datetime | None = None, *, language: str = DEFAULT.language) -> str:
    """Return the note of a digest that comes late; ``first`` is when the first of several missed was due."""
    words = words_of(language)
    return f"{words.missed(due)} {words.missed_all(first)}" if first else words.missed(due)


def digest_sign(until: datetime) -> str:
    """Return what tells digests of one number apart: an older history that is put back gives numbers again.

    It is the time at which the digest ends, to the millisecond, as the history keeps it.
    """
    return in_base_36(max((until - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1), 0))


def digest_buttons(
    digest_id: int, number: int, of: int, *, until: datetime, language: str = DEFAULT.language
) -> tuple[discord.ui.Button[Any], ...]:
    """Return the buttons to the pages before and after page ``number``; none where it is the only one.

    The digest is the one of this number that ends with ``until``.
    """
    words, sign = words_of(language), digest_sign(until)
    return tuple(
        discord.ui.Button(label=label(other, of), custom_id=f"{DIGEST_ID}{digest_id}:{other}:{sign}")
        for label, other in ((words.back, number - 1), (words.next, number + 1))
        if 1 <= other <= of
    )


def digest_heads(title: str, url: str | None) -> tuple[str, ...]:
    """Return what a page holds where it shows an article of this escaped title: its link, else its title."""
    target = _target(url)
    if target is not None:
        return (f"]({target})",)
    return f"**[{title.translate(_BRACKETS)}](", f"**{title}**"


def _body(page: Page, room: int, words: Words) -> str:
    """Return the sections, with as much of each story as leaves room for all."""
    text = ""
    for shown in STORY_SHOWN:
        text = "".join(_parts(page, shown, words))
        if length(text) <= room:
            break
    return text


def _parts(page: Page, shown: int, words: Words) -> Iterator[str]:
    """Yield headings and stories, each of these at most so long."""
    named = any(section.name for section in page.sections)
    for section in page.sections:
        if named:
            name = cut_escaped(_line(section.name or ""), HEADING_SHOWN, linked=False)
            yield f"\n\n__**{name or words.other}**__"
        for story in section.stories:
            told = _story(story, shown, words, with_names=page.digest.length is not Length.SHORT)
            yield f"\n\n{told}"


def _story(story: DigestStory, room: int, words: Words, *, with_names: bool) -> str:
    """Return a story: its title as a link, its sentences, its sources. At most ``room``."""
    head = _head(story, room - TAIL_ROOM, words)
    tail = _tail(story, room - length(head) - 1, words, with_names=with_names)
    if not with_names:
        return f"{head} · {tail}" if length(head) + length(tail) + 3 <= room else head
    left = room - length(head) - length(tail) - 2
    said = _said(story, left)
    return "\n".join(part for part in (head, said, tail) if part)


def _said(story: DigestStory, room: int) -> str:
    """Return as many of the sentences as fit; the first one cut where it does not fit alone."""
    sentences = [shown for one in story.sentences if (shown := cut_escaped(_line(one), SENTENCE_SHOWN))]
    while len(sentences) > 1 and length(" ".join(sentences)) > room:
        sentences.pop()
    if sentences and length(sentences[0]) > room:
        first = next(line for one in story.sentences if (line := _line(one)))
        return cut_escaped(first, room) if room >= SHORTEST_CUT else ""
    return " ".join(sentences)


def _head(story: DigestStory, room: int, words: Words) -> str:
    """Return the title as a masked link to the article, else to its post, else without one."""
    lead = story.lead
    title = _line(lead.title) or words.untitled
    for address in (lead.url, lead.post):
        target = _target(address)
        if target is None or length(target) > room - SHORTEST_CUT:
            continue
        if is_address(title):  # it would show one place and lead to another
            masked = f"[{words.read}]({target})"
            return f"**{_bold(title, room - length(f'**** {masked}'))}** {masked}"
        shown = _bold(title.translate(_BRACKETS), room - length(f"**[]({target})**"))
        return f"**[{shown}]({target})**"
    return f"**{_bold(title, room - len('****'))}**"


def _bold(title: str, room: int) -> str:
    """Return a title to stand between signs, which none of its own closes, not even within an address."""
    return cut_escaped(title, min(TITLE_SHOWN, room), linked=False)


def _tail(story: DigestStory, room: int, words: Words, *, with_names: bool) -> str:
    """Return who covers a story, how much is new and since when; with as many names and links as fit."""
    stamp = f"<t:{int(story.at.timestamp())}:R>"
    if story.is_again:
        many = words.new_articles(story.texts)
    else:
        many = words.articles(story.texts) if story.texts > 1 else ""
    for sources in _source_lists(story, words) if with_names else ():
        line = " · ".join(part for part in (sources, many, stamp) if part)
        if length(line) <= room:
            return line
    sources = words.sources(len(story.sources)) if len(story.sources) > 1 else ""
    return " · ".join(part for part in (sources, many, stamp) if part)


def _source_lists(story: DigestStory, words: Words) -> Iterator[str]:
    """Yield the sources, fewer each time, with links and without; the lead's needs none beside its title."""
    known = [source for source in story.sources if source.name]
    for count in range(min(len(known), SOURCES_SHOWN), 0, -1):
        more = len(known) - count
        for linked in (True, False):
            names = [_source(one, linked=linked and one is not story.sources[0]) for one in known[:count]]
            yield ", ".join(names) + (f" {words.and_more(more)}" if more else "")


def _source(source: DigestSource, *, linked: bool) -> str:
    name = _line(source.name or "")
    target = (_target(source.url) or _target(source.post)) if linked else None
    if target is None or (is_address(name) and not _is_host_of(name, target)):
        return cut_escaped(name, NAME_SHOWN)
    return f"[{cut_escaped(name.translate(_BRACKETS), NAME_SHOWN, linked=False)}]({target})"


def is_address(text: str) -> bool:
    """Return whether a text could be taken for an address: as a link it would seem to lead there."""
    return _ADDRESS.search(text) is not None


def _is_host_of(name: str, target: str) -> bool:
    host = urlsplit(target).hostname or ""
    return name.casefold().removeprefix("www.") == host.casefold().removeprefix("www.")


def _target(address: str | None) -> str | None:
    """Return the address as it may stand in a masked link, or ``None``."""
    safe = link(address)
    target = None if safe is None else safe.translate(_ENDS_A_LINK)
    return target if target is not None and length(target) <= LINK_SHOWN else None


def _line(text: str) -> str:
    """Return one line that ends no masked link before it: the text of a link may reach to a later ``](``."""
    return one_line(text).replace("](", "]\u200b(")
