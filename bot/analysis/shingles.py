"""A text as the set of its shingles: what is kept of it, so that it can be compared when its body is gone.

A shingle is three words of the normal form in a row (Broder, "On the resemblance and containment of
documents", 1997). Of scripts without blanks it is four characters (Han, kana) or six (Thai, Lao, Burmese,
Khmer): on 240 Chinese and Japanese texts, copies with 12 % of their words changed are the same text in 95 of
100 cases, with six characters in 60, and texts that have nothing to do with each other stay apart.
"""

import hashlib
import re
import struct
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import accumulate, chain
from operator import sub

from bot.analysis.fingerprint import normal_form
from bot.analysis.letters import UNSPACED

INDEXED = 24
"""So many of the smallest hashes lead from a new text to the old ones that it may be a copy of."""
HASH_BITS = 48
"""SQLite keeps such a number in six bytes. A million articles share an indexed hash by chance in one look-up
of ten million."""
KEY_BITS = 18
"""Bits of a hash that a comparison looks at: two texts of 500 words share a key by chance in one of 500, the
longest in one of 26. 500 keys take 690 bytes this way, 810 with 20 bits, which decide nothing better on the
reference pairs; with 17 a wrong copy is found."""
MOST_WORDS = 10_000
"""Words of the normal form that count; what stands behind them is not compared."""

_QUARTERS = 4
_SHINGLE = 12
_WORDS_OF_A_SHINGLE = 3
_LEAD_WORDS = 80
_LEAD_KEYS = 16
_MOST_NUMBERS = 24
_EDGE_LINES = (3, 4)
_LONGEST_EDGE = 60
_HEAD = struct.Struct("<BHHBB")
_VERSION, _WITH_20_BITS = 2, 1
_UNSPACED = re.compile(f"[{UNSPACED}]").match
_ANY_UNSPACED = re.compile(f"[{UNSPACED}]").search
_FIRST_OF_THE_FAR_EAST = "\u3000"
_KEY = (1 << KEY_BITS) - 1


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text for comparison."""

    words: int
    """Length of the body in words, rounded up; at most 65,535."""
    keys: tuple[int, ...]
    """Of all shingles of title and body, ``KEY_BITS`` each, ascending: a set would take longer to make."""
    lead: frozenset[int]
    """Sixteen of the keys that the body begins with."""
    numbers: frozenset[tuple[int, int]]
    """Hashes of 16 bits: of the words on both sides of a number, and of the number. At most 24 places."""


@dataclass(frozen=True, slots=True)
class Shingled:
    """A text that has just been read: its fingerprint, and its words in their order."""

    fingerprint: Fingerprint
    keys: frozenset[int]
    """Those of the fingerprint as a set, in which others are looked up."""
    order: array[int]
    """The key of each shingle of the body, by the place of its first word."""
    stops: array[int]
    """The place behind its last word."""
    index: tuple[int, ...]
    """The smallest hashes, at most 24, of ``HASH_BITS`` each."""
    title: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    """The words of each paragraph."""
    ignored: frozenset[int] = frozenset()
    """The keys of lines that do not count."""

    @property
    def edges(self) -> dict[int, int]:
        """The hashes of the first and last lines, where mastheads and sign-offs stand, with their places."""
        first, last = _EDGE_LINES
        count = len(self.lines)
        places = {*range(min(first, count)), *range(max(count - last, 0), count)}
        return {_hash(line): i for i in sorted(places) if 0 < len(line := self.lines[i]) <= _LONGEST_EDGE}


def shingled(title: str, text: str) -> Shingled:
    """Return the shingles of an article. ``text`` has one paragraph a line."""
    lines = [tuple(normal_form(line).split()) for line in text.split("\n")]
    return _shingled(tuple(normal_form(title).split()), tuple(_first_words(filter(None, lines))))


def without(text: Shingled, lines: Collection[int]) -> Shingled:
    """Return the text without those of its first and last lines that have one of these hashes.

    A text of nothing else is returned as it is. The index stays, as it stays in the history.
    """
    left_out = {place for hash_, place in text.edges.items() if hash_ in lines}
    if not left_out or len(left_out) == len(text.lines):
        return text
    kept = _shingled(text.title, tuple(line for i, line in enumerate(text.lines) if i not in left_out))
    ignored = frozenset(key for i in left_out for key in _keys(text.lines[i]))
    return replace(kept, index=text.index, ignored=ignored - kept.keys)


def is_only(text: Shingled, lines: Collection[int]) -> bool:
    """Tell whether a text is nothing but first and last lines that have one of these hashes."""
    return bool(text.lines) and len({place for hash_, place in text.edges.items() if hash_ in lines}) == len(
        text.lines
    )


def positions(words: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return each shingle as its hash, the place of its first word and the place behind its last.

    The first has the first place, and so on. Words that are too few for one are one shingle all the same.
    """
    if not _has_unspaced(words) and len(words) >= _WORDS_OF_A_SHINGLE:
        runs = enumerate(zip(words, words[1:], words[2:], strict=False))
        return [(_hash(run), start, start + _WORDS_OF_A_SHINGLE) for start, run in runs]
    sizes = [_twelfths(word) for word in words]
    ends = [0, *accumulate(sizes)]
    found: list[tuple[int, int, int]] = []
    stop = 0
    for start in range(len(words)):
        while stop < len(words) and ends[stop] - ends[start] < _SHINGLE:
            stop += 1
        if ends[stop] - ends[start] < _SHINGLE and found:
            break
        found.append((_hash(words[start:stop]), start, stop))
        if ends[stop] - ends[start] < _SHINGLE:
            break
    return found


