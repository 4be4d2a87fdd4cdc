from storage import articles, files
from storage.database import Database
from storage.files import Outcome
from tests.conftest import Clock, record

HASH = bytes(32)


async def test_a_content_that_was_never_seen_is_none(database: Database) -> None:
    async with database.read() as connection:
        assert await files.find(connection, HASH) is None


async def test_a_refused_content_keeps_its_reason(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await files.add_refused(connection, HASH, "a.txt", "It is empty.", clock())
        seen = await files.find(connection, HASH)
    assert seen is not None
    assert (seen.outcome, seen.reason, seen.article_id) == (Outcome.REFUSED, "It is empty.", None)


async def test_a_path_leads_to_the_content_that_was_seen_there_last(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await files.add_refused(connection, b"1" * 32, "a.txt", "It is empty.", clock())
        await files.add_refused(connection, b"2" * 32, "a.txt", "It is empty.", clock())
        assert not await files.is_linked(connection, "a.txt", 1)
        assert await files.is_linked(connection, "a.txt", 2)


async def test_a_name_that_is_no_utf_8_is_kept(database: Database, clock: Clock) -> None:
    name = "caf\udce9\n.txt"
    async with database.write() as connection:
        article_id = await articles.add(connection, record())
        await files.add_article(connection, HASH, name, Outcome.ARTICLE, article_id, clock())
        seen = await files.find(connection, HASH)
        assert seen is not None
        assert await files.is_linked(connection, name, seen.id)
