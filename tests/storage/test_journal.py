"""How much of the disk the history's journal takes."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from storage import articles, fingerprints
from storage.database import Database
from storage.engine import BUSY_SECONDS
from storage.fingerprints import FingerprintRecord
from tests.conftest import record

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Room(NamedTuple):
    free: int


async def store(opened: Database, number: int) -> None:
    text = " ".join(f"word{number}x{place}" for place in range(400)) + "."
    shingles = tuple(hash((number, place)) & (2**50 - 1) for place in range(30))
    printed = FingerprintRecord(
        data=bytes(1500), terms=None, is_roundup=False, shingles=shingles, indexed_terms=(), edges=()
    )
    async with opened.write() as connection:
        stored = await articles.add(connection, record(number, text=text))
        await fingerprints.put(connection, stored, printed, NOW)


def size(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


def room(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Room(free))


async def fill(opened: Database, path: Path, numbers: range) -> int:
    """Store articles while another program reads now and then, and return the journal's largest size."""
    largest = 0
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        for number in numbers:
            if number % 40 == 20:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM articles").fetchone()
            if number % 40 == 25:
                reader.execute("COMMIT")
            await store(opened, number)
            largest = max(largest, size(path))
    return largest


async def test_on_a_small_disk_the_journal_stays_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room(monkeypatch, 6_000_000)
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    largest = await fill(opened, path, range(200))
    await opened.close()
    assert largest < 3_000_000


async def test_a_disk_that_gets_full_while_the_bot_runs_has_its_journal_made_smaller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room(monkeypatch, 10**10)
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    await fill(opened, path, range(100))
    large = size(path)
    room(monkeypatch, 6_000_000)
    await opened.tend()
    await opened.tend()
    largest = await fill(opened, path, range(100, 200))
    await opened.close()
    assert largest < 3_000_000 < large


async def test_a_journal_that_is_not_written_to_gives_its_room_back(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    await store(opened, 1)
    await opened.tend()
    assert size(path) > 0  # it was written to since the last time
    await opened.tend()
    assert size(path) == 0
    await opened.close()


async def test_a_reader_that_holds_the_journal_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    await store(opened, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        await store(opened, 2)
        await opened.tend()
        await opened.tend()
        assert size(path) > 0
    async with opened.write() as connection:
        timeout = (await connection.exec_driver_sql("PRAGMA busy_timeout")).scalar()
    assert timeout == BUSY_SECONDS * 1000
    await opened.tend()
    await opened.tend()
    assert size(path) == 0
    await opened.close()


async def test_the_room_is_that_of_the_history_s_own_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def usage(folder: Path) -> Room:
        asked.append(folder)
        return Room(10**10)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    opened = await Database.open(tmp_path / "there" / "gazette.db")
    await store(opened, 1)
    await opened.close()
    assert set(asked) == {tmp_path / "there"}
