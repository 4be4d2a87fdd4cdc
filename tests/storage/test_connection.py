import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import OperationalError

from storage import articles
from storage.connection import Connection, RawConnection
from storage.database import Database
from tests.conftest import record


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Connection]:
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"factory": RawConnection},
    )
    connection = await Connection(engine).open()
    yield connection
    await connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


async def test_a_statement_gives_its_rows_once_and_what_it_changed(path: Path) -> None:
    async with opened(path) as connection:
        await connection.exec_driver_sql("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        many = await connection.exec_driver_sql("INSERT INTO t VALUES (1), (2)")
        returning = await connection.exec_driver_sql("INSERT INTO t VALUES (3) RETURNING a")

        assert (many.rowcount, many.returns_rows) == (2, False)
        assert (returning.fetchone(), returning.fetchall(), returning.fetchall()) == ((3,), [], [])
        found = await connection.exec_driver_sql("SELECT a FROM t ORDER BY a")
        assert (found.fetchone(), found.fetchmany(1), [*found]) == ((1,), [(2,)], [(3,)])


async def test_a_statement_that_fails_says_so_and_the_next_one_works(path: Path) -> None:
    async with opened(path) as connection:
        with pytest.raises(OperationalError, match="no such table"):
            await connection.exec_driver_sql("SELECT * FROM nowhere")
        assert (await connection.exec_driver_sql("SELECT 1")).scalar() == 1


async def test_after_a_row_that_cannot_be_read_the_connection_sees_what_others_write(path: Path) -> None:
    async with opened(path) as reader, opened(path) as writer:
        await writer.exec_driver_sql("PRAGMA journal_mode = WAL")
        await writer.exec_driver_sql("CREATE TABLE t (a TEXT)")
        await writer.exec_driver_sql("INSERT INTO t VALUES ('a'), (CAST(x'ff' AS TEXT)), ('b')")
        with pytest.raises(OperationalError, match="UTF-8") as kept:
            await reader.exec_driver_sql("SELECT a FROM t")
        assert (await reader.exec_driver_sql("SELECT count(*) FROM t")).scalar() == 3
        await writer.exec_driver_sql("INSERT INTO t VALUES ('c')")

        assert (await reader.exec_driver_sql("SELECT count(*) FROM t")).scalar() == 4
        assert kept.value.orig is not None


async def test_a_query_that_nobody_waits_for_any_more_holds_no_lock(path: Path) -> None:
    async with opened(path) as reader, opened(path) as writer:
        await writer.exec_driver_sql("CREATE TABLE t (a)")
        await writer.exec_driver_sql("INSERT INTO t VALUES (?)", [(i,) for i in range(1000)])
        reading = asyncio.create_task(reader.exec_driver_sql("SELECT * FROM t"))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await reader.exec_driver_sql("SELECT 1")  # its turn comes after the one that was given up

        assert (await writer.exec_driver_sql("DELETE FROM t")).rowcount == 1000


async def test_all_that_is_done_through_a_connection_is_done_in_its_thread(path: Path) -> None:
    async with opened(path) as connection:

        async def work() -> tuple[int, int, int]:
            await connection.exec_driver_sql("SELECT 1")
            return threading.get_ident(), await connection.within(threading.get_ident), 7

        outer, inner, value = await connection.through(work)
        assert outer == inner == await connection.within(threading.get_ident) != threading.get_ident()
        assert value == 7


async def test_what_is_done_through_a_connection_may_await_nothing_else(path: Path) -> None:
    async with opened(path) as connection:
        with pytest.raises(RuntimeError):
            await connection.through(lambda: asyncio.sleep(0))
        assert (await connection.exec_driver_sql("SELECT 1")).scalar() == 1


async def test_an_error_on_the_one_way_undoes_the_whole_transaction(database: Database) -> None:
    async def work(connection: Connection) -> None:
        await articles.add(connection, record())
        raise KeyError

    with pytest.raises(KeyError):
        await database.transact(work)
    async with database.read() as connection:
        assert await articles.find_text(connection, record().text_hash) is None


async def test_a_transaction_on_one_way_ends_before_its_cancelled_caller(database: Database) -> None:
    """The cancellation comes after each number of turns of the loop that it can take."""
    for turns in range(1, 12):
        begun: list[int] = []
        ended: list[int] = []

        async def store(
            connection: Connection, begun: list[int] = begun, ended: list[int] = ended, number: int = turns
        ) -> None:
            begun.append(number)
            await articles.add(connection, record(number))
            ended.append(number)

        writing = asyncio.create_task(database.transact(store))
        for _ in range(turns):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        assert begun == ended
        async with database.read() as connection:
            found = await articles.find_text(connection, record(turns).text_hash)
        assert (found is not None) is bool(ended)
