"""Nobody but their owner may read the history and what lies beside it."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.heartbeat import Heart, Vitals
from storage import articles
from storage.backup import back_up
from storage.database import Database
from storage.lock import only_one
from tests.conftest import Clock, record


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir() if path.is_file()}


@pytest.fixture(autouse=True)
def _the_usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


class Enough(Exception):
    """The heart has beaten once."""


async def _use(path: Path, clock: Clock) -> dict[str, str]:
    """Let all that Gazette writes beside its history be there, and return the modes of it."""
    found = {}

    async def look(_seconds: float) -> None:
        found.update(modes(path.parent))
        raise Enough

    with only_one(path):
        opened = await Database.open(path)
        async with opened.write() as connection:
            await articles.add(connection, record())
        back_up(path, path.with_name("copy.db"))
        with pytest.raises(Enough):
            await Heart(path, lambda: Vitals(True, 1, 0, 0), clock, look).run()
        await opened.close()
    return found


FILES = {"gazette.db", "gazette.db-wal", "gazette.db-shm", "gazette.db.lock", "gazette.db.alive", "copy.db"}


async def test_a_new_history_and_all_that_lies_beside_it_is_the_owners(tmp_path: Path, clock: Clock) -> None:
    assert await _use(tmp_path / "gazette.db", clock) == dict.fromkeys(FILES, "0o600")


async def test_a_history_that_others_could_read_is_closed_to_them(tmp_path: Path, clock: Clock) -> None:
    """Its journal too, which a killed program left, the lock, and the copies that updates made."""
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    async with opened.write() as connection:
        await articles.add(connection, record(2))
    for end in ("-wal", "-shm"):
        shutil.copy(f"{path}{end}", tmp_path / f"kept{end}")
    await opened.close()
    shutil.copy(path, tmp_path / "gazette-before-0002.db")
    shutil.copy(path, tmp_path / "gazette-before-0007-2026-12-01.db")
    for end in ("-wal", "-shm"):
        (tmp_path / f"kept{end}").rename(f"{path}{end}")
    (tmp_path / "gazette.db.lock").touch()
    for found in tmp_path.iterdir():
        found.chmod(0o644)
    expected = {*FILES, "gazette-before-0002.db", "gazette-before-0007-2026-12-01.db"}
    assert await _use(path, clock) == dict.fromkeys(expected, "0o600")


async def test_a_group_that_was_let_in_on_purpose_stays_in(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "gazette.db"
    await (await Database.open(path)).close()
    path.chmod(0o640)
    assert await _use(path, clock) == dict.fromkeys(FILES, "0o640")


async def test_the_owner_s_history_is_closed_though_a_group_may_read_what_others_may(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    await (await Database.open(path)).close()
    path.chmod(0o664)
    await (await Database.open(path)).close()
    assert modes(tmp_path)["gazette.db"] == "0o600"


def test_a_copy_is_closed_from_its_first_byte_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gazette.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE articles (id INTEGER)")
    path.chmod(0o600)
    (tmp_path / ".copy.db.part").write_text("a killed program's")
    seen = []
    connect = sqlite3.connect

    def noted(*args: str, **kwargs: bool) -> sqlite3.Connection:
        seen.append(modes(tmp_path).get(".copy.db.part"))
        return connect(*args, **kwargs)  # type: ignore[call-overload, no-any-return]  # whatever was given

    monkeypatch.setattr(sqlite3, "connect", noted)
    back_up(path, tmp_path / "copy.db")
    assert set(seen) == {"0o600"}
