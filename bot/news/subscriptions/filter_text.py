"""Filters as people type them, and as they are told."""

from collections.abc import Sequence

from babel import Locale

from bot.analysis.fingerprint import normal_form
from bot.articles.text import label
from bot.errors import GazetteError
from bot.news.subscriptions.filters import Action, Filter, Held, Kind, folded, folded_name
from bot.news.subscriptions.patterns import BadPattern, checked

MOST_FILTERS = 25
"""Of one subscription."""
MOST_PATTERNS = 5
"""Of them. Each may take ``patterns.SECONDS`` for an article."""
LONGEST = 100
"""Characters of a filter that is no pattern."""
_SHOWN = 40


class BadFilter(GazetteError):
    """What was typed is no filter. The sentence says why, and what would be one."""


def filter_of(action: Action, kind: Kind, typed: str) -> Filter:
    """Return the filter that was typed. Raises ``BadFilter``."""
    if kind is Kind.PATTERN:
        return Filter(action, kind, _pattern(typed))
    text = label(typed)
    if len(text) > LONGEST:
        raise BadFilter(f"A filter has {LONGEST} characters at most; this one has {len(text)}.")
    if kind is Kind.LANGUAGE:
        return Filter(action, kind, _language(text))
    _sayable(kind, text)
    return Filter(action, kind, text)


def with_filter(filters: Sequence[Filter], new: Filter) -> tuple[Filter, ...]:
    """Return the filters with one more. Raises ``BadFilter`` where there are too many or it is there."""
    if any(key(one) == key(new) for one in filters):
        raise BadFilter("That filter is there already.")
    if len(filters) >= MOST_FILTERS:
        raise BadFilter(f"A subscription has {MOST_FILTERS} filters at most. Remove one first.")
    patterns = sum(one.kind is Kind.PATTERN for one in filters)
    if new.kind is Kind.PATTERN and patterns >= MOST_PATTERNS:
        raise BadFilter(f"A subscription has {MOST_PATTERNS} patterns at most. Remove one first.")
    return (*filters, new)


def describe(one: Filter) -> str:
    """Return a sentence that tells what a filter does. It holds what was typed, to be escaped."""
    if one.action is Action.INCLUDE:
        return f"Only articles {clause(one.kind, one.text, many=True)}."
    return f"No article {clause(one.kind, one.text)}."


def why(held: Held) -> str:
    """Return a sentence that tells why an article was held back."""
    if held.by is None:
        return "None of the filters that choose articles fits it."
    return f"Held back by a filter: {describe(held.by)}"


def clause(kind: Kind, text: str, *, many: bool = False) -> str:
    """Return what is so of an article, as a clause: "that mentions Ada Reed"; of ``many`` in the plural."""
    if kind is Kind.LANGUAGE:
        return f"in {language_name(text)}"
    words = "the word" if len(text.split()) == 1 else "all of the words"
    clauses = {
        Kind.WORDS: f"that {'have' if many else 'has'} {words} “{text}”",
        Kind.PHRASE: f"that {'have' if many else 'has'} the phrase “{text}”",
        Kind.ENTITY: f"that {'mention' if many else 'mentions'} {text}",
        Kind.SOURCE: f"from {text}",
        Kind.SECTION: f"in the section “{text}”",
        Kind.PATTERN: f"that {'fit' if many else 'fits'} the pattern “{text}”",
    }
    return clauses[kind]


def language_name(code: str) -> str:
    """Return the English name of a language, or its code where it has none."""
    return str(Locale("en").languages.get(code, code))


def languages() -> dict[str, str]:
    """Return the names of the languages that have a code of two letters, by their codes, in their order."""
    names = {code: name for code, name in Locale("en").languages.items() if len(code) == 2}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def key(one: Filter) -> tuple[Action, Kind, str]:
    """Return what two filters share that do the same."""
    match one.kind:
        case Kind.WORDS | Kind.PHRASE:
            return one.action, one.kind, normal_form(one.text)
        case Kind.ENTITY:
            return one.action, one.kind, folded_name(one.text)
        case Kind.PATTERN:
            return one.action, one.kind, one.text
        case _:
            return one.action, one.kind, folded(one.text)


def _pattern(typed: str) -> str:
    pattern = typed.strip()
    if not pattern:
        raise BadFilter("A pattern is a regular expression, such as (ferry|boat)s?")
    try:
        return checked(pattern)
    except BadPattern as error:
        raise BadFilter(str(error)) from error


def _sayable(kind: Kind, text: str) -> None:
    """Raise ``BadFilter`` where nothing of the text would be compared."""
    match kind:
        case Kind.WORDS:
            blank = [word for word in text.split() if not normal_form(word)]
            if not text or blank:
                signs = f"“{blank[0][:_SHOWN]}” has" if blank else "That has"
                raise BadFilter(f"{signs} no letter and no figure; words are compared by those alone.")
        case Kind.PHRASE:
            if not normal_form(text):
                raise BadFilter("That has no letter and no figure; words are compared by those alone.")
        case Kind.ENTITY:
            if not folded_name(text):
                raise BadFilter("Type the name of a person, an organisation or a place.")
        case _:
            if not folded(text):
                raise BadFilter(f"Type the name of a {kind}.")


def _language(text: str) -> str:
    known = languages()
    wanted = folded(text)
    if wanted in known:
        return wanted
    for code, name in known.items():
        if folded(name) == wanted:
            return code
    raise BadFilter(
        f"“{text[:_SHOWN]}” is no known language. Type its name in English, or its code, such as fr."
    )
