"""What ``gazette check`` finds in a server."""

import base64
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from simcord.env import Env

from bot.check_discord import channel
from bot.findings import Finding
from bot.first_channel import SETTING
from bot.invitation import invitation_of
from bot.news.sending.permissions import missing_permissions
from tests.discord.world import simulated


async def findings(env: Env, client: discord.Client, channel_id: int) -> list[Finding]:
    return [finding async for finding in channel(client, channel_id, SETTING)]


def deny(env: Env, channel: ChannelHandle, overwrite: discord.PermissionOverwrite) -> None:
    """Change what everybody may do in a channel."""
    allowed, denied = (permissions.value for permissions in overwrite.pair())
    assert channel.guild is not None
    everyone = channel.guild.default_role.id
    env.backend.set_overwrite(channel.id, Overwrite(everyone, OverwriteType.ROLE, allowed, denied))


@pytest.fixture
def client() -> discord.Client:
    return discord.Client(intents=discord.Intents.none())


async def test_a_channel_where_the_bot_may_post_is_fine(client: discord.Client) -> None:
    async with simulated(client) as env:
        news = env.create_guild().create_text_channel("news")
        assert await findings(env, client, news.id) == [Finding(True, "The bot may post in #news.")]


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        ({"send_messages": False}, "Send Messages, Embed Links"),  # the second is worth nothing alone
        ({"embed_links": False}, "Embed Links"),
        ({"read_message_history": False}, "Read Message History"),
    ],
)
async def test_a_missing_permission_is_named(
    client: discord.Client, denied: dict[str, bool], named: str
) -> None:
    async with simulated(client) as env:
        guild = env.create_guild()
        news = guild.create_text_channel(
            "news", overwrites={guild.default_role: discord.PermissionOverwrite(**denied)}
        )
        assert await findings(env, client, news.id) == [Finding(False, f"In #news the bot lacks: {named}.")]


async def test_a_channel_that_the_bot_cannot_see_is_told(client: discord.Client) -> None:
    async with simulated(client) as env:
        guild = env.create_guild()
        hidden = guild.create_text_channel(
            "hidden", overwrites={guild.default_role: discord.PermissionOverwrite(view_channel=False)}
        )
        (finding,) = await findings(env, client, hidden.id)
        assert not finding.fine
        assert "cannot see" in finding.text


async def test_a_channel_that_is_not_there_is_told(client: discord.Client) -> None:
    async with simulated(client) as env:
        env.create_guild()
        (finding,) = await findings(env, client, 5)
        assert "no such channel" in finding.text


async def test_a_channel_that_takes_no_messages_is_told(client: discord.Client) -> None:
    async with simulated(client) as env:
        category = env.create_guild().create_category("Section")
        (finding,) = await findings(env, client, category.id)
        assert "category channel" in finding.text


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        ({"send_messages": False}, "Create Posts, Embed Links"),
        ({"send_messages_in_threads": False}, "Send Messages in Posts"),
        ({"view_channel": None}, ""),
    ],
)
async def test_a_forum_is_looked_at_by_its_own_names(
    client: discord.Client, denied: dict[str, bool | None], named: str
) -> None:
    async with simulated(client) as env:
        guild = env.create_guild()
        forum = guild.create_forum_channel("reports")
        deny(env, forum, discord.PermissionOverwrite(**denied))
        (finding,) = await findings(env, client, forum.id)
        assert finding.text == (
            f"In #reports the bot lacks: {named}." if named else "The bot may post in #reports."
        )


@pytest.mark.parametrize(
    ("denied", "locked", "named"),
    [
        ({"send_messages": False, "embed_links": True}, False, ""),  # that is for the channel alone
        ({"send_messages_in_threads": False}, False, "Send Messages in Threads"),
        ({"manage_threads": False}, True, "Manage Threads"),
        ({"manage_threads": False}, False, ""),
    ],
)
async def test_a_thread_has_the_permissions_of_its_channel(
    client: discord.Client, denied: dict[str, bool | None], locked: bool, named: str
) -> None:
    async with simulated(client) as env:
        guild = env.create_guild()
        news = guild.create_text_channel("news")
        thread = env.backend.create_thread(news.id, "talk", env.backend.bot_user.id)
        env.backend.edit_channel(thread.id, {}, thread_metadata={"locked": locked})
        deny(env, news, discord.PermissionOverwrite(**denied))
        (finding,) = await findings(env, client, thread.id)
        assert finding.fine is not bool(named)
        assert finding.text == (
            f"In the thread talk the bot lacks: {named}." if named else "The bot may post in the thread talk."
        )


async def test_opening_threads_takes_a_permission_of_its_own() -> None:
    async with simulated(discord.Client(intents=discord.Intents(guilds=True))) as env:
        guild = env.create_guild()
        news = guild.create_text_channel("news")
        deny(env, news, discord.PermissionOverwrite(create_public_threads=False))
        channel = env.bot.get_channel(news.id)
        assert isinstance(channel, discord.TextChannel)
        assert missing_permissions(channel, channel.guild.me) == []
        assert missing_permissions(channel, channel.guild.me, layout_thread=True) == ["Create Public Threads"]


def test_the_invitation_asks_for_what_posting_needs() -> None:
    token = base64.b64encode(b"123456789012345678").decode()
    link = invitation_of(f"{token}.x.y")
    assert link is not None
    asked = discord.Permissions(int(parse_qs(urlsplit(link).query)["permissions"][0]))
    assert {name for name, given in asked if given} == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "create_public_threads",
        "embed_links",
        "read_message_history",
    }
