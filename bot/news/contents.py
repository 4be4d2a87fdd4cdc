"""What a file of the folder holds, and the hash that it is known by."""

import hashlib
import os
from pathlib import Path

from bot.news.folder import FolderFile, read_whole


def read_content(path: Path, limit: int) -> tuple[bytes, bytes] | None:
    """Return the file's bytes and their hash, or ``None`` if there are more than ``limit``."""
    data = read_whole(path, limit)
    return None if data is None else (data, hashlib.sha256(data).digest())


def moved_from(root: Path, name: str, known_at: list[str]) -> frozenset[str]:
    """Return the paths that a content was known at, if it lies at another one now and at none of them."""
    if name in known_at or any(os.path.lexists(root / at) for at in known_at):
        return frozenset()
    if not os.path.lexists(root / name):  # the whole folder may be away: nothing can be said of the others
        return frozenset()
    return frozenset(known_at)


def hash_unread(file: FolderFile) -> bytes:
    """Stand in for the content's hash of a file that is too large to be read: its path and size."""
    return hashlib.sha256(
        f"unread\0{file.name}\0{file.signature.size}".encode(errors="surrogateescape")
    ).digest()
