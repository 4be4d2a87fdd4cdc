"""Names of months and weekdays, in the languages that news is often written in."""

from functools import cache

from bot.articles.text import vocabulary

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_LONG = vocabulary(
    "january february march april may june july august september october november december"
)
_LANGUAGES = vocabulary("de fr es it pt nl sv da nb fi pl cs sk ru uk bg tr ro hu id el ar he hi ca")


def month(name: str) -> int | None:
    """Return the number of the month, 1 to 12, that the word names, or ``None``."""
    word = name.casefold().rstrip(".")
    if word[:3] in _ENGLISH and (word in _ENGLISH or word in _ENGLISH_LONG or word == "sept"):
        return _ENGLISH.index(word[:3]) + 1
    return _months().get(word)


def is_weekday(name: str) -> bool:
    """Tell whether the word names a day of the week in one of the languages other than English."""
    return name.casefold() in _weekdays()


@cache
def _months() -> dict[str, int]:
    from babel import Locale  # noqa: PLC0415 - most dates are in English or in figures

    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for length in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][length].items():
                    found.setdefault(name.casefold().rstrip("."), set()).add(number)
    # "listopad" is November in Prague and October in Zagreb: a name with two meanings has none.
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


@cache
def _weekdays() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415

    names: set[str] = set()
    for language in _LANGUAGES:
        days = Locale(language).days["format"]
        names.update(name for length in ("wide", "abbreviated") for name in days[length].values())
    return frozenset(part for name in names for part in name.casefold().replace(".", "").split("-"))
