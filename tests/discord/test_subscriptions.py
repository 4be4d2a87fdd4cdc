"""/subscribe, /subscriptions and /unsubscribe, as those who manage a server see them."""

from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest
from simcord.builders import ChannelHandle, GuildHandle
from simcord.results import ResponseMessage

from bot.news.times.schedule_text import parse
from cogs._channels import TIMES
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.faults.articles import Writer


@pytest.fixture
def second(world: World) -> ChannelHandle:
    """A channel that has no subscription yet."""
    return world.guild.create_text_channel("second")


async def manage(
    world: World,
    command: str,
    guild: GuildHandle | None = None,
    used_in: ChannelHandle | None = None,
    **options: Any,  # noqa: ANN401 (any option)
) -> ResponseMessage:
    """Have a member who may manage the server use a command that has an option ``channel``."""
    home = guild or world.guild
    permissions = discord.Permissions(manage_guild=True, view_channel=True)
    editor = home.add_member(
        world.env.create_user("editor"), roles=[home.create_role("Editors", permissions=permissions)]
    )
    answer = (await editor.slash(used_in or world.channel, command, **options)).response
    assert answer is not None
    assert answer.ephemeral
    return answer


async def listed(world: World) -> list[str]:
    """Return the lines of /subscriptions."""
    answer = await manage(world, "subscriptions")
    return (answer.embeds[0].description or "").splitlines() if answer.embeds else [answer.content]


def thread_of(world: World, channel: ChannelHandle, name: str = "talk") -> ChannelHandle:
    world.env.backend.create_thread(channel.id, name, world.env.backend.bot_user.id)
    return channel.threads[-1]


