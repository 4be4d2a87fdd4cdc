import asyncio
import sqlite3
from pathlib import Path

import pytest

from storage.driver import Cursor, connect


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "a.db")


async def test_a_statement_gives_its_rows_once_and_what_it_changed(path: str) -> None:
    async with connect(path, isolation_level=None) as connection:
        await Cursor(connection).execute("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        many = await Cursor(connection).executemany("INSERT INTO t VALUES (?)", [(1,), (2,)])
        returning = await Cursor(connection).execute("INSERT INTO t VALUES (?) RETURNING a", (3,))

        assert (many.rowcount, many.description, await many.fetchall()) == (2, None, [])
        assert (returning.lastrowid, await returning.fetchall(), await returning.fetchall()) == (
            3,
            [(3,)],
            [],
        )


async def test_a_statement_that_fails_says_so_and_the_next_one_works(path: str) -> None:
    async with connect(path, isolation_level=None) as connection:
        cursor = Cursor(connection)
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await cursor.execute("SELECT * FROM nowhere")
        await cursor.execute("SELECT ?", (1,))
        assert await cursor.fetchall() == [(1,)]


async def test_a_query_that_nobody_waits_for_any_more_holds_no_lock(path: str) -> None:
    async with connect(path, isolation_level=None) as reader, connect(path, isolation_level=None) as writer:
        await Cursor(writer).execute("CREATE TABLE t (a)")
        await Cursor(writer).executemany("INSERT INTO t VALUES (?)", [(i,) for i in range(1000)])
        reading = asyncio.create_task(Cursor(reader).execute("SELECT * FROM t"))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await Cursor(reader).execute("SELECT 1")  # its turn comes after the one that was given up

        changed = await Cursor(writer).execute("DELETE FROM t")

        assert changed.rowcount == 1000
