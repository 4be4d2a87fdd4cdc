"""No pattern of the program takes time in the square of what a stranger writes."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import bot
import cogs
import storage
from bot.analysis import leaning

LONG = 100_000
"""A linear pattern takes milliseconds for so many characters, a quadratic one minutes: the test times out."""

BOUNDED = {
    # Searched for in short texts only: the code beside each of them bounds it.
    "bot.analysis.standalone._QUOTED": 1000,
    "bot.analysis.entities.detection._ENDLESS": 100_000,
    "bot.articles.dates._MONTH_DAY": 120,
    "bot.articles.furniture._AGENCY_PHOTO": 160,
    "bot.articles.markup._MARKS[0]": 50_000,
    "bot.articles.markup._MARKS[1]": 50_000,
    "bot.articles.markup._MARKS[2]": 50_000,
    "bot.articles.markup._MARKS[3]": 50_000,
    "bot.articles.markup._TAG": 50_000,
    **dict.fromkeys(
        (
            f"bot.articles.other_texts.{name}"
            for name in ("_ASSIGNED", "_CODE", "_COMMENT", "_ITEM", "_KEYED")
        ),
        300,
    ),
    "bot.news.subscriptions.patterns._BRACES": 200,
}
ANCHORED = frozenset(
    # Tried at the start of a text and nowhere else.
    """
    bot.analysis.boundaries._CAMEL bot.analysis.boundaries._CJK_ATTRIBUTION bot.analysis.boundaries._DOTTED
    bot.analysis.boundaries._INITIAL bot.analysis.boundaries._LOCAL_TIME bot.analysis.sentences._GLUED
    bot.analysis.standalone._DATELINE bot.analysis.standalone._FURNITURE
    bot.analysis.entities.detection._CREDITS bot.analysis.entities.detection._DATELINE
    bot.analysis.entities.mentions._JOINED bot.analysis.entities.names._FIRST_WORD
    bot.articles.about._ADDRESS bot.articles.about._SOURCE bot.articles.byline._BY
    bot.articles.dates._COMPACT bot.articles.front_matter._FENCE bot.articles.front_matter._ITEM
    bot.articles.front_matter._PAIR bot.articles.furniture._CREDIT bot.articles.markup._FEED
    bot.articles.markup._FRONT_MATTER bot.articles.markup._OPENS_AS_HTML
    bot.articles.other_texts._ASSIGNED bot.articles.other_texts._CODE bot.articles.other_texts._COMMENT
    bot.articles.other_texts._ITEM bot.articles.other_texts._KEYED bot.articles.other_texts._LOGGED
    bot.articles.prose._FIGURE bot.articles.prose._WORD bot.articles.signed._SIGNED bot.articles.title._LABEL
    bot.render.post._LINK
    """.split()
)
ALWAYS = (
    "a",
    "A",
    "1",
    " ",
    "\n",
    ".",
    "<",
    '"',
    "'",
    "-",
    "_",
    "*",
    "é",
    "市",
    "a ",
    " a",
    "a.",
    "Aa ",
    "1 ",
    "<a ",
)


def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Return every compiled pattern of the program, by where it stands."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for package in (bot, cogs, storage):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                imported = importlib.import_module(module.name)
                found.update(_written_in_place(imported))
                for name, value in vars(imported).items():
                    found.update(_within(f"{module.name}.{name}", value))
    for language in leaning._PRONOUNS:
        found[f"opener({language})"] = leaning.opener(language)
        if speaks := leaning.pronoun_speaks(language):
            found[f"pronoun_speaks({language})"] = speaks
    # Tables repeat a pattern; once is enough.
    first: dict[re.Pattern[str] | re.Pattern[bytes], str] = {}
    for name, pattern in found.items():
        first.setdefault(pattern, name)
    return {name: pattern for pattern, name in first.items()}


def _written_in_place(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Yield the patterns of calls such as ``re.sub("…", …)``, named by the function and the pattern."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=function),
                args=[ast.Constant(value=str() | bytes() as pattern), *_],
            ) if function != "compile":
                yield f"{function} {pattern!r}", re.compile(pattern)
            case _:
                pass


def _within(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    value = getattr(value, "__self__", value)  # the bound method of a pattern
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, tuple | list):
        for place, item in enumerate(value):
            yield from _within(f"{name}[{place}]", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _within(f"{name}[{key!r}]", item)


PATTERNS = patterns()


def attacks(pattern: re.Pattern[str] | re.Pattern[bytes], length: int) -> Iterator[str]:
    """Yield texts that nearly match again and again: the pattern's own words and signs, and common ones."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = [*re.findall(r"[^\W_]{2,}", source)[:6], *dict.fromkeys(re.findall(r"[^\w\s\\]", source))][:16]
    for unit in dict.fromkeys([*own, *ALWAYS, *(sign + "a" for sign in own), *(sign + " " for sign in own)]):
        yield unit * (length // len(unit)) + "\x01"


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_time_in_proportion(name: str) -> None:
    pattern = PATTERNS[name]
    anchored = name in ANCHORED or name.startswith(("opener", "match", "fullmatch"))
    for text in attacks(pattern, BOUNDED.get(name, LONG)):
        if isinstance(pattern.pattern, bytes):
            tried: list[object] = [pattern.search(text.encode("utf-8"))]
        elif anchored:
            tried = [pattern.match(text), pattern.fullmatch(text)]
        else:
            tried = [pattern.sub("", text), pattern.match(text)]
        assert tried


def test_the_lists_name_patterns_that_are_there() -> None:
    assert set(BOUNDED) | ANCHORED <= set(PATTERNS)