async def test_a_channel_gets_each_article_at_once_where_nothing_else_is_said(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot():
        told = (await manage(world, "subscribe", channel=second)).content.splitlines()
        assert told == [
            f"Subscribed: <#{second.id}> · each article at once.",
            "From now on each article is posted as it comes.",
        ]
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert [message.embeds[0].title for message in second.history()] == [TITLE]


async def test_the_channel_is_the_one_that_the_command_is_used_in(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot():
        told = (await manage(world, "subscribe", used_in=second)).content
        assert told.startswith(f"Subscribed: <#{second.id}>")


async def test_a_digest_is_set_with_its_times_and_comes_then(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        told = await manage(
            world, "subscribe", channel=second, deliver="digest", times="8:00 and 6.30 pm", zone="lisbon"
        )
        at = 1772389800  # 18:30 on 1 March 2026, in winter
        assert f"medium digest daily 08:00, 18:30 (Europe/Lisbon), next <t:{at}:R>" in told.content
        assert f"What comes until <t:{at}:f> is in the next digest." in told.content
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert second.history() == []
        await world.later(hours=6.5)
        assert TITLE in (second.history()[0].embeds[0].description or "")


async def test_a_digest_without_times_says_which_it_took(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        told = (await manage(world, "subscribe", channel=second, deliver="digest")).content
        assert "digest daily 08:00 (UTC)" in told
        assert "No times were given, so it comes daily at 08:00." in told
        assert "The times are in UTC. The option zone changes that." in told


async def test_the_zone_is_that_of_the_servers_newest_subscription(
    world: World, second: ChannelHandle
) -> None:
    third = world.guild.create_text_channel("third")
    async with world.bot():
        await manage(world, "subscribe", channel=second, times="9:00", zone="Tokyo")
        told = (await manage(world, "subscribe", channel=third, times="10:00")).content
        assert "daily 10:00 (Asia/Tokyo)" in told
        assert "UTC" not in told


async def test_a_time_that_a_clock_jumps_over_is_told(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        told = await manage(world, "subscribe", channel=second, times="2:30", zone="Berlin")
        assert "02:30 does not exist on 29 March 2026 in Berlin; the digest comes at 03:00" in told.content


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"times": "8 o'clock"}, "type, for example"),
        ({"times": "25:00"}, "is no time of day"),
        ({"times": "8:00", "zone": "Lisbonne-sur-mer"}, "is no time zone"),
        ({"zone": "Lisbun"}, "did you mean Europe/Lisbon"),
        ({"deliver": "instant", "times": "8:00"}, "Times are for digests"),
        ({"sections": " , "}, "Name sections"),
        ({"sections": ", ".join(f"s{number}" for number in range(26))}, "26 sections"),
    ],
)
async def test_a_mistake_is_told_and_changes_nothing(
    world: World, second: ChannelHandle, options: dict[str, Any], told: str
) -> None:
    async with world.bot():
        before = await listed(world)
        assert told in (await manage(world, "subscribe", channel=second, **options)).content
        assert await listed(world) == before


async def test_a_second_time_changes_only_what_was_typed(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        await manage(
            world,
            "subscribe",
            channel=second,
            sections="world, sport",
            times="weekdays 8:00",
            zone="Tokyo",
            length="detailed",
            pictures=True,
            say_nothing_new=True,
        )
        everything = f"<#{second.id}> · detailed digest weekdays 08:00 (Asia/Tokyo)"
        more = " · sections world, sport · with pictures · says when nothing is new"
        before = (await listed(world))[1]
        assert before.startswith(everything)
        assert before.endswith(more)
        told = (await manage(world, "subscribe", channel=second, zone="Lisbon")).content
        assert told.startswith("Changed: ")
        moved = (await listed(world))[1]
        assert moved.startswith(everything.replace("Asia/Tokyo", "Europe/Lisbon"))
        assert moved.endswith(more)
        await manage(world, "subscribe", channel=second, length="short", sections="all")
        after = (await listed(world))[1]
        assert after.startswith(f"<#{second.id}> · short digest weekdays 08:00 (Europe/Lisbon)")
        assert "section" not in after
        await manage(world, "subscribe", channel=second, deliver="instant")
        await manage(world, "subscribe", channel=second, pictures=False)
        assert (await listed(world))[1] == f"<#{second.id}> · each article at once"


async def test_sections_complete_one_after_another(world: World) -> None:
    world.put("World/harbour.txt", HARBOUR)
    world.put("Ökonomie/bridge.txt", BRIDGE)
    async with world.bot():
        await world.quiet()
        role = world.guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
        editor = world.guild.add_member(world.env.create_user("editor"), roles=[role])

        async def offered(typed: str) -> list[str]:
            found = await editor.autocomplete(world.channel, "subscribe", "sections", typed)
            return [one["value"] for one in found]

        assert await offered("") == ["all", "World", "Ökonomie"]
        assert await offered("ök") == ["Ökonomie"]
        assert await offered("world, ") == ["world, Ökonomie"]
        assert await offered("Ökonomie, w") == ["Ökonomie, World"]
        times = await editor.autocomplete(world.channel, "subscribe", "times", "week")
        assert {one["value"].split()[0] for one in times} == {"weekdays", "weekends"}
        times = await editor.autocomplete(world.channel, "subscribe", "times", "9 pm on tue")
        assert [one["value"] for one in times] == ["tue 21:00"]
        zones = await editor.autocomplete(world.channel, "subscribe", "zone", "lisb")
        assert zones[0]["value"] == "Europe/Lisbon"


@pytest.mark.parametrize("example", TIMES)
def test_every_example_of_times_is_understood_as_it_stands(example: str) -> None:
    assert parse(example, ZoneInfo("UTC")).text() == example


async def test_a_section_that_nobody_has_seen_is_taken_and_said(world: World, second: ChannelHandle) -> None:
    world.put("world/harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        told = (await manage(world, "subscribe", channel=second, sections="WORLD, arts")).content
        assert "sections world, arts" in told
        assert "No article was seen yet in the section arts." in told


async def test_a_section_with_a_comma_in_its_name_is_one_section(world: World, second: ChannelHandle) -> None:
    world.put("Food, drink/harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        told = (await manage(world, "subscribe", channel=second, sections="food, drink")).content
        assert "section Food, drink." in told
        assert "No article was seen" not in told


async def test_all_subscriptions_are_listed_with_what_waits(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        await manage(world, "subscribe", channel=second, times="daily 18:00")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        first, other = await listed(world)
        assert first == f"<#{world.channel.id}> · each article at once"
        assert "1 article waiting" in other


async def test_a_server_without_a_subscription_is_told_how_to_begin(world: World) -> None:
    async with world.bot():
        await world.unsubscribe(world.channel)
        (told,) = await listed(world)
        assert "`/setup` makes the first one" in told
        assert "/subscribe" in told


async def test_an_unsubscribed_channel_gets_nothing_any_more(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        await manage(world, "subscribe", channel=second, times="daily 18:00")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        asked = (await manage(world, "unsubscribe", channel=second)).content
        assert "What waits for it (1 post) will not come." in asked
        told = (await world.unsubscribe(second)).content
        assert f"<#{second.id}> gets nothing any more." in told
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        await world.later(days=2)
        assert second.history() == []
        told = (await manage(world, "unsubscribe", channel=second)).content
        assert told == f"<#{second.id}> has no subscription. `/subscribe` gives it one."
        await manage(world, "subscribe", channel=second)
        await world.quiet()
        assert second.history() == []


async def test_what_waited_comes_once_as_one_digest_where_each_is_wanted_at_once(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot():
        await manage(world, "subscribe", channel=second, times="daily 18:00")
        titles = Writer(seed=1).fill(world.inbox, 2)
        await world.quiet()
        told = (await manage(world, "subscribe", channel=second, deliver="instant")).content
        assert "What waited for a digest, 2 articles, comes as one now." in told
        await world.quiet()
        (digest,) = [message.embeds[0].description or "" for message in second.history()]
        assert all(title in digest for title in titles)
