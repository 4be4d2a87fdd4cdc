"""Who may read: members see what goes to channels that they see, and strangers' servers see nothing."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.serializers import user_payload
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle
from simcord.enums import InteractionType

from bot.app import Gazette
from bot.news.subscriptions.subscribing import Choice
from bot.render.buttons import stateless
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World

OPEN, SECRET = TITLE, "Old bridge at Lisbon closes for repairs"
AGAIN_TITLE = "New chair of the harbour board begins her work"
AGAIN = (
    HARBOUR.replace(TITLE, AGAIN_TITLE)
    + """
The board met the pilots on Tuesday and told them that the night shifts would be paid better from April on.

A committee of five members will look at the contracts with the towing companies until the end of the month.

The unions asked for a seat in that committee, and the chair promised an answer within two weeks at most.
"""
)
"""An update of it, which goes to the board alone."""
NOWHERE = "Council of Faro sells its town hall"
LEFT = f"""{NOWHERE}

FARO, Portugal - The council of Faro sold its town hall to a hotel company for nine million euros.

The mayor said that the offices would move to the old barracks before the end of the year.

Two members of the opposition left the room and asked the court of Faro to stop the sale.
"""
NOT_THERE = "not in a channel that you can see"


@dataclass(frozen=True)
class Newsroom:
    """A server with an open channel, one for the board alone, and a section that goes nowhere."""

    world: World
    board: ChannelHandle
    role: RoleHandle
    insider: MemberActor
    operator: MemberActor

    @property
    def outsider(self) -> MemberActor:
        return self.world.reader


@pytest.fixture
async def newsroom(world: World) -> AsyncIterator[Newsroom]:
    guild = world.guild
    role = guild.create_role("Board")
    hidden, shown = (
        discord.PermissionOverwrite(view_channel=False),
        discord.PermissionOverwrite(view_channel=True),
    )
    powers = discord.Permissions(manage_guild=True, view_channel=True)
    editors = guild.create_role("Editors", permissions=powers)
    async with world.bot() as gazette:
        assert gazette.bot.user is not None
        board = guild.create_text_channel(
            "board", overwrites={guild.default_role: hidden, role: shown, gazette.bot.user: shown}
        )
        await world.subscribe(world.channel, sections=("world",))
        await world.subscribe(board, sections=("secret",))
        for name, text in (("world/harbour", HARBOUR), ("secret/bridge", BRIDGE), ("attic/faro", LEFT)):
            world.put(f"{name}.txt", text)
            await world.quiet()
        yield Newsroom(
            world,
            board,
            role,
            guild.add_member(world.env.create_user("insider"), roles=[role]),
            guild.add_member(world.env.create_user("operator"), roles=[editors]),
        )


async def offered(
    member: MemberActor, channel: ChannelHandle, command: str, option: str = "article"
) -> set[str]:
    return {choice["name"] for choice in await member.autocomplete(channel, command, option, "")}


async def said(member: MemberActor, used_in: ChannelHandle, command: str, **options: Any) -> str:  # noqa: ANN401
    """Have a member use a command, and return all that the answer says."""
    result = await member.slash(used_in, command, **options)
    answer = result.response or result.followups[-1]
    assert answer is not None
    embeds = [str(embed.to_dict()) for embed in answer.embeds]
    return "\n".join([answer.content, *embeds])


@pytest.mark.parametrize("command", ["summary", "entities", "story"])
async def test_a_member_sees_what_goes_to_channels_that_they_see(newsroom: Newsroom, command: str) -> None:
    channel = newsroom.world.channel
    assert await offered(newsroom.outsider, channel, command) == {OPEN}
    assert await offered(newsroom.insider, channel, command) == {OPEN, SECRET}
    assert await offered(newsroom.operator, channel, command) == {OPEN, SECRET, NOWHERE}
    for article in ("bridge", "article:2", "faro", "article:3"):
        answer = await said(newsroom.outsider, channel, command, article=article)
        assert SECRET not in answer
        assert "no article" in answer.lower() or NOT_THERE in answer


async def test_the_story_and_its_button_show_what_the_member_sees(newsroom: Newsroom) -> None:
    world = newsroom.world
    world.put("secret/again.txt", AGAIN)
    await world.quiet()
    post = world.channel.history()[0]
    labels = [item.label for row in post.components for item in getattr(row, "children", [])]
    for member, sees in ((newsroom.insider, True), (newsroom.outsider, False), (newsroom.operator, True)):
        told = await said(member, world.channel, "story", article="article:1", private=True)
        assert (AGAIN_TITLE in told) is sees
        assert TITLE in told
        pressed = (await member.click(post, label=str(labels[0]))).response
        assert pressed is not None
        assert (AGAIN_TITLE in str(pressed.embeds[0].to_dict())) is sees


async def test_a_digest_shows_each_member_what_they_see(newsroom: Newsroom) -> None:
    channel = newsroom.world.channel
    seen = {
        newsroom.outsider: {OPEN},
        newsroom.insider: {OPEN, SECRET},
        newsroom.operator: {OPEN, SECRET, NOWHERE},
    }
    for member, titles in seen.items():
        told = await said(member, channel, "digest now")
        assert {title for title in (OPEN, SECRET, NOWHERE) if title in told} == titles
        sections = await offered(member, channel, "digest now", "section")
        assert sections == {{OPEN: "world", SECRET: "secret", NOWHERE: "attic"}[title] for title in titles}
    assert SECRET not in await said(newsroom.outsider, channel, "digest now", section="secret")


async def test_the_page_of_a_digest_is_made_for_who_turns_it(newsroom: Newsroom) -> None:
    """Also if somebody who sees more asked for it, or the number of the digest is another one's."""
    world = newsroom.world
    asked = await newsroom.insider.slash(world.channel, "digest now")
    posted = asked.response
    assert posted is not None
    told = await forged(world, newsroom.outsider, world.channel, "digest:1:1")
    assert OPEN in told
    assert SECRET not in told


