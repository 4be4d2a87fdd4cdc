import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError, ResourceClosedError

from storage import articles
from storage.database import MIGRATIONS, Database, Mark, NewerHistory, finished, newest_version
from storage.schema import metadata
from tests.conftest import record


async def test_the_migrations_make_the_tables_that_the_schema_describes(
    database: Database, tmp_path: Path
) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/history/gazette.db")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or "_fts" not in (name or "")},
        )
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def test_the_newest_version_is_the_one_that_the_migrations_lead_to() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert newest_version() == ScriptDirectory.from_config(config).get_current_head()


async def test_a_history_is_opened_again_with_what_it_held(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    first = await Database.open(path)
    async with first.write() as connection:
        article_id = await articles.add(connection, record())
    await first.close()

    second = await Database.open(path)
    async with second.read() as connection:
        stored = await articles.get(connection, article_id)
    await second.close()
    assert stored is not None
    assert stored.title == record().title


async def test_an_error_in_a_transaction_undoes_all_of_it(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.write() as connection:
            await articles.add(connection, record())
            raise RuntimeError
    async with database.read() as connection:
        assert await articles.find_text(connection, record().text_hash) is None


async def test_a_cancelled_transaction_is_undone_and_the_next_one_works(database: Database) -> None:
    begun = asyncio.Event()

    async def write_for_ever() -> None:
        async with database.write() as connection:
            await articles.add(connection, record(1))
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_for_ever())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async with database.write() as connection:
        assert await articles.find_text(connection, record(1).text_hash) is None
        await articles.add(connection, record(2))


async def test_a_write_that_is_cancelled_anywhere_leaves_no_lock(database: Database) -> None:
    """The cancellation comes after each number of turns of the loop that a write can take."""

    async def store(number: int) -> None:
        async with database.write() as connection:
            await articles.add(connection, record(number))

    for turns in range(1, 40):
        writing = asyncio.create_task(finished(store(turns)))
        for _ in range(turns):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        async with database.write() as connection:
            await connection.exec_driver_sql("DELETE FROM articles")


async def test_a_write_that_is_cancelled_twice_leaves_no_lock(database: Database) -> None:
    """The second time it is no longer waited for, whatever it is at: also a BEGIN on its way."""

    async def store(number: int) -> None:
        async with database.write() as connection:
            await articles.add(connection, record(number))

    await store(0)  # the connection is open from now on
    for turns in range(1, 40):
        writing = asyncio.create_task(finished(store(turns)))
        for _ in range(turns):
            await asyncio.sleep(0)
        for _ in range(2):
            writing.cancel()
            await asyncio.sleep(0)
        await asyncio.gather(writing, return_exceptions=True)
        async with database.write() as connection:
            await connection.exec_driver_sql("DELETE FROM articles")


async def test_a_history_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    await (await Database.open(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(NewerHistory):
        await Database.open(path)
    assert [file.name for file in tmp_path.glob("*.db")] == ["gazette.db"]


@pytest.mark.parametrize("name", ["what?x.db", "100%.db", "a b#c.db"])
async def test_any_name_of_a_file_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    await (await Database.open(tmp_path / name)).close()
    assert (tmp_path / name).exists()


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with database.read() as connection:
            await articles.add(connection, record())


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as writing:
        await articles.add(writing, record())
        async with database.read() as reading:
            assert await articles.find_text(reading, record().text_hash) is None


async def test_what_is_stored_outlives_a_loss_of_power(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 2
        assert (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar() == 1
    with closing(sqlite3.connect(tmp_path / "history" / "gazette.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_an_error_of_the_database_does_not_show_the_article(database: Database) -> None:
    secret = "a sentence that nobody should find in a log"
    with pytest.raises(Exception, match="UNIQUE") as caught:
        async with database.write() as connection:
            await articles.add(connection, record(text=secret))
            await articles.add(connection, record(text=secret))
    assert secret not in str(caught.value)


async def test_a_mark_holds_until_somebody_writes(database: Database, tmp_path: Path) -> None:
    async def holds(mark: Mark) -> bool:
        async with database.write():
            return database.is_as_at(mark)

    await holds(database.mark())
    assert await holds(database.mark())

    before_ours = database.mark()
    await database.transact(lambda connection: articles.add(connection, record()))
    assert not await holds(before_ours)

    before_theirs = database.mark()
    other = await Database.open(tmp_path / "history" / "gazette.db")
    await other.transact(lambda connection: connection.exec_driver_sql("DELETE FROM articles"))
    await other.close()
    assert not await holds(before_theirs)


async def test_a_history_that_was_closed_says_so_to_whoever_still_uses_it(database: Database) -> None:
    async with database.read() as connection:
        await articles.find_text(connection, b"")
        await database.close()
        with pytest.raises(ResourceClosedError):
            await articles.find_text(connection, b"")
