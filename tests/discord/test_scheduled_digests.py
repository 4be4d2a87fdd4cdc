"""Digests that come by themselves, as a channel sees them."""

import discord
import pytest
from simcord.builders import ChannelHandle
from sqlalchemy import func, select

from bot.app import Gazette
from bot.news.subscriptions.subscriptions import Subscription
from storage import listing
from storage.deliveries import State
from storage.schema import metadata
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.test_digest import pressed
from tests.discord.test_stories import SAME_EVENT
from tests.faults.articles import Writer


def texts(channel: ChannelHandle) -> list[str]:
    """Return what the bot's messages in a channel say."""
    return [message.embeds[0].description or "" for message in channel.history()]


@pytest.fixture
def weekly(world: World) -> ChannelHandle:
    """A second channel, beside the one that gets each article at once."""
    return world.guild.create_text_channel("weekly")


async def test_a_digest_comes_at_its_time_with_what_came_and_none_before(
    world: World, weekly: ChannelHandle
) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="daily 18:00")  # it is 12:00
        world.put("world/harbour.txt", HARBOUR)
        await world.quiet()
        assert texts(weekly) == []
        await world.later(hours=5.95)
        assert texts(weekly) == []
        await world.later(hours=0.1)
        (digest,) = texts(weekly)
        assert digest.startswith("1 story from 1 article since")
        assert TITLE in digest
        assert world.titles() == [TITLE]  # the other channel's post


async def test_a_slot_is_made_once_also_over_a_restart(world: World, weekly: ChannelHandle) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="hourly")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
    async with world.bot():
        await world.later(minutes=1)
        assert len(texts(weekly)) == 1


async def test_what_is_in_a_digest_is_in_no_other(world: World, weekly: ChannelHandle) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="hourly")
        titles = []
        writer = Writer(seed=2)
        for _ in range(4):
            titles += writer.fill(world.inbox, 3)
            await world.quiet()
            await world.later(hours=1)
        said = "\n".join(texts(weekly))
        assert [said.count(title) for title in titles] == [1] * len(titles)


async def test_a_digest_that_was_missed_comes_once_and_says_so(world: World, weekly: ChannelHandle) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="daily 08:00")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
    world.clock.advance(days=3)
    async with world.bot():
        await world.quiet()
        (digest,) = texts(weekly)
        assert "Gazette was not running then" in digest
        assert "since <t:" in digest.split("\n")[0]  # of the several that were missed, the first
        await world.later(minutes=5)
        assert len(texts(weekly)) == 1


async def test_nothing_new_is_said_where_that_is_wanted_and_else_nothing_comes(
    world: World, weekly: ChannelHandle
) -> None:
    quiet = world.guild.create_text_channel("quiet")
    async with world.bot():
        await world.subscribe(weekly, at="daily 18:00", say_nothing_new=True)
        await world.subscribe(quiet, at="daily 18:00")
        await world.later(hours=6)
        (said,) = texts(weekly)
        assert said.startswith("Nothing new since")
        assert texts(quiet) == []


async def test_a_story_comes_again_with_what_is_new_alone(world: World, weekly: ChannelHandle) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="hourly")
        world.put("times/harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
        world.put("world/vote.txt", SAME_EVENT)
        await world.quiet()
        await world.later(hours=1)
        first, second = texts(weekly)
        assert "1 new article on this" in second
        assert "new article" not in first
        assert TITLE not in second


async def test_a_copy_of_what_a_digest_had_makes_no_other(world: World, weekly: ChannelHandle) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="hourly")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
        world.put("again.txt", HARBOUR.replace("Tom Quill", "Tom Quill and Ada Brown"))
        await world.quiet()
        await world.later(hours=1)
        assert len(texts(weekly)) == 1


async def test_the_pages_of_a_digest_are_turned_after_a_restart(world: World, weekly: ChannelHandle) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="hourly")
        titles = Writer(seed=3).fill(world.inbox, 9)
        await world.quiet()
        await world.later(hours=1)
    async with world.bot():
        (message,) = weekly.history()
        second = await pressed(world, message, "Next: page 2 of 2")
        assert second.ephemeral
        shown = (message.embeds[0].description or "") + second.embeds[0].description
        assert [shown.count(title) for title in titles] == [1] * 9


