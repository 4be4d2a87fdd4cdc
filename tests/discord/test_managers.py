"""Who may change what channels get, and in which channels anything can be posted."""

from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.errors import NotFound
from tests.discord.conftest import HARBOUR, World
from tests.discord.test_subscriptions import listed, manage, second, thread_of

__all__ = ["second"]

MANAGERS = {
    "subscribe",
    "subscriptions",
    "unsubscribe",
    "pause",
    "resume",
    "quiet",
    "settings",
}


def archive(env: Env, thread: ChannelHandle) -> None:
    env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})


async def test_what_the_bot_may_not_do_is_named_and_nothing_is_set(world: World) -> None:
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.guild.default_role: discord.PermissionOverwrite(embed_links=False)}
    )
    async with world.bot():
        told = (await manage(world, "subscribe", channel=closed)).content
        assert f"In the settings of <#{closed.id}>, under Permissions, allow me: Embed Links." in told
        assert len(await listed(world)) == 1


async def test_a_threads_permissions_are_given_in_its_channel(world: World) -> None:
    closed = world.guild.create_text_channel(
        "closed",
        overwrites={world.guild.default_role: discord.PermissionOverwrite(send_messages_in_threads=False)},
    )
    thread = thread_of(world, closed)
    async with world.bot():
        told = (await manage(world, "subscribe", channel=thread)).content
        assert f"In the settings of <#{closed.id}>" in told
        assert "Send Messages in Threads" in told


async def test_threads_are_taken_also_archived_ones(world: World) -> None:
    thread = thread_of(world, world.channel)
    archived = thread_of(world, world.channel, "old")
    async with world.bot():
        archive(world.env, archived)
        for one in (thread, archived):
            told = (await manage(world, "subscribe", channel=one)).content
            assert told.startswith(f"Subscribed: <#{one.id}>")


async def test_a_voice_channel_is_not_taken(world: World) -> None:
    voice = world.guild.create_voice_channel("voice")
    async with world.bot():
        told = (await manage(world, "subscribe", used_in=voice)).content
        assert "Nothing can be posted here" in told


async def test_followers_are_only_promised_where_there_are_any(world: World, second: ChannelHandle) -> None:
    announcements = world.guild.create_news_channel("announcements")
    async with world.bot():
        told = (await manage(world, "subscribe", channel=second, publish=True)).content
        assert "Only announcement channels have followers" in told
        told = (await manage(world, "subscribe", channel=announcements, publish=True)).content
        assert "followers" not in told.replace("published to followers", "")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        shown = [r.path for r in world.env.http_requests if r.path.endswith("/crosspost")]
        (message,) = announcements.history()
        assert shown == [f"/channels/{announcements.id}/messages/{message.id}/crosspost"]


async def test_members_who_do_not_manage_the_server_see_none_of_it(world: World) -> None:
    async with world.bot() as gazette:
        assert not MANAGERS & set(world.reader.available_commands(world.channel))
        synced = {command.name: command for command in await gazette.bot.tree.fetch_commands()}
        needed: dict[str, dict[str, Any]] = {"pause": {"duration": "1 hour"}}
        for name in sorted(MANAGERS):
            world.guild.set_command_permissions(synced[name], {world.guild.default_role: True})
            answer = await world.ask(name, **needed.get(name, {}))
            assert answer.ephemeral
            assert answer.content == "You may not use this: it is for members who may manage the server."
        refused = await world.ask("digest preview")
        assert "may manage the server" in refused.content


async def test_another_server_changes_nothing_here(world: World) -> None:
    other = world.env.create_guild()
    theirs = other.create_text_channel("theirs")
    async with world.bot() as gazette:
        before = await listed(world)
        answer = await manage(world, "subscriptions", other, used_in=theirs)
        assert "No channel of this server" in answer.content
        for command, options in (
            ("pause", {"duration": "1 day"}),
            ("resume", {}),
            ("quiet", {"from": "22:00", "to": "7:00"}),
        ):
            told = (await manage(world, command, other, used_in=theirs, **options)).content
            assert "This server has no subscription yet" in told
        told = (await manage(world, "unsubscribe", other, used_in=theirs)).content
        assert "has no subscription" in told
        with pytest.raises(NotFound):
            await gazette.bot.subscribing.unsubscribe(other.id, world.channel.id)
        assert await listed(world) == before