def key_of(hash_: int) -> int:
    """Return the part of a shingle's hash that comparisons look at."""
    return hash_ & _KEY


def quarters(word: str) -> int:
    """Return how much a word of the normal form counts towards a length, in quarters of a word."""
    if word.isascii() or not _UNSPACED(word):
        return _QUARTERS
    return 2 if word >= _FIRST_OF_THE_FAR_EAST else 1


def _twelfths(word: str) -> int:
    """Return how much of a shingle a word of the normal form is, in twelfths."""
    count = quarters(word)
    return count if count == _QUARTERS else count + 1


def _has_unspaced(words: Sequence[str]) -> bool:
    """Tell whether any of the words may be of a script without blanks."""
    joined = "".join(words)
    return not joined.isascii() and _ANY_UNSPACED(joined) is not None


def length(words: Sequence[str]) -> int:
    """Return how many words these are, rounded up."""
    if not _has_unspaced(words):
        return len(words)
    return -(-sum(map(quarters, words)) // _QUARTERS)


def pack(fingerprint: Fingerprint) -> bytes:
    """Return the fingerprint as bytes for the history: about 1.5 a word, 50 for a text of ten words."""
    keys = fingerprint.keys
    steps = array("I", map(sub, keys, (0, *keys))).tobytes()
    lead = array("H", (bisect_left(keys, key) for key in sorted(fingerprint.lead)))
    numbers = array("H", chain.from_iterable(sorted(fingerprint.numbers)))
    head = _HEAD.pack(_VERSION, fingerprint.words, len(keys), len(lead), len(numbers) // 2)
    # The low bytes of the steps are noise; the others are small, or all naught, and shrink to their entropy.
    # Runs need no window: with the usual one, most of the time goes into making it.
    high = zlib.compressobj(9, zlib.DEFLATED, -9, 7, zlib.Z_RLE)
    tail = high.compress(steps[1::4] + steps[2::4]) + high.flush()
    return b"".join((head, steps[::4], lead.tobytes(), numbers.tobytes(), tail))


def unpack(data: bytes) -> Fingerprint:
    """Return the fingerprint in these bytes. Raises ``ValueError`` where they are none."""
    try:
        version, words, count, leads, places = _HEAD.unpack_from(data)
        stops = [*accumulate((_HEAD.size, count, 2 * leads, 4 * places))]
        high = zlib.decompress(data[stops[3] :], -15, 2 * count + 1)
    except (struct.error, zlib.error) as error:
        raise ValueError("these bytes are no fingerprint") from error
    if version not in {_VERSION, _WITH_20_BITS} or len(high) != 2 * count:
        raise ValueError("these bytes are no fingerprint of this version")
    steps = bytearray(4 * count)
    steps[::4] = data[stops[0] : stops[1]]
    steps[1::4], steps[2::4] = high[:count], high[count:]
    keys = tuple(accumulate(array("I", bytes(steps)).tolist()))
    lead = array("H", data[stops[1] : stops[2]])
    numbers = array("H", data[stops[2] : stops[3]])
    first = frozenset(keys[place] for place in lead)
    if version == _WITH_20_BITS:
        keys, first = tuple(sorted({*map(key_of, keys)})), frozenset(map(key_of, first))
    return Fingerprint(words, keys, first, frozenset(zip(numbers[::2], numbers[1::2], strict=True)))


def _shingled(title: tuple[str, ...], lines: tuple[tuple[str, ...], ...]) -> Shingled:
    body = [*chain.from_iterable(lines)]
    found = positions(body)
    hashes = {hash_ for hash_, _, _ in chain(positions(title), found)}
    lead = {key_of(hash_) for hash_, _, stop in found if stop <= _LEAD_WORDS}
    keys = frozenset(map(key_of, hashes))
    return Shingled(
        fingerprint=Fingerprint(
            words=min(length(body), 0xFFFF),
            keys=tuple(sorted(keys)),
            lead=frozenset(nsmallest(_LEAD_KEYS, lead)),
            numbers=_numbers(body),
        ),
        keys=keys,
        order=array("I", [key_of(hash_) for hash_, _, _ in found]),
        stops=array("H", [stop for _, _, stop in found]),
        index=tuple(nsmallest(INDEXED, hashes)),
        title=title,
        lines=lines,
    )


def _keys(words: Sequence[str]) -> set[int]:
    return {key_of(hash_) for hash_, _, _ in positions(words)}


def _first_words(lines: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    left = MOST_WORDS
    for line in lines:
        if not left:
            return
        yield line[:left]
        left -= len(line[:left])


def _numbers(words: Sequence[str]) -> frozenset[tuple[int, int]]:
    """Return the numbers with the words around them: the form of a weather report is in these places.

    Of many places those with the smallest hashes are kept: the same ones in every text of one form.
    """
    found: dict[int, set[int]] = {}
    place = 0
    while place < len(words):
        stop = place
        while stop < len(words) and _has_digit(words[stop]):
            stop += 1
        if stop > place:
            around = (*words[max(place - 1, 0) : place], "#", *words[stop : stop + 1])
            # "4,774.86" is three words of the normal form and one number.
            found.setdefault(_hash(around) & 0xFFFF, set()).add(_hash(words[place:stop]) & 0xFFFF)
        place = stop + 1
    kept = nsmallest(_MOST_NUMBERS, found)
    return frozenset((around, min(found[around])) for around in kept)


def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(map(str.isdigit, word))


def _hash(words: Sequence[str]) -> int:
    data = " ".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=HASH_BITS // 8).digest())
