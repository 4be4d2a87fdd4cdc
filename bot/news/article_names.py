"""Which article a person means: one that was picked, one by its title, or one by the mark of a post."""

import re
from collections.abc import Sequence

from bot.errors import NotFound
from bot.render.mark import delivery_of
from bot.render.text import cut_escaped, one_line
from storage import titles
from storage.connection import Connection
from storage.folding import folded
from storage.marked import Marked, marked, stories_in
from storage.titles import TitleMatch
from storage.visibility import Channels, may_be_seen

COMPLETIONS = 25
"""Discord shows no more."""

TITLES_TOLD = 3
TITLE_TOLD = 200
"""Characters of a title, or of what was typed, in an answer."""

NOT_THERE = "That article is not in the history, or not in a channel that you can see."

_REFERENCE = re.compile(r"article:(\d{1,18})")


class SeveralFit(NotFound):
    """More than one article may be meant: a person has to choose."""

    def __init__(self, sentence: str, choices: Sequence[TitleMatch]) -> None:
        super().__init__(sentence)
        self.choices = tuple(choices)
        """At most 25."""


def reference(match: TitleMatch) -> str:
    """Return what a command gets for a title that was picked from the completions."""
    return reference_to(match.article_id)


def reference_to(article_id: int) -> str:
    """Return what names this article and no other."""
    return f"article:{article_id}"


async def fitting(connection: Connection, typed: str, channels: Channels) -> list[TitleMatch]:
    """Return up to 25 articles that somebody sees and that fit what was typed so far, the newest first.

    For a mark that is the article of its post, or the stories of its digest in their order.
    """
    if not typed.strip():
        return await titles.newest(connection, COMPLETIONS, channels)
    found = await _marked(connection, typed)
    if found is not None:
        return await _of_mark(connection, found, channels)
    return await titles.search(connection, typed, COMPLETIONS, channels)


async def article_id_of(connection: Connection, wanted: str, channels: Channels = None) -> int:
    """Return the id of the article that was picked, that has this mark, or whose title alone fits.

    Raises ``SeveralFit`` for titles and for a digest's mark, and ``NotFound`` if there is none that stands in
    or goes to the channels. That says the same of an article that stands elsewhere and of one that there
    never was.
    """
    picked = _REFERENCE.fullmatch(wanted.strip())
    if picked:
        if not await may_be_seen(connection, int(picked[1]), channels):
            raise NotFound(NOT_THERE)
        return int(picked[1])
    named = await _marked(connection, wanted)
    if named is not None:
        return await _by_mark(connection, named, wanted, channels)
    found = await titles.search(connection, wanted, COMPLETIONS, channels)
    exact = [match for match in found if folded(match.title) == folded(wanted)]
    return _only(wanted, exact or found)


async def _marked(connection: Connection, typed: str) -> Marked | None:
    """Return what has the mark that was typed; ``None`` if it is no mark, or nothing has it."""
    number = delivery_of(typed) if typed.strip().startswith("#") else None
    return None if number is None else await marked(connection, number)


async def _of_mark(connection: Connection, found: Marked, channels: Channels) -> list[TitleMatch]:
    if found.digest_id is not None and found.article_id is None:
        return await stories_in(connection, found.digest_id, COMPLETIONS, channels)
    if found.article_id is None or not await may_be_seen(connection, found.article_id, channels):
        return []
    return [TitleMatch(found.article_id, found.title)]


async def _by_mark(connection: Connection, found: Marked, wanted: str, channels: Channels) -> int:
    matches = await _of_mark(connection, found, channels)
    if not matches:
        raise NotFound(NOT_THERE)
    if found.article_id is None and len(matches) > 1:
        lines = "\n".join(f"• {_shown(match.title)}" for match in matches[:TITLES_TOLD])
        sentence = f"{_shown(wanted)} is a digest of {len(matches)} stories. Choose one of them:\n{lines}"
        raise SeveralFit(sentence, matches)
    return matches[0].article_id


def _only(wanted: str, found: Sequence[TitleMatch]) -> int:
    """Return the one article among those found. Raises ``NotFound`` if it is none or not alone."""
    if not found:
        raise NotFound(f"No article in the history has a title like “{_shown(wanted)}”.")
    if len(found) > 1:
        lines = "\n".join(f"• {_shown(match.title)}" for match in found[:TITLES_TOLD])
        sentence = f"More than one article fits. Type more of the title, or choose one:\n{lines}"
        raise SeveralFit(sentence, found)
    return found[0].article_id


def _shown(text: str) -> str:
    return cut_escaped(one_line(text), TITLE_TOLD)
