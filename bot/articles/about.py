"""Lines that speak about the article: "By Ada Lamb | 9 February 2024", "Source: https://…"."""

import re
from collections.abc import Iterable

from bot.articles.byline import byline_of
from bot.articles.dates import Stamp, date_line
from bot.articles.furniture import Part, part_of

_LONGEST = 200
_BREAKS = re.compile(
    r"(?:(?<!\s)\s++)?+[|•·]\s*|(?<!\s)\s++"
    r"(?:[–—-]\s+|(?=(?:first )?(?:published|posted)\b|(?:last )?(?:updated|modified)\b))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:url|link|source|original|permalink|canonical|quelle|fuente|fonte|источник|来源|來源|原文|出典|رابط|المصدر)"
    r"\s?[:\uff1a]\s*<?(https?://[^\s<>]{4,2000})>?",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:source|publication|publisher|site)\s?[:\uff1a]\s*([^\W\d_][^:/.!?]{1,58})", re.IGNORECASE
)


def pieces(line: str) -> list[str]:
    """Return the parts of a line that says several things, as in "By Ada Lamb • 9 Feb. 2024 • 3 min read"."""
    if len(line) > _LONGEST or date_line(line):
        return [line]
    found: list[str] = []
    for piece in filter(None, _BREAKS.split(line)):
        name, _, rest = piece.partition(", ")
        found.extend((name, rest) if date_line(rest) else (piece,))
    return found


def is_about(line: str) -> bool:
    """Tell whether the line holds the article's author, date or address, and nothing but such things."""
    if len(line) > _LONGEST:
        return address(line) is not None
    parts = pieces(line)
    known = [piece for piece in parts if date_line(piece) or byline_of(piece) or address(piece)]
    rest = [piece for piece in parts if piece not in known]
    return bool(known) and all(part_of(piece) is not Part.NONE for piece in rest)


def address(line: str) -> str | None:
    """Return the address in a line that is nothing but a label and an address, as in "Source: https://…"."""
    match = _ADDRESS.fullmatch(line.strip())
    return match[1] if match else None


def source(line: str) -> str | None:
    """Return the publication in a line that is nothing but a label and its name, as in "Source: The Sun"."""
    match = _SOURCE.fullmatch(line.strip())
    return match[1] if match else None


def byline(lines: Iterable[str]) -> str | None:
    """Return the first author that one of the lines names."""
    return next(filter(None, map(byline_of, _all_pieces(lines))), None)


def stamp(lines: Iterable[str]) -> Stamp | None:
    """Return the date that the lines give, the day of publication before the day of a change."""
    found = list(filter(None, map(date_line, _all_pieces(lines))))
    return max(found, key=lambda stamp: stamp.says, default=None)


def _all_pieces(lines: Iterable[str]) -> list[str]:
    return [piece for line in lines if len(line) <= _LONGEST for piece in pieces(line)]
