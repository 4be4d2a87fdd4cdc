"""The computer's clock is wrong for a while, as channels and those who run the bot see it."""

from datetime import timedelta

import pytest
from simcord.builders import ChannelHandle
from sqlalchemy import func, select, update

from bot.news.subscriptions.pings import Condition
from storage.schema import Instant, articles, deliveries, metadata, notices, subscriptions
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.test_scheduled_digests import texts
from tests.faults.articles import Writer

DAYS = 60
BRIDGE_TITLE = BRIDGE.splitlines()[0]


@pytest.fixture
def hourly(world: World) -> ChannelHandle:
    """A second channel, beside the one that gets each article at once."""
    return world.guild.create_text_channel("hourly")


async def set_back(world: World, **by: float) -> None:
    """Set the clock back, and let the bot see it."""
    assert world.gazette is not None
    world.clock.advance(**{unit: -number for unit, number in by.items()})
    await world.gazette.timekeeping.mend()
    await world.later()


async def texts_kept(world: World) -> int:
    assert world.gazette is not None
    async with world.gazette.database.read() as connection:
        query = select(func.count()).where(articles.c.text != "", articles.c.pruned_at.is_(None))
        return (await connection.execute(query)).scalar_one()


async def told(world: World) -> list[str]:
    """Return what the operators are, or were, told."""
    assert world.gazette is not None
    async with world.gazette.database.read() as connection:
        return list((await connection.execute(select(notices.c.sentence))).scalars())


async def test_digests_come_again_after_the_clock_was_ahead_and_each_article_once(
    world: World, hourly: ChannelHandle
) -> None:
    title, third = Writer(seed=1).article()
    async with world.bot():
        await world.subscribe(hourly, at="hourly")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
        world.clock.advance(days=DAYS)
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        await world.later(hours=1)
        await set_back(world, days=DAYS, hours=1)
        assert len(texts(hourly)) == 2
        world.put("third.txt", third)
        await world.quiet()
        await world.later(hours=1)
    assert len(texts(hourly)) == 3
    every = "\n".join(texts(hourly))
    for one in (TITLE, BRIDGE_TITLE, title):
        assert every.count(one) == 1
    assert "missed" not in every


async def test_digests_come_if_the_clock_was_right_only_after_a_restart(
    world: World, hourly: ChannelHandle
) -> None:
    async with world.bot():
        await world.subscribe(hourly, at="hourly")
        world.clock.advance(days=DAYS)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
    world.clock.advance(days=-DAYS)
    world.put("bridge.txt", BRIDGE)
    async with world.bot():
        await world.quiet()
        await world.later(hours=1)
        assert [BRIDGE_TITLE in text for text in texts(hourly)] == [False, True]


async def test_a_schedule_set_while_the_clock_was_ahead_holds(world: World, hourly: ChannelHandle) -> None:
    async with world.bot():
        world.clock.advance(days=DAYS)
        await world.subscribe(hourly, at="hourly")
        await set_back(world, days=DAYS)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
        assert len(texts(hourly)) == 1


async def test_a_clock_that_is_set_back_by_hours_makes_no_slot_twice(
    world: World, hourly: ChannelHandle
) -> None:
    async with world.bot():
        await world.subscribe(hourly, at="hourly", say_nothing_new=True)
        await world.later(hours=3)
        assert len(texts(hourly)) == 1
        world.discord_time = lambda: world.clock() + timedelta(hours=2)  # it was right before
        await set_back(world, hours=2)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=2)
        assert len(texts(hourly)) == 1
        await world.later(hours=1)
        assert len(texts(hourly)) == 2


async def test_a_clock_that_was_an_hour_ahead_silences_no_digest(world: World, hourly: ChannelHandle) -> None:
    async with world.bot():
        await world.subscribe(hourly, at="hourly")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        world.discord_time = lambda: world.clock() - timedelta(hours=1)
        await world.later(hours=1)
        assert len(texts(hourly)) == 1
        world.discord_time = world.clock
        await set_back(world, hours=1)
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        await world.later(hours=1)
        assert len(texts(hourly)) == 2
        assert BRIDGE_TITLE in texts(hourly)[1]
        assert TITLE not in texts(hourly)[1]


