"""What spellings of one name share."""

import unicodedata


def folded(text: str) -> str:
    """Return a text as names are compared: one line, no case, one form of each letter.

    SQLite's own ``lower`` knows ASCII alone, so that names are compared here and not in a query.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
