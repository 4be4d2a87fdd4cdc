"""Texts are kept compressed, and those from before are read as they are."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage import articles, recent
from storage.articles import EntityRecord
from storage.database import Database
from storage.packed import MOST_BYTES, Damaged, pack_text, unpack_text
from storage.trouble import trouble
from tests.conftest import Clock, record
from tests.storage.test_migration_of_subscriptions import article, migrate, run

LONG = " ".join(f"The harbour board met on day {number}." for number in range(40))
PORTO = EntityRecord("Porto", "place", 2, ("the town",))
SAID = " ".join(blake2b(b"%d" % number).hexdigest() for number in range(200))
"""A text that takes several pages also when it is compressed."""

texts = st.builds(
    lambda parts, times: "".join(parts) * times,
    st.lists(st.text(st.characters(), max_size=30), max_size=6),
    st.integers(0, 20),
)


def remains(of: str, content: bytes) -> bool:
    """Tell whether a part of a compressed text stands in a file."""
    packed = pack_text(of)
    assert isinstance(packed, bytes)
    return any(packed[start : start + 16] in content for start in range(0, len(packed) - 16, 16))


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE kept (text TEXT)")
        yield connection


@given(texts)
@example("\ud83d")
@example("a\x00b")
@example("12")
def test_any_text_comes_back_from_the_history(table: sqlite3.Connection, text: str) -> None:
    kept = pack_text(text)
    assert len(kept.encode() if isinstance(kept, str) else kept) <= len(text.encode("utf-8", "replace")) + 20
    table.execute("DELETE FROM kept")
    table.execute("INSERT INTO kept VALUES (?)", (kept,))
    assert unpack_text(table.execute("SELECT text FROM kept").fetchone()[0]) == text


@pytest.mark.parametrize("text", ["", LONG, "ü" * 1_000_000, "\U0001f6a2 ship" * 166_666])
async def test_an_article_comes_back_whole(database: Database, text: str) -> None:
    async with database.write() as connection:
        number = await articles.add(connection, record(text=text, summary=()))
        stored = await articles.get(connection, number)
        assert stored is not None
        assert stored.text == text
        assert await articles.says(connection, number, record(text=text, summary=()))
        kept = await connection.exec_driver_sql("SELECT length(CAST(text AS BLOB)), characters FROM articles")
        [(size, characters)] = [tuple(row) for row in kept]
    assert size <= len(text.encode()) / 3
    assert characters == len(text)


@given(st.integers(0), st.integers(0, 7))
def test_a_changed_bit_is_told(place: int, bit: int) -> None:
    packed = bytearray(zlib.compress(LONG.encode()))
    packed[place % len(packed)] ^= 1 << bit
    with pytest.raises(Damaged):
        unpack_text(bytes(packed))


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        zlib.compress(LONG.encode())[:-1],
        zlib.compress(LONG.encode()) + b"x",
        zlib.compress(b"\xff" * 100),
        zlib.compress(b" " * (MOST_BYTES + 1)),
    ],
    ids=["empty", "cut off", "more behind it", "no text", "without end"],
)
def test_what_is_no_text_is_told_as_damage(kept: bytes) -> None:
    with pytest.raises(Damaged) as told:
        unpack_text(kept)
    assert "put a backup in its place" in (trouble(told.value) or "")


async def test_a_damaged_article_is_told_and_the_others_are_read(database: Database) -> None:
    async with database.write() as connection:
        for number in (1, 2):
            await articles.add(connection, record(number, text=LONG, summary=()))
        await connection.exec_driver_sql("UPDATE articles SET text = substr(text, 1, 40) WHERE id = 1")
    async with database.read() as connection:
        with pytest.raises(Damaged):
            await articles.get(connection, 1)
        stored = await articles.get(connection, 2)
    assert stored is not None
    assert stored.text == LONG


async def test_an_older_history_is_read_as_a_new_one_and_taken_back_to_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    migrate(path, "0005")
    kept = "SELECT id, typeof(text), text, typeof(entities), entities FROM articles ORDER BY id"
    entities = '[["Porto","place",2,["the town"]]]'
    before = run(
        path,
        article(1),
        article(2),
        f"UPDATE articles SET text = '{LONG}', entities = '{entities}' WHERE id = 1",  # noqa: S608
        kept,
    )
    database = await Database.open(path)
    async with database.write() as connection:
        old = await articles.get(connection, 1)
        assert old is not None
        assert (old.text, old.entities) == (LONG, (PORTO,))
        assert await articles.longest(connection) == old
        many = (PORTO,) * 20
        new = await articles.add(connection, record(3, text=LONG + LONG, summary=(), entities=many))
        assert await articles.longest(connection) == await articles.get(connection, new)
        since = datetime(1970, 1, 1, tzinfo=UTC)
        room = len(LONG) * 2 + len("x")
        found, _ = await recent.articles_since(connection, since, None, limit=9, characters=room)
        assert [(one.id, one.text) for one in found] == [(new, LONG + LONG), (2, "x")]
        assert await recent.names(connection) == ["Porto"]
    await database.close()
    assert [row[1] for row in run(path, kept)] == ["text", "text", "blob"]
    migrate(path, "0005")
    assert run(path, kept)[:2] == before
    assert run(path, kept)[2][1:4] == ("text", LONG + LONG, "text")


async def test_no_part_of_a_text_is_left_that_was_corrected_or_removed(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    async with database.write() as connection:
        for number in range(1, 4):
            said = record(number, text=f"{number} {SAID}", summary=(), stored_at=clock())
            await articles.add(connection, said)
    for step in range(1, 4):
        async with database.write() as connection:
            if step == 1:
                await articles.correct(connection, 1, record(9))
            elif step == 2:
                await articles.forget(connection, 2, clock())
            else:
                later = clock() + timedelta(days=1)
                assert await articles.prune(connection, later, 10, clock()) == 2
    await database.close()
    content = (tmp_path / "history" / "gazette.db").read_bytes()
    for number in range(1, 4):
        assert not remains(f"{number} {SAID}", content)


async def test_a_history_keeps_the_size_of_its_pages(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    migrate(old, "0005")
    for path in (old, new):
        database = await Database.open(path)
        async with database.write() as connection:
            await articles.add(connection, record())
        await database.close()
    assert run(old, "PRAGMA page_size") == [(4096,)]
    assert run(new, "PRAGMA page_size") == [(8192,)]
