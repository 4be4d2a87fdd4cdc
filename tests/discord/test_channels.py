"""Channels of every kind: what is sent there, found again, changed and taken back."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env

from bot.news.sending.channels import Channels, Content, DiscordChannels, HistoryHidden, Sent, Unpostable
from tests.discord.world import simulated

NO_HISTORY = discord.PermissionOverwrite(read_message_history=False)


@dataclass
class Server:
    """A server in which the bot posts, and the bot's channels."""

    env: Env
    client: discord.Client
    guild: GuildHandle = field(init=False)

    def __post_init__(self) -> None:
        self.guild = self.env.create_guild()
        self.channels: Channels = DiscordChannels(self.client)

    def forum(self, *tags: str, moderated: str = "", requires_one: bool = False) -> ChannelHandle:
        forum = self.guild.create_forum_channel("reports")
        available = [
            {
                "id": str(number),
                "name": name,
                "moderated": name == moderated,
                "emoji_id": None,
                "emoji_name": None,
            }
            for number, name in enumerate(tags, start=1)
        ]
        self.env.backend.edit_channel(forum.id, {"available_tags": available})
        self.cached(forum)._flags = 16 if requires_one else 0
        return forum

    def cached(self, forum: ChannelHandle) -> discord.ForumChannel:
        channel = self.client.get_channel(forum.id)
        assert isinstance(channel, discord.ForumChannel)
        return channel

    def thread(self, parent: ChannelHandle, name: str = "talk", owner: int | None = None) -> int:
        return self.env.backend.create_thread(parent.id, name, owner or self.env.backend.bot_user.id).id

    def archive(self, thread_id: int) -> None:
        self.env.backend.edit_channel(thread_id, {}, thread_metadata={"archived": True})

    def is_archived(self, thread_id: int) -> bool:
        metadata = self.env.backend.channels[thread_id].thread_metadata
        assert metadata is not None
        return metadata.archived

    def restart(self) -> None:
        """Forget what was sent, as another run does."""
        self.channels = DiscordChannels(self.client)

    def asked(self, method: str, end: str) -> list[Any]:
        return [r.json for r in self.env.http_requests if r.method == method and r.path.endswith(end)]

    def titles(self, place_id: int) -> list[str | None]:
        messages = self.env.backend.messages.get(place_id, {}).values()
        return [message.embeds[0]["title"] for message in messages if message.embeds]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    client = discord.Client(
        intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none()
    )
    async with simulated(client) as env:
        yield Server(env, client)


def content(title: str = "Bridge closes", mark: str = "#1", **more: Any) -> Content:  # noqa: ANN401 (any field)
    return Content(discord.Embed(title=title).set_footer(text=f"{mark} · one source"), **more)


@pytest.fixture(params=["text", "announcement", "thread", "archived thread", "forum"])
def place(request: pytest.FixtureRequest, server: Server) -> int:
    """A channel of each kind."""
    if request.param == "forum":
        return server.forum("World").id
    create = server.guild.create_text_channel
    channel = server.guild.create_news_channel("news") if request.param == "announcement" else create("news")
    if "thread" not in request.param:
        return channel.id
    thread = server.thread(channel)
    if request.param == "archived thread":
        server.archive(thread)
        assert server.client.get_channel(thread) is None  # discord.py keeps the open ones alone
    return thread


async def test_what_is_sent_is_found_changed_and_taken_back(server: Server, place: int) -> None:
    channels = server.channels
    before = await channels.last_message_id(place)
    sent = await channels.send(place, content(), "n")
    assert await channels.last_message_id(place) == sent.message_id
    assert await channels.find(place, "#1", before) == sent
    assert await channels.find(place, "#2", before) is None
    assert await channels.find(place, "#1", sent.message_id) is None
    await channels.edit(sent.place_id, sent.message_id, content("Bridge open again"))
    assert server.titles(sent.place_id) == ["Bridge open again"]
    assert await channels.stands(sent.place_id, sent.message_id)
    await channels.delete(sent.place_id, sent.message_id)
    assert not await channels.stands(sent.place_id, sent.message_id)
    assert await channels.find(place, "#1", before) is None


async def test_only_the_named_roles_may_be_pinged_and_only_when_it_is_posted(
    server: Server, place: int
) -> None:
    role = server.guild.create_role("Readers")
    shown = content(text=f"{role.mention} @everyone", roles=(role.id, role.id))
    sent = await server.channels.send(place, shown, "n")
    message = server.env.backend.get_message(sent.place_id, sent.message_id)
    assert message.content == f"{role.mention} @everyone"
    assert list(message.ping_role_ids) == [role.id]
    assert not message.mention_everyone
    await server.channels.edit(sent.place_id, sent.message_id, content("New", text="<@&5>", roles=(5,)))
    (change,) = server.asked("PATCH", f"/messages/{sent.message_id}")
    assert "content" not in change
    assert change["allowed_mentions"] == {"parse": []}


async def test_nobody_is_pinged_where_no_role_is_named(server: Server, place: int) -> None:
    role = server.guild.create_role("Readers")
    sent = await server.channels.send(place, content(text=f"{role.mention} @here"), "n")
    message = server.env.backend.get_message(sent.place_id, sent.message_id)
    assert not message.ping_role_ids
    assert not message.mention_everyone


async def test_buttons_come_and_go_with_the_content(server: Server, place: int) -> None:
    buttons = tuple(discord.ui.Button[Any](label=label, custom_id=label) for label in ("Back", "On"))
    sent = await server.channels.send(place, content(buttons=buttons), "n")
    (row,) = server.env.backend.get_message(sent.place_id, sent.message_id).components
    assert [button["label"] for button in row["components"]] == ["Back", "On"]
    await server.channels.edit(sent.place_id, sent.message_id, content())
    assert server.env.backend.get_message(sent.place_id, sent.message_id).components == []


