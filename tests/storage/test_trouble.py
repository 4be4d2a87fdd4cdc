"""Real errors of SQLite, and what is told of them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.database import Database
from storage.trouble import trouble


def fill(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        connection.execute("CREATE TABLE a (b)")
        connection.execute("INSERT INTO a VALUES (zeroblob(100000))")


def write_what_may_be_read(path: Path) -> None:
    path.touch()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("CREATE TABLE a (b)")


def wait_for_another(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, closing(sqlite3.connect(path, timeout=0)) as connection:
        other.execute("BEGIN IMMEDIATE")
        connection.execute("BEGIN IMMEDIATE")


def open_what_is_not_there(path: Path) -> None:
    sqlite3.connect(path / "nowhere.db")


def read_what_is_no_database(path: Path) -> None:
    path.write_bytes(b"This is no database. " * 100)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT * FROM sqlite_master")


@pytest.mark.parametrize(
    ("go_wrong", "told"),
    [
        (fill, "the disk is full"),
        (write_what_may_be_read, "can only be read"),
        (wait_for_another, "another program holds it"),
        (open_what_is_not_there, "cannot be opened"),
        (read_what_is_no_database, "it is damaged"),
    ],
)
def test_what_a_disk_or_another_program_does_is_told(
    tmp_path: Path, go_wrong: Callable[[Path], None], told: str
) -> None:
    with pytest.raises(sqlite3.Error) as caught:
        go_wrong(tmp_path / "gazette.db")
    assert told in (trouble(caught.value) or "")


async def test_a_mistake_in_a_statement_is_no_trouble(database: Database) -> None:
    with pytest.raises(OperationalError) as no_table:
        async with database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")
    with pytest.raises(IntegrityError) as twice:
        async with database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO alembic_version SELECT * FROM alembic_version")
    assert trouble(no_table.value) is trouble(twice.value) is trouble(RuntimeError()) is None


async def test_a_group_is_a_trouble_where_each_of_its_errors_is(database: Database) -> None:
    with pytest.raises(OperationalError) as caught:
        async with database.read() as connection:
            await connection.exec_driver_sql("DELETE FROM articles")
    assert "can only be read" in (trouble(ExceptionGroup("", [caught.value])) or "")
    assert trouble(ExceptionGroup("", [caught.value, RuntimeError()])) is None
