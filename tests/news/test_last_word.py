"""What people say about two articles, in a history where much has happened meanwhile."""

from collections.abc import Awaitable, Callable
from hashlib import blake2b
from pathlib import Path

import pytest
from sqlalchemy import event, update
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.analysis.analyse import shingles_of
from bot.analysis.comparison import Verdict
from bot.analysis.shingles import Shingled
from bot.analysis.terms import Terms
from bot.articles.article import Article
from bot.errors import NotFound
from bot.news.moderation import Moderation
from bot.news.sending.channels import Sent
from bot.news.subscriptions.routing import Routing
from storage import articles, comparisons, deliveries, schema, sending, stories
from storage.comparisons import ComparisonRecord
from storage.connection import Connection
from storage.database import Database
from storage.packed import pack_text
from tests.conftest import Clock, record
from tests.news.newsroom import CHANNEL, Everywhere, subscribed

OTHER = 72

Shingles = Callable[[Article], Awaitable[tuple[Shingled, Terms]]]


async def shingles(article: Article) -> tuple[Shingled, Terms]:
    return shingles_of(article)


class Newsroom:
    """A history with articles, each posted in a channel unless said otherwise."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    async def moderation(self, shingles: Shingles = shingles, *channels: int) -> Moderation:
        routing = Routing(await subscribed(self.database, self.clock, *(channels or (CHANNEL,))))
        return Moderation(self.database, Everywhere(), self.clock, lambda: None, shingles, routing)

    async def add(
        self,
        number: int,
        story: int | None = None,
        *,
        of: int | None = None,
        copy_of: int | None = None,
        channel: int | None = CHANNEL,
    ) -> None:
        """Add an article, of a story, that was compared with another."""
        async with self.database.write() as connection:
            assert await articles.add(connection, record(number)) == number
            await stories.place(connection, number, story_id=story, duplicate_of=copy_of)
            if of is not None or copy_of is not None:
                compared = ComparisonRecord(Verdict.SAME_STORY, of or copy_of or 0, 0.5, 1, 0.5)
                await comparisons.compared(connection, number, compared)
            if channel is not None:
                await deliveries.enqueue(connection, number, [channel], self.clock())
                delivery = (await deliveries.of_article(connection, number))[0]
                await sending.begin(connection, delivery.id, "n", 0, self.clock())
                await sending.finish(connection, delivery, Sent(number, channel), (), self.clock())

    async def renewed(self) -> set[int]:
        """Return the articles whose posts are to be edited."""
        async with self.database.read() as connection:
            return await ids(connection, "SELECT article_id FROM deliveries WHERE wanted > shown")

    async def stories(self) -> list[int]:
        """Return the story of each article."""
        async with self.database.read() as connection:
            rows = await connection.exec_driver_sql("SELECT story_id FROM articles ORDER BY id")
            return list(rows.scalars())


async def ids(connection: Connection, query: str) -> set[int]:
    return set((await connection.exec_driver_sql(query)).scalars())


@pytest.fixture
def newsroom(database: Database, clock: Clock) -> Newsroom:
    return Newsroom(database, clock)


async def test_the_first_posts_of_both_stories_change_when_the_two_become_one(newsroom: Newsroom) -> None:
    for number, story in ((1, 1), (2, 1), (3, 3), (4, 3)):
        await newsroom.add(number, story, of=2 if number == 4 else None)
    await (await newsroom.moderation()).together(4)
    assert await newsroom.stories() == [1, 1, 1, 1]
    assert await newsroom.renewed() >= {1, 3}


async def test_the_first_post_of_a_story_changes_though_the_one_that_began_it_is_gone(
    newsroom: Newsroom,
) -> None:
    await newsroom.add(1, 1)
    for number in (2, 3, 4):
        await newsroom.add(number, 1, of=number - 1)
    async with newsroom.database.write() as connection:
        await articles.forget(connection, 1, newsroom.clock())
    await (await newsroom.moderation()).apart(4)
    assert await newsroom.stories() == [1, 1, 1, 4]
    assert 2 in await newsroom.renewed()


async def test_the_story_that_an_article_leaves_changes_wherever_the_other_is(newsroom: Newsroom) -> None:
    await newsroom.add(1, 1)
    await newsroom.add(2, 2)
    await newsroom.add(3, 1, of=2)
    await (await newsroom.moderation()).apart(3)
    assert 1 in await newsroom.renewed()


async def test_copies_go_with_the_article_that_leaves_a_story(newsroom: Newsroom) -> None:
    await newsroom.add(1, 1)
    await newsroom.add(2, 1, of=1)
    await newsroom.add(3, 1, copy_of=2, channel=OTHER)
    await (await newsroom.moderation()).apart(2)
    assert await newsroom.stories() == [1, 2, 2]


async def test_two_people_who_say_the_same_at_once_say_it_once(newsroom: Newsroom) -> None:
    await newsroom.add(1, 1)
    await newsroom.add(2, 1, copy_of=1, channel=None)

    async def slow(article: Article) -> tuple[Shingled, Terms]:
        await (await newsroom.moderation()).apart(2)
        return shingles_of(article)

    await (await newsroom.moderation(slow)).apart(2)
    async with newsroom.database.read() as connection:
        assert await ids(connection, "SELECT many FROM edges") == {1}
        assert len(await deliveries.of_article(connection, 2)) == 1


async def test_what_is_forgotten_meanwhile_is_not_posted(newsroom: Newsroom) -> None:
    await newsroom.add(1, 1)
    await newsroom.add(2, 1, copy_of=1, channel=None)

    async def slow(article: Article) -> tuple[Shingled, Terms]:
        await (await newsroom.moderation()).forget("article:2")
        return shingles_of(article)

    with pytest.raises(NotFound):
        await (await newsroom.moderation(slow)).apart(2)
    async with newsroom.database.read() as connection:
        assert await deliveries.of_article(connection, 2) == []


async def test_a_text_is_not_posted_again_where_a_copy_of_it_stands(newsroom: Newsroom) -> None:
    await newsroom.add(1, 1)
    await newsroom.add(2, 1, copy_of=1, channel=OTHER)
    reposted = await (await newsroom.moderation(shingles, CHANNEL, OTHER)).repost("article:1")
    assert (reposted.queued, len(reposted.standing)) == (0, 2)
    copy = await (await newsroom.moderation(shingles, CHANNEL, OTHER)).repost("article:2")
    assert (copy.queued, copy.standing) == (0, reposted.standing)


async def test_nothing_that_was_said_before_a_correction_is_left_when_it_is_forgotten(
    tmp_path: Path, clock: Clock
) -> None:
    """Also where SQLite was built to leave freed pages as they are."""
    secret = " ".join(blake2b(b"%d" % number).hexdigest() for number in range(200))

    def build_otherwise(connection: DBAPIConnection, _entry: object) -> None:
        connection.cursor().execute("PRAGMA secure_delete = OFF")

    event.listen(Engine, "connect", build_otherwise)
    try:
        database = await Database.open(tmp_path / "gazette.db")
        async with database.write() as connection:
            await articles.add(connection, record(1, text=secret, summary=()))
        async with database.write() as connection:
            await articles.correct(connection, 1, record(3))
        await (await Newsroom(database, clock).moderation()).forget("article:1")
        await database.close()
    finally:
        event.remove(Engine, "connect", build_otherwise)
    packed = pack_text(secret)
    assert isinstance(packed, bytes)
    content = (tmp_path / "gazette.db").read_bytes()
    assert not any(packed[start : start + 16] in content for start in range(0, len(packed) - 16, 16))


async def test_the_log_names_articles_by_their_titles_but_not_one_that_was_taken_back(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await newsroom.add(1)
    await newsroom.add(2, of=1)
    async with newsroom.database.write() as connection:
        hostile = "Harbour\n\x1b[2Jopens \u202e" + "x" * 500
        first = schema.articles.c.id == 1
        await connection.execute(update(schema.articles).where(first).values(title=hostile))
    moderation = await newsroom.moderation()
    await moderation.together(2)
    (told,) = caplog.messages
    assert told.startswith("article 2 “Harbour board meets, day 2” and article 1 “Harbour ")
    assert told.isprintable()
    assert len(told) < 200
    caplog.clear()
    await moderation.forget("article:2")
    assert caplog.messages == ["article 2 was taken back"]
