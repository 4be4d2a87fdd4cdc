"""A connection to the history: SQLAlchemy's own, used in the thread that aiosqlite keeps for it alone.

SQLAlchemy's way over aiosqlite takes 0.17 ms for a short query, of which it and SQLite need 0.04: the rest is
the way to that thread and back, and greenlets. Here a statement is one way without greenlets, and so is all
that is done ``through`` the connection, a whole transaction with all its statements.
"""

import sqlite3
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Self, TypeVarTuple, cast, overload

import aiosqlite
import sqlalchemy
from sqlalchemy import CursorResult, Engine, Executable
from sqlalchemy.exc import ResourceClosedError
from sqlalchemy.sql.selectable import TypedReturnsRows

type Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None

_Ts = TypeVarTuple("_Ts")


class Cursor(sqlite3.Cursor):
    """Fetches all rows at once, in the thread that executes: they are read in another one."""

    _rows: Iterator[Any] = iter(())

    def execute(self, sql: str, parameters: Any = (), /) -> Self:  # noqa: ANN401
        """Execute a statement. Raises ``sqlite3.Error``."""
        super().execute(sql, parameters)
        try:
            self._rows = iter(super().fetchall() if self.description else ())
        except BaseException:
            super().close()  # else what is read next with this connection is as old as this
            raise
        return self

    def fetchone(self) -> Any:  # noqa: ANN401
        """Return the next row, or ``None`` behind the last one."""
        return next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows, at most ``size``."""
        return [*islice(self._rows, self.arraysize if size is None else size)]

    def fetchall(self) -> list[Any]:
        """Return the rows that were not fetched yet."""
        return [*self._rows]

    def close(self) -> None:
        """Do nothing: with its last row the statement was closed, and here may be another thread."""


class RawConnection(sqlite3.Connection):
    """A connection whose cursors are these."""

    def cursor(self, factory: type[sqlite3.Cursor] = Cursor) -> Any:  # type: ignore[override]  # noqa: ANN401
        """Return a cursor."""
        return super().cursor(factory)


class Connection:
    """One connection to the history; what is asked of it is done in the order in which it is asked."""

    def __init__(self, engine: Engine) -> None:
        """Take the engine that it is one of."""
        self._engine = engine
        self._aiosqlite = aiosqlite.Connection(self._connect, iter_chunk_size=64)
        self._aiosqlite._thread.daemon = True  # noqa: SLF001 (as SQLAlchemy does: it keeps no program from ending)
        self._thread_id = 0
        self._is_closed = False
        self._sync: sqlalchemy.Connection

    async def open(self) -> Self:
        """Connect, and return the connection. Raises ``sqlalchemy.exc.SQLAlchemyError``."""
        await self._aiosqlite
        return self

    async def close(self) -> None:
        """Close the connection, once all is done that was asked of it."""
        try:
            await self.within(self._sync.close)
        finally:
            self._is_closed = True
            await self._aiosqlite.close()

    async def leave_journal(self) -> None:
        """Have the journal neither written into the history nor removed when this connection is closed."""

        def work() -> None:
            raw = cast("sqlite3.Connection", self._sync.connection.dbapi_connection)
            raw.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)

        await self.within(work)

    @overload
    async def execute(
        self, statement: TypedReturnsRows[*_Ts], parameters: Parameters = None
    ) -> CursorResult[*_Ts]: ...

    @overload
    async def execute(
        self, statement: Executable, parameters: Parameters = None
    ) -> CursorResult[*tuple[Any, ...]]: ...

    async def execute(self, statement: Executable, parameters: Parameters = None) -> CursorResult[Any]:
        """Execute a statement and return its rows. Raises ``sqlalchemy.exc.SQLAlchemyError``."""
        return await self.within(self._sync.execute, statement, parameters)

    async def exec_driver_sql(
        self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Execute a statement in SQLite's own words. Raises ``sqlalchemy.exc.SQLAlchemyError``."""
        return await self.within(self._sync.exec_driver_sql, statement, parameters)

    async def through[T](self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Do all of this on one way to the connection's thread, and return what it returns.

        It may await this connection and nothing else: there is no event loop where it runs.
        """
        return await self.within(_to_its_end, work)

    async def within[**P, T](self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``work`` returns, done in the connection's thread: off the event loop in any case.

        Raises ``sqlalchemy.exc.ResourceClosedError`` where the connection is closed.
        """
        if threading.get_ident() == self._thread_id:
            return work(*args, **kwargs)
        if self._is_closed:
            raise ResourceClosedError("the history is closed")
        done: T = await self._aiosqlite._execute(work, *args, **kwargs)  # type: ignore[no-untyped-call]  # noqa: SLF001
        return done

    def _connect(self) -> sqlite3.Connection:
        self._thread_id = threading.get_ident()
        self._sync = self._engine.connect()
        return cast("sqlite3.Connection", self._sync.connection.dbapi_connection)


def _to_its_end[T](work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    coroutine = work()
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    coroutine.close()
    raise RuntimeError("it awaited something else than its connection")
