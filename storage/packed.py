"""Long texts of the history are kept compressed: they take half the room, and 0.01 ms to be read.

The program ``sqlite3`` shows one so: ``SELECT CAST(sqlar_uncompress(text, 16000000) AS TEXT) FROM articles
WHERE id = 1``, where ``typeof(text)`` is ``blob``.
"""

import re
import sqlite3
import zlib

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

MOST_BYTES = 16_000_000
"""Of a text, uncompressed: four times what an article of a million characters may have."""

_SURROGATE = re.compile("[\ud800-\udfff]").search
"""Half a character. SQLite takes none in a text."""


class Damaged(sqlite3.DatabaseError):
    """A text of the history cannot be read: something else than Gazette changed its bytes."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


class Packed(TypeDecorator[str]):
    """A text, compressed where that makes it shorter.

    What is a text in the file is read as it is: short ones, and those that were stored before any were
    compressed.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | bytes | None:
        """Return what the database keeps."""
        return None if value is None else pack_text(value)

    def process_result_value(self, value: str | bytes | None, _dialect: Dialect) -> str | None:
        """Return what the program works with. Raises ``Damaged``."""
        return None if value is None else unpack_text(value)


def pack_text(text: str) -> str | bytes:
    """Return the text compressed (zlib, with a checksum), or as it is where it does not shrink."""
    data = text.encode("utf-8", "surrogatepass")
    packed = zlib.compress(data)
    return packed if len(packed) < len(data) or _SURROGATE(text) else text


def unpack_text(kept: str | bytes) -> str:
    """Return the text that is kept so. Raises ``Damaged``, and never makes more than ``MOST_BYTES`` of it."""
    if isinstance(kept, str):
        return kept
    try:
        reader = zlib.decompressobj()
        data = reader.decompress(kept, MOST_BYTES)
        if not reader.eof or reader.unused_data:
            raise Damaged("a text of the history is cut short or too long")
        return data.decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise Damaged("a text of the history is damaged") from error
