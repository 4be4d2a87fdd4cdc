"""What fails in another server that the bot was invited to is the matter of those who manage that server."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import discord
import pytest
from simcord.builders import ChannelHandle, GuildHandle

from bot.news.subscriptions.subscribing import Choice
from tests.discord.conftest import BRIDGE, HARBOUR, World
from tests.discord.test_check import deny as change
from tests.faults.articles import Writer

SILENT = discord.PermissionOverwrite(send_messages=False)
MAY_POST = discord.PermissionOverwrite(send_messages=True, embed_links=True)
MANY = 50


@dataclass
class Elsewhere:
    """A stranger's server with many channels that have a subscription, and in which the bot may not speak."""

    world: World
    guild: GuildHandle
    lounge: ChannelHandle
    channels: list[ChannelHandle]

    def told(self) -> list[str]:
        return [message.content for message in self.lounge.history()]

    async def listed(self) -> list[str]:
        answer = await self.world.manage("subscriptions", guild=self.guild, channel=self.lounge)
        return (answer.embeds[0].description or "").splitlines()


@pytest.fixture
async def elsewhere(world: World) -> AsyncIterator[Elsewhere]:
    guild = world.env.create_guild("Else*where")
    lounge = guild.create_text_channel("lounge")
    channels = [
        guild.create_text_channel(f"c{n}", overwrites={guild.default_role: SILENT}) for n in range(MANY)
    ]
    async with world.bot() as gazette:
        for channel in channels:
            choice = Choice(zone=ZoneInfo("UTC"))
            await gazette.bot.subscribing.subscribe(guild.id, channel.id, choice)
        yield Elsewhere(world, guild, lounge, channels)


def give_a_place(elsewhere: Elsewhere, name: str = "_system_channel_id") -> None:
    """Let the server have a channel that Discord itself writes to."""
    assert elsewhere.world.gazette is not None
    guild = elsewhere.world.gazette.bot.get_guild(elsewhere.guild.id)
    assert guild is not None
    setattr(guild, name, elsewhere.lounge.id)


async def test_operators_are_told_once_a_day_that_posts_fail_in_another_server(elsewhere: Elsewhere) -> None:
    world = elsewhere.world
    for day, article in enumerate((HARBOUR, BRIDGE)):
        world.put(f"{day}.txt", article)
        await world.quiet()
        Writer(seed=day).fill(world.inbox, 1)
        await world.quiet()
        assert len(world.told_to_the_owner()) == day + 1
        world.clock.advance(days=1, minutes=1)
    first = world.told_to_the_owner()[0]
    assert first.startswith("Posts fail in another server, “Else\\*where”: ")
    assert "Give it Send Messages" in first
    assert len(world.posts()) == 4


async def test_operators_are_told_of_each_failure_of_their_own(elsewhere: Elsewhere) -> None:
    world = elsewhere.world
    world.put("harbour.txt", HARBOUR)
    await world.quiet()
    own = world.guild.create_text_channel("own", overwrites={world.guild.default_role: SILENT})
    await world.subscribe(own)
    world.put("bridge.txt", BRIDGE)
    await world.quiet()
    (_, told) = world.told_to_the_owner()
    assert f"was not posted in <#{own.id}>" in told
    assert "`/retry` posts it again" in told


async def test_status_lists_the_failures_of_the_operators_own_and_counts_the_others(
    elsewhere: Elsewhere,
) -> None:
    world = elsewhere.world
    own = world.guild.create_text_channel("own", overwrites={world.guild.default_role: SILENT})
    await world.subscribe(own)
    world.put("harbour.txt", HARBOUR)
    await world.quiet()
    lines = (await world.manage("status")).content.splitlines()
    assert lines[0] == "0 waiting, 1 sent in the last 24 hours, 1 failed"
    assert len([line for line in lines if line.startswith("Failed #")]) == 1
    counted = f"Failed in other servers: {MANY} ({MANY} in “Else\\*where”). Those who manage them see why."
    assert counted in lines
    change(world.env, own, MAY_POST)
    assert "Tried once more: 51 posts" in (await world.manage("retry")).content
    await world.quiet()
    assert len(own.history()) == 1


@pytest.mark.parametrize("place", ["_system_channel_id", "_public_updates_channel_id"])
async def test_those_who_manage_the_server_are_told_once_a_day(elsewhere: Elsewhere, place: str) -> None:
    world = elsewhere.world
    give_a_place(elsewhere, place)
    for day in range(2):
        Writer(seed=day).fill(world.inbox, 2)
        await world.quiet()
        assert len(elsewhere.told()) == day + 1
        world.clock.advance(days=1, minutes=1)
    told = elsewhere.told()[0]
    assert "Give it Send Messages" in told
    assert "`/subscriptions` shows each channel" in told
    assert "/retry" not in told


async def test_where_the_bot_may_not_speak_nothing_is_tried(elsewhere: Elsewhere) -> None:
    world = elsewhere.world
    give_a_place(elsewhere)
    change(world.env, elsewhere.lounge, SILENT)
    world.put("harbour.txt", HARBOUR)
    await world.quiet()
    assert elsewhere.told() == []
    tried = [r.path for r in world.env.http_requests if r.method == "POST"]
    assert f"/channels/{elsewhere.lounge.id}/messages" not in tried


async def test_subscriptions_show_what_is_wrong_until_it_is_mended(elsewhere: Elsewhere) -> None:
    world = elsewhere.world
    world.put("harbour.txt", HARBOUR)
    await world.quiet()
    wrong = "I cannot post there. Under Edit Channel, Permissions, allow me: Send Messages"
    assert wrong in (await elsewhere.listed())[0]
    first = elsewhere.channels[-1]
    change(world.env, first, MAY_POST)
    for channel in elsewhere.channels[:-1]:
        assert world.gazette is not None
        await world.gazette.bot.subscribing.unsubscribe(elsewhere.guild.id, channel.id)
    (line,) = await elsewhere.listed()
    assert "The last article could not be posted." in line
    world.put("bridge.txt", BRIDGE)
    await world.quiet()
    assert await elsewhere.listed() == [f"<#{first.id}> · each article at once"]
