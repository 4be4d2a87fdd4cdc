from storage import articles, files, refusals
from storage.database import Database
from storage.files import Decision, Outcome
from tests.conftest import Clock, record

HASH = bytes(32)

EMPTY = Decision(Outcome.REFUSED, reason="It is empty.")


async def test_a_content_that_was_never_seen_is_none(database: Database) -> None:
    async with database.read() as connection:
        assert await files.find(connection, HASH) is None


async def test_a_refused_content_keeps_its_reason(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await files.add(connection, HASH, "a.txt", EMPTY, clock())
        seen = await files.find(connection, HASH)
    assert seen is not None
    assert (seen.outcome, seen.reason, seen.article_id) == (Outcome.REFUSED, "It is empty.", None)


async def test_a_path_leads_to_the_content_that_was_seen_there_last(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        await files.add(connection, b"2" * 32, "a.txt", EMPTY, clock())
        assert not await files.is_linked(connection, "a.txt", 1)
        assert await files.is_linked(connection, "a.txt", 2)


async def test_a_name_that_is_no_utf_8_is_kept(database: Database, clock: Clock) -> None:
    name = "caf\udce9\n.txt"
    async with database.write() as connection:
        article_id = await articles.add(connection, record())
        await files.add(connection, HASH, name, Decision(Outcome.ARTICLE, article_id), clock())
        seen = await files.find(connection, HASH)
        assert seen is not None
        assert await files.is_linked(connection, name, seen.id)


async def test_a_file_that_was_moved_lies_only_where_it_is_now(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await files.add(connection, HASH, "a.txt", EMPTY, clock())
        await files.link(connection, "b.txt", 1, clock(), Outcome.REFUSED)
        await files.move(connection, "world/a.txt", 1, clock(), Outcome.REFUSED)
        assert await files.places(connection, 1, 10) == ["world/a.txt"]


async def test_the_copies_of_an_article_are_its_other_files_and_their_other_names(
    database: Database, clock: Clock
) -> None:
    async with database.write() as connection:
        article_id = await articles.add(connection, record())
        await files.add(connection, b"1" * 32, "a.txt", Decision(Outcome.ARTICLE, article_id), clock())
        clock.advance(minutes=1)
        copy = Decision(Outcome.DUPLICATE, article_id, source="Example Times")
        await files.add(connection, b"2" * 32, "b.html", copy, clock())
        clock.advance(minutes=1)
        await files.link(connection, "world/a.txt", 1, clock(), Outcome.ARTICLE)
        await files.add(connection, b"3" * 32, "b.html", EMPTY, clock())  # another text took that name since
        found, more = await files.copies(connection, article_id, article_id, 2)
        assert (len(found), more) == (2, 0)
        (one,), more = await files.copies(connection, article_id, article_id, 1)
        assert (one, more) == (found[0], 1)
    assert [(copy.path, copy.source) for copy in found] == [
        ("b.html", "Example Times"),
        ("world/a.txt", None),
    ]


async def test_refused_files_wait_to_be_read_again_until_they_are_decided_anew(
    database: Database, clock: Clock
) -> None:
    async with database.write() as connection:
        await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        await files.add(connection, b"2" * 32, "b.txt", EMPTY, clock())
        assert await refusals.read_again(connection, ["b.txt"], clock()) == 1
        assert await files.to_be_read_again(connection) == ["b.txt"]
        assert await refusals.read_again(connection, ["a.txt", "b.txt"], clock()) == 2
        article_id = await articles.add(connection, record())
        await files.decide_again(connection, 2, Decision(Outcome.ARTICLE, article_id))
        assert await files.to_be_read_again(connection) == ["a.txt"]
        assert await refusals.read_again(connection, ["b.txt"], clock()) == 0
