"""/setup: the whole way through it, with what is wrong on the way told where it is typed or chosen."""

from zoneinfo import ZoneInfo

import pytest

from bot.errors import NotFound
from bot.news.digests.digest import Length
from bot.news.digests.scheduling import next_digest
from bot.news.subscriptions.choosing import Wishes
from bot.news.times.schedule_text import parse
from bot.render.look import Layout
from cogs._setup_draft import ALL
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.guide import Guide, guide, kept, overwrite

__all__ = ["guide"]


async def test_the_whole_way_for_each_article_at_once(world: World, guide: Guide) -> None:
    world.put("world/harbour.txt", HARBOUR)
    sport = world.guild.create_text_channel("sport")
    async with world.bot():
        await world.quiet()
        await guide.begin()
        assert guide.items["next"]["disabled"]
        await guide.choose("channel", sport)
        await guide.press("next")
        await guide.choose("sections", guide.options("sections")["world"])
        assert guide.chosen("sections") == ["world"]
        await guide.choose("language", "de")
        assert guide.chosen("language") == ["Deutsch"]
        await guide.press("next", "next")
        assert "Channel: **#sport**" in guide.text
        assert "Articles: world" in guide.text
        assert "each article at once" in guide.text
        await guide.press("save")
        assert guide.shown.components == []
        assert all(name in guide.text for name in ("/subscriptions", "/filter add", "/quiet", "/settings"))
        subscription = await kept(world, sport)
        assert (subscription.sections, subscription.schedule) == (("world",), None)
        assert subscription.look.language == "de"
        world.put("world/bridge.txt", BRIDGE)
        world.put("sport/third.txt", BRIDGE.replace("bridge", "stadium"))
        await world.quiet()
        assert [post.embeds[0].title for post in sport.history()] == [
            "Old bridge at Lisbon closes for repairs"
        ]


