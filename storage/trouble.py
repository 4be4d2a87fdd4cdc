"""What a disk, or another program, does to the history: in plain words, with the way out."""

import sqlite3

TROUBLES = {
    sqlite3.SQLITE_FULL: "the disk is full; make room on it",
    sqlite3.SQLITE_READONLY: "its file can only be read; let Gazette write to it and to its folder",
    sqlite3.SQLITE_BUSY: "another program holds it; end that program's work on it",
    sqlite3.SQLITE_LOCKED: "another program holds it; end that program's work on it",
    sqlite3.SQLITE_PROTOCOL: "another program holds it; end that program's work on it",
    sqlite3.SQLITE_IOERR: "the disk reports an error; see whether it is full, lost or broken",
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened; see whether its folder is there",
    sqlite3.SQLITE_CORRUPT: "it is damaged; stop Gazette and put a backup in its place",
    sqlite3.SQLITE_NOTADB: "it is damaged; stop Gazette and put a backup in its place",
}
"""By SQLite's primary result code. None of these is a fault of what was to be stored."""

PRIMARY = 0xFF
"""The bits of a result code that tell the kind; those above them tell the circumstances."""


def trouble(error: BaseException) -> str | None:
    """Return why the history cannot be used now and what helps, or ``None`` for any other error.

    What was tried can be tried again as it is once the trouble is over. A group of errors is a trouble where
    each of them is.
    """
    if isinstance(error, BaseExceptionGroup):
        each = [trouble(one) for one in error.exceptions]
        return None if None in each else each[0]
    cause = getattr(error, "orig", None) or error
    if not isinstance(cause, sqlite3.Error):
        return None
    return TROUBLES.get(getattr(cause, "sqlite_errorcode", 0) & PRIMARY)