async def test_an_article_of_the_wrong_time_is_in_the_digest_of_today(world: World) -> None:
    async with world.bot():
        world.clock.advance(days=DAYS)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await set_back(world, days=DAYS)
        world.clock.advance(hours=1)
        answer = await world.ask("digest now")
        assert TITLE in (answer.embeds[0].description or "")
        world.clock.advance(days=DAYS)
        answer = await world.ask("digest now")
        assert TITLE not in str(answer.embeds and answer.embeds[0].description) + (answer.content or "")


async def test_edits_pauses_and_pings_wait_no_longer_than_they_may(world: World) -> None:
    async with world.bot() as gazette:
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        far = world.clock() + timedelta(days=DAYS)
        async with gazette.bot.subscribing._register.changing(gazette.database) as connection:
            await connection.execute(update(deliveries).values(wanted=5, not_before=far))
            await connection.execute(update(subscriptions).values(paused_until=far))
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        assert world.titles() == [TITLE]
        assert await gazette.timekeeping.mend()
        await world.later()
        async with gazette.database.read() as connection:
            shown = (await connection.execute(select(deliveries.c.shown).order_by(deliveries.c.id))).scalars()
            assert next(iter(shown)) == 5
        assert BRIDGE_TITLE in texts(world.channel)[-1]


async def test_a_pause_of_a_week_that_somebody_chose_holds(world: World) -> None:
    async with world.bot() as gazette:
        week = world.clock() + timedelta(days=7)
        await gazette.bot.subscribing.pause(world.guild.id, world.channel.id, week)
        assert not await gazette.timekeeping.mend()
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert world.titles() == []


async def test_no_stored_time_stays_in_the_future(world: World, hourly: ChannelHandle) -> None:
    """Whatever is stored while the clock is ahead: only digests that somebody asked for keep their period."""
    async with world.bot() as gazette:
        world.clock.advance(days=DAYS)
        await world.subscribe(hourly, at="hourly")
        await gazette.bot.pinging.add(world.guild.id, world.channel.id, 5, Condition.WORDS, "harbour", 60)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
        await set_back(world, days=DAYS, hours=1)
        late = world.clock() + timedelta(days=1)
        async with gazette.database.read() as connection:
            found = [
                (column.table.name, column.name)
                for table in metadata.sorted_tables
                for column in table.columns
                if isinstance(column.type, Instant)
                and (await connection.execute(select(column).where(column > late))).first()
            ]
    assert found == [("digests", "slot")]  # what its digest says that it stands for


async def test_nothing_is_put_right_by_a_clock_that_is_behind(world: World, hourly: ChannelHandle) -> None:
    async with world.bot() as gazette:
        await world.subscribe(hourly, at="hourly")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=1)
        right = world.clock()
        world.discord_time = lambda: right
        world.clock.advance(days=-DAYS)
        assert not await gazette.timekeeping.mend()
        (sentence,) = await told(world)
        assert sentence.startswith("The clock of Gazette's computer is 60 days behind Discord's time")
        async with gazette.database.read() as connection:
            stored = (await connection.execute(select(articles.c.stored_at))).scalar_one()
        assert stored > right - timedelta(hours=2)


async def test_a_start_with_a_clock_that_is_ahead_removes_no_text_and_says_so_once(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot(history_days=30):
        await world.quiet()
    right = world.clock()
    world.discord_time = lambda: right
    world.clock.advance(days=DAYS)
    async with world.bot(history_days=30, operators_channel_id=world.channel.id) as gazette:
        await world.quiet()
        await gazette.retention.prune()
        await world.quiet()
        assert await texts_kept(world) == 1
        said = [m.content for m in world.channel.history() if "clock" in (m.content or "")]
        assert len(said) == 1
        assert said[0].startswith("The clock of Gazette's computer is 60 days ahead of Discord's time")
        assert "Set the clock" in said[0]
        world.discord_time = world.clock  # the time has really passed
        assert await gazette.retention.prune() == 1
        assert await texts_kept(world) == 0


async def test_nothing_is_removed_if_discord_does_not_tell_the_time(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
    world.discord_time = None
    world.clock.advance(days=DAYS)
    async with world.bot(history_days=30):
        await world.quiet()
        assert await texts_kept(world) == 1


async def test_a_text_of_the_wrong_time_is_kept_for_as_long_as_others(world: World) -> None:
    async with world.bot(history_days=30) as gazette:
        world.clock.advance(days=DAYS)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await set_back(world, days=DAYS)
        world.clock.advance(days=29)
        assert await gazette.retention.prune() == 0
        world.clock.advance(days=2)
        assert await gazette.retention.prune() == 1