async def test_the_pages_of_a_digest_in_a_channel_are_for_those_who_see_the_channel(
    newsroom: Newsroom,
) -> None:
    world = newsroom.world
    await world.subscribe(newsroom.board, sections=("secret",), at="daily 08:00")
    world.put("secret/more.txt", LEFT.replace("Faro", "Beja"))
    await world.quiet()
    await world.later(days=1)
    assert "no longer known" in await forged(world, newsroom.outsider, world.channel, "digest:1:1")
    assert "Beja" in await forged(world, newsroom.insider, world.channel, "digest:1:1")


async def test_a_member_who_lost_the_right_sees_it_no_more(newsroom: Newsroom) -> None:
    world = newsroom.world
    assert SECRET in await offered(newsroom.insider, world.channel, "summary")
    world.env.backend.remove_member_role(world.guild.id, newsroom.insider.id, newsroom.role.id)
    await world.env.settle()
    assert await offered(newsroom.insider, world.channel, "summary") == {OPEN}
    assert NOT_THERE in await said(newsroom.insider, world.channel, "summary", article="article:2")


async def test_a_private_thread_is_not_for_all_who_see_its_channel(newsroom: Newsroom) -> None:
    world = newsroom.world
    thread = world.env.backend.create_thread(
        world.channel.id, "desk", world.env.backend.bot_user.id, type=discord.ChannelType.private_thread.value
    )
    await world.env.settle()
    await world.subscribe(ChannelHandle(world.env, world.guild, thread), sections=("attic",))
    world.put("attic/beja.txt", LEFT.replace("Faro", "Beja"))
    await world.quiet()
    assert await offered(newsroom.outsider, world.channel, "summary") == {OPEN}


async def test_a_copy_is_found_if_its_first_went_elsewhere(newsroom: Newsroom) -> None:
    newsroom.world.put("world/faro-again.txt", LEFT.replace("the old barracks", "the barracks"))
    await newsroom.world.quiet()
    assert await offered(newsroom.outsider, newsroom.world.channel, "summary") == {OPEN, NOWHERE}


async def test_nothing_is_told_of_what_was_taken_back(newsroom: Newsroom) -> None:
    await newsroom.world.forget(TITLE)
    await newsroom.world.quiet()
    assert await offered(newsroom.outsider, newsroom.world.channel, "summary") == set()


