# ruff: noqa: RUF001  # signs that look like others are what this is about
"""What equal texts share, however they are wrapped, spaced, cased or punctuated."""

import hashlib
import re
import unicodedata

from bot.analysis.letters import MARKS, UNSPACED

HASH_BYTES = 16
"""By the birthday bound a million million texts share one by chance with a probability below 1 in 10¹⁴."""

_WORD = re.compile(rf"[{UNSPACED}][{MARKS}]*|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{MARKS}])*")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_TYPOGRAPHIC = "‘’“”–—…\u00a0"
"""Signs and a blank that part words as any others do. Most English texts are ASCII but for them."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
"""Soft hyphens, joiners, marks of direction and variation: typesetting, no text."""
_SAME = str.maketrans({"ı": "i", "ʹ": " ", "ʺ": " ", "ʻ": " ", "ʼ": " ", "ʽ": " ", "ˈ": " ", "ˮ": " "})
"""The dotless i, which upper case makes an I, and letters that stand for apostrophes."""


def normal_form(text: str) -> str:
    """Return the words of a text in folded case, joined by single blanks.

    Characters are compared as Unicode's caseless compatibility match does (NFKC and case folding, The Unicode
    Standard, 3.13, D146). In scripts without blanks between words (Han, kana, Thai, …) each character is a
    word, so that a line break between two makes no difference. A normal form is its own normal form.
    """
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    folded = unicodedata.normalize("NFD", _INVISIBLE.sub("", text)).casefold()
    folded = unicodedata.normalize("NFKD", folded).casefold()
    folded = unicodedata.normalize("NFKC", folded).translate(_SAME).replace("i\u0307", "i")
    return " ".join(_WORD.findall(folded))


def text_hash(text: str) -> bytes:
    """Return sixteen bytes that two texts share if, and but for chance only if, their normal forms are equal.

    A text without a single word is hashed as it is, without its blanks: else all of them would be equal.
    """
    form = normal_form(text) or "".join(text.split())
    return hashlib.blake2b(form.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).digest()
