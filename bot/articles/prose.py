"""Whether a text holds a sentence of prose, in any script.

A sentence is three words and the mark of its end, or six words of which one is small ("the", "und", "de"), or
twelve words; where words are not spaced, so many letters in a row. Words are letters alone: names of files,
addresses, rows of figures and letters, and what programs write are none. Of 5,985 real texts and pages this
refuses none that was read before.
"""

# ruff: noqa: RUF001 - the letters and marks of other scripts are meant

import re
import unicodedata
from collections.abc import Sequence

from bot.articles.text import ends_a_sentence, one_line, unspaced, vocabulary

_BEGINNING, _LOOK_AT = 150, 1000
_MOST_LINES = 2000
_OPENS, _CLOSES = r"[(\[\"'“‘«„‚‹¿¡—–…*]{0,4}", r"[)\]\"'”’»“›!?.,;:…।۔؟،؛*—–-]{0,5}"
_WORD = re.compile(
    rf"{_OPENS}(?:(?:[^\W\d_]\.){{1,5}}[^\W\d_]?|[^\W\d_]+(?:['’`´·‐–/&-][^\W\d_]+){{0,9}}['’]?){_CLOSES}"
)
_FIGURE = re.compile(
    r"[(\[\"'“$€£¥#~+±-]{0,3}\d[\d.,:%‰°/–-]{0,15}[^\W\d_]{0,4}[)\]\"'”’!?.,;:%…]{0,4}|[–—&·•|*+-]"
)
_ENDS_WITHIN = re.compile(r"[^\W\d_]{2}[.!?…؟।۔][)\"'”’»]{0,2}\s")
# A full stop by itself is no sentence's end: programs name a folder so.
_LONE_STOP = re.compile(r"\s\.\Z")
_FEWEST_TO_AN_END, _FEWEST_WITH_A_SMALL_WORD, _FEWEST = 3, 6, 12
_FEWEST_OF_VERSE, _SMALL_OF_VERSE, _LOWER_OF_VERSE = 10, 0.15, 0.5
_UNSPACED_RUN = re.compile(r"[^\W\d_\u0000-\u0dff]+")
_FEWEST_LETTERS_TO_AN_END, _FEWEST_LETTERS_HAN, _FEWEST_LETTERS = 4, 9, 16
_HAN = "\u3000"
# The commonest words of the languages that news is often written in.
_SMALL = vocabulary(
    """
    the a an of and to in is are was were be been has have had it that on for with as at by from not this
    he she they we his her its their will would after before who which but or
    der die das den dem des ein eine einen einem einer und ist sind war im am zu mit von für auf nicht sich
    auch nach bei aus wird werden hat haben er sie es
    le la les un une du des et est sont a ont dans en au aux pour par sur que qui ne pas il elle
    el los las una y es son se del al por con para su lo
    o os as um uma e é são do da dos das no na em não mais
    il lo gli i di che è sono nel della dei per non con si
    de het een en van zijn op te dat met voor niet
    och att det som är på av för till med den inte og at er på til ikke
    i w na się z do nie jest że a je v se že
    в и на не что с по из к за у от о
    ve bir bu için ile da de
    yang dan di ini untuk dengan của và là các có
    """
)


def has_sentence(lines: Sequence[str]) -> bool:
    """Tell whether one of the lines is or holds a sentence, or all of them together are a verse."""
    return any(map(is_sentence, lines)) or _is_verse(lines)


def is_sentence(line: str) -> bool:
    """Tell whether the line is or holds a sentence of prose."""
    if opens_as_prose(line):
        return True
    line = line[:_LOOK_AT]
    # Marks on letters, as Hindi and Thai write them, are no letters for patterns.
    return _is_spaced_sentence(line) or (not line.isascii() and _is_sentence_of_letters(_without_marks(line)))


def opens_as_prose(line: str) -> bool:
    """Tell whether the line begins with twelve words of letters alone: most paragraphs do, at little cost."""
    pieces = line[:_BEGINNING].split()
    return sum(map(str.isalpha, pieces)) >= max(_FEWEST, 2 * len(pieces) // 3)


def _is_sentence_of_letters(line: str) -> bool:
    return _is_spaced_sentence(line) or _is_unspaced_sentence(line)


def _without_marks(line: str) -> str:
    return "".join(c for c in line if unicodedata.category(c) not in {"Mn", "Mc", "Cf"})


def _is_spaced_sentence(line: str) -> bool:
    words, odd = _counted(line)
    if len(words) < _FEWEST_TO_AN_END or odd * 2 > len(words):
        return False
    if (ends_a_sentence(line) and not _LONE_STOP.search(line)) or _ENDS_WITHIN.search(line):
        return True
    # Small words are known for some languages only; scripts without capitals have none in the list.
    is_known = len(words) >= _FEWEST or line.lower() == line.upper() or any(map(_is_small, words))
    return len(words) >= _FEWEST_WITH_A_SMALL_WORD and is_known


def _counted(line: str) -> tuple[list[str], int]:
    """Return the words of a line, and how many of its other pieces are no figures."""
    pieces = line.split()
    words = [piece for piece in pieces if _WORD.fullmatch(piece)]
    if len(words) == len(pieces):
        return words, 0
    return words, sum(not (_WORD.fullmatch(piece) or _FIGURE.fullmatch(piece)) for piece in pieces)


def _is_small(word: str) -> bool:
    return word.strip("()[]\"'“”‘’«»„.,;:!?…").casefold() in _SMALL


def _is_unspaced_sentence(line: str) -> bool:
    runs = [run for run in _UNSPACED_RUN.findall(line) if any(map(unspaced, run))]
    longest = max(map(len, runs), default=0)
    if ends_a_sentence(line):
        return longest >= _FEWEST_LETTERS_TO_AN_END
    han = max((len(run) for run in runs if run[0] > _HAN), default=0)
    return han >= _FEWEST_LETTERS_HAN or longest >= _FEWEST_LETTERS


def _is_verse(lines: Sequence[str]) -> bool:
    """Tell whether short lines together run on as prose does; a menu has capitals and few small words."""
    words, odd = _counted(one_line(" ".join(lines[:_MOST_LINES]))[:_LOOK_AT])
    small = sum(map(_is_small, words))
    lower = sum(word[:1].islower() for word in words)
    return (
        len(words) >= _FEWEST_OF_VERSE
        and odd * 4 <= len(words)
        and small >= _SMALL_OF_VERSE * len(words)
        and lower >= _LOWER_OF_VERSE * len(words)
    )