async def test_a_manager_does_not_read_a_channel_that_they_do_not_see(newsroom: Newsroom) -> None:
    world = newsroom.world
    elsewhere = world.env.create_guild("Elsewhere")
    hidden = discord.PermissionOverwrite(view_channel=False)
    lobby = elsewhere.create_text_channel("lobby")
    closed = elsewhere.create_text_channel("closed", overwrites={elsewhere.default_role: hidden})
    await world.env.settle()
    assert world.gazette is not None
    own = await world.gazette.bot.subscribing.of_channel(world.guild.id, world.channel.id)
    await world.gazette.bot.subscribing.subscribe(elsewhere.id, closed.id, Choice(zone=own.zone))
    manager = manager_of(world, elsewhere)
    for group, command in (("digest", "preview"), ("filter", "test")):
        told = await typed_in(manager, lobby, group, command, closed)
        assert "You do not see what comes in" in told
    assert await offered(manager, lobby, "summary") == set()


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("summary", {"article": "article:1"}),
        ("entities", {"article": "article:1"}),
        ("story", {"article": "article:1"}),
        ("digest now", {}),
        ("help", {}),
        ("subscriptions", {}),
        ("setup", {}),
        ("settings", {"language": "de"}),
        ("status", {}),
    ],
)
async def test_a_server_that_is_not_served_gets_nothing(
    world: World, command: str, options: dict[str, Any]
) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot(servers=None) as gazette:
        await world.quiet()
        elsewhere, manager = await strangers(world, gazette)
        lobby = elsewhere.channels["lobby"]
        told = await said(manager, lobby, command, **options)
        assert told == (
            f"This bot does not serve this server. Whoever runs the bot can add {elsewhere.id} to SERVERS."
        )
        assert OPEN not in await offered(manager, lobby, "summary")
        for custom_id in (
            "digest:1:1",
            "story:1",
            "apart:1",
            "post:1",
            "forget:1",
            f"setup:{'0' * 16}:1:save",
        ):
            assert "does not serve this server" in await forged(world, manager, lobby, custom_id)


async def test_a_server_that_is_not_served_is_left_and_operators_are_told(world: World) -> None:
    async with world.bot(servers=None) as gazette:
        await world.quiet()
        elsewhere = world.env.create_guild("Elsewhere @everyone")
        await world.env.settle()
        joined = gazette.bot.get_guild(elsewhere.id)
        assert joined is not None
        await gazette.bot.on_guild_join(joined)
        await world.quiet()
        assert [guild.id for guild in gazette.bot.guilds] == [world.guild.id]
        told = world.told_to_the_owner()
        assert len(told) == 1
        assert f"add {elsewhere.id} to SERVERS" in told[0]
        rows = await gazette.database.look_up(
            lambda connection: connection.exec_driver_sql("SELECT guild_id FROM servers")
        )
        assert elsewhere.id not in list(rows.scalars())


async def test_a_typing_error_in_servers_ends_no_subscription(world: World) -> None:
    elsewhere = world.env.create_guild("Elsewhere")
    theirs = elsewhere.create_text_channel("theirs")
    async with world.bot() as gazette:
        await world.quiet()
        own = await gazette.bot.subscribing.of_channel(world.guild.id, world.channel.id)
        await gazette.bot.subscribing.subscribe(elsewhere.id, theirs.id, Choice(zone=own.zone))
    async with world.bot(servers=frozenset([5])) as gazette:
        await gazette.bot.on_ready()  # once more, to the end: nothing says when the first was done
        await world.quiet()
        assert elsewhere.id in [guild.id for guild in gazette.bot.guilds]
        assert any("is not named in SERVERS" in told for told in world.told_to_the_owner())
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert len(list(theirs.history())) == 1
        told = await said(manager_of(world, elsewhere), theirs, "subscriptions")
        assert "does not serve this server" in told


async def test_a_server_that_is_named_is_served(world: World) -> None:
    elsewhere = world.env.create_guild("Elsewhere")
    lobby = elsewhere.create_text_channel("lobby")
    async with world.bot(servers=frozenset([elsewhere.id])) as gazette:
        assert "No channel" in await said(manager_of(world, elsewhere), lobby, "subscriptions")
        assert gazette.bot.access.allows(world.guild.id)


async def test_no_server_is_left_while_the_operators_own_is_not_known(world: World) -> None:
    """The channel in the settings may be mistyped: then its server would be left too."""
    async with world.bot(servers=None, operators_channel_id=5) as gazette:
        await world.quiet()
        assert [guild.id for guild in gazette.bot.guilds] == [world.guild.id]


