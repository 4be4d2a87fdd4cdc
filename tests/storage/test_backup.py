import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import articles, database
from storage.backup import back_up, newest_backup
from storage.database import Database
from storage.lock import Locked, only_one
from tests.conftest import record

HEAD = database.newest_version()


def add_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, upgrade: str) -> None:
    """Let the history have a later version, which is reached by this."""
    later = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, later)
    (later / "versions" / "9999_later.py").write_text(
        f'from alembic import op\n\nrevision = "9999"\ndown_revision = "{HEAD}"\n\n\n'
        f"def upgrade() -> None:\n{upgrade}"
    )
    monkeypatch.setattr(database, "MIGRATIONS", later)


async def test_a_copy_holds_what_was_committed_while_the_history_is_open(tmp_path: Path) -> None:
    path, copy = tmp_path / "gazette.db", tmp_path / "copy.db"
    opened = await Database.open(path)
    async with opened.write() as connection:
        article_id = await articles.add(connection, record())
    async with opened.write() as connection:
        await articles.add(connection, record(2))
        back_up(path, copy)  # a transaction is open: what it wrote is not in the copy
    await opened.close()
    copied = await Database.open(copy)
    async with copied.read() as connection:
        assert await articles.get(connection, article_id) is not None
        assert await articles.find_text(connection, record(2).text_hash) is None
    await copied.close()


async def test_nothing_is_written_over_and_nothing_half_written_is_left(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    await (await Database.open(path)).close()
    (tmp_path / "copy.db").write_text("somebody's")
    with pytest.raises(FileExistsError):
        back_up(path, tmp_path / "copy.db")
    with pytest.raises(FileNotFoundError):
        back_up(tmp_path / "nowhere.db", tmp_path / "other.db")
    (tmp_path / "damaged.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        back_up(tmp_path / "damaged.db", tmp_path / "other.db")
    assert (tmp_path / "copy.db").read_text() == "somebody's"
    assert {p.name for p in tmp_path.iterdir()} == {"gazette.db", "copy.db", "damaged.db"}


async def test_a_history_is_copied_before_its_tables_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    async with opened.write() as connection:
        await articles.add(connection, record())
    await opened.close()
    assert newest_backup(path) is None

    add_migration(tmp_path, monkeypatch, '    op.execute("DELETE FROM articles")\n')
    for _ in range(2):
        await (await Database.open(path)).close()
    backup = tmp_path / "gazette-before-9999.db"
    assert newest_backup(path) == backup
    with closing(sqlite3.connect(backup)) as before, closing(sqlite3.connect(path)) as after:
        assert before.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        assert before.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert after.execute("SELECT count(*) FROM articles").fetchone() == (0,)


async def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gazette.db"
    await (await Database.open(path)).close()
    add_migration(
        tmp_path, monkeypatch, '    op.execute("CREATE TABLE half (id INTEGER)")\n    raise RuntimeError\n'
    )
    with pytest.raises(RuntimeError):
        await Database.open(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)


def test_a_history_is_held_by_one_program_at_a_time(tmp_path: Path) -> None:
    import os

    path = tmp_path / "data" / "gazette.db"
    with only_one(path), pytest.raises(Locked, match=str(os.getpid())), only_one(path):
        pass
    with only_one(path):
        pass
