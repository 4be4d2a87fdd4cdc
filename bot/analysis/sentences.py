# ruff: noqa: RUF001  # quotes of every script
"""Where sentences end, in any language: nupunkt, corrected by :mod:`bot.analysis.boundaries`."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, count

import nupunkt
from nupunkt.core import tokens

from bot.analysis.boundaries import BLANKS, CLOSERS, STOPS, WIDE_STOPS, Gap, ends_sentence

_PIECE = re.compile(rf"[^\s{WIDE_STOPS}]*[{WIDE_STOPS}]+[\"'”’»）)】」』》〉]*|[^\s{WIDE_STOPS}]+")
"""No blank need follow a wide stop, so a quote after it counts only if it cannot open the next sentence."""
_BETWEEN_BLANKS = re.compile(r"\S+")
_GLUED = re.compile(r"[^\W\d_]{2,}[.!?][\"”’]?(?=(?:[A-Z][a-z]+[,;:]?|[AI])$)")
"""A missing blank: "left.She". Neither "Ph.D." nor "Amazon.com" nor an address looks like that."""
_UNUSUAL = re.compile(rf"[{WIDE_STOPS}]|(?<!\S)[\"»›”«‹“](?!\S)|(?<=[^\W\d_])[.!?][\"”’]?(?=[A-Z])")
"""Where a piece may be other than what stands between blanks."""
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]")
_SPACELESS = re.compile(r"[\u0e00-\u0eff]")
_ENDS = frozenset(STOPS)
_TAIL = CLOSERS + BLANKS

_LONGEST_PIECE = 40
"""nupunkt takes quadratic time for "!!!…", "."."…" and blanks: 11 s for 80,000 of them. So it is shown single
blanks, and of a longer piece its end alone; in news only addresses are longer."""
_THAI_SENTENCE = 60
"""Characters. Thai and Lao have no full stop but a blank after a clause: clauses are joined to a sentence."""
_SAMPLE = 400
"""Characters that tell the script of a paragraph."""
_FORGETS_AFTER = 500
"""Paragraphs after which nupunkt forgets what it has seen. It remembers tens of thousands of words and word
pairs otherwise, some 40 MB in the end in each worker; to forget costs 0.02 ms an article."""

_paragraphs = count(1)

type _Span = tuple[int, int]


def sentences(paragraph: str, language: str | None) -> list[str]:
    """Return the sentences of one paragraph.

    Each is an exact part of it, in order, without blanks at its ends, and between two are only blanks. The
    time grows with the length alone: about half a second for a million characters.

    ``language`` is ISO 639-1. An unknown one, or one without rules of its own, is split like English with the
    full stops of every script. The opinion on abbreviations is nupunkt's
    (https://github.com/alea-institute/nupunkt).
    """
    pieces = list(_pieces(paragraph))
    if not pieces:
        return []
    if _is_spaceless(paragraph):
        ends = _clause_ends(paragraph, pieces)
    else:
        ends = _sentence_ends(paragraph, pieces, language or "en")
    starts = [0, *(end + 1 for end in ends)]
    return [
        paragraph[pieces[start][0] : pieces[end][1]]
        for start, end in zip(starts, [*ends, len(pieces) - 1], strict=True)
    ]


def _pieces(paragraph: str) -> Iterator[_Span]:
    """Yield the words, cut after wide stops and where a blank is missing, with quotes that stand apart."""
    held: _Span | None = None
    within_quotes = False
    if not _UNUSUAL.search(paragraph):
        yield from (match.span() for match in _BETWEEN_BLANKS.finditer(paragraph))
        return
    for match in _PIECE.finditer(paragraph):
        start, end = match.span()
        word = match[0]
        if held and word.isalpha() and held[1] - held[0] > 1:
            yield held
            held = (start, end)
            continue
        alone = end - start == 1
        closes = alone and (word in "»›”" or (word == '"' and within_quotes))
        if held and (closes or (held[1] - held[0] == 1 and _opens_alone(paragraph[held[0]], within_quotes))):
            held = (held[0], end)
        else:
            if held:
                yield held
            glued = _GLUED.match(word) if end - start <= _LONGEST_PIECE else None
            if glued:
                yield (start, start + glued.end())
                start += glued.end()
            held = (start, end)
        within_quotes ^= word.count('"') % 2 == 1
    if held:
        yield held


def _opens_alone(sign: str, within_quotes: bool) -> bool:
    return sign in "«‹“" or (sign == '"' and within_quotes)


def _sentence_ends(paragraph: str, pieces: list[_Span], language: str) -> list[int]:
    """Return the pieces that end a sentence, but for the last one."""
    words = [paragraph[start:end][-_LONGEST_PIECE:] for start, end in pieces]
    candidates = [
        place
        for place, word in enumerate(words[:-1])
        if not word[-1].isalnum() and word.rstrip(_TAIL)[-1:] in _ENDS
    ]
    if not candidates:
        return []
    model: set[int] | None = None
    cased = _CAPITAL.search(paragraph) is not None
    ends = []
    for place in candidates:
        start, end = pieces[place + 1]
        gap = Gap(
            before=words[place - 1] if place else "",
            left=words[place],
            right=paragraph[start : min(end, start + _LONGEST_PIECE)],
            following=" ".join(words[place + 2 : place + 4]),
            language=language,
            cased=cased,
        )
        ends_here = ends_sentence(gap)
        if ends_here is None:
            # It takes as long as all else here, and in news the rules decide nine gaps of ten.
            model = _model_ends(words) if model is None else model
            ends_here = place in model
        if ends_here:
            ends.append(place)
    return ends


def _model_ends(words: list[str]) -> set[int]:
    """Return the places of the words that end a sentence in nupunkt's opinion."""
    if next(_paragraphs) % _FORGETS_AFTER == 0:
        _forget_words()
    word_ends = list(accumulate((len(word) + 1 for word in words), initial=-1))[1:]
    return {bisect_left(word_ends, end) for _, end in nupunkt.sentence_spans(" ".join(words))}


def _forget_words() -> None:
    nupunkt.load("default").clear_decision_cache()
    tokens._derived_cache.clear()  # noqa: SLF001 (it can be emptied in no other way)
    for function in vars(tokens).values():
        if hasattr(function, "cache_clear"):
            function.cache_clear()


def _is_spaceless(paragraph: str) -> bool:
    sample = paragraph[:_SAMPLE]
    return len(_SPACELESS.findall(sample)) * 2 > sum(map(str.isalpha, sample))


def _clause_ends(paragraph: str, pieces: list[_Span]) -> list[int]:
    """Return the ends in Thai and Lao: a stop, or a blank after enough text that stands beside no number."""
    ends: list[int] = []
    start = pieces[0][0]
    for place, (_, end) in enumerate(pieces[:-1]):
        sign, following = paragraph[end - 1], paragraph[pieces[place + 1][0]]
        stopped = sign in _ENDS and not following.isdigit()
        if stopped or (end - start >= _THAI_SENTENCE and not (sign.isdigit() or following.isdigit())):
            ends.append(place)
            start = pieces[place + 1][0]
    return ends
