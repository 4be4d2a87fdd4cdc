# ruff: noqa: RUF001  # signs that look like others are what this is about
"""The words of a text one by one, each with what kind of detail it is: a name, a day, a number.

``fingerprint.normal_form`` forgets case and the signs within numbers. Here they tell a name from a word and
"4,774.86" from three numbers.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.analysis.letters import MARKS, UNSPACED
from bot.analysis.number_words import is_relative_day, number_word
from bot.articles.month_names import is_inflected_weekday, is_weekday, month

_LETTER = rf"(?![{UNSPACED}])[^\W\d_]"
_TOKEN = re.compile(
    rf"\d+(?:[.,:'’]\d+)*|[{UNSPACED}][{MARKS}]*|{_LETTER}(?:{_LETTER}|[{MARKS}]|['’](?=[^\W\d_]))*"
)
_KANA = re.compile(r"[\u3041-\u30ff]").search
_RUN = re.compile(
    r"\d+(?:[.,:]\d+)*|[\u4e00-\u9fff々ヶ〇]+|[\u30a1-\u30fa\u30fc]+|[\u3041-\u3096]+|[A-Za-z]+"
)
"""Words of a Japanese line, nearly: its particles are in another script than what they stand behind."""
_ASCII_TOKEN = re.compile(r"\d+(?:[.,:']\d+)*|[A-Za-z]+(?:'[A-Za-z]+)*")
"""The same in a line of ASCII: a simpler pattern, as most words are read with it."""
_BREAK = re.compile(r"[.!?:;…\"“„«»(*•|]")
"""What a sentence or a quotation may begin after: a capital letter there makes no name."""
_DATELINE = re.compile(
    r"[^.!?]{2,60}?(?:\s[-–—]{1,2}\s|\.[-–—]+\s|\)\s*[:–—-]\s*)|\S[^.!?]{1,40}\s\([^()]{2,20}\)\s"
)
_FAR_EASTERN_DAY = re.compile(r"[月火水木金土日]曜日?").fullmatch
_MOST_TOKENS = 4_000
"""A form shows in fewer words."""
_LONGEST = 64
"""Letters of a word that are looked at."""
_WORDS_KEPT = 8_192
"""Words whose kinds are remembered: those of several texts."""
_LEAST_BEHIND_A_DATELINE = 60
_LINES_WITH_A_DATELINE = 2
_POSSESSIVE = "'s"
_SHORTEST_LOWER_CASE_DAY = 5
"""Letters. "mar", "sun" and "sat" in lower case are words; "lundi" and "enero" are days."""
_ENGLISH_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday "
    "mon tue tues wed thu thur thurs fri sat sun".split()
)


class Kind(Enum):
    """What kind of detail a word is."""

    WORD = auto()
    NAME = auto()
    OPENING = auto()
    """A word with a capital letter at the beginning of a sentence: a name, or not."""
    NUMBER = auto()
    DAY = auto()
    """A day of the week."""
    MONTH = auto()
    RELATIVE_DAY = auto()


class Token(NamedTuple):
    """A word or a number of a text. A named tuple, as one is made for each word."""

    shown: str
    """As it stands in the text."""
    value: str
    """What is compared: folded, without accents; a number as its digits."""
    kind: Kind
    line: int
    """Which line it stands in, from 0."""


@dataclass(frozen=True)
class Wording:
    """The words of an article's title and text, made when they are first asked for."""

    title: str
    text: str

    @cached_property
    def title_tokens(self) -> tuple[Token, ...]:
        """The words of the title."""
        return tuple(_tokens([self.title]))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the text, without what stands before a dateline's dash; at most 4,000."""
        lines = [line for line in self.text.split("\n") if line.strip()]
        return _named(_tokens(_without_datelines(lines)), self.title_tokens)

    @cached_property
    def values(self) -> frozenset[str]:
        """What text and title say, as a set."""
        return frozenset(token.value for token in (*self.tokens, *self.title_tokens))

    @cached_property
    def title_values(self) -> frozenset[str]:
        """What the title says, as a set."""
        return frozenset(token.value for token in self.title_tokens)


def folded(word: str) -> str:
    """Return a word without case, accents and the ending of an English possessive."""
    if word.isascii():
        word = word.lower()
    else:
        plain = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
        word = "".join(sign for sign in plain if not unicodedata.combining(sign)) or word
    return word[:-2] if word.endswith(_POSSESSIVE) else word.rstrip("'")


def _without_datelines(lines: list[str]) -> list[str]:
    """Return the lines without the place and the agency that the first ones may begin with."""
    for place, line in enumerate(lines[:_LINES_WITH_A_DATELINE]):
        found = _DATELINE.match(line)
        if found and len(line) - found.end() >= _LEAST_BEHIND_A_DATELINE:
            lines[place] = line[found.end() :]
    return lines


def _tokens(lines: Iterable[str]) -> list[Token]:
    found: list[Token] = []
    for number, line in enumerate(lines):
        end = 0
        for match in _pattern(line).finditer(line):
            shown = match.group()
            if shown[0].isdecimal():
                found.append(_number(shown, number))
            else:
                value, kind = _word(shown[:_LONGEST])
                # Only a capital letter needs to know whether a sentence begins there.
                if kind is Kind.NAME and (not end or _BREAK.search(line, end, match.start())):
                    kind = Kind.OPENING
                found.append(Token(shown, value, kind, number))
            end = match.end()
            if len(found) == _MOST_TOKENS:
                return found
    return found


def _pattern(line: str) -> re.Pattern[str]:
    if line.isascii():
        return _ASCII_TOKEN
    return _RUN if _KANA(line) else _TOKEN


def _number(shown: str, line: int) -> Token:
    plain = unicodedata.normalize("NFKC", shown)
    digits = "".join(filter(str.isdecimal, plain))
    return Token(plain, digits.lstrip("0") or "0", Kind.NUMBER, line)


@lru_cache(_WORDS_KEPT)
def _word(shown: str) -> tuple[str, Kind]:
    """Return what is compared of a word, and its kind within a sentence."""
    lower = shown.casefold().replace("’", "'")
    number = number_word(lower)
    if number is not None:
        return number, Kind.NUMBER
    is_capital = shown[0].isupper()
    if is_relative_day(lower):
        return folded(shown), Kind.RELATIVE_DAY
    if _FAR_EASTERN_DAY(shown):
        return folded(shown), Kind.DAY
    if is_capital or len(lower) >= _SHORTEST_LOWER_CASE_DAY:
        if lower in _ENGLISH_DAYS or is_weekday(lower) or is_inflected_weekday(lower):
            return folded(shown), Kind.DAY
        if month(lower) is not None:
            return folded(shown), Kind.MONTH
    return folded(shown), Kind.NAME if is_capital else Kind.WORD


def _named(tokens: list[Token], title: Iterable[Token]) -> tuple[Token, ...]:
    """Return the tokens with those at a sentence's beginning as names or words, if the rest of them tells."""
    names = {token.value for token in (*tokens, *title) if token.kind is Kind.NAME}
    words = {token.value for token in tokens if token.kind is Kind.WORD}
    # "Falk Foods is …": the first of two words with a capital letter is a name as the second is.
    names.update(
        one.value
        for one, behind in pairwise(tokens)
        if one.kind is Kind.OPENING and behind.kind is Kind.NAME and one.line == behind.line
    )
    return tuple(_decided(token, names, words) if token.kind is Kind.OPENING else token for token in tokens)


def _decided(token: Token, names: set[str], words: set[str]) -> Token:
    if token.value in words:
        return token._replace(kind=Kind.WORD)
    return token._replace(kind=Kind.NAME) if token.value in names else token
