"""An article's own picture on its way from the file into the history."""

import json

from bot.analysis.analyse import analyse
from bot.analysis.analysis import Analysis, Method
from bot.news.history import to_article
from storage import articles
from storage.articles import StoredArticle
from tests.news.test_intake import Desk, desk

__all__ = ["desk"]  # the fixture

TEXT = "The harbour board met on Monday. It chose a new chair, who takes office in the spring."
FIRST, SECOND = "https://cdn.example.org/first.jpg", "https://cdn.example.org/second.jpg"


async def reader(data: bytes, name: str, section: str | None) -> Analysis:
    """Read as a worker does."""
    return analyse(data, name, section, 3, Method.BALANCED)


async def take(desk: Desk, picture: str | None, name: str = "a.json") -> StoredArticle:
    """Save a file with this picture and return the one article that there is."""
    desk.put(name, json.dumps({"title": "Harbour board meets", "text": TEXT, "image": picture}))
    await desk.take_all(name, analyse=reader)
    async with desk.database.read() as connection:
        stored = await articles.get(connection, 1)
        assert await articles.get(connection, 2) is None
    assert stored is not None
    return stored


async def test_the_picture_of_an_article_is_kept(desk: Desk) -> None:
    stored = await take(desk, FIRST)
    assert stored.picture == to_article(stored).picture == FIRST


async def test_a_picture_alone_that_changes_in_a_file_changes_the_article(desk: Desk) -> None:
    before = await take(desk, None)
    for picture in (FIRST, SECOND, None):
        after = await take(desk, picture)
        assert after.picture == picture
        assert after.text_hash == before.text_hash


async def test_the_same_text_with_another_picture_in_another_file_is_a_duplicate(desk: Desk) -> None:
    await take(desk, FIRST)
    assert (await take(desk, SECOND, "b.json")).picture == FIRST