async def test_the_whole_way_for_digests(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next", "next")
        await guide.choose("deliver", "digest")
        await guide.choose("schedule", "daily 08:00, 18:00")
        await guide.choose("zone", "Europe/Berlin")
        await guide.choose("length", "short")
        told = world.clock().astimezone(ZoneInfo("Europe/Berlin"))
        assert f"In Berlin it is {told:%H:%M} now." in guide.text
        await guide.press("next")
        assert "a digest every day at 08:00 and 18:00 (Berlin)" in guide.text
        await guide.press("save")
        subscription = await kept(world, world.channel)
        next_at = next_digest(subscription, world.clock())
        assert next_at is not None
        assert f"<t:{int(next_at.timestamp())}:R>" in guide.text
        assert subscription.schedule == parse("daily 8, 18", ZoneInfo("Europe/Berlin"))
        assert subscription.length is Length.SHORT
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert world.posts() == []
        await world.later(hours=24)
        (digest,) = world.posts()
        assert TITLE in (digest.description or "") + "".join(f"{f.name}{f.value}" for f in digest.fields)


async def test_what_the_bot_lacks_is_named_and_blocks_until_it_is_given(world: World, guide: Guide) -> None:
    sport = world.guild.create_text_channel("sport")
    async with world.bot():
        await overwrite(world, sport, embed_links=False, send_messages=False)
        await guide.begin()
        await guide.choose("channel", sport)
        assert "• Send Messages\n• Embed Links" in guide.text
        assert "View Channel" not in guide.text
        assert guide.items["next"]["disabled"]
        await overwrite(world, sport, send_messages=True)
        await guide.press("recheck")
        assert "recheck" not in guide.items
        await guide.press("next", "next", "next")
        await overwrite(world, sport, send_messages=False)
        await guide.press("save")
        assert "• Send Messages" in guide.text
        assert guide.items["save"]["disabled"]
        assert guide.items["test"]["disabled"]
        with pytest.raises(NotFound):
            await kept(world, sport)
        await overwrite(world, sport, send_messages=None)
        await guide.press("recheck", "save")
        assert (await kept(world, sport)).schedule is None


async def test_the_test_is_the_longest_article_as_it_will_look(world: World, guide: Guide) -> None:
    world.put("bridge.txt", BRIDGE)
    world.put("world/harbour.txt", HARBOUR)
    sport = world.guild.create_text_channel("sport")
    async with world.bot():
        await world.quiet()
        await guide.begin()
        await guide.choose("channel", sport)
        await guide.press("next")
        await guide.choose("language", "fr")
        await guide.press("next", "next", "test")
        (message,) = sport.history()
        assert message.embeds[0].title == TITLE
        footer = message.embeds[0].footer.text or ""
        assert footer.startswith("Test · ")
        assert "phrases sur" in footer
        assert message.jump_url in guide.text
        assert guide.items["save"]
        await guide.press("save")
        assert "Français" in guide.text


async def test_without_an_article_the_test_is_an_invented_one(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next")
        assert "sections" not in guide.items
        await guide.press("next", "next", "test")
        (shown,) = world.posts()
        assert "This is a test" in (shown.description or "")
        assert "no article has come yet" in guide.text


async def test_a_refusal_of_the_test_is_told_in_words(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next", "next", "next")
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        await guide.press("test")
        assert "The test was not posted" in guide.text
        assert "Give it Send Messages" in guide.text
        await guide.press("test")
        assert len(world.posts()) == 1


async def test_the_test_has_the_length_and_the_thread_that_the_server_chose(
    world: World, guide: Guide
) -> None:
    world.put("harbour.txt", HARBOUR)
    sport = world.guild.create_text_channel("sport")
    async with world.bot() as gazette:
        await world.quiet()
        await gazette.bot.choosing.choose(world.guild.id, Wishes(layout=Layout.THREAD, sentences=1))
        await overwrite(world, sport, create_public_threads=False)
        await guide.begin()
        await guide.choose("channel", sport)
        assert "• Create Public Threads" in guide.text
        await overwrite(world, sport, create_public_threads=True)
        await guide.press("recheck", "next", "next", "next", "test")
        (thread,) = sport.threads
        assert thread.name == TITLE
        shown = [message.embeds[0] for message in sport.history() if message.embeds]
        assert "1 of 6 sentences" in (shown[0].footer.text or "")


async def test_times_that_are_none_are_told_and_can_be_typed_again(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next", "next")
        await guide.choose("deliver", "digest")
        await guide.type("times", "weekdays 25:00")
        assert "“25:00” is no time of day" in guide.text
        assert guide.chosen("schedule") == ["Every day at 08:00"]
        await guide.type("times", "mon, thu 7:30")
        assert "25:00" not in guide.text
        assert guide.chosen("schedule") == ["mon, thu 07:30"]
        await guide.choose("zone", "Europe/London")
        await guide.press("next", "save")
        assert (await kept(world, world.channel)).schedule == parse(
            "mon, thu 7:30", ZoneInfo("Europe/London")
        )


async def test_a_zone_that_is_none_is_told_with_the_nearest(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next", "next")
        await guide.type("elsewhere", "Lisbn")
        assert "Europe/Lisbon" in guide.text
        assert guide.chosen("zone") == ["UTC time"]
        await guide.type("elsewhere", "buenos aires")
        assert guide.chosen("zone") == ["Buenos Aires time"]


async def test_a_time_that_a_clock_skips_is_explained(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next", "next")
        await guide.choose("deliver", "digest")
        await guide.choose("zone", "Europe/Berlin")
        await guide.type("times", "daily 2:30")
        assert "twice" in guide.text or "does not exist" in guide.text


async def test_a_channel_that_has_something_begins_with_it(world: World, guide: Guide) -> None:
    async with world.bot():
        await world.subscribe(
            world.channel,
            at="sat 10:15",
            zone="Asia/Tokyo",
            sections=("far away",),
            length=Length.DETAILED,
            publish=True,
            pictures=True,
            say_nothing_new=True,
        )
        before = await kept(world, world.channel)
        await guide.begin()
        await guide.choose("channel", world.channel)
        assert "set up already" in guide.text
        await guide.press("next")
        assert guide.chosen("sections") == ["far away"]
        await guide.press("next")
        assert guide.chosen("deliver") == ["Digests at set times"]
        assert guide.chosen("schedule") == ["sat 10:15"]
        assert guide.chosen("zone") == ["Tokyo time"]
        assert guide.chosen("length") == ["Detailed digests"]
        await guide.press("next", "save")
        assert await kept(world, world.channel) == before


async def test_all_sections_and_single_ones_exclude_each_other(world: World, guide: Guide) -> None:
    world.put("world/harbour.txt", HARBOUR)
    world.put("local/bridge.txt", BRIDGE)
    async with world.bot():
        await world.quiet()
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next")
        assert list(guide.options("sections")) == ["All sections", "local", "world"]
        await guide.choose("sections", ALL, guide.options("sections")["local"])
        assert guide.chosen("sections") == ["local"]
        await guide.choose("sections", *guide.options("sections").values())
        assert guide.chosen("sections") == ["All sections"]


async def test_a_forum(world: World, guide: Guide) -> None:
    world.put("harbour.txt", HARBOUR)
    forum = world.guild.create_forum_channel("press")
    async with world.bot():
        await world.quiet()
        await overwrite(world, forum, send_messages=False)
        await guide.begin()
        await guide.choose("channel", forum)
        assert "• Create Posts" in guide.text
        await overwrite(world, forum, send_messages=True)
        await guide.press("recheck", "next", "next", "next", "test", "save")
        (begun,) = forum.threads
        assert begun.name == TITLE
        assert (await kept(world, forum)).schedule is None
