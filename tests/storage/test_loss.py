"""A history that is removed or replaced under the program."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.heartbeat import Heart, Vitals, heartbeat_path
from bot.supervisor import Supervisor
from storage import articles
from storage.anchor import Anchor, Loss
from storage.backup import back_up
from storage.database import Database
from tests.conftest import Clock, record


class Beats:
    """Lets a heart beat once more each time."""

    def __init__(self, path: Path, opened: Database, clock: Clock) -> None:
        self._resting, self._go = asyncio.Event(), asyncio.Event()
        self.heart = Heart(path, lambda: Vitals(True, 1, 0, 0), clock, self._sleep, database=opened)

    async def _sleep(self, _seconds: float) -> None:
        self._resting.set()
        self._go.clear()
        await self._go.wait()

    async def rest(self) -> None:
        await self._resting.wait()
        self._resting.clear()

    def beat(self) -> None:
        self._go.set()


@pytest.mark.parametrize("what", ["removed", "replaced"])
async def test_the_program_ends_once_its_history_is_another_file(
    tmp_path: Path, clock: Clock, what: str
) -> None:
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    await opened.transact(lambda connection: articles.add(connection, record()))
    back_up(path, tmp_path / "copy.db")
    beats = Beats(path, opened, clock)
    async with Supervisor({"heart": beats.heart.run}) as supervisor:
        supervisor.turn_on("heart")
        await beats.rest()
        beats.beat()
        await beats.rest()  # all is well for as long as it is in its place
        if what == "removed":
            path.unlink()
        else:
            (tmp_path / "copy.db").rename(path)
        beats.beat()
        with pytest.raises(StartupError) as caught:
            await supervisor.until_failure()
    assert what in str(caught.value) or "Another file was put in the place" in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not heartbeat_path(path).exists()
    await opened.close()


async def test_a_history_that_was_moved_away_has_all_that_was_stored(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    await opened.transact(lambda connection: articles.add(connection, record(1)))
    back_up(path, tmp_path / "copy.db")
    await opened.transact(lambda connection: articles.add(connection, record(2)))
    path.rename(tmp_path / "old.db")
    (tmp_path / "copy.db").rename(path)
    await opened.close()
    old = await Database.open(tmp_path / "old.db")
    async with old.read() as connection:
        assert await articles.find_text(connection, record(2).text_hash) is not None
    await old.close()


async def test_a_backup_that_was_put_in_place_is_left_as_it_is(tmp_path: Path) -> None:
    """Also if a connection was opened only then: it finds the old history's journal beside the new one."""
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    await opened.transact(lambda connection: articles.add(connection, record(1)))
    back_up(path, tmp_path / "copy.db")
    restored = (tmp_path / "copy.db").read_bytes()
    await opened.transact(lambda connection: articles.add(connection, record(2)))
    (tmp_path / "copy.db").rename(path)
    async with opened.read() as connection:
        await connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    await opened.close()
    assert path.read_bytes() == restored

    # Nothing of the old one's journal is read into it at the next start.
    again = await Database.open(path)
    async with again.read() as connection:
        assert (await connection.exec_driver_sql("PRAGMA integrity_check")).scalar() == "ok"
        assert await articles.find_text(connection, record(1).text_hash) is not None
        assert await articles.find_text(connection, record(2).text_hash) is None
    await again.close()


def test_a_file_that_is_written_to_is_still_the_same(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    path.write_text("a")
    anchor = Anchor(path)
    path.write_text("something else")
    path.chmod(0o600)
    assert anchor.loss() is None
    shutil.copy(path, tmp_path / "other")
    (tmp_path / "other").replace(path)
    assert anchor.loss() is Loss.REPLACED
    path.unlink()
    assert anchor.loss() is Loss.REMOVED
    anchor.close()


def test_a_disk_that_does_not_answer_is_no_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gazette.db"
    path.touch()
    anchor = Anchor(path)

    def stale(_path: Path) -> None:
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr(Path, "stat", stale)
    assert anchor.loss() is None
    anchor.close()
