"""Words, stems and stop words of a language, from sumy where it has them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache
from itertools import groupby, pairwise

from sumy.nlp.stemmers import Stemmer, null_stemmer
from sumy.utils import get_stop_words


def _marks() -> str:
    """Return the combining marks as ranges of a character class, without the variation selectors of emoji."""
    codes = [
        code
        for code in range(0x300, 0x20000)
        if unicodedata.category(chr(code)) in {"Mn", "Mc"} and not 0xFE00 <= code <= 0xFE0F
    ]
    runs = (list(run) for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


MARKS = _marks()
"""Without them the words of Hindi, Tamil or vowelled Arabic fall apart: for Python they are no letters."""
UNSPACED = (
    "\u0e01-\u0e2e\u0e30-\u0e45\u0e81-\u0ec4\u1000-\u103f\u1780-\u17b3"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
"""Scripts that put no blanks between words, as ranges of a character class."""

_WORD = re.compile(
    rf"[{UNSPACED}][{UNSPACED}{MARKS}]*|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{MARKS}]|['’](?=[^\W_]))*"
)
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
_STEMS_KEPT = 50_000
_COMMON_SHARE = 0.3
"""Where sumy has no stop words, those are the words in more than this share of the sentences."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, in order.

    A run of a script without blanks is given as pairs of neighbouring characters, which serve as its words
    (character bigrams: Nie and Ren, "Chinese information retrieval: using characters or words?", 1999).
    """
    return tuple(word for match in _WORD.finditer(text.lower()) for word in _split(match[0]))


def _split(run: str) -> Iterator[str]:
    if run.isascii() or not _is_unspaced(run):
        yield run.replace("’", "'")
    elif len(run) == 1:
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
