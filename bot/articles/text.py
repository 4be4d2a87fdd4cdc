"""Small steps on characters and lines that every reader shares."""

import html
import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Soft hyphens, zero-width spaces, fillers of Hangul and Khmer, and marks that turn the direction of what
# follows them. Left in: the zero-width joiners, which Persian and Hindi spell with, and the plain direction
# marks.
_INVISIBLE = re.compile(
    r"[\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_JOINERS = "\u200c\u200d"
_FIRST_JOINING_SCRIPT = "\u0600"

ENDS_OF_SENTENCES = ".!?…。!?｡؟\u06d4।॥።។။"
_CLOSERS = " \"'”’»\u203a)]}」』\uff09】》〉*_"
# Scripts written without spaces: kana, Han, Thai, Lao, Myanmar, Khmer.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORDS = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_LONG = 4000
_MOST_MARKS = 5
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{20,}|[xX][0-9a-fA-F]{20,});?")


def _reordered() -> str:
    """Return the marks that normalising sorts, as ranges of a character class."""
    codes = (code for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    runs = (list(run) for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


# On one letter Hebrew has up to five marks. A million of them would reach over the whole screen, and to
# sort them takes time in the square of their number.
_STACKED = re.compile(rf"([{_reordered()}]{{{_MOST_MARKS}}})[{_reordered()}]+")
# A single range is searched ten times as fast as all of them; in Latin letters there is no such run.
_MAY_BE_STACKED = re.compile(rf"[\u0300-\U0001efff]{{{_MOST_MARKS + 1}}}")
# Most English texts are ASCII but for these.
_TYPOGRAPHIC = "‘’“”–—…\xa0"


def scrub(text: str) -> str:
    """Return the text in NFC, with line feeds as its only line ends and nothing that cannot be seen.

    Of the marks on a letter, the first five stay.
    """
    if _is_clean(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub("", text.replace("\t", " ").replace("\u2800", " "))
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
    if _MAY_BE_STACKED.search(text):
        text = _STACKED.sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


def _is_clean(text: str) -> bool:
    """Tell whether there is nothing to scrub: all is printable ASCII, line feeds and what printers use."""
    for sign in "" if text.isascii() else _TYPOGRAPHIC:
        text = text.replace(sign, " ")
    return text.isascii() and text.replace("\n", " ").isprintable()


def unescape(text: str) -> str:
    """Return the text with its HTML entities replaced; a number too large for any character gives U+FFFD."""
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())


def label(text: str) -> str:
    """Return one line fit for a title or a name: no control, format or direction character is left.

    A zero-width joiner stays only between two letters of a script that spells with it.
    """
    text = one_line(scrub(text))
    if text.isascii():
        return text
    kept = [c for i, c in enumerate(text) if unicodedata.category(c)[0] != "C" or _joins(text, i)]
    return one_line("".join(kept))


def _joins(text: str, place: int) -> bool:
    around = text[max(place - 1, 0) : place + 2]
    return (
        text[place] in _JOINERS
        and len(around) == 3
        and all(c >= _FIRST_JOINING_SCRIPT and unicodedata.category(c)[0] in "LM" for c in around[::2])
    )


def cut(text: str, limit: int) -> str:
    """Return the text if it has at most ``limit`` characters, else its start up to a word's end and "…"."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    # A script without spaces, or one endless word, is cut where the limit falls.
    head = head[:space] if space > limit // 2 else head
    return head.rstrip(" ,;:–—-") + "…"


def width(line: str) -> int:
    """Return how many columns the line takes: two for a wide character. Counts the first 4,000 only."""
    line = line[:_LONG]
    if line.isascii():
        return len(line)
    return len(line) + sum(unicodedata.east_asian_width(c) in "WF" for c in _NOT_ASCII.findall(line))


def ends_a_sentence(line: str) -> bool:
    """Tell whether the line closes with the mark of a sentence's end, in any script that has one."""
    return line.rstrip(_CLOSERS).endswith(tuple(ENDS_OF_SENTENCES))


def words(text: str) -> list[str]:
    """Return the words, folded; where a script has no spaces, pairs of characters stand for words."""
    folded = text.casefold()
    if folded.isascii():
        return _WORDS.findall(folded)
    return list(each_word(text))


def each_word(text: str) -> Iterator[str]:
    """Yield what ``words`` returns, one after the other."""
    for match in _WORDS.finditer(text.casefold()):
        run = match.group()
        if len(run) > 1 and _IS_UNSPACED.match(run):
            yield from (run[i : i + 2] for i in range(len(run) - 1))
        else:
            yield run


def has_words(text: str) -> bool:
    """Tell whether there is a word in the text."""
    return _WORDS.search(text) is not None


def ordered(row: str) -> tuple[str, ...]:
    """Return the words of a text with spaces between them, in order."""
    return tuple(row.split())


def vocabulary(row: str) -> frozenset[str]:
    """Return the words of a text with spaces between them, as a set."""
    return frozenset(row.split())


def unspaced(character: str) -> bool:
    """Tell whether the character belongs to a script that puts no spaces between words."""
    return bool(_IS_UNSPACED.match(character))


def overlap(one: str, other: str) -> float:
    """Return how much of the smaller set of words the two share, from 0 to 1."""
    left, right = set(words(one)), set(words(other))
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0
