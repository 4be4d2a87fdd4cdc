from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from storage import articles
from storage.articles import EntityRecord
from storage.database import Database
from tests.conftest import record


@pytest.mark.parametrize(
    "published",
    [
        None,
        date(2026, 2, 9),
        datetime(2026, 2, 9, 14, 5, tzinfo=UTC),
        datetime(2026, 2, 9, 14, 5, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
async def test_a_date_comes_back_as_precise_as_it_was(database: Database, published: date | None) -> None:
    async with database.write() as connection:
        article_id = await articles.add(connection, record(published=published))
        stored = await articles.get(connection, article_id)
    assert stored is not None
    assert stored.published == published
    assert type(stored.published) is type(published)


@pytest.mark.parametrize(
    "entities", [None, (), (EntityRecord("Óbidos", "place", 3, ("Obidos", "the town")),)]
)
async def test_entities_come_back_as_they_were(
    database: Database, entities: tuple[EntityRecord, ...] | None
) -> None:
    async with database.write() as connection:
        article_id = await articles.add(connection, record(entities=entities))
        stored = await articles.get(connection, article_id)
    assert stored is not None
    assert stored.entities == entities


async def test_a_text_is_found_by_its_hash(database: Database) -> None:
    async with database.write() as connection:
        first = await articles.add(connection, record(1))
        await articles.add(connection, record(2))
        assert await articles.find_text(connection, record(1).text_hash) == first
        assert await articles.find_text(connection, record(3).text_hash) is None


async def test_an_article_that_is_not_there_is_none(database: Database) -> None:
    async with database.read() as connection:
        assert await articles.get(connection, 1) is None
