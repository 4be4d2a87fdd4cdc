"""A mention: one place in a text where a name stands, cut down to the name itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.analysis import EntityKind
from bot.analysis.entities import names

_OUTSIDE = " \t\r\n\"'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb(,;:-\u2013\u2014*"
"""What the model takes into a name at its ends: quotes, brackets, dashes, commas."""

_JOINED = re.compile(r"[-\u2013](\w+)")

_DASH = re.compile(r"\s[-\u2013\u2014]{1,2}\s")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. ``text[start:end]`` is the name as it is written there."""

    name: str
    """On one line, without anything invisible; never empty."""
    kind: EntityKind
    start: int
    end: int


def mention(text: str, start: int, end: int, kind: EntityKind) -> Mention | None:
    """Return the mention in ``text[start:end]`` without "the", quotes, possessive and a person's titles.

    ``None`` where no name is left.
    """
    if "(" in text[start:end] and text[end : end + 1] == ")":
        end += 1
    if dash := _DASH.search(text, start, end):  # a dateline, "LISBON - Passengers": the model runs on over it
        begins_paragraph = not start or text[start - 1] == "\n"
        kind = EntityKind.PLACE if begins_paragraph else kind
        end = dash.start()
    start, end = _cut(text, start, end, titled=kind is EntityKind.PERSON)
    name = names.visible(text[start:end])
    return Mention(name, kind, start, end) if names.is_name(name) else None


def _cut(text: str, start: int, end: int, *, titled: bool) -> tuple[int, int]:
    while True:
        inner = text[start:end]
        left = len(inner) - len(inner.lstrip(_OUTSIDE + ")."))
        if not left:
            left = names.article_length(inner) or (names.title_length(inner) if titled else 0)
        right = len(inner) - len(inner.rstrip(_OUTSIDE if "(" in inner else _OUTSIDE + ")"))
        right = right or names.possessive_length(inner)
        if (not left and not right) or left + right >= len(inner):
            return start, end
        start, end = start + left, end - right


def joined(text: str, found: Mention, taken: bytearray) -> Mention:
    """Return ``found`` together with a capitalised word that a hyphen ties to it: "Asia" of "Asia-Pacific".

    spaCy's English tokenizer parts words at hyphens, and its model often takes the first half. ``taken``
    marks each character that is in a name already: the second half of "China-Russia" is a name of its own.
    """
    second = _JOINED.match(text, found.end)
    if not second or not second[1][0].isupper() or any(taken[found.end : second.end()]):
        return found
    return mention(text, found.start, second.end(), found.kind) or found


def mask(length: int, spans: Sequence[tuple[int, int]]) -> bytearray:
    """Return one byte for each of ``length`` characters, 1 where one of ``spans`` covers it."""
    taken = bytearray(length)
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    return taken
