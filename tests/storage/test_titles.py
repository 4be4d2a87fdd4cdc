from datetime import UTC, datetime

import pytest

from storage import articles, deliveries, titles
from storage.database import Database
from tests.conftest import record

NOW = datetime(2026, 3, 1, tzinfo=UTC)

TITLES = ["Harbour board meets", "Règles for the harbour", "A quiet day", "港の新しい規則 published"]


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.write() as connection:
        for number, title in enumerate(TITLES):
            await articles.add(connection, record(number, title=title))
    return database


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("harb", ["Règles for the harbour", "Harbour board meets"]),
        ("harbour bo", ["Harbour board meets"]),
        ("HARBOUR", ["Règles for the harbour", "Harbour board meets"]),
        ("regles", ["Règles for the harbour"]),
        ("港の", ["港の新しい規則 published"]),
        ("nothing", []),
        ("", []),
        ('" OR NEAR( * harbour:', []),
        ("ha' --", ["Règles for the harbour", "Harbour board meets"]),
    ],
)
async def test_titles_are_found_by_the_beginnings_of_their_words(
    filled: Database, typed: str, found: list[str]
) -> None:
    async with filled.read() as connection:
        assert [match.title for match in await titles.search(connection, typed, 25)] == found


async def test_the_newest_come_first_and_no_more_than_asked_for(filled: Database) -> None:
    async with filled.read() as connection:
        assert [match.title for match in await titles.newest(connection, 2)] == [TITLES[3], TITLES[2]]
        assert [match.title for match in await titles.search(connection, "harbour", 1)] == [TITLES[1]]


async def test_only_titles_that_go_to_the_channels_are_found(filled: Database) -> None:
    async with filled.write() as connection:
        await deliveries.enqueue(connection, 1, [7], NOW)
        await deliveries.enqueue(connection, 2, [8], NOW)
    async with filled.read() as connection:
        assert [match.title for match in await titles.newest(connection, 5, {7})] == [TITLES[0]]
        assert [match.title for match in await titles.search(connection, "harb", 5, {7, 9})] == [TITLES[0]]
        assert len(await titles.search(connection, "harb", 5, {7, 8})) == 2
        assert await titles.newest(connection, 5, set()) == []


async def test_what_is_looked_at_for_somebody_who_sees_little_is_bounded(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(titles, "MOST_LOOKED_AT", 2)
    async with filled.write() as connection:
        await deliveries.enqueue(connection, 1, [7], NOW)
    async with filled.read() as connection:
        assert await titles.newest(connection, 5, {7}) == []
        assert len(await titles.newest(connection, 5)) == 4
