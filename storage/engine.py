"""SQLite as the history wants it: how its connections are prepared, and how large its journal gets."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, Engine, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from storage.connection import Connection, RawConnection

BUSY_SECONDS = 3
"""How long a transaction waits for another program's lock before it fails: short enough to stop in time."""

PAGE_BYTES = 8192
"""Of a new history. With SQLite's own 4,096 an article takes 160 bytes more, a long one 300: two or three
rows leave much of a page empty. But twice as much is written for each (0.7 MB, the journal counted)."""

LITTLE_ROOM = 256 * 1024 * 1024
"""Bytes left on a disk, below which the journal is kept small."""

JOURNAL_PAGES, FEW_JOURNAL_PAGES = 1000, 64
"""Pages after which the journal is written back into the history: SQLite's own number, and one for a disk
with little room. The journal takes 8 to 10 MB with the first, and 1 with the second; 2 while another program
reads. The second costs: a transaction takes a quarter longer, because it waits for the disk more often."""


def make_engine(path: Path, prepare: Callable[[Path, DBAPIConnection, ConnectionPoolEntry], None]) -> Engine:
    """Return an engine whose connections are prepared by this.

    None of them makes the file: a history that was removed while the program runs must not come back empty.
    """
    engine = create_engine(
        URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"}),
        poolclass=NullPool,  # what is pooled is a connection with its thread
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": BUSY_SECONDS, "factory": RawConnection},
        hide_parameters=True,  # an error is logged, an article's text is not
    )
    event.listen(engine, "connect", lambda connection, entry: prepare(path, connection, entry))
    return engine


def prepare_writer(path: Path, connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Prepare a connection that writes, each transaction durable when it is committed."""
    _pragma(connection, f"page_size = {PAGE_BYTES}")  # only for a new file, and before its journal
    # The last: what is corrected, removed or taken back is overwritten, however SQLite was built.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        _pragma(connection, pragma)
    for pragma in journal_pragmas(path):
        _pragma(connection, pragma)


def prepare_reader(_path: Path, connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Prepare a connection that cannot write."""
    _pragma(connection, "query_only = ON")


def journal_pragmas(path: Path) -> tuple[str, str]:
    """Return what bounds the journal: when it is written back, and how large its file stays after that."""
    pages = JOURNAL_PAGES
    with suppress(OSError):
        if shutil.disk_usage(path.parent).free < LITTLE_ROOM:
            pages = FEW_JOURNAL_PAGES
    # Twice: a transaction ends beyond the bound, and a file that is cut each time costs time to grow again.
    return f"wal_autocheckpoint = {pages}", f"journal_size_limit = {2 * pages * PAGE_BYTES}"


def _pragma(connection: DBAPIConnection, pragma: str) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def empty_journal(connection: Connection) -> None:
    """Write the journal into the history and give its room back, unless somebody reads at this moment."""
    await connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        await connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
