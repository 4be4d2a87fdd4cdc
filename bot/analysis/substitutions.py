"""What stands in the place of what in two texts, and how much it counts.

A word counts if the other text has it nowhere else. A name, a day or a number counts at its place in any
case: a text may list all the firms and all the days below.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from bot.analysis.alignment import Change, changes
from bot.analysis.spelling import is_same_number, is_same_word, is_short_for, stands_for
from bot.analysis.terms import is_unspaced, rarity
from bot.analysis.tokens import Kind, Token, Wording

_LONGEST_SHORT_RUN = 6
_LONG_RUN = 0.5
"""What other words count in a longer run, which is rather a passage than the blank of a form."""
_REWRITTEN_RUN, _MOVED_RUN = 3, 4
_MOST_SPELLINGS = 10_000
"""Pairs of words of two texts that are looked at as spellings of one word, in all."""
_EDGE_LINES = 2
_LONGEST_EDGE = 14
_EDGE = 0.3
_LONGEST_SLOT = 3
_LONGEST_TITLE_SLOT = 2
_ELSEWHERE = 0.5
"""What a day or a number counts that the other text has as well, at another place."""
_LONGEST_SHOWN = 80


class Detail(StrEnum):
    """What kind of thing was replaced."""

    DAY = "day"
    NAME = "name"
    NUMBER = "number"
    TITLE = "title"
    """Words that the one title says, by words that the other says."""
    WORD = "word"


_DETAILS = (
    (Detail.DAY, Kind.DAY),
    (Detail.DAY, Kind.MONTH),
    (Detail.NAME, Kind.NAME),
    (Detail.NUMBER, Kind.NUMBER),
)
_WEIGHTS = {Detail.DAY: 1.0, Detail.NAME: 1.0, Detail.NUMBER: 0.6, Detail.TITLE: 1.0, Detail.WORD: 0.5}
_LEAD = 1.8
"""How much more a word counts in the first paragraph, where the news is."""
_SURE = 0.6
_NOUN = 0.75
"""Weight of a name in German, where every noun has a capital letter."""
_BEFORE_NAMES = frozenset("herr herrn frau in aus bei nach zwischen".split())
"""Words that stand directly before a name, and before a noun mostly with its article."""
_CAPITAL_NOUNS = frozenset({"de", "lb"})


@dataclass(frozen=True, slots=True)
class Substitution:
    """Words that stand in the place of others."""

    detail: Detail
    old: str
    """The words as they stand in the old text, cut to 80 characters."""
    new: str
    weight: float
    is_short: bool
    """Whether the run is of at most six words, as the blanks of a form are."""


type _Found = tuple[Detail, Sequence[Token], Sequence[Token], float]
"""A detail with the words on both sides and its weight."""


class Pair:
    """Two texts, with a bound on how many words of them are compared as spellings."""

    def __init__(self, old: Wording, new: Wording, language: str | None) -> None:
        self._old = old
        self._new = new
        self._language = language
        self._spellings_left = _MOST_SPELLINGS

    def in_texts(self, changed: Sequence[Change]) -> Iterator[Substitution]:
        """Yield what stands in the place of something else in the two texts."""
        edges = _edges(self._old), _edges(self._new)
        for change in changed:
            if not change.is_substitution:
                continue
            left, right = self._old.tokens[change.old], self._new.tokens[change.new]
            share = _EDGE if _all_in(left, edges[0]) or _all_in(right, edges[1]) else 1.0
            for detail, one, other, weight in self._of_change(change, left, right):
                yield _substitution(detail, one, other, weight * share, change)

    def rewritten(self, changed: Sequence[Change]) -> int:
        """Return how many words stand in runs of other words, within lines that are known in part."""
        runs = [
            change
            for change in changed
            if change.is_substitution
            and change.new.stop - change.new.start >= _REWRITTEN_RUN
            and not _is_whole_lines(self._new.tokens, change.new)
        ]
        if not runs:
            return 0
        values = [token.value for token in (*self._old.title_tokens, *self._old.tokens)]
        known = set(zip(*(values[shift:] for shift in range(_MOVED_RUN)), strict=False))
        count = 0
        for change in runs:
            run = self._new.tokens[change.new]
            other = self._without_spellings(run, self._old.tokens[change.old])
            mine = [token.value for token in run]
            is_moved = any(row in known for row in zip(*(mine[s:] for s in range(_MOVED_RUN)), strict=False))
            count += 0 if is_moved or len(other) < _REWRITTEN_RUN else len(other)
        return count

    def _of_change(self, change: Change, left: Sequence[Token], right: Sequence[Token]) -> Iterator[_Found]:
        if _is_same_name(left, right):
            return
        mine = self._unknown(left, self._new.values, right)
        theirs = self._unknown(right, self._old.values, left)
        if mine and theirs:
            before = self._old.tokens[change.old.start - 1].value if change.old.start else ""
            for detail, one, other, weight in self._details(mine, theirs, before):
                is_loose = detail in {Detail.TITLE, Detail.WORD} and change.length > _LONGEST_SHORT_RUN
                yield detail, one, other, weight * (_LONG_RUN if is_loose else 1)
        elif change.length <= _LONGEST_SLOT:
            yield from _slots(left, right)

    def _details(self, left: Sequence[Token], right: Sequence[Token], before: str) -> Iterator[_Found]:
        """Yield the kinds of detail that stand on both sides of one substitution, with their weights."""
        found = False
        for detail, kind in _DETAILS:
            one, other = _of_kind(left, kind), _of_kind(right, kind)
            if one and other:
                found = True
                yield detail, one, other, self._weight(detail, one, other, before)
        one = [token for token in left if token.value in self._old.title_values]
        other = [token for token in right if token.value in self._new.title_values]
        if one and other:
            telling = fmean((self._telling(one), self._telling(other)))
            # Beyond English nothing is known of a word but its length; that both titles say it is enough.
            is_sure = self._language != "en" and telling >= _SURE
            yield Detail.TITLE, one, other, 1.0 if is_sure else telling
        one, other = _words(left), _words(right)
        if not found and one and other:
            weight = _WEIGHTS[Detail.WORD] * min(self._telling(one), self._telling(other))
            is_lead = left[0].line == right[0].line == 0
            if is_lead and weight >= _SURE * _WEIGHTS[Detail.WORD] and _is_uncased(one[0]):
                weight = 1.0 / _LEAD  # no capital letter tells a name from a word there
            yield Detail.WORD, one, other, weight * (_LEAD if is_lead else 1)

    def _weight(self, detail: Detail, one: Sequence[Token], other: Sequence[Token], before: str) -> float:
        if detail is Detail.NUMBER:
            return _WEIGHTS[detail] * min(len(one), len(other))
        is_noun = detail is Detail.NAME and self._language in _CAPITAL_NOUNS and before not in _BEFORE_NAMES
        return _NOUN if is_noun else _WEIGHTS[detail]

    def _telling(self, tokens: Sequence[Token]) -> float:
        """Return how much the rarest of these words tells, from 0 to 1: "said" tells little, "arson" much."""
        if is_unspaced(tokens[0].value):
            return rarity("".join(token.value for token in tokens), self._language)
        return max(rarity(token.value, self._language) for token in tokens)

    def _unknown(
        self, tokens: Sequence[Token], known: Collection[str], place: Sequence[Token]
    ) -> list[Token]:
        """Return the words that the other text has nowhere, nor another spelling of them at this place."""
        return self._without_spellings([token for token in tokens if token.value not in known], place)

    def _without_spellings(self, tokens: Sequence[Token], place: Sequence[Token]) -> list[Token]:
        """Return the words that are no other spelling of one at the place, while there is time to ask."""
        self._spellings_left -= len(tokens) * len(place)
        if self._spellings_left < 0:
            return [*tokens]
        return [token for token in tokens if not any(_is_same(token, one) for one in place)]


def _slots(left: Sequence[Token], right: Sequence[Token]) -> Iterator[_Found]:
    """Yield the details of one place, though one of the texts has the other's somewhere else."""
    for detail, kind in _DETAILS:
        one = [t for t in _of_kind(left, kind) if not any(_is_same(t, same) for same in right)]
        other = [t for t in _of_kind(right, kind) if not any(_is_same(t, same) for same in left)]
        if one and other:
            yield detail, one, other, _WEIGHTS[detail] * (1 if detail is Detail.NAME else _ELSEWHERE)


