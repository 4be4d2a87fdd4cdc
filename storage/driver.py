"""aiosqlite, with one way to its thread and back for a statement where there were four.

Without it each statement makes a cursor, executes, fetches and closes, each time by way of a thread that has
to wake up: for the short queries of the history that takes longer than SQLite does.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import Any, Self

import aiosqlite

type Rows = list[Any]


class Cursor:
    """What SQLAlchemy asks of a cursor. All rows are fetched at once, as SQLAlchemy does anyway."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: Rows = []
        self.arraysize = 1
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Return the cursor; there is nothing to open."""
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> Self:  # noqa: ANN401
        """Execute a statement. Raises ``sqlite3.Error``."""
        await self._connection.within(self._run, sqlite3.Cursor.execute, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Any]) -> Self:
        """Execute a statement for each of these parameters. Raises ``sqlite3.Error``."""
        await self._connection.within(self._run, sqlite3.Cursor.executemany, statement, parameters)
        return self

    async def fetchall(self) -> Rows:
        """Return the rows that were not fetched yet."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: the thread has closed it with the statement, also where nobody waits for it."""

    def _run(
        self,
        connection: sqlite3.Connection,
        execute: Callable[[sqlite3.Cursor, str, Any], object],
        statement: str,
        parameters: Any,  # noqa: ANN401
    ) -> None:
        with closing(connection.cursor()) as cursor:
            execute(cursor, statement, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid


class Connection(aiosqlite.Connection):
    """A connection whose cursors are these."""

    async def __aenter__(self) -> Self:
        """Return the connection, opened."""
        await self
        return self

    def cursor(self) -> Cursor:  # type: ignore[override]
        """Return a cursor, without a way to the thread."""
        return Cursor(self)

    async def within(self, work: Callable[..., None], *values: object) -> None:
        """Do this in the connection's thread."""
        await self._execute(work, self._conn, *values)  # type: ignore[no-untyped-call]


def connect(database: str, **options: Any) -> Connection:  # noqa: ANN401
    """Return a connection, not yet opened. Its thread does not keep the program from ending."""
    connection = Connection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 (SQLAlchemy does the same)
    return connection