@pytest.mark.parametrize("by", ["in a direct message", "by an app of their own"])
async def test_commands_are_for_servers_that_the_bot_was_added_to(world: World, by: str) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot() as gazette:
        await world.quiet()
        data = {
            "id": "1",
            "name": "summary",
            "type": 1,
            "options": [{"name": "article", "type": 3, "value": "article:1"}],
        }
        reader = world.reader
        if by == "in a direct message":
            extra: dict[str, Any] = {
                "guild_id": None,
                "member": None,
                "user": dict(user_payload(reader.user._user)),
            }
        else:
            extra = {"authorizing_integration_owners": {"1": str(reader.id)}}
        result = await reader._dispatch_interaction(
            InteractionType.APPLICATION_COMMAND, world.channel, data, extra=extra
        )
        assert result.response is not None
        assert result.response.content == "Gazette works in servers alone, and in those that it was added to."
        for command in gazette.bot.tree.get_commands():
            told = command.to_dict(gazette.bot.tree)
            assert told["contexts"] == [0]
            assert told["integration_types"] == [0]


async def test_operators_keep_their_commands_if_the_digest_channel_is_deleted(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot(servers=None):
        await world.quiet()
        room = world.guild.create_text_channel("room")
        world.env.backend.delete_channel(world.channel.id)
        await world.env.settle()
        assert "1 article" in (await world.manage("status", channel=room)).content
    async with world.bot(servers=None):
        await world.quiet()
        for command in ("status", "why", "repost"):
            named: dict[str, Any] = {} if command == "status" else {"article": "harbour"}
            answer = await world.manage(command, channel=room, **named)
            assert "You may not use this" not in answer.content
            assert "does not serve" not in answer.content


async def test_servers_that_had_a_subscription_before_are_served_on(world: World) -> None:
    elsewhere = world.env.create_guild("Elsewhere")
    theirs = elsewhere.create_text_channel("theirs")
    async with world.bot() as gazette:
        own = await gazette.bot.subscribing.of_channel(world.guild.id, world.channel.id)
        await gazette.bot.subscribing.subscribe(elsewhere.id, theirs.id, Choice(zone=own.zone))
    with closing(sqlite3.connect(world.history)) as connection:  # as an earlier version left it
        connection.executescript(
            "DROP TABLE waited; DROP TABLE unserved; DROP TABLE found_posts; DROP INDEX deliveries_messages;"
            "ALTER TABLE servers DROP COLUMN admitted; DROP TABLE own_channels; DELETE FROM servers;"
            "UPDATE alembic_version SET version_num = '0007'"
        )
    async with world.bot(servers=None) as gazette:
        await world.quiet()
        assert gazette.bot.access.allows(elsewhere.id)
        assert "<#" in await said(manager_of(world, elsewhere), theirs, "subscriptions")


async def strangers(world: World, gazette: Gazette) -> tuple[GuildHandle, MemberActor]:
    """Return a server that the bot is in and does not serve, and who manages it: it could not be left yet."""
    vars(gazette.bot.access)["may_leave"] = never
    elsewhere = world.env.create_guild("Elsewhere")
    elsewhere.create_text_channel("lobby")
    await world.env.settle()
    return elsewhere, manager_of(world, elsewhere)


async def never(_guild_id: int) -> bool:
    """Leave no server."""
    return False


def manager_of(world: World, guild: GuildHandle) -> MemberActor:
    powers = discord.Permissions(manage_guild=True)
    role = guild.create_role("Managers", permissions=powers)
    return guild.add_member(world.env.create_user("manager"), roles=[role])


async def typed_in(
    member: MemberActor, used_in: ChannelHandle, group: str, command: str, channel: ChannelHandle
) -> str:
    """Have a member name a channel that Discord does not offer to them, and return the answer."""
    number = str(channel.id)
    resolved = {"id": number, "name": channel.name, "type": 0, "permissions": "0"}
    option = {"name": "channel", "type": 7, "value": number}
    data = {
        "id": "1",
        "name": group,
        "type": 1,
        "options": [{"name": command, "type": 1, "options": [option]}],
        "resolved": {"channels": {number: resolved}},
    }
    result = await member._dispatch_interaction(InteractionType.APPLICATION_COMMAND, used_in, data)
    assert result.response is not None
    return result.response.content


async def forged(world: World, member: MemberActor, channel: ChannelHandle, custom_id: str) -> str:
    """Have a member press a button that the bot never showed there, and return all that the answer says."""
    assert world.gazette is not None
    place = world.gazette.bot.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    message = await place.send("x", view=stateless(discord.ui.Button(label="x", custom_id=custom_id)))
    answer = (await member.click(message, custom_id=custom_id)).response
    assert answer is not None
    return "\n".join([answer.content, *[str(embed.to_dict()) for embed in answer.embeds]])
