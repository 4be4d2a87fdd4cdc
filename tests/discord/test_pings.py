"""Roles that posts mention: on what, how often, and nobody else whatever an article says."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle, RoleHandle

from bot.news.subscriptions.pings import MOST_PINGS
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.test_filters import complete
from tests.discord.test_stories import SAME_EVENT, UPDATE
from tests.faults.articles import Writer

BRIDGE_TITLE = BRIDGE.splitlines()[0]


@pytest.fixture
async def running(world: World) -> AsyncIterator[World]:
    """A bot that has posted nothing yet."""
    async with world.bot():
        yield world


@pytest.fixture
def role(world: World) -> RoleHandle:
    """A role that anyone may mention."""
    return world.guild.create_role("Harbour watch", mentionable=True)


def called(
    world: World, channel: ChannelHandle | None = None
) -> list[tuple[str, list[int], list[int], bool]]:
    """Return what stands beside each embed of a channel, and which roles and users were pinged by it."""
    place = channel or world.channel
    stored = [world.env.backend.get_message(place.id, message.id) for message in place.history()]
    return [
        (one.content, one.ping_role_ids, one.ping_user_ids, one.mention_everyone)
        for one in stored
        if not one.is_ephemeral
    ]


def pinged(role: RoleHandle) -> tuple[str, list[int], list[int], bool]:
    """Return what ``called`` says of a message that pings this role alone."""
    return (role.mention, [role.id], [], False)


NOBODY: tuple[str, list[int], list[int], bool] = ("", [], [], False)


def from_source(text: str, source: str) -> str:
    """Return a text as a file that names its source."""
    title, _, body = text.partition("\n")
    return f"---\npublisher: {source}\n---\n\n# {title}\n{body}"


async def test_a_post_mentions_the_role_of_its_rule_and_pings_it_alone(
    running: World, role: RoleHandle
) -> None:
    answer = await running.manage("ping add", role=role, on="words", text="harbour board")
    assert f"<@&{role.id}> · Pings on an article that has all of the words “harbour board”" in answer.content
    assert "and then not for 1 hour." in answer.content
    running.put("bridge.txt", BRIDGE)
    await running.quiet()
    running.put("harbour.txt", HARBOUR)
    await running.quiet()
    assert called(running) == [NOBODY, pinged(role)]
    assert running.titles() == [BRIDGE_TITLE, TITLE]


async def test_the_pause_holds_over_a_restart_and_ends(world: World, role: RoleHandle) -> None:
    writer = Writer(seed=4)

    async def next_post() -> None:
        writer.fill(world.inbox, 1)
        await world.quiet()

    async with world.bot():
        await world.manage("ping add", role=role, on="words", text="report", pause=30)
        await next_post()
        await next_post()
    world.clock.advance(minutes=29)
    async with world.bot():
        await next_post()
        world.clock.advance(minutes=1)
        await next_post()
    assert called(world) == [pinged(role), NOBODY, NOBODY, pinged(role)]


async def test_an_edit_pings_nobody_and_leaves_the_mention(running: World, role: RoleHandle) -> None:
    await running.manage("ping add", role=role, on="section", text="World", pause=0)
    running.put("world/harbour.txt", HARBOUR)
    await running.quiet()
    running.put("world/harbour.txt", HARBOUR.replace("PORTO", "OPORTO"))
    await running.quiet()
    (post,) = running.posts()
    assert "OPORTO" in (post.description or "")
    assert called(running) == [(role.mention, [], [], False)]


async def test_two_rules_mention_one_role_once_and_two_roles_each(running: World, role: RoleHandle) -> None:
    other = running.guild.create_role("Pilots", mentionable=True)
    await running.manage("ping add", role=role, on="words", text="harbour")
    await running.manage("ping add", role=other, on="words", text="pilot")
    await running.manage("ping add", role=role, on="words", text="ballot")
    running.put("harbour.txt", HARBOUR)
    await running.quiet()
    assert called(running) == [(f"{role.mention} {other.mention}", [role.id, other.id], [], False)]


async def test_a_digest_pings_by_what_it_lists_and_once(world: World, role: RoleHandle) -> None:
    weekly = world.guild.create_text_channel("weekly")
    async with world.bot():
        await world.subscribe(weekly, at="hourly")
        await world.manage("ping add", role=role, on="words", text="the", pause=0, channel=weekly)
        await world.manage("ping add", role=role, on="words", text="bridge", channel=weekly)
        world.put("harbour.txt", HARBOUR)
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        assert called(world, weekly) == []
        await world.later(hours=1)
        assert called(world, weekly) == [pinged(role)]
        await world.manage("ping remove", ping="1", channel=weekly)
        Writer(seed=1).fill(world.inbox, 1)
        await world.quiet()
        await world.later(hours=1)
        assert called(world, weekly)[1:] == [NOBODY]
        assert all(one == NOBODY for one in called(world))


@pytest.mark.parametrize("pings", [False, True])
async def test_what_an_article_says_calls_nobody(running: World, role: RoleHandle, *, pings: bool) -> None:
    if pings:
        await running.manage("ping add", role=role, on="words", text="harbour")
    other = running.guild.create_role("Others", mentionable=True)
    reader = running.reader.id
    title = f"@everyone @here <@&{other.id}> <@{reader}> elect Ada Reed as the chair"
    running.put("harbour.txt", HARBOUR.replace(TITLE, title).replace("PORTO", f"@everyone <@&{other.id}>"))
    forum = running.guild.create_forum_channel("forum")
    await running.subscribe(forum)
    running.put("hostile.txt", Writer(seed=3).article()[1] + f"\n@everyone <@&{other.id}> <@{reader}>\n")
    await running.quiet()
    assert sorted(called(running)) == sorted([NOBODY, pinged(role) if pings else NOBODY])
    for thread in forum.threads:
        assert called(running, thread) == [NOBODY]
    assert len(forum.threads) == 2
    for place in (running.channel, *forum.threads):
        for message in place.history():
            policy = running.env.backend.get_message(place.id, message.id).allowed_mentions
            assert not any([policy.everyone, policy.allows_user(reader), policy.allows_role(other.id)])


async def test_a_story_pings_once_when_it_gets_to_its_number_of_sources(
    running: World, role: RoleHandle
) -> None:
    await running.manage("ping add", role=role, on="story", text="3", pause=0)
    for number, (text, source) in enumerate(
        [
            (HARBOUR, "Times"),
            (SAME_EVENT, "Times"),
            (UPDATE, "Post"),
            (SAME_EVENT.replace("Porto", "Oporto").replace("vote", "ballot") + MORE, "Mail"),
            (UPDATE + MORE + STILL_MORE, "Star"),
        ]
    ):
        running.put(f"{number}.md", from_source(text, source))
        await running.quiet()
    assert called(running) == [NOBODY, NOBODY, NOBODY, pinged(role), NOBODY]
    answer = await running.ask("story", article="article:1")
    assert answer.embeds[0].footer.text == "5 articles about this event"


async def test_a_role_that_the_bot_may_not_mention_is_refused_with_what_to_do(running: World) -> None:
    closed = running.guild.create_role("Closed")
    nobody_calls = running.guild.create_text_channel(
        "quiet",
        overwrites={running.guild.default_role: discord.PermissionOverwrite(mention_everyone=False)},
    )
    await running.subscribe(nobody_calls)
    options: dict[str, Any] = {"on": "words", "text": "harbour", "channel": nobody_calls}
    refused = (await running.manage("ping add", role=closed, **options)).content
    assert f"I may not ping <@&{closed.id}>" in refused
    assert "Allow anyone to @mention this role" in refused
    assert "There is no ping." in (await running.manage("ping list", channel=nobody_calls)).content
    allowed = await running.manage(
        "ping add", role=closed, on="words", text="harbour"
    )  # allowed to all there
    assert "has a new ping" in allowed.content
    open_to_all = running.guild.create_role("Open", mentionable=True)
    assert "has a new ping" in (await running.manage("ping add", role=open_to_all, **options)).content


async def test_everyone_is_never_pinged(running: World) -> None:
    answer = await running.manage("ping add", role=running.guild.default_role, on="words", text="harbour")
    assert answer.content.startswith("I never ping everyone")
    assert "There is no ping." in (await running.manage("ping list")).content


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"on": "story", "text": "one"}, "Type how many sources a story needs: 2 to 50."),
        ({"on": "words", "text": "?"}, "has no letter and no figure"),
    ],
)
async def test_what_is_no_rule_is_told_where_it_is_typed(
    running: World, role: RoleHandle, options: dict[str, Any], says: str
) -> None:
    assert says in (await running.manage("ping add", role=role, **options)).content
    assert "There is no ping." in (await running.manage("ping list")).content


async def test_pings_are_listed_completed_and_removed(running: World, role: RoleHandle) -> None:
    await running.manage("ping add", role=role, on="words", text="*harbour*")
    await running.manage("ping add", role=role, on="story", text="3", pause=0)
    listed = (await running.manage("ping list")).content
    assert rf"**1** · <@&{role.id}> · Pings on an article that has the word “\*harbour\*”" in listed
    assert f"**2** · <@&{role.id}> · Pings when 3 sources cover a story, every time." in listed
    (choice,) = await complete(running, "ping remove", "ping", "sources")
    assert choice["name"] == "2 · Harbour watch · Pings when 3 sources cover a story, every time."
    removed = await running.manage("ping remove", ping=choice["value"])
    assert "Pings when 3 sources cover a story" in removed.content
    assert "has no ping 2." in (await running.manage("ping remove", ping="2")).content
    assert "type its number" in (await running.manage("ping remove", ping="harbour")).content
    running.put("world/a.txt", HARBOUR)
    await running.quiet()
    sections = await complete(running, "ping add", "text", "w", on="section")
    assert [one["name"] for one in sections] == ["world"]
    assert await running.reader.autocomplete(running.channel, "summary", "article", "zzz") == []


async def test_a_rule_is_there_once_and_there_is_room_for_so_many(running: World, role: RoleHandle) -> None:
    pinging = running.gazette.bot.pinging  # type: ignore[union-attr]
    for number in range(MOST_PINGS):
        await running.manage("ping add", role=role, on="words", text=f"{'word ' * 15}{number}")
    twice = await running.manage("ping add", role=role, on="words", text=f"{'WORD ' * 15}3")
    assert twice.content.startswith("That ping is there already.")
    other = running.guild.create_role("Others", mentionable=True)
    many = await running.manage("ping add", role=other, on="words", text="one more")
    assert many.content == f"A subscription has {MOST_PINGS} pings at most. Remove one first."
    assert len(await pinging.of_channel(running.guild.id, running.channel.id)) == MOST_PINGS
    listed = (await running.manage("ping list")).content
    assert listed.endswith("takes one away.")


async def test_a_ping_of_a_channel_is_no_other_servers_to_change(running: World, role: RoleHandle) -> None:
    await running.manage("ping add", role=role, on="words", text="harbour")
    stranger = running.env.create_guild("Elsewhere")
    pinging = running.gazette.bot.pinging  # type: ignore[union-attr]
    with pytest.raises(Exception, match="has no subscription"):
        await pinging.remove(stranger.id, running.channel.id, 1)
    assert len(await pinging.of_channel(running.guild.id, running.channel.id)) == 1


MORE = """
The new chair met the harbour pilots of Oporto on Wednesday and heard of their worries about the night shifts.
"""
STILL_MORE = """
On Thursday the customs officers asked to be heard as well, and Reed invited them to the October meeting.

A choir of the fishing school sang for the board before it voted on the minutes of its last ten sessions.
"""
