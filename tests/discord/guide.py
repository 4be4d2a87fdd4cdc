"""Somebody who goes through a set-up: what the message shows, and what can be pressed, chosen and typed."""

from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.news.subscriptions.subscriptions import Subscription
from tests.discord.conftest import World


class Guide:
    """A member who may manage the server, with the one message of a set-up."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.role = world.guild.create_role(
            "Editors", permissions=discord.Permissions(manage_guild=True, view_channel=True)
        )
        user = world.env.create_user("editor")
        self.member = world.guild.add_member(user, roles=[self.role])
        self.message: ResponseMessage | None = None

    async def begin(self) -> None:
        answer = (await self.member.slash(self.world.channel, "setup")).response
        assert answer is not None
        assert answer.ephemeral
        self.message = answer

    @property
    def shown(self) -> ResponseMessage:
        assert self.message is not None
        return self.message

    @property
    def embed(self) -> discord.Embed:
        return self.shown.embeds[0]

    @property
    def text(self) -> str:
        """All that the message says."""
        fields = "\n".join(f"{field.value}" for field in self.embed.fields)
        return f"{self.embed.title}\n{self.embed.description}\n{fields}"

    @property
    def items(self) -> dict[str, dict[str, Any]]:
        """What can be chosen now, by what it does."""
        every = [item for row in self.shown.components for item in row["components"]]
        return {item["custom_id"].rpartition(":")[2]: item for item in every}

    async def press(self, *actions: str) -> InteractionResult:
        for action in actions:
            result = await self.member.click(self.shown, custom_id=self.items[action]["custom_id"])
        return result

    async def choose(self, action: str, *values: Any) -> InteractionResult:  # noqa: ANN401 (handles or values)
        return await self.member.select(self.shown, values, custom_id=self.items[action]["custom_id"])

    async def type(self, action: str, text: str) -> InteractionResult:
        opened = await self.press(action)
        return await self.member.submit_modal(opened, {"typed": text})

    def options(self, action: str) -> dict[str, str]:
        return {option["label"]: option["value"] for option in self.items[action]["options"]}

    def chosen(self, action: str) -> list[str]:
        return [option["label"] for option in self.items[action]["options"] if option.get("default")]


@pytest.fixture
def guide(world: World) -> Guide:
    return Guide(world)


async def kept(world: World, channel: ChannelHandle) -> Subscription:
    assert world.gazette is not None
    return await world.gazette.bot.subscribing.of_channel(world.guild.id, channel.id)


async def overwrite(world: World, channel: ChannelHandle, **permissions: bool | None) -> None:
    """Change what the bot may do in a channel."""
    assert world.gazette is not None
    found = world.gazette.bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel | discord.ForumChannel)
    await found.set_permissions(found.guild.me, overwrite=discord.PermissionOverwrite(**permissions))
    await world.env.settle()
