"""What filters are tried on, and what people choose from."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects import sqlite

from storage import articles, recent, stories
from storage.articles import EntityRecord
from storage.connection import Connection
from storage.database import Database
from tests.conftest import record

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENOUGH = 1_000_000


async def add(connection: Connection, number: int, minutes: int = 0, **changes: object) -> int:
    return await articles.add(
        connection, record(number, stored_at=NOON + timedelta(minutes=minutes), **changes)
    )


async def found(
    database: Database,
    sections: set[str | None] | None = None,
    limit: int = 10,
    characters: int = ENOUGH,
) -> tuple[list[int], bool]:
    async with database.read() as connection:
        came, is_whole = await recent.articles_since(
            connection, NOON, sections, limit=limit, characters=characters
        )
    return [article.id for article in came], is_whole


async def test_articles_of_a_period_come_newest_first_in_their_sections(database: Database) -> None:
    async with database.write() as connection:
        await add(connection, 1)
        await add(connection, 2, 2, section="world")
        await add(connection, 3, 1, section="Sport")
        await add(connection, 4, 3)
        assert await recent.sections_since(connection, NOON) == {"world", "Sport", None}
        (newest,), _ = await recent.articles_since(connection, NOON, None, limit=1, characters=ENOUGH)
    assert newest.text == record(4).text
    assert await found(database) == ([4, 2, 3], True)
    assert await found(database, {"world", None}) == ([4, 2], True)
    assert await found(database, {"Sport"}) == ([3], True)
    assert await found(database, set()) == ([], True)


async def test_as_many_are_read_as_there_is_room_for(database: Database) -> None:
    async with database.write() as connection:
        for number in range(1, 5):
            await add(connection, number, number)
    assert await found(database, limit=3) == ([4, 3, 2], False)
    assert await found(database, limit=4) == ([4, 3, 2, 1], True)
    assert await found(database, characters=2 * len(record(1).text)) == ([4, 3], False)


async def test_a_text_is_tried_once_and_one_that_is_gone_not_at_all(database: Database) -> None:
    async with database.write() as connection:
        for number in range(1, 5):
            await add(connection, number, number)
            await stories.place(connection, number)
        await stories.place(connection, 3, duplicate_of=1)
        await articles.forget(connection, 2, NOON)
    assert await found(database) == ([4, 3], True)


async def test_what_is_known_comes_by_how_often_it_was_named(database: Database) -> None:
    porto, reed = (
        EntityRecord("Porto", "PLACE", 2, ()),
        EntityRecord("Ada \u201cA\u201d Reed", "PERSON", 1, ("Reed",)),
    )
    async with database.write() as connection:
        await add(connection, 1, language="fr", source=None, entities=(reed, porto))
        await add(connection, 2, entities=(porto,))
        await add(connection, 3, source="Post", language=None)
        await add(connection, 4, entities=())
        assert await recent.names(connection) == ["Porto", reed.name]
        assert await recent.sources(connection) == ["Example Times", "Post"]
        assert await recent.languages(connection) == ["en", "fr"]


async def test_the_newest_articles_are_found_by_their_index(database: Database) -> None:
    query = recent.newest_since(NOON, {"world", None}, 1001).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    async with database.read() as connection:
        (step,) = [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    assert "USING INDEX articles_with_a_body" in step  # no other step: nothing is sorted
