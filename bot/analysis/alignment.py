"""Two texts word by word: which runs of words the newer one has in the place of others."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_ANCHOR = 3
"""Words in a row that stand once in each text tie the two together (patience diff, Bram Cohen)."""
_MOST_PAIRS, _MOST_STEPS = 5_000, 2_000_000
"""Pairs of equal words between two ties, and these times the words, up to which they are compared each with
each. Beyond them the comparison would take quadratic time, so the whole is one run."""
_BRIDGE = 1


@dataclass(frozen=True, slots=True)
class Change:
    """A run of the old text, and what the new text has in its place; either may be empty."""

    old: "slice[int, int, None]"
    new: "slice[int, int, None]"

    @property
    def is_substitution(self) -> bool:
        """Whether words stand in the place of others, and neither side was only left out or put in."""
        return self.old.start < self.old.stop and self.new.start < self.new.stop

    @property
    def length(self) -> int:
        """Words of the longer side."""
        return max(self.old.stop - self.old.start, self.new.stop - self.new.start)


def changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Yield the runs in which two texts differ, in their order.

    Two that a single common word parts are one: "Santa Iria do Monte" stands in the place of "Monte Claro".
    """
    last: Change | None = None
    for change in _changes(old, new):
        if last is not None and 0 < change.new.start - last.new.stop <= _BRIDGE:
            last = Change(slice(last.old.start, change.old.stop), slice(last.new.start, change.new.stop))
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    last_old = last_new = 0
    for first, second in (*_anchors(old, new), (len(old), len(new))):
        if old[last_old:first] == new[last_new:second]:
            last_old, last_new = first, second
            continue
        yield from _within(old, new, Change(slice(last_old, first), slice(last_new, second)))
        last_old, last_new = first, second


def _within(old: Sequence[str], new: Sequence[str], gap: Change) -> Iterator[Change]:
    """Yield the differences between two ties."""
    left, right = old[gap.old], new[gap.new]
    if not left or not right or _is_slow(left, right):
        yield gap
        return
    for tag, i, j, k, n in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            start, other = gap.old.start, gap.new.start
            yield Change(slice(start + i, start + j), slice(other + k, other + n))


def _is_slow(left: Sequence[str], right: Sequence[str]) -> bool:
    mine, theirs = Counter(left), Counter(right)
    pairs = sum(count * theirs[word] for word, count in mine.items())
    return pairs > _MOST_PAIRS or pairs * (len(left) + len(right)) > _MOST_STEPS


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of words that both texts have once, as many as stand in one order in both."""
    theirs = _once(old)
    shared = sorted((place, theirs[run]) for run, place in _once(new).items() if run in theirs)
    return [(first, second) for second, first in _longest_ascent(shared)]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the runs of words that a text has once, with the place of their first word."""
    places: dict[tuple[str, ...], int] = {}
    for place, run in enumerate(zip(*(words[shift:] for shift in range(_ANCHOR)), strict=False)):
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}


def _longest_ascent(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most pairs whose second numbers ascend as the first do (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, number) in enumerate(pairs):
        pile = bisect_left(tops, number)
        before.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        ends[pile : pile + 1] = [place]
    found: list[tuple[int, int]] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]
