"""What is told of an article's way: where it stands, what it waits for, and why a channel did not get it."""

from pathlib import Path

import pytest

from bot.news.operations import Operations
from bot.news.sending.channels import Sent
from bot.news.subscriptions.routing import Routing
from bot.render.operations import status_json, status_lines, way_lines
from bot.settings import GivenSettings
from storage import articles, deliveries, digests, listing, sending, stories, subscriptions
from storage.database import Database
from storage.deliveries import State
from storage.digests import DigestKind, DigestRecord
from tests.conftest import Clock, record
from tests.news.newsroom import CHANNEL, SERVER, subscribed

OTHER = 72
LINK = f"https://discord.com/channels/{SERVER}"


class Desk:
    """A history with an article in the section "world", and what is told of it."""

    def __init__(self, database: Database, clock: Clock, path: Path) -> None:
        self.database = database
        self.clock = clock
        self._settings = GivenSettings.model_validate({"database_url": f"sqlite:///{path}"})

    async def operations(self) -> Operations:
        routing = Routing(await subscribed(self.database, self.clock))
        return Operations(self.database, self._settings, self.clock, routing)

    async def told(self, guild_id: int | None = SERVER, article: int = 1) -> list[str]:
        """Return the lines but the first, which names the article."""
        operations = await self.operations()
        return way_lines(await operations.why(article=f"article:{article}", guild_id=guild_id), guild_id)[1:]

    async def store(self) -> None:
        self.clock.advance(minutes=1)
        async with self.database.write() as connection:
            await articles.add(connection, record(1, section="world", stored_at=self.clock()))
        self.clock.advance(minutes=1)

    async def filter(self, channel: int, action: str, text: str) -> None:
        register = await subscribed(self.database, self.clock)
        async with register.changing(self.database) as connection:
            one = await register.of_channel(connection, channel)
            assert one is not None
            await subscriptions.add_filter(connection, one.id, action, "words", text)

    async def send(self, number: int, message_id: int, place_id: int) -> None:
        """Note that a delivery stands there."""
        async with self.database.write() as connection:
            await sending.begin(connection, number, "n", 0, self.clock())
            delivery = await sending.next_for(connection, CHANNEL, self.clock())
            assert delivery is not None
            assert delivery.id == number
            await sending.finish(connection, delivery, Sent(message_id, place_id), (), self.clock())

    async def digest(self) -> None:
        """List what is held in a digest that waits."""
        async with self.database.write() as connection:
            now = self.clock()
            held = DigestRecord(SERVER, now, now, "medium", kind=DigestKind.HELD, channel_id=CHANNEL)
            digest_id = await digests.add(connection, held)
            assert await listing.gather(connection, CHANNEL, State.HELD, digest_id, 9) == 1
            await listing.enqueue_digest(connection, digest_id, CHANNEL, now)


