import pytest

from storage import articles, titles
from storage.database import Database
from tests.conftest import record

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
