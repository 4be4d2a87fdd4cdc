"""Words, stems and stop words of a language, from sumy where it has them."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from sumy.nlp.stemmers import Stemmer, null_stemmer
from sumy.utils import get_stop_words

from bot.analysis.letters import MARKS, UNSPACED

_WORD = re.compile(
    rf"[{UNSPACED}][{UNSPACED}{MARKS}]*|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{MARKS}]|['’](?=[^\W_]))*"
)
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
"""The same in a text without any other letters, three times as fast."""
_TYPOGRAPHIC = (("’", "'"), *((sign, " ") for sign in "‘“”–—…"))
"""An apostrophe, and signs that part words. Most English sentences are ASCII but for them."""
_SUMY_NAMES = {
    "ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "he": "hebrew", "hu": "hungarian", "it": "italian",
    "ja": "japanese", "ko": "korean", "nb": "norwegian", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sk": "slovak", "sv": "swedish",
    "th": "thai", "uk": "ukrainian", "zh": "chinese",
}  # fmt: skip
"""sumy's own look-up finds neither Greek nor Norwegian by their codes."""
_WITHOUT_STEMMER = frozenset({"el", "pl"})
"""Its Greek and Polish stemmers need packages that are not there, and say so only when they are called."""
_STEMS_KEPT = 10_000
"""Words of a language whose stems are remembered, 185 bytes each, in each worker for as long as it runs."""
_COMMON_SHARE = 0.3
"""Where sumy has no stop words, those are the words in more than this share of the sentences."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, in order.

    A run of a script without blanks is given as pairs of neighbouring characters, which serve as its words
    (character bigrams: Nie and Ren, "Chinese information retrieval: using characters or words?", 1999).
    """
    lowered = text.lower()
    if not lowered.isascii():
        for sign, same in _TYPOGRAPHIC:
            lowered = lowered.replace(sign, same)
    if lowered.isascii():
        return tuple(_ASCII_WORD.findall(lowered))
    return tuple(word for run in _WORD.findall(lowered) for word in _split(run))


def _split(run: str) -> Iterator[str]:
    if run.isascii() or len(run) == 1 or not _is_unspaced(run):
        yield run
    else:
        yield from (first + second for first, second in pairwise(run))


_is_unspaced = re.compile(rf"[{UNSPACED}]").match


@cache
def stemmer(language: str | None) -> Callable[[str], str]:
    """Return a function from a word to its stem, which remembers: Snowball takes 20 µs for one.

    In a language that sumy has no stemmer for, a word is its own stem.
    """
    name = _SUMY_NAMES.get(language or "")
    if name is None or language in _WITHOUT_STEMMER:
        return null_stemmer
    try:
        stem = Stemmer(name)
    except LookupError:
        return null_stemmer
    # The Czech stemmer, which Slovak shares, warns of every word without case: of every number.
    if language in {"cs", "sk"}:
        return lru_cache(_STEMS_KEPT)(lambda word: stem(word) if word.islower() else word)
    return lru_cache(_STEMS_KEPT)(stem)


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """Return sumy's stop words of a language; none where it has none."""
    name = _SUMY_NAMES.get(language or "")
    if name is None:
        return frozenset()
    try:
        return frozenset(get_stop_words(name))
    except LookupError:
        return frozenset()


def common_words(sentences: Collection[Collection[str]]) -> frozenset[str]:
    """Return the words that so many sentences have that they tell nothing: the text's own stop words."""
    counts = Counter(word for sentence in sentences for word in set(sentence))
    return frozenset(word for word, count in counts.items() if count > max(1, _COMMON_SHARE * len(sentences)))
