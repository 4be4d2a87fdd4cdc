"""Which characters make words, in every script, as ranges for the character classes of patterns."""

import unicodedata
from itertools import groupby


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
