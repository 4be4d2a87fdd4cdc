"""What is kept of a text's details when its body is removed: enough to see that other news is no copy of it.

Without the words around them it cannot be told what stands in the place of what. So any name or day on each
side that the other has not counts: a copy may rather be posted once more than other news be hidden. In a
script without capital letters there are no names to see; of such a text the words are kept.
"""

import hashlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from bot.analysis.differences import DOUBT, Differences
from bot.analysis.substitutions import Detail, Substitution
from bot.analysis.tokens import Kind, Wording

_MOST = 60
"""Details of a text that are kept, the smallest hashes; four bytes each."""
_KINDS = {Kind.NAME: Detail.NAME, Kind.DAY: Detail.DAY, Kind.MONTH: Detail.DAY, Kind.NUMBER: Detail.NUMBER}
_FEWEST_NUMBERS = 2


@dataclass(frozen=True, slots=True)
class Details:
    """The names, days and numbers of a text, as hashes of 32 bits."""

    hashes: frozenset[int]
    is_whole: bool
    """Whether there were no more than are kept."""


def details_of(wording: Wording) -> Details:
    """Return what is kept of a text."""
    hashes = sorted({_hash(token.value) for token in wording.tokens if token.kind in _kinds(wording)})
    return Details(frozenset(hashes[:_MOST]), len(hashes) <= _MOST)


def pack_details(details: Details) -> bytes:
    """Return the details as bytes for the history: four each, and one."""
    return bytes([details.is_whole]) + array("I", sorted(details.hashes)).tobytes()


def unpack_details(data: bytes) -> Details:
    """Return the details in these bytes. Raises ``ValueError`` if they are none."""
    if len(data) % 4 != 1:
        raise ValueError("these bytes are no details")
    return Details(frozenset(array("I", data[1:])), bool(data[0]))


def differences_from(old: Details, new: Wording) -> Differences:
    """Return what a text may have replaced of another one, of which only the details are left."""
    kinds = _kinds(new)
    gone = len(old.hashes - {_hash(value) for value in new.values})
    # Of more details than are kept, one with a larger hash than all of these may have been there.
    largest = None if old.is_whole else max(old.hashes, default=0)
    come = {
        token.value: Substitution(kinds[token.kind], "", token.shown, 0.0, is_short=True)
        for token in new.tokens
        if token.kind in kinds and _has_come(_hash(token.value), old, largest)
    }
    numbers = sum(one.detail is Detail.NUMBER for one in come.values())
    is_other = gone > 0 and (numbers < len(come) or min(numbers, gone) >= _FEWEST_NUMBERS)
    found = tuple(come.values()) if gone else ()
    weight = DOUBT if is_other else 0.0
    return Differences(found, weight, weight, is_rewritten=False)


def _kinds(wording: Wording) -> Mapping[Kind, Detail]:
    is_cased = any(token.kind is Kind.NAME for token in wording.tokens)
    return _KINDS if is_cased else {**_KINDS, Kind.WORD: Detail.WORD}


def _has_come(hash_: int, old: Details, largest: int | None) -> bool:
    return hash_ not in old.hashes and (largest is None or hash_ <= largest)


def _hash(value: str) -> int:
    data = value.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest())
