# ruff: noqa: RUF001  # letters of other alphabets that look like Latin ones
"""Whether two spellings are of one word or number: a slip, another ending, an abbreviation."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_SHORTEST, _LONGEST = 2, 32
"""Letters of words that are looked at: it takes time in the square of them."""
_FEW_LETTERS = 4
"""A word of fewer letters is another one with another letter: "Lea" and "Leo", but not "Gary" and "Gar"."""
_SHORTEST_ALIKE = 5
_ALIKE = 0.8
"""Ratio of ``difflib``. "jewellery" and "jewelry" have 0.875, "Fournal" and "Fournel" 0.86."""
_LONGEST_ABBREVIATION = 3
_LONGEST_ACRONYM = 6
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor doctor sir dame lord lady herr frau m mme mlle monsieur madame "
    "sr sra senor senora don dona sig signor signora dott meneer mevrouw heer pan pani "
    "господин госпожа г".split()
)
_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})")
_NOON = 12


def is_short_for(one: str, other: str) -> bool:
    """Tell whether one word is an abbreviation of the other: "km", "min", "N" for "Naomi"."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter or len(shorter) > _LONGEST_ABBREVIATION or len(longer) < len(shorter) + 2:
        return False
    letters = iter(longer)
    return shorter[0] == longer[0] and all(letter in letters for letter in shorter)


def stands_for(short: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether the first words stand for the others: an acronym, or a title instead of a first name."""
    if len(short) == 1 and 2 <= len(short[0]) <= _LONGEST_ACRONYM and len(names) > 1:
        initials = iter(word[0] for word in names)
        return len(short[0]) <= len(names) and all(letter in initials for letter in short[0])
    rest = [word for word in short if word not in _TITLES]
    return len(rest) < len(short) and len(names) <= 2 and all(word in names for word in rest)


def is_same_number(one: str, other: str) -> bool:
    """Tell whether two numbers are one in two styles, or a slip: "19:00", "19" and "7" in the evening."""
    if one != other and len(one) > 1 and _is_swapped(one, other):
        return True
    first, second = (_TIME.fullmatch(number) for number in (one, other))
    if first is None and second is None:
        return False
    hours = [_hour(number, found) for number, found in ((one, first), (other, second))]
    return None not in hours and hours[0] == hours[1]


def _is_swapped(one: str, other: str) -> bool:
    """Tell whether two neighbouring digits have changed places, as fingers do: "59" and "95"."""
    places = [place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right]
    return (
        len(one) == len(other)
        and sorted(one) == sorted(other)
        and len(places) == 2 == places[1] - places[0] + 1
    )


def _hour(number: str, time: re.Match[str] | None) -> int | None:
    """Return the hour on the clock's face that a number begins with."""
    text = time[1] if time else number
    return int(text) % _NOON if text.isdecimal() and len(text) <= 2 else None


def is_same_word(one: str, other: str) -> bool:
    """Tell whether two folded words differ by no more than a spelling does; figures have to be equal."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if one.isdigit() or other.isdigit() or len(shorter) < _SHORTEST or len(longer) > _LONGEST:
        return False
    if len(longer) <= _FEW_LETTERS and sorted(one) == sorted(other):
        return True  # letters in another order
    if _is_one_letter_apart(shorter, longer):
        return len(shorter) >= _FEW_LETTERS or len(shorter) < len(longer)
    if len(shorter) < _SHORTEST_ALIKE or 2 * len(shorter) < _ALIKE * (len(shorter) + len(longer)):
        return False
    alike = SequenceMatcher(None, one, other, autojunk=False)
    return alike.quick_ratio() >= _ALIKE and alike.ratio() >= _ALIKE


def _is_one_letter_apart(shorter: str, longer: str) -> bool:
    """Tell whether a letter is missing, another one, or has changed places with its neighbour."""
    if len(longer) - len(shorter) > 1:
        return False
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    end = 0
    while end < len(shorter) - start and shorter[-1 - end] == longer[-1 - end]:
        end += 1
    left, right = shorter[start : len(shorter) - end], longer[start : len(longer) - end]
    return len(right) <= 1 or (len(left) == len(right) == 2 and left == right[::-1])