async def test_more_than_the_limit_come_as_one_digest_and_each_is_in_it(world: World) -> None:
    titles = Writer(seed=5).fill(world.inbox, 13)
    async with world.bot(burst_limit=10):
        await world.quiet()
        (message,) = world.channel.history()
        assert "more than" in texts(world.channel)[0] or "at once" in texts(world.channel)[0]
        second = await pressed(world, message, "Next: page 2 of 3")
        shown = texts(world.channel)[0] + second.embeds[0].description
        third = await pressed(world, second, "Next: page 3 of 3")
        shown += third.embeds[0].description
        assert [shown.count(title) for title in titles] == [1] * 13
        assert await _waiting(world) == []


async def test_as_many_as_the_limit_come_one_by_one(world: World) -> None:
    titles = Writer(seed=6).fill(world.inbox, 4)
    async with world.bot(burst_limit=4):
        await world.quiet()
        assert sorted(world.titles()) == sorted(titles)


async def test_what_is_taken_back_leaves_the_digest_too(world: World, weekly: ChannelHandle) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="hourly")
        world.put("harbour.txt", HARBOUR)
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        await world.later(hours=1)
        assert TITLE in texts(weekly)[0]
        await world.forget(TITLE)
        await world.quiet()
        assert TITLE not in texts(weekly)[0]
        assert "Old bridge at Lisbon" in texts(weekly)[0]


async def test_what_waits_for_a_digest_comes_at_once_where_it_is_wanted_so(
    world: World, weekly: ChannelHandle
) -> None:
    async with world.bot():
        await world.subscribe(weekly, at="mon 09:00")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.subscribe(weekly)
        await world.quiet()
        (digest,) = texts(weekly)
        assert TITLE in digest
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        assert [message.embeds[0].title for message in weekly.history()][1:] == [BRIDGE.splitlines()[0]]


async def test_a_deleted_channel_ends_its_subscription(world: World, weekly: ChannelHandle) -> None:
    async with world.bot() as gazette:
        await world.subscribe(weekly, at="hourly")
        channel = gazette.bot.get_channel(weekly.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.delete()
        await world.env.settle()
        assert [one.channel_id for one in await _subscriptions(gazette)] == [world.channel.id]


async def test_what_ended_is_forgotten_after_thirty_days_and_a_server_wholly(
    world: World, weekly: ChannelHandle
) -> None:
    async with world.bot() as gazette:
        await world.subscribe(weekly, at="hourly")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
        guild = gazette.bot.get_guild(world.guild.id)
        assert guild is not None
        await guild.leave()
        await world.env.settle()
        assert await _subscriptions(gazette) == ()
        world.clock.advance(days=29)
        await gazette.retention.prune()
        assert await _rows(gazette, "subscriptions") == 2
        world.clock.advance(days=2)
        await gazette.retention.prune()
        for table in ("subscriptions", "servers", "digests", "deliveries"):
            assert (table, await _rows(gazette, table)) == (table, 0)
        assert await _rows(gazette, "articles") == 1  # it is the operator's


async def test_the_first_channel_is_subscribed_once_and_stays_unsubscribed(world: World) -> None:
    async with world.bot() as gazette:
        (only,) = await _subscriptions(gazette)
        assert (only.guild_id, only.channel_id) == (world.guild.id, world.channel.id)
        await gazette.bot.subscribing.unsubscribe(world.guild.id, world.channel.id)
    world.put("harbour.txt", HARBOUR)
    async with world.bot() as gazette:
        await world.quiet()
        assert await _subscriptions(gazette) == ()
        assert world.titles() == []


async def _subscriptions(gazette: Gazette) -> tuple[Subscription, ...]:
    async with gazette.database.read() as connection:
        return await gazette.bot.subscribing._register.all(connection)


async def _rows(gazette: Gazette, table: str) -> int:
    async with gazette.database.read() as connection:
        query = select(func.count()).select_from(metadata.tables[table])
        return (await connection.execute(query)).scalar_one()


async def _waiting(world: World) -> list[int]:
    assert world.gazette is not None
    async with world.gazette.database.read() as connection:
        many = [
            await listing.waiting_in(connection, world.channel.id, state)
            for state in (State.HELD, State.QUEUED)
        ]
    return [one for one in many if one]
