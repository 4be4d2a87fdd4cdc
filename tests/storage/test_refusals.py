from datetime import datetime

from storage import articles, files, refusals
from storage.connection import Connection
from storage.database import Database
from storage.files import Decision, Outcome
from tests.conftest import Clock, record

EMPTY = Decision(Outcome.REFUSED, reason="It is empty.")
FEED = Decision(Outcome.REFUSED, reason="It is a feed.")


async def listed(connection: Connection) -> list[tuple[str, str]]:
    return [(one.path, one.reason) for one in await refusals.listed(connection, 10)]


async def fill(connection: Connection, path: str, now: datetime) -> int:
    """Have an article lie at this path."""
    number = await articles.add(connection, record())
    await files.add(connection, b"a" * 32, path, Decision(Outcome.ARTICLE, number), now)
    return number


async def test_a_refusal_is_over_once_the_path_holds_an_article(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        await files.link(connection, "b.txt", 1, clock(), Outcome.REFUSED)
        await fill(connection, "a.txt", clock())
        assert await listed(connection) == [("b.txt", "It is empty.")]
        assert await refusals.count(connection) == 1


async def test_a_path_is_listed_once_with_its_newest_reason_and_the_newest_first(
    database: Database, clock: Clock
) -> None:
    async with database.write() as connection:
        await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        clock.advance(minutes=1)
        await files.link(connection, "b.txt", 1, clock(), Outcome.REFUSED)
        clock.advance(minutes=1)
        await files.add(connection, b"2" * 32, "a.txt", FEED, clock())
        assert await listed(connection) == [("a.txt", "It is a feed."), ("b.txt", "It is empty.")]
        assert [one.path for one in await refusals.listed(connection, 1)] == ["a.txt"]


async def test_what_was_dismissed_is_listed_again_once_it_has_changed(
    database: Database, clock: Clock
) -> None:
    async with database.write() as connection:
        await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        await files.link(connection, "b.txt", 1, clock(), Outcome.REFUSED)
        assert await refusals.dismiss(connection, ["a.txt", "nowhere.txt"], clock()) == 1
        assert await refusals.dismiss(connection, ["a.txt"], clock()) == 0
        await files.link(connection, "a.txt", 1, clock(), Outcome.REFUSED)  # it was seen as it is once more
        assert await listed(connection) == [("b.txt", "It is empty.")]
        await files.add(connection, b"2" * 32, "a.txt", FEED, clock())
        assert ("a.txt", "It is a feed.") in await listed(connection)


async def test_what_was_dismissed_stays_so_where_it_is_moved(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        await refusals.dismiss(connection, ["a.txt"], clock())
        await files.move(connection, "b.txt", 1, clock(), Outcome.REFUSED)
        assert await listed(connection) == []


async def test_an_article_cannot_be_dismissed_or_read_again(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await fill(connection, "a.txt", clock())
        assert await refusals.dismiss(connection, ["a.txt"], clock()) == 0
        assert await refusals.read_again(connection, ["a.txt"], clock()) == 0


async def test_what_was_dismissed_can_be_read_again_and_is_listed_then(
    database: Database, clock: Clock
) -> None:
    async with database.write() as connection:
        await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        await refusals.dismiss(connection, ["a.txt"], clock())
        assert await refusals.read_again(connection, ["a.txt"], clock()) == 1
        assert await files.to_be_read_again(connection) == ["a.txt"]
        assert await listed(connection) == [("a.txt", "It is empty.")]


async def test_more_paths_than_a_statement_takes_are_dismissed(database: Database, clock: Clock) -> None:
    paths = [f"{number}.txt" for number in range(refusals.PATHS_AT_ONCE + 1)]
    async with database.write() as connection:
        await files.add(connection, b"1" * 32, paths[0], EMPTY, clock())
        for path in paths:
            await files.link(connection, path, 1, clock(), Outcome.REFUSED)
        assert await refusals.dismiss(connection, paths, clock()) == len(paths)
        assert await refusals.count(connection) == 0


async def test_a_path_stays_the_article_s_own_while_refused_contents_follow_each_other(
    database: Database, clock: Clock
) -> None:
    async with database.write() as connection:
        number = await fill(connection, "a.txt", clock())
        assert await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        assert await files.add(connection, b"2" * 32, "a.txt", FEED, clock())
        assert await files.article_at(connection, "a.txt") == number
        copy = Decision(Outcome.DUPLICATE, number)
        assert not await files.add(connection, b"3" * 32, "a.txt", copy, clock())
        assert await files.article_at(connection, "a.txt") is None


async def test_a_copy_that_is_refused_later_leaves_the_article_where_it_is(
    database: Database, clock: Clock
) -> None:
    async with database.write() as connection:
        number = await fill(connection, "a.txt", clock())
        await files.link(connection, "b.txt", 1, clock(), Outcome.ARTICLE)
        assert await files.add(connection, b"1" * 32, "b.txt", EMPTY, clock())
        assert await files.article_at(connection, "b.txt") is None
        assert await files.article_at(connection, "a.txt") == number


async def test_a_placeholder_was_never_read(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        assert not await files.add(connection, b"1" * 32, "a.txt", EMPTY, clock())
        assert not await files.add(connection, b"2" * 32, "a.txt", FEED, clock())
        assert await files.article_at(connection, "a.txt") is None