@pytest.fixture
def desk(database: Database, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(database, clock, tmp_path / "history" / "gazette.db")


async def test_each_channel_of_the_server_that_did_not_get_it_is_told_with_the_reason(desk: Desk) -> None:
    await subscribed(desk.database, desk.clock, 71, sections=("sport", "arts*"))
    await subscribed(desk.database, desk.clock, 72, sections=("sport",))
    await subscribed(desk.database, desk.clock, 73, 74, 75)
    await subscribed(desk.database, desk.clock, 90, sections=(), guild_id=SERVER + 1)
    await desk.filter(73, "exclude", "harbour")
    await desk.filter(74, "include", "volcano")
    await desk.store()
    async with desk.database.write() as connection:
        await deliveries.enqueue(connection, 1, [75], desk.clock())
    await subscribed(desk.database, desk.clock, 76)
    reasons = [
        "<#71>: not posted, it takes only the sections sport, arts\\*",
        "<#72>: not posted, it takes only the section sport",
        "<#73>: held back by a filter: No article that has the word “harbour”.",
        "<#74>: none of the filters that choose articles fits it.",
        "<#76>: the subscription began later",
    ]
    assert await desk.told() == ["Post #1: waiting to be sent", *reasons]
    in_a_terminal = await desk.told(None)
    assert "channel 71: not posted, it takes only the sections sport, arts*" in in_a_terminal
    assert "channel 90: not posted, it takes only articles of no section" in in_a_terminal
    assert len(in_a_terminal) == len(reasons) + 2


async def test_an_article_for_no_channel_was_imported_only_where_nothing_else_explains_it(desk: Desk) -> None:
    imported = "Queued for no channel: it was imported, or no channel was subscribed to it then."
    await desk.store()
    assert await desk.told() == [imported]
    await subscribed(desk.database, desk.clock, CHANNEL)
    assert await desk.told() == [f"<#{CHANNEL}>: the subscription began later"]


async def test_a_channel_that_wanted_it_and_did_not_get_it_is_no_reason(desk: Desk) -> None:
    await subscribed(desk.database, desk.clock, CHANNEL)
    await subscribed(desk.database, desk.clock, OTHER, sections=("sport",))
    await desk.store()
    assert [line.split(":")[0] for line in await desk.told()] == ["Queued for no channel", f"<#{OTHER}>"]


async def test_a_channel_that_got_the_text_in_another_file_lacks_nothing(desk: Desk) -> None:
    await subscribed(desk.database, desk.clock, CHANNEL, OTHER)
    await desk.store()
    async with desk.database.write() as connection:
        assert await articles.add(connection, record(2, stored_at=desk.clock())) == 2
        await stories.place(connection, 2, story_id=1, duplicate_of=1)
        await deliveries.enqueue(connection, 2, [CHANNEL], desk.clock())
        await deliveries.enqueue(connection, 1, [OTHER], desk.clock())
    assert await desk.told() == ["Post #2: waiting to be sent"]


async def test_filters_are_not_asked_about_a_text_that_is_gone(desk: Desk) -> None:
    await subscribed(desk.database, desk.clock, CHANNEL)
    await desk.filter(CHANNEL, "include", "chair")  # which its title has not
    await desk.store()
    async with desk.database.write() as connection:
        await articles.prune(connection, desk.clock(), 9, desk.clock())
    assert [line.split(":")[0] for line in await desk.told()][:1] == ["Queued for no channel"]
    assert "filter" not in "".join(await desk.told())
    async with desk.database.write() as connection:
        await articles.forget(connection, 1, desk.clock())
    assert all(line.startswith(("Queued", "Taken back")) for line in await desk.told())


async def test_an_article_waits_for_a_digest_and_then_stands_in_it(desk: Desk) -> None:
    await subscribed(desk.database, desk.clock, CHANNEL)
    await desk.store()
    async with desk.database.write() as connection:
        await deliveries.enqueue(connection, 1, [CHANNEL], desk.clock(), held=[CHANNEL])
    assert await desk.told() == [f"Post #1: waits for the next digest of <#{CHANNEL}>"]
    assert await desk.told(None) == [f"Post #1: waits for the next digest of channel {CHANNEL}"]
    status = await (await desk.operations()).status()
    assert "1 article waiting for a digest" in status_lines(status)
    assert (status_json(status)["held"], status_json(status)["waiting"]) == (1, 0)
    await desk.digest()
    assert await desk.told() == [f"Post #1: in a digest that waits to be sent to <#{CHANNEL}>"]
    await desk.send(2, 500, 900)  # the first message of a forum's post
    assert await desk.told() == [f"Post #1: stands in a digest, {LINK}/900/500"]
    assert await desk.told(None) == ["Post #1: stands in a digest, message 500"]
    async with desk.database.write() as connection:
        await sending.removed(connection, 2)
    assert await desk.told() == ["Post #1: stood in a digest that is no longer there"]


async def test_a_digest_that_failed_is_told_as_one(desk: Desk) -> None:
    await desk.store()
    async with desk.database.write() as connection:
        await deliveries.enqueue(connection, 1, [CHANNEL], desk.clock(), held=[CHANNEL])
    await desk.digest()
    async with desk.database.write() as connection:
        await sending.fail(connection, 2, "The bot may *not* post.")
    status = await (await desk.operations()).status()
    assert "Failed #2 A digest: The bot may *not* post." in status_lines(status)
    assert status_json(status)["failures"][0]["title"] is None
    assert await desk.told() == ["Post #1: in digest #2, which failed. The bot may \\*not\\* post."]


async def test_a_post_in_a_forum_is_linked_where_it_stands_and_by_its_own_server(desk: Desk) -> None:
    await subscribed(desk.database, desk.clock, CHANNEL)
    await desk.store()
    async with desk.database.write() as connection:
        await deliveries.enqueue(connection, 1, [CHANNEL], desk.clock())
    await desk.send(1, 500, 900)
    assert await desk.told() == [f"Post #1: sent, {LINK}/900/500"]
    assert await desk.told(SERVER + 1) == [f"Post #1: sent, {LINK}/900/500"]


async def test_what_was_never_posted_is_not_called_deleted(desk: Desk) -> None:
    await subscribed(desk.database, desk.clock, CHANNEL)
    await desk.store()
    async with desk.database.write() as connection:
        await deliveries.enqueue(connection, 1, [CHANNEL], desk.clock())
        await subscriptions.end(connection, [1], "It was unsubscribed.", desk.clock())
    (told,) = await desk.told()
    assert told.startswith("Post #1: never posted: ")


async def test_a_pattern_that_runs_out_of_time_is_told(desk: Desk) -> None:
    async with desk.database.write() as connection:
        text = "a" * 5000
        await articles.add(connection, record(1, section="world", text=text, stored_at=desk.clock()))
    register = await subscribed(desk.database, desk.clock, CHANNEL)
    async with register.changing(desk.database) as connection:
        one = await register.of_channel(connection, CHANNEL)
        assert one is not None
        await subscriptions.add_filter(connection, one.id, "exclude", "pattern", "(a+)+$c")
    told = await desk.told()
    assert any("The pattern “(a+)+$c” ran out of time" in line for line in told), told
