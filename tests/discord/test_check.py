"""What ``gazette check`` finds in a server."""

import discord
import pytest
from simcord.env import Env

from bot.check import Finding, channel
from tests.discord.world import simulated


async def findings(env: Env, client: discord.Client, channel_id: int) -> list[Finding]:
    return [finding async for finding in channel(client, channel_id)]


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
        assert "no channel 5" in finding.text


async def test_a_channel_that_takes_no_messages_is_told(client: discord.Client) -> None:
    async with simulated(client) as env:
        category = env.create_guild().create_category("Section")
        (finding,) = await findings(env, client, category.id)
        assert "category channel" in finding.text
