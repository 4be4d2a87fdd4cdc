"""The history's file: two engines, transactions, migrations."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import sqlalchemy
from sqlalchemy.exc import SQLAlchemyError

from storage.anchor import Anchor, Loss
from storage.backup import copies_before_changes, copy_before_change
from storage.connection import Connection
from storage.engine import (
    BUSY_SECONDS,
    empty_journal,
    journal_pragmas,
    make_engine,
    prepare_reader,
    prepare_writer,
)
from storage.pool import Pool
from storage.private import OWNER, make_file, mode_for, tighten, tighten_history

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"

READERS = 4
"""Connections that only read: a slow query does not hold up a completion."""


class NewerHistory(Exception):
    """The file was written by a later version, with tables that this one does not know."""


async def finished[T](work: Coroutine[Any, Any, T]) -> T:
    """Return what ``work`` returns, and let it end even where the caller is cancelled meanwhile.

    A statement that is cancelled half way leaves its connection, and with it the lock, to the garbage
    collector: of 240 places to cancel a write at, 14 left the history locked, and none with this.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.gather(task, return_exceptions=True)
        raise


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Mark(NamedTuple):
    """A state of the history, as far as it can be told from another one."""

    transactions: int
    """How many this program had done."""
    version_for_others: int | None
    """What SQLite had counted of other programs' ones, before the last of these."""


class Database:
    """The history in one SQLite file.

    One connection writes, each transaction opened with ``BEGIN IMMEDIATE``: with a plain ``BEGIN`` two
    writers of one text both find it new or one of them fails, and a deferred lock cannot be waited for.
    Others only read, so that a query never waits for a writer.
    """

    def __init__(self, path: Path, writer: Pool, readers: Pool) -> None:
        self._path = path
        self._anchor = Anchor(path)
        self._writer = writer
        self._readers = readers
        self._transactions = 0
        self._tended = 0
        self._version_for_others: int | None = None

    @classmethod
    async def open(cls, path: Path, clock: Callable[[], datetime] = _utc_now) -> Self:
        """Create the file if need be, bring its tables up to date and return it opened.

        The clock dates the copy that is made before the tables of a history change. Raises ``NewerHistory``,
        ``OSError`` or ``sqlalchemy.exc.SQLAlchemyError`` if that fails.
        """
        await asyncio.to_thread(_make_private, path)
        if not await asyncio.to_thread(_is_current, path):
            await asyncio.to_thread(_migrate, path, clock)
        writer, reader = make_engine(path, prepare_writer), make_engine(path, prepare_reader)
        return cls(path, Pool(writer, 1), Pool(reader, READERS))

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """Open the one writing transaction; it is committed when the block ends without an error."""
        async with self._writer.connection() as connection, self._transaction(connection):
            yield connection

    async def transact[T](self, work: Callable[[Connection], Coroutine[Any, Any, T]]) -> T:
        """Do all of this in the one writing transaction, as ``write`` does, but on one way to its thread.

        It may await the connection and nothing else. It runs to its end where the caller is cancelled.
        """

        async def whole() -> T:
            async with self._transaction(connection):
                return await work(connection)

        async with self._writer.connection() as connection:
            return await finished(connection.through(whole))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """Open a connection that cannot write."""
        async with self._readers.connection() as connection:
            yield connection

    async def look_up[T](self, work: Callable[[Connection], Coroutine[Any, Any, T]]) -> T:
        """Do all of this with a connection that cannot write, on one way to its thread.

        It may await the connection and nothing else.
        """
        async with self._readers.connection() as connection:
            return await connection.through(lambda: work(connection))

    def mark(self) -> Mark:
        """Return which state of the history is read from now on, or an earlier one."""
        return Mark(self._transactions, self._version_for_others)

    def is_as_at(self, mark: Mark) -> bool:
        """Return whether nobody has changed the history since; to be asked within a writing transaction."""
        return mark == self.mark()

    async def tend(self) -> None:
        """Keep the journal as small as the disk wants it; to be called now and then.

        If nothing was written since the last call, the journal's room is given back. Raises
        ``sqlalchemy.exc.SQLAlchemyError`` if the disk does not allow it.
        """

        async def work() -> None:
            for pragma in journal_pragmas(self._path):
                await connection.exec_driver_sql(f"PRAGMA {pragma}")
            if self._tended == self._transactions:
                await empty_journal(connection)
            self._tended = self._transactions

        async with self._writer.connection() as connection:
            await finished(connection.through(work))

    async def close(self) -> None:
        """Close every connection."""
        is_lost = await asyncio.to_thread(self.loss) is not None
        # A reader that was opened after another file had taken the history's place would write the journal of
        # the old one into it.
        await self._readers.close(leaves_journal=is_lost)
        if is_lost:
            # SQLite leaves the journal of a lost file where it lies, and reads it into the next file there.
            with suppress(SQLAlchemyError):
                async with self._writer.connection() as connection:
                    await connection.through(lambda: empty_journal(connection))
        await self._writer.close()
        self._anchor.close()

    def loss(self) -> Loss | None:
        """Return what became of the file under this program; ``None`` if it is still in its place."""
        return self._anchor.loss()

    @asynccontextmanager
    async def _transaction(self, connection: Connection) -> AsyncIterator[None]:
        try:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            # It changes when another connection has committed something, which here is another program's.
            version = await connection.exec_driver_sql("PRAGMA data_version")
            self._version_for_others = version.scalar()
            yield
            await connection.exec_driver_sql("COMMIT")
        except BaseException:
            # What is cancelled is done all the same: a BEGIN, so that it has to be undone here, and a COMMIT.
            with suppress(SQLAlchemyError):
                await connection.exec_driver_sql("ROLLBACK")
            raise
        finally:
            self._transactions += 1


def _make_private(path: Path) -> None:
    """Make the file unless it is there, and close it and the copies beside it to others.

    SQLite gives the journal the mode of the file that it belongs to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        make_file(path, OWNER)
    mode = mode_for(path)
    for copy in copies_before_changes(path):
        tighten(copy, mode)
    tighten_history(path)


def _is_current(path: Path) -> bool:
    """Return whether the file has every table already: then a third of a second of Alembic is saved."""
    if not path.is_file():
        return False
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return row is not None and row[0] == newest_version()
    return False


def newest_version() -> str:
    """Return the version that the migrations lead to: their files are numbered."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("*.py")).partition("_")[0]


def _migrate(path: Path, clock: Callable[[], datetime]) -> None:
    """Apply the migrations that the file lacks, all in one transaction."""
    from alembic import command  # noqa: PLC0415 (a third of a second that only a start needs)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    engine = make_engine(path, prepare_writer)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.connect() as connection:
            if _changes_tables(connection, config):
                copy_before_change(path, newest_version(), clock())
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.exec_driver_sql("COMMIT")
    except CommandError as error:  # the file names a revision that is none of ours
        raise NewerHistory from error
    finally:
        engine.dispose()


def _changes_tables(connection: sqlalchemy.Connection, config: "Config") -> bool:
    """Return whether the history holds tables of an earlier version, which are about to change."""
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    now = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(config)
    connection.rollback()
    if now is not None:
        script.get_revision(now)  # raises if it is none of ours: then nothing is changed, nothing copied
    return now is not None and now != script.get_current_head()
