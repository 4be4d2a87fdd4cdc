"""Whether all that two texts share is what one house puts below everything it publishes.

"About us", a paywall's notice, a sign-off: whole lines at the end, under news of their own. A line that many
articles have is known to the history; this finds one in the second article that has it.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from bot.analysis.shingles import Shingled, key_of, positions
from bot.analysis.terms import rarity

_SHARED, _OWN = 0.5, 0.2
"""A line that has half of its shingles in the other text is shared; one with less than a fifth is its own."""
_FEWEST_OWN_WORDS = 8
_TELLING = 0.4
"""Rarity of a word that tells what a text is about."""
_FEW, _FEW_OF_ALL = 3, 0.15
"""Telling words that two texts about different things may share in their own lines: the name of a house.
Of 30 pairs of an article and its update with a new beginning, 29 share more, and at least four."""


def is_only_boilerplate(new: Shingled, old: Shingled, language: str | None) -> bool:
    """Tell whether two texts share only their last lines, below first ones about different things."""
    shared = new.keys & old.keys
    mine, theirs = own_lines(new, shared), own_lines(old, shared)
    if not mine or not theirs:
        return False
    left, right = (_telling([text.title, *own], language) for text, own in ((new, mine), (old, theirs)))
    common = len(left & right)
    return common <= _FEW or common < _FEW_OF_ALL * min(len(left), len(right))


def own_lines(text: Shingled, shared: Collection[int]) -> tuple[tuple[str, ...], ...]:
    """Return the first lines of a text, if they are its own and all lines behind them are shared.

    ``shared`` are the keys of the shingles that another text has. Empty if own and shared lines alternate,
    if a line is half and half, or if the own lines are too short for news.
    """
    if not text.lines or _is_shared(text.lines[0], shared) is not False:
        return ()  # so it is with nearly every text: its other lines need not be looked at
    marks = [_is_shared(line, shared) for line in text.lines]
    if None in marks or sum(one != other for one, other in pairwise(marks)) != 1:
        return ()
    own = text.lines[: marks.index(True)]
    return own if sum(map(len, own)) >= _FEWEST_OWN_WORDS else ()


def _is_shared(line: Sequence[str], shared: Collection[int]) -> bool | None:
    keys = [key_of(hash_) for hash_, _, _ in positions(line)]
    share = sum(key in shared for key in keys) / len(keys)
    if share >= _SHARED:
        return True
    return False if share < _OWN else None


def _telling(lines: Sequence[Sequence[str]], language: str | None) -> set[str]:
    return {word for line in lines for word in line if rarity(word, language) >= _TELLING}
