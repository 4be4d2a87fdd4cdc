"""What differs between two texts that share most of their words: an edit of one text, or news in one form.

An editor puts words in, leaves some out and changes one here and there. Two recalls that are written from one
form differ by substitutions: another firm, another product, another day, in the places of the first ones. So
only what stands in the place of something else counts, only where neither side has it anywhere else, and
names, days and what the titles say count more than other words.

Measured by ``python -m tests.quality.forms``.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from bot.analysis.alignment import Change, changes
from bot.analysis.spelling import is_same_number, is_same_word, is_short_for, stands_for
from bot.analysis.terms import rarity
from bot.analysis.tokens import Kind, Token, Wording

DOUBT = 1.0
"""From this weight on a text is not hidden as a copy."""
FORM = 2.0
"""From this weight on, if most of it lies in short runs, two texts are news of one form."""

_LONGEST_SHORT_RUN = 6
_LONG_RUN = 0.5
"""What other words count in a longer run, which is rather a passage than the blank of a form."""
_REWRITTEN_RUN, _MOVED_RUN = 3, 4
_MOST_REWRITTEN, _MOST_REWRITTEN_SHARE = 12, 0.03
"""Words in runs of three and more, in lines that the old text has in part. Of 1,237 copies 2 have more."""
_MOST_SPELLINGS = 2_000
_EDGE_LINES = 2
_LONGEST_EDGE = 14
_EDGE = 0.3
_LONGEST_SLOT = 3
_ELSEWHERE = 0.5
"""What a day or a number counts that the other text has as well, at another place."""
_MOST_SHOWN = 8
_LONGEST_SHOWN = 80


class Detail(StrEnum):
    """What kind of thing was replaced."""

    DAY = "day"
    NAME = "name"
    NUMBER = "number"
    TITLE = "title"
    """Words that the one title says, by words that the other says."""
    WORD = "word"


_DETAILS = ((Detail.DAY, Kind.DAY), (Detail.NAME, Kind.NAME), (Detail.NUMBER, Kind.NUMBER))
_WEIGHTS = {Detail.DAY: 1.0, Detail.NAME: 1.0, Detail.NUMBER: 0.6, Detail.TITLE: 1.0, Detail.WORD: 0.5}
_LEAD = 1.6
"""How much more a word counts in the first paragraph, where the news is."""
_SURE = 0.6
_NOUN = 0.5
"""Weight of a name in German, where every noun has a capital letter."""
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


@dataclass(frozen=True, slots=True)
class Differences:
    """All that was replaced between two texts."""

    substitutions: tuple[Substitution, ...]
    """Each pair of words once, in the order of the text."""
    weight: float
    in_short_runs: float
    """The weight of those that fill a form's blanks, rather than a passage that was written anew."""
    is_rewritten: bool
    """Whether the newer text says much of it in other words."""

    @property
    def is_form(self) -> bool:
        """Whether the two are surely news of one form about different things."""
        return self.in_short_runs >= FORM

    @property
    def is_no_copy(self) -> bool:
        """Whether the newer text may be about something else, or says the same in other words."""
        return self.is_rewritten or self.weight >= DOUBT

    @property
    def is_no_update(self) -> bool:
        """Whether what the two texts share may be a form, and no older version of the newer one."""
        return self.in_short_runs >= DOUBT


def differences(old: Wording, new: Wording, language: str | None) -> Differences:
    """Return what the new text has in the place of something in the old one."""
    changed = [*changes([t.value for t in old.tokens], [t.value for t in new.tokens])]
    found = [*_in_texts(old, new, changed, language), *_in_titles(old, new)]
    best: dict[tuple[str, str], Substitution] = {}
    for one in found:
        pair = one.old.casefold(), one.new.casefold()
        if pair not in best or best[pair].weight < one.weight:
            best[pair] = one
    kept = tuple(best.values())
    weight = sum(one.weight for one in kept)
    in_short_runs = sum(one.weight for one in kept if one.is_short)
    return Differences(
        kept,
        weight,
        in_short_runs,
        is_rewritten=_rewritten(old, new, changed)
        > max(_MOST_REWRITTEN, _MOST_REWRITTEN_SHARE * len(new.tokens)),
    )


def replaces_in_titles(found: Differences, old: Wording, new: Wording) -> bool:
    """Tell whether something that counts was replaced in the titles as well as in the texts."""
    return any(
        one.weight >= DOUBT and _says(old, one.old) and _says(new, one.new) for one in found.substitutions
    )


def _says(wording: Wording, words: str) -> bool:
    return Wording(words, "").title_values <= wording.title_values


def _in_texts(
    old: Wording, new: Wording, changed: Sequence[Change], language: str | None
) -> Iterator[Substitution]:
    edges = _edges(old), _edges(new)
    for change in changed:
        if not change.is_substitution:
            continue
        left, right = old.tokens[change.old], new.tokens[change.new]
        share = _EDGE if _all_in(left, edges[0]) or _all_in(right, edges[1]) else 1.0
        mine = _unknown(left, new.values, right)
        theirs = _unknown(right, old.values, left)
        if mine and theirs and not is_same_name(left, right):
            for detail, one, other, weight in _details(mine, theirs, old, new, language):
                is_loose = detail in {Detail.TITLE, Detail.WORD} and change.length > _LONGEST_SHORT_RUN
                yield _substitution(
                    detail, one, other, weight * share * (_LONG_RUN if is_loose else 1), change
                )
        elif change.length <= _LONGEST_SLOT:
            for detail, one, other, weight in _slots(left, right):
                yield _substitution(detail, one, other, weight * share, change)


