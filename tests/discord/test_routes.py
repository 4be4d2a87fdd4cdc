"""Where articles go and when: sections, kinds of channels, pauses and quiet hours, as members see it."""

from collections.abc import Sequence
from typing import Any

import pytest
from simcord.builders import ChannelHandle

from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.test_stories import COPY
from tests.discord.test_subscriptions import listed, manage, thread_of
from tests.faults.articles import Writer

BRIDGE_TITLE = BRIDGE.splitlines()[0]


def titles(channel: ChannelHandle) -> list[str]:
    """Return the titles of what stands in a channel for all to see."""
    return [m.embeds[0].title or "" for m in channel.history() if m.embeds and not m.flags.ephemeral]


def texts(channel: ChannelHandle) -> list[str]:
    """Return what the messages in a channel say that all see."""
    return [m.embeds[0].description or "" for m in channel.history() if m.embeds and not m.flags.ephemeral]


def each_once(channel: ChannelHandle, written: Sequence[str]) -> bool:
    """Return whether each of these titles stands exactly once in a channel, in a post or in a digest."""
    said = "\n".join([*titles(channel), *texts(channel)])
    return [said.count(title) for title in written] == [1] * len(written)


def between(start: str, end: str) -> dict[str, Any]:
    return {"from": start, "to": end}


@pytest.fixture
def second(world: World) -> ChannelHandle:
    return world.guild.create_text_channel("second")


async def test_articles_go_only_where_their_section_is_wanted(world: World, second: ChannelHandle) -> None:
    third = world.guild.create_text_channel("third")
    async with world.bot():
        await manage(world, "subscribe", channel=second, sections="WORLD")
        await manage(world, "subscribe", channel=third, sections="sport, travel")
        world.put("World/harbour.txt", HARBOUR)
        world.put("travel/bridge.txt", BRIDGE)
        world.put(*Writer(seed=1).article())
        await world.quiet()
        assert titles(second) == [TITLE]
        assert titles(third) == [BRIDGE_TITLE]
        assert len(titles(world.channel)) == 3


@pytest.mark.parametrize("text", [HARBOUR, COPY], ids=["the same text", "a near copy"])
async def test_a_copy_in_another_section_is_posted_where_that_is_wanted(
    world: World, second: ChannelHandle, text: str
) -> None:
    async with world.bot():
        await manage(world, "subscribe", channel=second, sections="sport")
        world.put("world/harbour.txt", HARBOUR)
        await world.quiet()
        assert titles(second) == []
        world.put("sport/copy.txt", text)
        await world.quiet()
        assert len(titles(second)) == 1
        assert titles(world.channel) == [TITLE]  # no second time