async def test_a_reply_is_one_in_threads_as_in_channels(server: Server) -> None:
    thread = server.thread(server.guild.create_text_channel("news"))
    first = await server.channels.send(thread, content(), "n")
    second = await server.channels.send(thread, content(reply_to=first.message_id), "m")
    reference = server.env.backend.get_message(thread, second.message_id).reference
    assert reference is not None
    assert reference["message_id"] == str(first.message_id)


async def test_an_edit_opens_an_archived_thread(server: Server) -> None:
    thread = server.thread(server.guild.create_text_channel("news"))
    sent = await server.channels.send(thread, content(), "n")
    server.archive(thread)
    path = f"/channels/{thread}/messages/{sent.message_id}"
    server.env.inject_error("PATCH", path, status=400, code=50083)  # SimCord would edit it
    await server.channels.edit(sent.place_id, sent.message_id, content("Open again"))
    assert server.titles(thread) == ["Open again"]
    assert not server.is_archived(thread)


async def test_another_refusal_of_an_edit_opens_nothing(server: Server) -> None:
    thread = server.thread(server.guild.create_text_channel("news"))
    sent = await server.channels.send(thread, content(), "n")
    server.archive(thread)
    server.env.inject_error("PATCH", f"/channels/{thread}/messages/*", status=400, code=30046)
    with pytest.raises(discord.HTTPException):
        await server.channels.edit(sent.place_id, sent.message_id, content("Open again"))
    assert server.is_archived(thread)


async def test_nothing_is_posted_in_a_category(server: Server) -> None:
    category = server.guild.create_category("Section")
    with pytest.raises(Unpostable, match="category channel"):
        await server.channels.send(category.id, content(), "n")


async def test_a_hidden_history_is_told_and_not_taken_for_an_empty_one(server: Server, place: int) -> None:
    await server.channels.send(place, content(), "n")
    channel = server.env.backend.channels[place]
    home = server.client.get_channel(channel.parent_id or place)
    assert isinstance(home, discord.abc.GuildChannel)
    await home.set_permissions(home.guild.default_role, overwrite=NO_HISTORY)
    with pytest.raises(HistoryHidden, match="Give it Read Message History"):
        await server.channels.find(place, "#1", 0)


async def test_a_post_reaches_the_followers_of_an_announcement_channel_once(server: Server) -> None:
    news = server.guild.create_news_channel("news")
    sent = await server.channels.send(news.id, content(), "n")
    for _ in range(2):
        await server.channels.publish(sent.place_id, sent.message_id)
    assert len(server.asked("POST", f"/messages/{sent.message_id}/crosspost")) == 2
    assert server.env.backend.get_message(news.id, sent.message_id).flags


async def test_a_refusal_to_publish_is_told(server: Server) -> None:
    news = server.guild.create_news_channel("news")
    with pytest.raises(discord.NotFound):
        await server.channels.publish(news.id, 5)


@pytest.mark.parametrize("place", ["text", "thread", "forum"], indirect=True)
async def test_other_channels_have_no_followers(server: Server, place: int) -> None:
    sent = await server.channels.send(place, content(), "n")
    await server.channels.publish(sent.place_id, sent.message_id)
    assert server.asked("POST", "/crosspost") == []


@pytest.mark.parametrize("place", ["text", "announcement"], indirect=True)
async def test_a_thread_is_opened_under_a_post(server: Server, place: int) -> None:
    sent = await server.channels.send(place, content(), "n")
    await server.channels.open_thread(sent.place_id, sent.message_id, "Bridge\ncloses " * 20)
    name = server.env.backend.channels[sent.message_id].name or ""
    assert name.startswith("Bridge closes Bridge")
    assert len(name) <= 100
    # SimCord would open a second one.
    server.env.inject_error("POST", "/channels/*/threads", status=400, code=160004)
    await server.channels.open_thread(sent.place_id, sent.message_id, "Bridge")
    server.env.inject_error("POST", "/channels/*/threads", status=403, code=50013)
    with pytest.raises(discord.Forbidden):
        await server.channels.open_thread(sent.place_id, sent.message_id, "Bridge")


@pytest.mark.parametrize("place", ["thread", "forum"], indirect=True)
async def test_no_thread_is_opened_in_a_thread(server: Server, place: int) -> None:
    sent = await server.channels.send(place, content(), "n")
    asked = len(server.env.http_requests)
    await server.channels.open_thread(sent.place_id, sent.message_id, "Bridge")
    assert [r for r in server.env.http_requests[asked:] if r.method == "POST"] == []


async def test_taking_back_a_message_leaves_the_thread_that_it_stands_in(server: Server) -> None:
    thread = server.thread(server.guild.create_text_channel("news"))
    sent = await server.channels.send(thread, content(), "n")
    await server.channels.delete(sent.place_id, sent.message_id)
    assert thread in server.env.backend.channels


async def test_a_message_in_a_forums_post_is_taken_back_alone(server: Server) -> None:
    """A forum's post may itself be the channel that is subscribed."""
    post = await server.channels.send(server.forum().id, content(), "n")
    second = await server.channels.send(post.place_id, content("Later", "#2"), "m")
    assert second == Sent(second.message_id, post.place_id)
    await server.channels.delete(second.place_id, second.message_id)
    assert server.titles(post.place_id) == ["Bridge closes"]
