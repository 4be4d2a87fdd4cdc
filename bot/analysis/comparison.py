"""How two texts are compared. The measurements are of ``python -m tests.quality.duplicates``."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bot.analysis.shingles import Fingerprint, Shingled, length

COPY = 0.5
"""A text that has this much of another's shingles is made from it."""
STORY = 0.15
"""Texts about different events of one kind stay below it: none of 1,500 pairs reaches it."""
EXCERPT = 0.6
"""A copy shorter than this share of its original is an excerpt, or something else."""
EXCERPT_COPY = 0.7
"""An excerpt is verbatim: with ``COPY`` alone 41 wrong pairs are taken for copies, so 36."""
_LEAD = 0.15
"""An excerpt has at least this much of its original's beginning; a passage of it is an article by itself."""
_NOVEL_WORDS, _NOVEL_SHARE, _MOST_NOVEL = 18, 0.06, 0.3
"""Of 1,241 copies 0.4 % have more; with 40 words and 12 %, 38 pairs more would be taken for copies."""
_RUN = 7
"""Fewer new words in a row are an edit. Two changed words leave no longer gap between shared shingles."""
SHORT = 30
"""Words. Below it one changed word is another piece of news, and chance shares a shingle."""
_SHORT_COPY, _SHORT_STORY = 0.5, 0.4
_SHORT_NOVEL = 3
"""In the beginning of a longer text. Between two short texts no word may be new: it may be the name."""
_PLACES, _AGREEING = 5, 0.6
"""Of the pairs with five numbers in the same places, all 318 templates agree in fewer, no copy does."""


class Verdict(StrEnum):
    """What a new text is, seen from what is there already."""

    SAME_TEXT = "same_text"
    UPDATE = "update"
    TEMPLATE = "template"
    SAME_STORY = "same_story"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a new text stands to an old one."""

    verdict: Verdict
    """By the shingles alone: it may still be about the same event."""
    containment: float
    """The share of the smaller text's shingles that the other has, from 0 to 1."""
    novel_words: int
    """Words of the new text that stand in runs which the old one has not."""
    is_part: bool = False
    """The old text is much shorter and contained in the new one."""


def compare(new: Shingled, old: Fingerprint) -> Comparison:
    """Return how a new text stands to an old one, of which only the fingerprint is needed."""
    shared = new.keys.intersection(old.keys)
    left_out = len(new.ignored.intersection(old.keys)) if new.ignored else 0
    smaller = min(len(new.keys), len(old.keys) - left_out)
    containment = len(shared) / smaller if smaller else 0.0
    words = new.fingerprint.words
    is_short = min(words, old.words) < SHORT
    if containment < (_SHORT_STORY if is_short else STORY):
        return Comparison(Verdict.NEW, containment, words)
    novel = novel_words(new, shared, 1 if words < SHORT else _RUN)
    if is_template(new.fingerprint, old):
        return Comparison(Verdict.TEMPLATE, containment, novel)
    is_part = containment >= COPY and old.words < EXCERPT * words
    return Comparison(_verdict(new, old, containment, novel, is_short=is_short), containment, novel, is_part)


def _verdict(new: Shingled, old: Fingerprint, containment: float, novel: int, *, is_short: bool) -> Verdict:
    words = new.fingerprint.words
    is_excerpt = words < EXCERPT * old.words
    if is_excerpt and (containment < EXCERPT_COPY or not _has_lead(new, old)):
        return Verdict.SAME_STORY
    if is_short:
        return _verdict_of_short(new, old, containment, novel)
    if containment < COPY:
        return Verdict.SAME_STORY
    is_same = novel <= max(_NOVEL_WORDS, _NOVEL_SHARE * words) and novel <= _MOST_NOVEL * words
    return Verdict.SAME_TEXT if is_same else Verdict.UPDATE


def _verdict_of_short(new: Shingled, old: Fingerprint, containment: float, novel: int) -> Verdict:
    if containment < _SHORT_COPY:
        return Verdict.SAME_STORY
    numbers = {number for _, number in new.fingerprint.numbers}
    known = {number for _, number in old.numbers}
    # Behind a limit of places a number of a long text may not be known.
    same_numbers = numbers == known if old.words < SHORT else numbers <= known or len(known) > 2 * _PLACES
    limit = 0 if old.words < SHORT else _SHORT_NOVEL
    if novel <= limit and same_numbers:
        return Verdict.SAME_TEXT
    is_longer = new.fingerprint.words - old.words > _NOVEL_WORDS
    return Verdict.UPDATE if is_longer and novel > _NOVEL_WORDS else Verdict.SAME_STORY


def is_template(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether the texts have one form and different numbers in it, as weather and scores do."""
    mine, theirs = _by_place(one), _by_place(other)
    places = mine.keys() & theirs.keys()
    agreeing = sum(bool(mine[place] & theirs[place]) for place in places)
    return len(places) >= _PLACES and agreeing < _AGREEING * len(places)


def shared_numbers(one: Fingerprint, other: Fingerprint) -> float:
    """Return how much of the fewer numbers both texts have, from 0 to 1; fewer than five count as five."""
    mine, theirs = ({number for _, number in each.numbers} for each in (one, other))
    return len(mine & theirs) / max(min(len(mine), len(theirs)), _PLACES)


def novel_words(new: Shingled, known: frozenset[int], run: int = _RUN) -> int:
    """Return how many words stand in runs, of at least so many words each, outside all known shingles."""
    words = [*chain.from_iterable(new.lines)]
    found = reached = 0
    for start, (key, stop) in enumerate(zip(new.order, new.stops, strict=True)):
        if key in known:
            found += _gap(words[reached:start], run)
            reached = stop
    return found + _gap(words[reached:], run)


def _gap(words: Sequence[str], run: int) -> int:
    # A shingle that overlaps the one before leaves none, and most do.
    size = length(words) if words else 0
    return size if size >= run else 0


def is_news(sentence: Shingled, known: frozenset[int]) -> bool:
    """Tell whether less than half of a sentence's shingles are known: the others are what an update shows."""
    return len(sentence.keys & known) < COPY * len(sentence.keys)


def _has_lead(new: Shingled, old: Fingerprint) -> bool:
    return len(new.keys & old.lead) >= _LEAD * len(old.lead)


def _by_place(fingerprint: Fingerprint) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for place, number in fingerprint.numbers:
        found[place].add(number)
    return found
