"""The words that tell what a text is about, with their weights: two texts about one event share them.

TF-IDF as in Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988): the logarithm
of a word's count in the text, times how rare it is in the language. How rare is a fixed table for English:
the 20,000 most frequent words of ``en_lexeme_prob`` in Explosion's spacy-lookups-data (MIT), as hashes with
the number log(1 / (1 - (1 - p)³⁰⁰)), the inverse document frequency in texts of 300 words, in quarters.
``python -m tests.quality.idf`` makes it. In another language that sumy has stop words for, all other words
count alike; in the rest, and where words have no blanks between them, nothing is about anything.
"""

import hashlib
import math
import re
import struct
from array import array
from collections import Counter
from functools import cache
from importlib.resources import files

from bot.analysis.fingerprint import normal_form
from bot.analysis.letters import UNSPACED
from bot.analysis.shingles import MOST_WORDS

KEPT = 32
"""At 16 terms the grouping finds a tenth less at the same precision; 64 gain nothing."""
INDEXED = 10
"""Two of the ten weightiest terms of a text are among the ten of 99 % of those about its event."""

_UNKNOWN = 2.5
"""A word that is not in the table is so much rarer than the rarest that is."""
_FREQUENT, _RARE = 2.0, 6.0
"""In English "said" has 1.8, "company" 3.3, "announced" 5.5, "fraud" 5.8, "filming" 6.3, "arson" 10.5."""
_LETTERS_OF_A_LONG_WORD, _SIGNS_OF_A_LONG_WORD = 5, 2
_LONG_WORD, _SHORT_WORD = 0.6, 0.3
_UNSPACED_WORD = re.compile(f"[{UNSPACED}]").match
_UNSPACED_LANGUAGES = frozenset({"zh", "ja", "th", "lo", "my", "km"})

Terms = dict[int, int]
"""Hashes of 32 bits with weights from 1 to 255, the weightiest first."""


def terms_of(title: str, text: str, language: str | None) -> Terms:
    """Return the weightiest terms of an article; none in a language that nothing is known of."""
    if language is None or language in _UNSPACED_LANGUAGES:
        return {}
    from bot.analysis.words import stop_words  # noqa: PLC0415 (sumy and numpy are a worker's business alone)

    stops = frozenset[str]() if language == "en" else stop_words(language)
    if language != "en" and not stops:
        return {}
    words = [*normal_form(title).split(), *normal_form(text).split()[:MOST_WORDS]]
    counts = Counter(word for word in words if len(word) > 1 and word not in stops)
    table, unknown = _table() if language == "en" else ({}, _UNKNOWN)
    weights = {
        hash_: (1 + math.log(count)) * table.get(hash_, unknown)
        for hash_, count in ((term_hash(word), count) for word, count in counts.items())
    }
    kept = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:KEPT]
    norm = math.sqrt(sum(weight * weight for _, weight in kept))
    return {hash_: max(1, round(255 * weight / norm)) for hash_, weight in kept} if norm else {}


def indexed(terms: Terms) -> tuple[int, ...]:
    """Return the terms that lead from a new text to those about the same event."""
    return tuple(terms)[:INDEXED]


def cosine(one: Terms, other: Terms) -> float:
    """Return how alike two texts are in what they are about, from 0 to 1."""
    norms = math.sqrt(_square(one) * _square(other))
    return sum(one[term] * other[term] for term in one.keys() & other.keys()) / norms if norms else 0.0


def rarity(word: str, language: str | None) -> float:
    """Return how rare a word is, from 0 for the most frequent to 1; guessed by its length beyond English."""
    if language != "en":
        is_long = len(word) >= (_SIGNS_OF_A_LONG_WORD if is_unspaced(word) else _LETTERS_OF_A_LONG_WORD)
        return _LONG_WORD if is_long else _SHORT_WORD
    table, unknown = _table()
    return min(1.0, max(0.0, table.get(term_hash(word), unknown) - _FREQUENT) / (_RARE - _FREQUENT))


def is_unspaced(word: str) -> bool:
    """Tell whether a word is of a script that puts no blanks between words."""
    return not word.isascii() and _UNSPACED_WORD(word) is not None


def _square(terms: Terms) -> float:
    return math.sumprod(terms.values(), terms.values())


def pack_terms(terms: Terms) -> bytes:
    """Return the terms as bytes for the history: five each."""
    return array("I", terms.keys()).tobytes() + bytes(terms.values())


def unpack_terms(data: bytes) -> Terms:
    """Return the terms in these bytes. Raises ``ValueError`` where they are none."""
    count, rest = divmod(len(data), 5)
    if rest:
        raise ValueError("these bytes are no terms")
    return dict(zip(array("I", data[: 4 * count]), data[4 * count :], strict=True))


def term_hash(word: str) -> int:
    """Return 32 bits of a word."""
    data = word.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest())


@cache
def _table() -> tuple[dict[int, float], float]:
    """Return how rare each English word of the table is, and how rare any other."""
    data = (files("bot.analysis") / "idf-en.bin").read_bytes()
    count = len(data) // 5
    table = {
        hash_: quarter / 4
        for hash_, quarter in zip(struct.unpack_from(f"<{count}I", data), data[4 * count :], strict=True)
    }
    return table, max(table.values()) + _UNKNOWN
