"""Which lines of a scraped page are the article.

Every line gets a score: long prose counts for the article, short lines and the page's own phrases against it.
The article is the run of lines with the highest sum (the maximum subarray, Kadane's method), less the page's
lines within it. On 59 dumps of news pages this gives a body F1 of .95, where the whole page gives .61. For
the 20 whose text was made by hand it is .97; for the others the text is what trafilatura finds in their HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.articles import below
from bot.articles.about import is_about
from bot.articles.furniture import Part, part_of
from bot.articles.text import ends_a_sentence, width, words

_PROSE = 80
_SENTENCE = 40
_LONG = 200
_SCORES = {Part.FURNITURE: -1.5, Part.ASIDE: -2.5, Part.END: -12.0}
# The price of what stands between two paragraphs: one long paragraph above it is worth more than a box, two
# are worth more than a list. A box is known by one of the page's phrases.
_COST_OF_A_LIST, _COST_OF_A_BOX = 3.0, 1.5
_ALONE = 0.4
_FEWEST_IN_A_BOX = 4
_SHORT_LINES_OF_A_PAGE = 0.25
_FEWEST_SHORT_LINES = 4
_ALL_OR_NOTHING = 0.3


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the article stands among the lines of its page."""

    before: tuple[str, ...]
    body: tuple[str, ...]
    after: tuple[str, ...]


def article(lines: Sequence[str], *, marked_up: bool = False) -> Cut:
    """Return the lines before the article, its own, and those behind it; the body is empty on a bare page.

    In lines that were ``marked_up`` short ones are headings and lists, and no sign of a page.
    """
    lines, beyond = below.split(lines)
    cut = _cut(lines, marked_up=marked_up)
    return Cut(cut.before, cut.body, (*cut.after, *beyond)) if beyond else cut


def _cut(lines: Sequence[str], *, marked_up: bool) -> Cut:
    parts = [part_of(line) for line in lines]
    if not (_has_phrases(lines, parts) or (not marked_up and _has_short_lines(lines))):
        return _whole(lines, parts)
    start, stop = _best_run([_score(line, part) for line, part in zip(lines, parts, strict=True)])
    body = _without_boxes(lines[start:stop], parts[start:stop])
    if _too_little(body, lines, parts):
        return _whole(lines, parts)
    return Cut(tuple(lines[:start]), body, tuple(lines[stop:]))


def _without_boxes(lines: Sequence[str], parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the lines without the page's and without boxes: short lines in a row, one of them the page's."""
    found: list[str] = []
    row: list[str] = []
    is_box = False
    for line, part in zip([*lines, ""], [*parts, Part.NONE], strict=True):
        if line and (part is not Part.NONE or (width(line) < _PROSE and not ends_a_sentence(line))):
            row.append(line if part is Part.NONE else "")
            is_box |= part is not Part.NONE
            continue
        found.extend(filter(None, row if not is_box or len(row) < _FEWEST_IN_A_BOX else ()))
        found.append(line)
        row, is_box = [], False
    return tuple(filter(None, found))


def _has_phrases(lines: Sequence[str], parts: Sequence[Part]) -> bool:
    # A line of asterisks divides an article as well.
    return any(part is not Part.NONE and words(line) for line, part in zip(lines, parts, strict=True))


def _has_short_lines(lines: Sequence[str]) -> bool:
    short = sum(width(line) < _PROSE and not ends_a_sentence(line) for line in lines)
    return short >= _FEWEST_SHORT_LINES and short > _SHORT_LINES_OF_A_PAGE * len(lines)


def _whole(lines: Sequence[str], parts: Sequence[Part]) -> Cut:
    return Cut((), tuple(line for line, part in zip(lines, parts, strict=True) if part is Part.NONE), ())


def _too_little(body: Sequence[str], lines: Sequence[str], parts: Sequence[Part]) -> bool:
    """Tell whether the run is so small a share that the page is one of short lines, as a poem is."""
    kept = sum(map(len, body))
    possible = sum(len(line) for line, part in zip(lines, parts, strict=True) if part is Part.NONE)
    prose = any(width(line) >= _PROSE for line in body)
    furniture = sum(part is not Part.NONE for part in parts)
    return not prose and kept < _ALL_OR_NOTHING * possible and furniture * 4 < len(lines)


def _score(line: str, part: Part) -> float:
    if part is not Part.NONE:
        return _SCORES[part]
    if is_about(line):
        return -0.6
    return _score_of_sentence(width(line)) if ends_a_sentence(line) else _score_of_rest(width(line), line)


def _score_of_sentence(columns: int) -> float:
    if columns >= _PROSE:
        return 1.0 + min(columns / _LONG, 2.0)
    return 0.5 if columns >= _SENTENCE else 0.2


def _score_of_rest(columns: int, line: str) -> float:
    # Thai ends its sentences with no mark; a teaser that is cut off ends with none either.
    if columns >= _LONG:
        return 1.5
    if columns >= _PROSE + _SENTENCE or line.endswith((":", ",", "\uff1a", ";")):
        return 0.2
    return -0.7 if columns >= _SENTENCE else -1.0


def _best_run(scores: Sequence[float]) -> tuple[int, int]:
    """Return the bounds of the run with the highest sum."""
    best = total = 0.0
    begin = start = stop = 0
    for place, score in enumerate(_gapped(_steadied(scores))):
        if total <= 0:
            total, begin = 0.0, place
        total += score
        if total > best:
            best, start, stop = total, begin, place + 1
    return start, stop


def _gapped(scores: Sequence[float]) -> list[float]:
    """Return the scores, with no gap between two lines of prose costing more than a list or a box may."""
    found: list[float] = []
    for is_prose, group in groupby(scores, lambda score: score > 0):
        row = list(group)
        found.extend(row if is_prose else _paid(row))
    return found


def _paid(gap: Sequence[float]) -> list[float]:
    left = _COST_OF_A_BOX if min(gap) <= _SCORES[Part.FURNITURE] else _COST_OF_A_LIST
    found: list[float] = []
    for score in gap:
        if score > _SCORES[Part.END]:
            found.append(-min(-score, left))
            left += found[-1]
        else:
            found.append(score)
    return found


def _steadied(scores: Sequence[float]) -> list[float]:
    """Return the scores, with a single line of prose between other lines counting less than half.

    A list of other articles is headline, teaser, headline, teaser; an article's prose stands together, though
    the page may set a button or an advertisement between two paragraphs.
    """
    telling = [place for place, score in enumerate(scores) if score != _SCORES[Part.FURNITURE]]
    found = list(scores)
    for before, place, behind in zip([None, *telling], telling, [*telling[1:], None], strict=False):
        around = [scores[other] for other in (before, behind) if other is not None]
        if scores[place] > 0 and max(around, default=0.0) < 0:
            found[place] *= _ALONE
    return found
