"""What is changed after it was decided: nothing comes unwanted, nothing is lost or told wrongly."""

from datetime import timedelta

import discord
import pytest
from simcord.builders import ChannelHandle
from sqlalchemy import update

from bot.news.subscriptions.subscribing import Choice
from bot.news.times.quiet import QuietHours
from storage.schema import articles
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.test_corrections import CORRECTED
from tests.discord.test_routes import texts, titles
from tests.discord.test_stories import SAME_EVENT
from tests.faults.articles import Writer

OWN = "harbour.txt"


@pytest.fixture
def second(world: World) -> ChannelHandle:
    return world.guild.create_text_channel("second")


async def get_nothing(world: World, channel: ChannelHandle) -> None:
    """Let a channel get nothing any more."""
    assert world.gazette is not None
    await world.gazette.bot.subscribing.unsubscribe(world.guild.id, channel.id)


async def paused(world: World, channel: ChannelHandle, **span: float) -> None:
    """Pause a channel for this long; for no time at all, end its pause."""
    assert world.gazette is not None
    until = world.clock() + timedelta(**span) if span else None
    await world.gazette.bot.subscribing.pause(world.guild.id, channel.id, until)


async def test_a_forum_keeps_its_subscription_where_a_moderator_deletes_a_post(world: World) -> None:
    forum = world.guild.create_forum_channel("forum")
    async with world.bot() as gazette:
        await world.subscribe(forum)
        world.put(OWN, HARBOUR)
        await world.quiet()
        (post,) = forum.threads
        thread = await gazette.bot.fetch_channel(post.id)
        assert isinstance(thread, discord.Thread)
        await thread.delete()
        await world.env.settle()
        world.put(OWN, CORRECTED)
        await world.quiet()
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        assert [one.name for one in forum.threads] == [BRIDGE.splitlines()[0]]


async def test_nothing_is_posted_again_where_nothing_is_wanted_any_more(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot():
        await world.subscribe(second, at="daily 18:00")
        world.put(OWN, HARBOUR)
        await world.quiet()
        await get_nothing(world, second)
        told = (await world.manage("repost", article="harbour")).content
        await world.later(days=1)
        assert "stands" in told
        assert "again" not in told
        assert titles(second) == []


async def test_a_wish_to_post_again_is_answered_where_there_is_nothing_to_do(world: World) -> None:
    async with world.bot():
        await world.subscribe(world.channel, at="daily 18:00")
        world.put(OWN, HARBOUR)
        await world.quiet()
        await world.later(hours=7)
        assert "in a digest in 1 channel" in (await world.manage("repost", article="harbour")).content
        await get_nothing(world, world.channel)
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        assert "no channel" in (await world.manage("repost", article="bridge")).content


async def test_a_post_in_another_server_is_named_by_its_own_address(posted: World) -> None:
    guild = posted.env.create_guild()
    channel = guild.create_text_channel("theirs")
    await posted.env.settle()
    assert posted.gazette is not None
    subscribing = posted.gazette.bot.subscribing
    own = await subscribing.of_channel(posted.guild.id, posted.channel.id)
    await subscribing.subscribe(guild.id, channel.id, Choice(zone=own.zone))
    posted.put("bridge.txt", BRIDGE)
    await posted.quiet()
    told = (await posted.manage("repost", article="bridge")).content
    for server, place in ((guild, channel), (posted.guild, posted.channel)):
        assert f"https://discord.com/channels/{server.id}/{place.id}/" in told


async def test_a_digest_that_waits_for_a_pause_comes_when_the_pause_is_ended(world: World) -> None:
    written = Writer(seed=8).fill(world.inbox, 4)
    async with world.bot(burst_limit=2) as gazette:
        gazette.supervisor.turn_off("delivery")
        gazette.inbox.rescan()
        await gazette.pipeline.idle.wait()
        gazette.supervisor.turn_on("delivery")
        world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035)
        await world.quiet()
        assert texts(world.channel) == []
        await paused(world, world.channel, days=7)
        await world.manage("retry")
        await world.quiet()
        assert texts(world.channel) == []
        await paused(world, world.channel)
        await world.later(minutes=1)
        (digest,) = texts(world.channel)
        assert all(title in digest for title in written)


async def test_a_digest_tells_since_when_it_counts_also_after_a_second_start(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot():
        await world.subscribe(second, at="daily 18:00")
        world.put(OWN, HARBOUR)
        await world.quiet()
        await world.later(hours=7)
        await get_nothing(world, second)
        await world.later(days=40)
        await world.subscribe(second, at="daily 18:00")
        begun = int(world.clock().timestamp())
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        await world.later(days=1)
        assert f"since <t:{begun}:" in texts(second)[1]


async def test_a_digest_stays_as_it_is_whatever_is_posted_after_it(world: World) -> None:
    async with world.bot():
        await world.subscribe(world.channel, at="daily 18:00")
        world.put(OWN, HARBOUR)
        await world.quiet()
        await world.later(hours=7)
        await world.subscribe(world.channel)
        world.put("vote.txt", SAME_EVENT)
        await world.quiet()
        world.put(OWN, CORRECTED)
        await world.quiet()
        digest = texts(world.channel)[0]
        assert "OPORTO" in digest
        assert "new article" not in digest


async def test_a_digest_after_no_quiet_hours_does_not_speak_of_them(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot() as gazette:
        await world.subscribe(second, at="mon 09:00")
        world.put(OWN, HARBOUR)
        await world.quiet()
        await world.subscribe(second)
        await world.quiet()
        subscription = await gazette.bot.subscribing.of_channel(world.guild.id, second.id)
        hours = QuietHours(
            world.clock().time(), (world.clock() + timedelta(hours=1)).time(), subscription.zone
        )
        await gazette.bot.subscribing.quiet(world.guild.id, second.id, hours)
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        await world.later(hours=2)
        switched, quiet = texts(second)
        assert "quiet" not in switched
        assert "quiet" in quiet


async def test_what_is_all_taken_back_before_it_is_posted_is_no_failure_and_not_told(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot():
        await world.subscribe(second, at="daily 18:00")
        world.put(OWN, HARBOUR)
        await world.quiet()
        world.env.inject_error("POST", f"/channels/{second.id}/messages", status=400, code=50035)
        await world.later(hours=7)
        await world.forget("harbour")
        await world.manage("retry")
        await world.quiet()
        assert texts(second) == []
        assert "0 failed" in (await world.manage("status")).content


async def test_a_digest_that_is_older_than_the_texts_keeps_what_it_says_of_them(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot() as gazette:
        await world.subscribe(second, at="daily 18:00")
        world.put(OWN, HARBOUR)
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        await world.later(hours=7)
        async with gazette.database.write() as connection:
            old = update(articles).where(articles.c.title == BRIDGE.splitlines()[0])
            await connection.execute(old.values(text="", summary="[]", pruned_at=world.clock()))
        before = texts(second)
        assert "will close for six weeks" in before[0]
        world.put(OWN, CORRECTED)
        await world.quiet()
        assert texts(second) == before
        await world.forget(TITLE)  # what is taken back must go, whatever goes with it
        await world.quiet()
        assert TITLE not in texts(second)[0]
