"""Nightly backups: one of each night, the newest kept, none half done."""

import asyncio
import errno
import logging
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

import bot.news.backups
from bot.news.backups import Backups
from storage import backup
from storage.database import Database
from storage.nightly import forget_backups, nightly_backups

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)


class Usage(NamedTuple):
    """What a disk holds, in bytes."""

    total: int
    used: int
    free: int


class Night:
    """A history with its backups, a clock and operators."""

    def __init__(self, history: Path) -> None:
        self.history = history
        self.now = NOON
        self.agreed = True
        self.told: list[str] = []

    async def look(self, kept: int = 3) -> None:
        await self.service(kept).look()

    def service(self, kept: int = 3) -> Backups:
        return Backups(self.history, kept, lambda: self.now, self._agreed, self._tell)

    async def _agreed(self) -> datetime | None:
        return self.now if self.agreed else None

    async def _tell(self, _cause: str, sentence: str) -> None:
        self.told.append(sentence)

    @property
    def days(self) -> list[str]:
        return [f"{day}" for day in nightly_backups(self.history)]


@pytest.fixture
async def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Night:
    monkeypatch.setattr(bot.news.backups, "HOUR", 0)  # whatever the zone of this computer
    history = tmp_path / "gazette.db"
    await (await Database.open(history)).close()
    return Night(history)


async def test_there_is_one_backup_of_a_day_and_the_newest_are_kept(night: Night) -> None:
    for _ in range(5):
        await night.look()
        await night.look()
        night.now += timedelta(days=1)
    assert night.days == ["2026-12-14", "2026-12-13", "2026-12-12"]
    newest = nightly_backups(night.history)[date(2026, 12, 14)]
    assert newest.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(newest)) as copied:
        assert copied.execute("SELECT count(*) FROM articles").fetchone() == (0,)


async def test_none_is_older_than_so_many_days_once_the_bot_is_back(night: Night) -> None:
    await night.look()
    night.now += timedelta(days=20)
    await night.look()
    assert night.days == ["2026-12-30"]


async def test_a_clock_that_is_wrong_removes_none(night: Night) -> None:
    await night.look(kept=1)
    night.agreed = False
    night.now += timedelta(days=300)
    await night.look(kept=1)
    assert len(night.days) == 2


async def test_a_backup_of_a_day_to_come_goes_once_the_clock_is_right(night: Night) -> None:
    night.agreed = False
    night.now += timedelta(days=300)
    await night.look()
    night.now -= timedelta(days=300)
    night.agreed = True
    await night.look()
    assert night.days == ["2026-12-10"]


async def test_a_missed_night_makes_no_backup_stay_longer(night: Night) -> None:
    await night.look(kept=2)
    night.now += timedelta(days=2)
    await night.look(kept=2)
    assert night.days == ["2026-12-12"]


async def test_what_a_killed_program_left_goes_with_the_next_backup(
    night: Night,
) -> None:
    left = [".gazette-backup-2026-11-30.db.part", ".gazette-backup-2026-11-30.db.part-journal"]
    others = [".other-backup-2026-11-30.db.part", ".gazette-notes.db.part"]
    folder = night.history.parent
    for name in (*left, *others):
        (folder / name).write_bytes(b"a copy of a text")
    await night.look()
    assert {path.name for path in folder.glob(".*part*")} == set(others)
    left[0] = ".gazette-before-0012-2026-11-30.db.part"
    for name in left:
        (folder / name).write_bytes(b"a copy of a text")
    forget_backups(night.history)
    assert {path.name for path in folder.glob(".*part*")} == set(others)
    assert night.days == []


async def test_a_backup_that_is_removed_while_it_is_made_does_not_get_done(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_write_through", lambda _path: forget_backups(night.history))
    await night.look()
    assert night.days == []
    assert len(night.told) == 1


async def test_files_of_others_stay(night: Night) -> None:
    theirs = ["gazette-backup-2026.db", "gazette-backup-2026-99-99.db", "other-backup-2026-01-01.db"]
    before = "gazette-before-0009-2026-01-01.db"
    for name in [*theirs, before]:
        shutil.copy(night.history, night.history.with_name(name))
    await night.look(kept=1)
    names = {path.name for path in night.history.parent.glob("*.db")}
    assert names == {"gazette.db", "gazette-backup-2026-12-10.db", before, *theirs}
    forget_backups(night.history)
    assert {path.name for path in night.history.parent.glob("*.db")} == {"gazette.db", *theirs}


async def test_a_disk_without_room_is_told_once_a_day_and_tried_the_next(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: Usage(10**9, 10**9 - 10**6, 10**6))
        service = night.service()
        await service.look()
        await service.look()
    assert len(night.told) == 1
    assert "1 MB are free" in night.told[0]
    assert night.days == []
    night.now += timedelta(days=1)
    await service.look()
    assert night.days == ["2026-12-11"]


async def test_a_disk_that_gets_full_leaves_no_half_backup_and_removes_no_whole_one(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    await night.look(kept=1)
    night.now += timedelta(days=1)

    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup, "_write_through", full)
    await night.look(kept=1)
    assert "No space left" in night.told[0]
    assert night.days == ["2026-12-10"]
    assert not list(night.history.parent.glob(".*part"))


async def test_the_program_does_not_wait_for_a_backup_when_it_ends(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, begun = asyncio.get_running_loop(), asyncio.Event()
    ended: list[BaseException] = []

    def endless(_history: Path, _day: date, look: object) -> None:
        loop.call_soon_threadsafe(begun.set)
        while True:
            try:
                look()  # type: ignore[operator]
            except BaseException as error:
                ended.append(error)
                raise

    monkeypatch.setattr(bot.news.backups, "back_up_nightly", endless)
    running = asyncio.create_task(night.service().run())
    await begun.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await loop.shutdown_default_executor()
    assert ended


async def test_0_makes_none(night: Night, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    slept = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        slept.set()
        await asyncio.Event().wait()

    service = Backups(night.history, 0, lambda: NOON, night._agreed, night._tell, sleep)
    running = asyncio.create_task(service.run())
    await slept.wait()
    running.cancel()
    assert night.days == []
    assert await service.days_held() is None
