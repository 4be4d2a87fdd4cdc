# ruff: noqa: RUF001  # letters of other alphabets that look like Latin ones
"""Names of months and weekdays, in the languages that news is often written in."""

import pickle
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.articles.text import vocabulary

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_LONG = vocabulary(
    "january february march april may june july august september october november december"
)
_WITH_CASES = ("pl", "cs", "sk", "ru", "uk", "hr", "sr_Latn", "sl")
_ENDINGS = "aeiouyąęěаеиоуыьяіє"
_FLEETING = ("ek", "ak", "ok")
_NO_WEEKDAYS = vocabulary("среди")
_SHORTEST_INFLECTED = 5
_LANGUAGES = vocabulary("de fr es it pt nl sv da no fi pl cs sk ru uk bg tr ro hu id el ar he hi ca")


def month(name: str) -> int | None:
    """Return the number of the month, 1 to 12, that the word names, or ``None``."""
    word = name.casefold().rstrip(".")
    if word[:3] in _ENGLISH and (word in _ENGLISH or word in _ENGLISH_LONG or word == "sept"):
        return _ENGLISH.index(word[:3]) + 1
    return _months().get(word)


def is_weekday(name: str) -> bool:
    """Tell whether the word names a day of the week in one of the languages other than English."""
    return name.casefold() in _weekdays()


def is_inflected_weekday(name: str) -> bool:
    """Tell whether the word may be a case of a day of the week, as the Slavic languages have them."""
    word = name.casefold()
    if len(word) < _SHORTEST_INFLECTED or word in _NO_WEEKDAYS:
        return False
    return not _weekday_stems().isdisjoint((word, word[:-1], word[:-2]))


@cache
def _weekday_stems() -> frozenset[str]:
    """Return the days of the languages with cases, without the ending of the nominative."""
    names = (name for days in _names("days", "format", languages=_WITH_CASES) for name in days.values())
    words = (name.casefold() for name in names)
    stems = {word.rstrip(_ENDINGS) for word in words if len(word) >= _SHORTEST_INFLECTED}
    # "piątek" is "piątku" on that day: the last vowel goes.
    return frozenset(stems | {stem[:-2] + stem[-1] for stem in stems if stem.endswith(_FLEETING)})


@cache
def _months() -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for names in _names("months", "format", "stand-alone"):
        for number, name in names.items():
            found.setdefault(name.casefold().rstrip("."), set()).add(number)
    # "listopad" is November in Prague and October in Zagreb: a name with two meanings has none.
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


@cache
def _weekdays() -> frozenset[str]:
    names = {name for days in _names("days", "format") for name in days.values()}
    return frozenset(part for name in names for part in name.casefold().replace(".", "").split("-"))


def _names(what: str, *contexts: str, languages: Iterable[str] = _LANGUAGES) -> Iterator[Mapping[int, str]]:
    """Yield the long and the short names in each of these languages."""
    from babel import localedata  # noqa: PLC0415 - most dates are in English or in figures

    for language in languages:
        # Its Locale would keep all that is known of every language, 25 MB, for these few words.
        data = pickle.loads(Path(localedata.resolve_locale_filename(language)).read_bytes())  # noqa: S301
        for context in contexts:
            # What is not there is an alias of what is.
            lengths = (data[what].get(context, {}).get(length) for length in ("wide", "abbreviated"))
            yield from (names for names in lengths if isinstance(names, dict))
