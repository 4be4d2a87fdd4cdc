import errno
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import articles, backup, database
from storage.backup import back_up, newest_backup
from storage.database import Database
from storage.lock import Locked, only_one
from tests.conftest import record

HEAD = database.newest_version()

DAY = datetime(2026, 12, 1, 9, 30, 5, tzinfo=UTC)


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


async def test_a_copy_gets_done_although_somebody_writes_all_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_AT_ONCE", 8)
    path, copy = tmp_path / "gazette.db", tmp_path / "copy.db"
    await (await Database.open(path)).close()
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("CREATE TABLE much (bytes BLOB)")
        writer.execute("INSERT INTO much VALUES (zeroblob(?))", (10**6,))
        writer.commit()
        looks = 0

        def write() -> None:
            nonlocal looks
            looks += 1
            assert looks < 1000, "the copy begins anew at each commit"
            writer.execute("INSERT INTO much VALUES (zeroblob(10))")
            writer.commit()

        back_up(path, copy, write)
    assert looks > 3
    with closing(sqlite3.connect(copy)) as copied:
        assert copied.execute("SELECT count(*) FROM much").fetchone() == (1,)
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)


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
        await (await Database.open(path, lambda: DAY)).close()
    copy = tmp_path / "gazette-before-9999-2026-12-01.db"
    assert newest_backup(path) == copy
    with closing(sqlite3.connect(copy)) as before, closing(sqlite3.connect(path)) as after:
        assert before.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        assert before.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert after.execute("SELECT count(*) FROM articles").fetchone() == (0,)


async def test_each_update_makes_a_copy_of_its_own_whatever_an_earlier_one_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update is taken back, articles come, and it is made again: on another day, and on the same."""
    path = tmp_path / "gazette.db"
    await (await Database.open(path)).close()
    shutil.copy(path, tmp_path / "gazette-before-9999.db")  # as earlier versions named it
    names = ("2026-12-01", "2026-12-01-093005", "2026-12-01-093005-2")
    for number, name in enumerate(names, start=1):
        opened = await Database.open(path)
        async with opened.write() as connection:
            await articles.add(connection, record(number))
        await opened.close()
        with monkeypatch.context() as patch:
            (tmp_path / name).mkdir()
            add_migration(tmp_path / name, patch, "    pass\n")
            await (await Database.open(path, lambda: DAY)).close()
        copy = tmp_path / f"gazette-before-9999-{name}.db"
        with closing(sqlite3.connect(copy)) as before:
            assert before.execute("SELECT count(*) FROM articles").fetchone() == (number,)
        _take_back(path)


def _take_back(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (HEAD,))
        connection.commit()


async def test_the_newest_three_copies_are_kept_and_no_file_of_somebody_else_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gazette.db"
    await (await Database.open(path)).close()
    old = ("0002", "0007", f"{HEAD}-2026-11-29", f"{HEAD}-2026-11-30", f"{HEAD}-2026-11-30-101500")
    theirs = (
        "gazette-before-holiday",
        "gazette-before-2026",
        "gazette2-before-0007",
        "gazette-before-0007-old",
    )
    for number, name in enumerate([*theirs, *(f"gazette-before-{version}" for version in old)]):
        shutil.copy(path, tmp_path / f"{name}.db")
        os.utime(tmp_path / f"{name}.db", (9e9 - number, 9e9 - number))  # the folder was copied: no order
    add_migration(tmp_path, monkeypatch, "    pass\n")
    await (await Database.open(path, lambda: DAY)).close()
    assert {found.stem for found in tmp_path.glob("*.db")} == {
        "gazette",
        "gazette-before-9999-2026-12-01",
        f"gazette-before-{HEAD}-2026-11-30-101500",
        f"gazette-before-{HEAD}-2026-11-30",
        *theirs,
    }


async def test_no_old_copy_is_removed_for_one_that_could_not_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gazette.db"
    await (await Database.open(path)).close()
    old = {f"gazette-before-{HEAD}-2026-11-{day}.db" for day in range(10, 14)}
    for name in old:
        shutil.copy(path, tmp_path / name)
    add_migration(tmp_path, monkeypatch, "    pass\n")

    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup, "_write_through", full)
    with pytest.raises(OSError, match="No space left"):
        await Database.open(path, lambda: DAY)
    assert {found.name for found in tmp_path.glob("*before*")} == old


@pytest.mark.parametrize("history", ["gazette.db", "news.sqlite3", "history"])
@pytest.mark.parametrize("end", ["before-0002", "before-0007-2026-12-01", "before-0007-2026-12-01-093005"])
async def test_the_newest_backup_is_found_under_each_name_that_a_copy_may_have(
    tmp_path: Path, history: str, end: str
) -> None:
    path = tmp_path / history
    await (await Database.open(path)).close()
    copy = path.with_name(f"{path.stem}-{end}{path.suffix}")
    back_up(path, copy)
    (tmp_path / f".{copy.name}.part").write_bytes(path.read_bytes())
    (tmp_path / f"folder{path.suffix}").mkdir()
    assert newest_backup(path) == copy


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
    path = tmp_path / "data" / "gazette.db"
    with only_one(path), pytest.raises(Locked, match=str(os.getpid())), only_one(path):
        pass
    with only_one(path):
        pass