def _details(
    left: Sequence[Token], right: Sequence[Token], old: Wording, new: Wording, language: str | None
) -> Iterator[tuple[Detail, Sequence[Token], Sequence[Token], float]]:
    """Yield the kinds of detail that stand on both sides of one substitution, with their weights."""
    found = False
    for detail, kind in _DETAILS:
        one, other = _of_kind(left, kind), _of_kind(right, kind)
        if one and other:
            found = True
            yield detail, one, other, _weight(detail, one, other, language)
    one = [token for token in left if token.value in old.title_values]
    other = [token for token in right if token.value in new.title_values]
    if one and other:
        telling = fmean((_telling(one, language), _telling(other, language)))
        # Beyond English nothing is known of a word but its length; that both titles say it is enough.
        yield Detail.TITLE, one, other, telling if language == "en" or telling < _SURE else 1.0
    one, other = _words(left), _words(right)
    if not found and one and other:
        weight = _WEIGHTS[Detail.WORD] * min(_telling(one, language), _telling(other, language))
        yield Detail.WORD, one, other, weight * (_LEAD if left[0].line == right[0].line == 0 else 1)


def _slots(
    left: Sequence[Token], right: Sequence[Token]
) -> Iterator[tuple[Detail, Sequence[Token], Sequence[Token], float]]:
    """Yield the days and numbers of one place, though one of the texts has the other's somewhere else."""
    for detail, kind in ((Detail.DAY, Kind.DAY), (Detail.NUMBER, Kind.NUMBER)):
        one = [t for t in _of_kind(left, kind) if not any(_is_same(t, same) for same in right)]
        other = [t for t in _of_kind(right, kind) if not any(_is_same(t, same) for same in left)]
        if one and other:
            yield detail, one, other, _WEIGHTS[detail] * _ELSEWHERE


def _weight(detail: Detail, one: Sequence[Token], other: Sequence[Token], language: str | None) -> float:
    if detail is Detail.NUMBER:
        return _WEIGHTS[detail] * min(len(one), len(other))
    return _NOUN if detail is Detail.NAME and language in _CAPITAL_NOUNS else _WEIGHTS[detail]


def _in_titles(old: Wording, new: Wording) -> Iterator[Substitution]:
    """Yield the days and numbers of one title that the other has replaced: other words are a headline's."""
    left_values = [token.value for token in old.title_tokens]
    for change in changes(left_values, [token.value for token in new.title_tokens]):
        left = [t for t in old.title_tokens[change.old] if t.value not in new.values]
        right = [t for t in new.title_tokens[change.new] if t.value not in old.values]
        for detail, kind in ((Detail.DAY, Kind.DAY), (Detail.NUMBER, Kind.NUMBER)):
            one, other = _of_kind(left, kind), _of_kind(right, kind)
            if one and other:
                yield _substitution(detail, one, other, _WEIGHTS[Detail.TITLE], change)


def _rewritten(old: Wording, new: Wording, changed: Sequence[Change]) -> int:
    """Return how many words stand in runs of other words, within lines that are known in part."""
    runs = [
        change
        for change in changed
        if change.is_substitution
        and change.new.stop - change.new.start >= _REWRITTEN_RUN
        and not _is_whole_lines(new.tokens, change.new)
    ]
    if not runs:
        return 0
    values = [token.value for token in (*old.title_tokens, *old.tokens)]
    known = set(zip(*(values[shift:] for shift in range(_MOVED_RUN)), strict=False))
    count = 0
    for change in runs:
        run = new.tokens[change.new]
        other = _without_spellings(run, old.tokens[change.old])
        mine = [token.value for token in run]
        is_moved = any(row in known for row in zip(*(mine[s:] for s in range(_MOVED_RUN)), strict=False))
        count += 0 if is_moved or len(other) < _REWRITTEN_RUN else len(other)
    return count


def _is_whole_lines(tokens: Sequence[Token], run: "slice[int, int, None]") -> bool:
    """Tell whether a run begins where a line does and ends where one does."""
    begins = run.start == 0 or tokens[run.start - 1].line != tokens[run.start].line
    return begins and (run.stop == len(tokens) or tokens[run.stop].line != tokens[run.stop - 1].line)


def _unknown(tokens: Sequence[Token], known: Collection[str], place: Sequence[Token]) -> list[Token]:
    """Return the words that the other text has nowhere, nor another spelling of them at this place."""
    return _without_spellings([token for token in tokens if token.value not in known], place)


def _without_spellings(tokens: Sequence[Token], place: Sequence[Token]) -> list[Token]:
    """Return the words that are no other spelling of one at the place; in a whole passage it is not asked."""
    if len(tokens) * len(place) > _MOST_SPELLINGS:
        return [*tokens]
    return [token for token in tokens if not any(_is_same(token, one) for one in place)]


def _is_same(one: Token, other: Token) -> bool:
    if Kind.NUMBER in {one.kind, other.kind}:
        return one.kind is other.kind and (one.value == other.value or is_same_number(one.shown, other.shown))
    return is_same_word(one.value, other.value) or is_short_for(one.value, other.value)


def is_same_name(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Tell whether one run is short for the other: "UN", "Mr Smith" for "John Smith", "J." for "John"."""
    one, other = [token.value for token in left], [token.value for token in right]
    return stands_for(one, other) or stands_for(other, one)


def _of_kind(tokens: Sequence[Token], kind: Kind) -> list[Token]:
    return [token for token in tokens if token.kind is kind]


def _words(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind in {Kind.WORD, Kind.OPENING, Kind.NAME}]


def _telling(tokens: Sequence[Token], language: str | None) -> float:
    """Return how much the rarest of these words tells, from 0 to 1: "said" tells little, "arson" much."""
    return max(rarity(token.value, language) for token in tokens)


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