def in_titles(old: Wording, new: Wording) -> Iterator[Substitution]:
    """Yield the details of one title that the other has replaced: other words are a headline's.

    If one or two words were replaced it does not matter what the texts say besides.
    """
    left_values = [token.value for token in old.title_tokens]
    for change in changes(left_values, [token.value for token in new.title_tokens]):
        left, right = old.title_tokens[change.old], new.title_tokens[change.new]
        if change.length > _LONGEST_TITLE_SLOT:
            left = tuple(t for t in left if t.value not in new.values)
            right = tuple(t for t in right if t.value not in old.values)
        for detail, kind in _DETAILS:
            one = [t for t in _of_kind(left, kind) if _counts_in_title(t, old)]
            other = [t for t in _of_kind(right, kind) if _counts_in_title(t, new)]
            if one and other and not any(_is_same(a, b) for a in one for b in other):
                yield _substitution(detail, one, other, _WEIGHTS[Detail.TITLE], change)


def _counts_in_title(token: Token, wording: Wording) -> bool:
    """Tell whether a title's word is what it looks like: in many titles every word has a capital letter."""
    return token.kind is not Kind.NAME or any(
        one.kind is Kind.NAME and one.value == token.value for one in wording.tokens
    )


def _is_whole_lines(tokens: Sequence[Token], run: "slice[int, int, None]") -> bool:
    """Tell whether a run begins where a line does and ends where one does."""
    begins = run.start == 0 or tokens[run.start - 1].line != tokens[run.start].line
    return begins and (run.stop == len(tokens) or tokens[run.stop].line != tokens[run.stop - 1].line)


