"""Consistent copies of a history, also of one that a running bot writes to."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

PAGES_AT_ONCE = 1024
"""Copied between two chances for a writer: about 8 MB."""


def back_up(history: Path, target: Path) -> None:
    """Write a consistent copy of the history to ``target``, which is there whole or not at all.

    Raises ``FileNotFoundError`` where there is no history, ``FileExistsError`` where something is at the
    target already, ``OSError`` and ``sqlite3.Error`` where it cannot be written.
    """
    if not history.is_file():
        raise FileNotFoundError(f"there is no history at {history}")
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    partial = target.with_name(f".{target.name}.part")
    try:
        with (
            closing(sqlite3.connect(f"{history.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(partial)) as copy,
        ):
            source.backup(copy, pages=PAGES_AT_ONCE)
        _write_through(partial)
        partial.rename(target)
        _write_through(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def newest_backup(history: Path) -> Path | None:
    """Return the newest other database in the history's folder, or ``None``."""
    found = [
        path
        for path in history.parent.glob("*.db")
        if path != history and path.is_file() and _is_database(path)
    ]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def _write_through(path: Path) -> None:
    """Have the disk hold what was written, before anybody is told that it does."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