async def test_a_forum_gets_a_post_for_each_story_with_the_tag_of_its_section(world: World) -> None:
    forum = world.guild.create_forum_channel("reports")
    tags = [
        {"id": str(number), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for number, name in enumerate(("World", "Sport", "Travel"), start=1)
    ]
    world.env.backend.edit_channel(forum.id, {"available_tags": tags})
    async with world.bot():
        await manage(world, "subscribe", channel=forum)
        world.put("world/harbour.txt", HARBOUR)
        world.put("travel/bridge.txt", BRIDGE)
        await world.quiet()
        found = {post.name: world.env.backend.channels[post.id].applied_tags for post in forum.threads}
        assert found == {TITLE: [1], BRIDGE_TITLE: [3]}
        assert {post.name: titles(post) for post in forum.threads} == {name: [name] for name in found}
        await manage(world, "subscribe", channel=forum, times="hourly")
        written = Writer(seed=4).fill(world.inbox / "travel", 3)
        await world.quiet()
        await world.later(hours=1)
        digest = next(post for post in forum.threads if post.name not in found)
        assert digest.name == "Digest · 1 March 2026"
        assert world.env.backend.channels[digest.id].applied_tags == [3]
        assert each_once(digest, written)


async def test_a_thread_gets_posts_and_its_channel_does_not(world: World, second: ChannelHandle) -> None:
    thread = thread_of(world, second)
    async with world.bot():
        await manage(world, "subscribe", channel=thread, sections="world")
        world.put("world/harbour.txt", HARBOUR)
        world.put("travel/bridge.txt", BRIDGE)
        await world.quiet()
        assert titles(thread) == [TITLE]
        assert titles(second) == []


async def test_a_pause_holds_and_then_all_of_it_comes_once_as_one_digest(
    world: World, second: ChannelHandle
) -> None:
    writer = Writer(seed=2)
    async with world.bot():
        await manage(world, "subscribe", channel=second, times="daily 14:00")
        told = (await manage(world, "pause", duration="4 hours")).content.splitlines()
        end = 1772380800  # 16:00
        assert told[0] == f"Paused until <t:{end}:f> (<t:{end}:R>): <#{world.channel.id}>, <#{second.id}>."
        assert told[2] == f"<#{world.channel.id}>, <#{second.id}> <t:{end}:f>"
        written = writer.fill(world.inbox, 2)
        await world.quiet()
        await world.later(hours=3.5)
        assert titles(world.channel) == titles(second) == []
        assert all("2 articles waiting · paused until" in line for line in await listed(world))
        await world.later(hours=0.5)
        (held,), (scheduled,) = texts(world.channel), texts(second)
        assert held.startswith("These articles came while posting was paused.\n2 stories from 2 articles")
        assert scheduled.startswith("2 stories from 2 articles")
        assert each_once(world.channel, written)
        assert each_once(second, written)
        more = writer.fill(world.inbox, 1)
        await world.quiet()
        assert titles(world.channel)[1:] == more  # at once again
        assert len(texts(second)) == 1


async def test_a_pause_over_a_restart_and_of_one_channel_alone(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        await manage(world, "subscribe", channel=second)
        await manage(world, "pause", duration="1 day", channel=second)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert titles(world.channel) == [TITLE]
    world.clock.advance(days=2)
    async with world.bot():
        await world.quiet()
        assert each_once(second, [TITLE])
        assert each_once(world.channel, [TITLE])


async def test_resume_brings_what_was_held_at_once(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        await manage(world, "subscribe", channel=second, times="daily 18:00")
        await manage(world, "pause", duration="1 week")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        told = (await manage(world, "resume")).content.splitlines()
        assert told[0] == f"Resumed: <#{world.channel.id}>, <#{second.id}>."
        assert told[1].startswith(f"<#{world.channel.id}>: what waited, 1 article, comes as one digest now")
        assert told[2] == (
            f"<#{second.id}>: what waited, 1 article, comes in the next digest <t:1772388000:f>."
        )
        await world.quiet()
        (digest,) = texts(world.channel)
        assert TITLE in digest
        assert texts(second) == []
        assert "Nothing is paused" in (await manage(world, "resume")).content
        await world.later(hours=6)
        assert each_once(second, [TITLE])


async def test_a_digest_that_a_pause_has_kept_back_comes_when_it_is_resumed(world: World) -> None:
    async with world.bot():
        await manage(world, "subscribe", times="daily 14:00")
        await manage(world, "pause", duration="1 week")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=3)
        assert texts(world.channel) == []
        told = (await manage(world, "resume")).content
        assert "what waited, 1 article, comes as one digest now." in told
        await world.quiet()
        assert each_once(world.channel, [TITLE])


async def test_quiet_hours_hold_and_then_all_of_it_comes_once_as_one_digest(world: World) -> None:
    async with world.bot():
        await manage(world, "subscribe", zone="Tokyo")  # it is 21:00 there
        told = (await manage(world, "quiet", **between("10 pm", "7:00"))).content
        assert f"Quiet from 22:00 to 07:00 (Asia/Tokyo) each day: <#{world.channel.id}>." in told
        assert "That is so now" not in told
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert titles(world.channel) == [TITLE]
        await world.later(hours=2)
        written = Writer(seed=3).fill(world.inbox, 2)
        await world.quiet()
        await world.later(hours=7.9)
        assert titles(world.channel) == [TITLE]
        await world.later(hours=0.2)
        assert len(texts(world.channel)) == 2
        assert "in quiet hours" in texts(world.channel)[1]
        assert each_once(world.channel, written)


async def test_quiet_hours_that_are_now_say_when_they_end_and_can_be_turned_off(world: World) -> None:
    async with world.bot():
        told = (await manage(world, "quiet", **between("11:00", "13:00"))).content
        assert "That is so now; the next digest comes:" in told
        assert f"<#{world.channel.id}> <t:1772370000:f>" in told
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert "quiet 11:00 to 13:00 (UTC) · 1 article waiting" in (await listed(world))[0]
        shown = (await manage(world, "quiet")).content
        assert shown.startswith(f"<#{world.channel.id}>: from 11:00 to 13:00 (UTC).")
        told = (await manage(world, "quiet", off=True)).content
        assert told.startswith(f"No quiet hours any more: <#{world.channel.id}>.")
        assert "There are no quiet hours." in (await manage(world, "quiet")).content
        await world.quiet()
        assert each_once(world.channel, [TITLE])
        assert "quiet" not in (await listed(world))[0]


async def test_a_pause_that_ends_in_quiet_hours_ends_with_them(world: World) -> None:
    async with world.bot():
        await manage(world, "quiet", **between("13:00", "20:00"))
        told = (await manage(world, "pause", duration="4 hours")).content
        assert "<t:1772395200:f>" in told.splitlines()[2]  # 20:00
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await world.later(hours=3)
        told = (await manage(world, "resume")).content
        assert "its quiet hours hold what comes until <t:1772395200:f>" in told
        await world.later(hours=4.9)
        assert titles(world.channel) == []
        await world.later(hours=0.2)
        assert each_once(world.channel, [TITLE])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"from": "22:00"}, "need from and to"),
        ({"from": "22:00", "to": "22:00"}, "the same time"),
        ({"from": "late", "to": "7:00"}, "“late” is no time of day"),
    ],
)
async def test_wrong_quiet_hours_are_told_and_change_nothing(
    world: World, options: dict[str, Any], told: str
) -> None:
    async with world.bot():
        assert told in (await manage(world, "quiet", **options)).content
        assert "quiet" not in (await listed(world))[0]