def _is_same(one: Token, other: Token) -> bool:
    if Kind.NUMBER in {one.kind, other.kind}:
        return one.kind is other.kind and (one.value == other.value or is_same_number(one.shown, other.shown))
    return is_same_word(one.value, other.value) or is_short_for(one.value, other.value)


def _is_same_name(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Tell whether one run is short for the other: "UN", "Mr Smith" for "John Smith", "J." for "John"."""
    one, other = [token.value for token in left], [token.value for token in right]
    return stands_for(one, other) or stands_for(other, one)


def _of_kind(tokens: Sequence[Token], kind: Kind) -> list[Token]:
    return [token for token in tokens if token.kind is kind]


def _words(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind in {Kind.WORD, Kind.OPENING, Kind.NAME}]


def _is_uncased(token: Token) -> bool:
    """Tell whether a word is of a script without capital letters."""
    return token.value.upper() == token.value.lower()


def _edges(wording: Wording) -> set[int]:
    """Return the short first and last lines that share little with the title: sources and sign-offs."""
    tokens = wording.tokens
    if not tokens:
        return set()
    last, sizes = tokens[-1].line, Counter(token.line for token in tokens)
    return {
        line
        for line, size in sizes.items()
        if (line < _EDGE_LINES or line > last - _EDGE_LINES)
        and size <= min(_LONGEST_EDGE, len(tokens) // 4)
        and sum(t.line == line and len(t.value) > 3 and t.value in wording.title_values for t in tokens) < 2
    }


def _all_in(tokens: Sequence[Token], lines: set[int]) -> bool:
    return all(token.line in lines for token in tokens)


def _substitution(
    detail: Detail, one: Sequence[Token], other: Sequence[Token], weight: float, change: Change
) -> Substitution:
    is_short = change.length <= _LONGEST_SHORT_RUN
    return Substitution(detail, _shown(one), _shown(other), weight, is_short)


def _shown(tokens: Sequence[Token]) -> str:
    return " ".join(token.shown for token in tokens)[:_LONGEST_SHOWN]
