"""Which line is the title."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from bot.articles.byline import byline_of, is_bare_name
from bot.articles.dates import date_line
from bot.articles.furniture import Part, part_of
from bot.articles.text import ENDS_OF_SENTENCES, cut, each_word, ends_a_sentence, label, width, words

LONGEST = 300
"""The most characters of a title; headlines of news end below 150."""
_LONGEST_MADE = 120
_LONGEST_HEADING = 200
_LONGEST_SENTENCE = 120
_SHORTEST_HEADING = 12
_LABEL = re.compile(
    r"(?:title|headline|titel|titre|título|titolo|заголовок|标题|標題|タイトル|제목|العنوان)\s?[:\uff1a]\s*(.{3,400})",
    re.IGNORECASE,
)
_END = re.compile(rf"(?:[{re.escape(ENDS_OF_SENTENCES)}][\"'”’»)]*(?=\s|$))|[。!?](?=.)")
_LONGEST_HEADLINE = 100
_LOOK_BACK = 400


def fit(text: str | None) -> str | None:
    """Return the title as one line of at most ``LONGEST`` characters, or ``None`` if nothing is left."""
    cleaned = label(text) if text else ""
    return cut(cleaned, LONGEST) if any(map(str.isalnum, cleaned)) else None


def made_from(text: str) -> str:
    """Return a title for a text without one: its first sentence, cut at a word to at most 120 characters."""
    first = label(text[: 4 * LONGEST].split("\n", 1)[0])
    end = next((match.end() for match in _END.finditer(first) if _closes(first[: match.end()])), len(first))
    return cut(first[:end].rstrip(".。।\u06d4 ") or first, _LONGEST_MADE)


def _closes(start: str) -> bool:
    """Tell whether a sentence ends here: after "Dr.", "U.S." or an initial it goes on."""
    last = start.rstrip(".\"'”’»").rpartition(" ")[2]
    goes_on = start.endswith(".") and ("." in last or (len(last) <= 3 and last[:1].isupper()))
    return not goes_on and len(words(start)) > 3


def labelled(line: str) -> str | None:
    """Return the title in a line such as "Title: …", or ``None``."""
    match = _LABEL.fullmatch(line.strip())
    return match[1] if match else None


def is_heading(line: str) -> bool:
    """Tell whether the line may be a title: short, and no sentence, name, date or phrase of the page."""
    columns = width(line)
    if not _SHORTEST_HEADING <= columns <= _LONGEST_HEADING or part_of(line) is not Part.NONE:
        return False
    figures = sum(map(str.isdigit, line))
    statement = ends_a_sentence(line) and not line.rstrip(" \"'”’»)").endswith(("?", "!", "？", "！", "…"))
    return not (
        statement
        or figures * 3 > len(line)
        or line.endswith((":", ",", ";"))
        or date_line(line)
        or byline_of(line)
        or is_bare_name(line)
    )


def is_first(lines: Sequence[str]) -> bool:
    """Tell whether the first line may be a title: it is a heading, or the author or date stands below it."""
    line = lines[0]
    if is_heading(line):
        return True
    short = _SHORTEST_HEADING <= width(line) <= _LONGEST_SENTENCE and part_of(line) is Part.NONE
    about = len(lines) > 1 and bool(date_line(lines[1]) or byline_of(lines[1]))
    return short and about and not (date_line(line) or byline_of(line))


def best_heading(before: Sequence[str], body: Sequence[str]) -> str | None:
    """Return the line before the body that is most likely its title, or ``None``.

    The weights below were set on 59 full-page dumps of news pages, where this finds the title of 43; the line
    nearest to the body is right for 12.
    """
    start = set(words(" ".join(body[:6])[:3000]))
    before = [*before[:1], *before[1:][-_LOOK_BACK:]]
    ranked = [
        (_fitness(line, start) + _standing(place, before), line)
        for place, line in enumerate(before)
        if (is_first(before) if place == 0 else is_heading(line))
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _fitness(line: str, start: set[str]) -> float:
    """Return how well the line itself suits the article: shared words, and a headline's length."""
    own = _telling(line)
    if not own:
        return 0.0
    shared, columns = len(own & start), width(line)
    fitness = 3.0 * min(shared, 6) / 6 + 0.1 * shared / len(own) + 0.75 * min(columns, 60) / 60
    # What is longer than a headline stands below it; what holds bars is a row of links.
    return fitness - 1.0 * (columns > _LONGEST_HEADLINE) - 0.85 * (" | " in line)


def _standing(place: int, before: Sequence[str]) -> float:
    """Return how well its place suits a title: the author below, longer lines that take it up, the top."""
    line, behind = before[place], before[place + 1 : place + 9]
    standing = 0.3 * max(0.0, 1 - (len(before) - place) / 120) + 0.75 * (place == 0)
    standing += 2.0 * any(date_line(other) or byline_of(other) for other in behind[:4])
    standing += 0.3 * any(
        width(other) > width(line) and len(_telling(other) & _telling(line)) >= 2 for other in behind
    )
    # A page's own <title> often stands on top as "Headline | Paper", and the headline once more below it.
    return standing + 0.45 * any(other != line and other.startswith(line) for other in before[:place])


def _telling(line: str) -> set[str]:
    return {word for word in words(line) if len(word) > 3 or not word.isascii()}


def same(one: str, other: str) -> bool:
    """Tell whether two lines are the same title, but for case, punctuation and white space."""
    # Most differ in their first word, and one of the two may be a whole text.
    return all(left == right for left, right in zip_longest(each_word(one), each_word(other)))
