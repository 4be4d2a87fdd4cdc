r"""Regular expressions that members write: programs of strangers, so size, time and text are bounded.

A member's pattern has to be one of Python's own ``re``, which tells a mistake with its place. It is run by
``regex``, which stops after a time, gives other threads their turn meanwhile, and knows the letters of every
script (RE2 needs no time limit, but to it ``\b`` and ``\w`` are about the letters a to z).
"""

import re
import warnings
from functools import lru_cache
from typing import Protocol

import regex

from bot.errors import GazetteError

LONGEST = 200
"""Characters of a pattern."""
MOST_REPEATS = 1000
"""The product of all counts in braces. ``regex`` writes each repeat out: 200 characters 1,000 times took
70 ms and 40 MB to prepare, and four counts of 1,000 inside each other all the memory there is."""
SECONDS = 0.05
"""Of computing, for one pattern in one text. A pattern that does not run wild needs below 1 ms."""
SEARCHED = 100_000
"""Characters of a text that are looked at."""
_KEPT = 256

# Every count, wherever it stands: what is a comment to one engine hides no count from another.
_COUNT = re.compile(r"\{([0-9]*),?([0-9]*)\}")
# In the verbose form a count may hold blanks and comments.
_VERBOSE = re.compile(r"\(\?[a-zA-Z-]{0,20}x")
# A sign that is escaped, a set of characters, a count, or a brace that opens none: first come, first taken.
_BRACES = re.compile(
    r"\\N\{[^{}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[0-9]*,?[0-9]*\}|(?P<other>\{)", re.DOTALL
)
_PLACE = re.compile(r"at position ([0-9]{1,4})")
_SENTENCES = {
    "missing ), unterminated subpattern": "a bracket is opened and never closed",
    "unbalanced parenthesis": "a bracket is closed that was never opened",
    "unterminated character set": "a square bracket is opened and never closed",
    "nothing to repeat": "there is nothing before it to repeat",
    "multiple repeat": "it repeats a repeat",
    "look-behind requires fixed-width pattern": "what is looked for behind must have a fixed length",
    "bad escape (end of pattern)": "a backslash stands at the end",
}


class _Pattern(Protocol):
    def search(self, text: str, /, *, timeout: float) -> object | None: ...


class BadPattern(GazetteError):
    """What was typed cannot be run as a pattern. The sentence says why and where."""


class OutOfTime(GazetteError):
    """A pattern was stopped before it had an answer, or cannot be run any more."""


def checked(pattern: str) -> str:
    """Return the pattern as it is if it can be run. Raises ``BadPattern``."""
    if len(pattern) > LONGEST:
        raise BadPattern(f"A pattern has {LONGEST} characters at most; this one has {len(pattern)}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what will mean something else one day means nothing now
            re.compile(pattern)
        _bounded(pattern)
        _compiled(pattern)
    except FutureWarning as error:
        place = _PLACE.search(str(error))
        where = f"At character {int(place[1]) + 1} the" if place else "The"
        raise BadPattern(
            f"{where} pattern can be read in two ways: put a backslash before the sign."
        ) from error
    except re.error as error:
        raise BadPattern(_mistake(pattern, error.msg, error.pos)) from error
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise BadPattern("That pattern cannot be run. Make it simpler.") from error
    return pattern


def found(pattern: str, text: str, seconds: float = SECONDS) -> bool:
    """Return whether the pattern stands anywhere in the text, whatever the case of its letters.

    Raises ``OutOfTime`` after so many seconds of computing.
    """
    try:
        return _compiled(pattern).search(text[:SEARCHED], timeout=seconds) is not None
    except (TimeoutError, MemoryError, RecursionError, regex.error) as error:
        raise OutOfTime(f"The pattern “{pattern}” ran out of time.") from error


@lru_cache(_KEPT)
def _compiled(pattern: str) -> _Pattern:
    compiled: _Pattern = regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)
    return compiled


def _bounded(pattern: str) -> None:
    """Raise ``BadPattern`` where the counts in braces multiply to too much, or a brace is no count."""
    if verbose := _VERBOSE.search(pattern):
        raise BadPattern(
            f"{_at(verbose.start())} the flag x is set. Write the pattern without it, in one piece."
        )
    repeats = 1
    for match in _COUNT.finditer(pattern):
        repeats *= max(1, *(_number(count) for count in match.groups()))
        if repeats > MOST_REPEATS:
            raise BadPattern(
                f"{_at(match.start())} the counts in braces, multiplied, come to more than {MOST_REPEATS}. "
                "Use * or + instead, or smaller counts."
            )
    # To regex, {e<=2} after a word lets it have mistakes: to re it is just these signs.
    if other := next((match for match in _BRACES.finditer(pattern) if match["other"]), None):
        raise BadPattern(f"{_at(other.start())} a brace opens that holds no count. Write \\{{ for a brace.")


def _number(count: str) -> int:
    """Return a count of few digits as it is, one of many as more than is allowed."""
    return int(count[:9]) if count else 0


def _mistake(pattern: str, message: str, place: int | None) -> str:
    said = _SENTENCES.get(message, message)
    if place is None:
        return f"That is no pattern: {said}."
    here = pattern[place : place + 10]
    return f"{_at(place)} of the pattern there is a mistake{f' (“{here}”)' if here else ''}: {said}."


def _at(place: int) -> str:
    return f"At character {place + 1}"
