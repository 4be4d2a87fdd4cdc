"""Cool-downs: how often members get answers, and what they are told if they ask too often."""

import re

import discord
from discord import app_commands
from simcord.results import ResponseMessage

from cogs._cooldowns import cool_down
from tests.discord.conftest import TITLE, World
from tests.discord.test_stories import SAME_EVENT


async def test_every_command_has_a_cool_down(posted: World) -> None:
    assert posted.gazette is not None
    known = [c for c in posted.gazette.bot.tree.walk_commands() if isinstance(c, app_commands.Command)]
    assert known
    assert [command.qualified_name for command in known if cool_down not in command.checks] == []


async def test_a_member_gets_five_private_answers_a_minute_and_is_told_when_the_next_is_possible(
    posted: World,
) -> None:
    posted.seconds = 100.0
    for _ in range(5):
        assert (await posted.ask("summary", article="harbour", private=True)).embeds
    refused = await posted.ask("summary", article="harbour", private=True)
    assert refused.ephemeral
    assert not refused.embeds
    told = re.search(r"<t:(\d+):R>", refused.content)
    assert told is not None
    assert int(told[1]) == posted.clock().timestamp() + 60
    posted.seconds += 60
    assert (await posted.ask("summary", article="harbour", private=True)).embeds


async def test_a_channel_gets_one_public_answer_a_minute_and_private_ones_meanwhile(posted: World) -> None:
    posted.seconds = 100.0
    assert not (await posted.ask("summary", article="harbour")).ephemeral
    other = posted.guild.add_member(posted.env.create_user("other"))
    refused = (await other.slash(posted.channel, "summary", article="harbour")).response
    assert refused is not None
    assert refused.ephemeral
    assert "private" in refused.content
    assert "<t:" in refused.content
    private = (await other.slash(posted.channel, "summary", article="harbour", private=True)).response
    assert private is not None
    assert private.embeds[0].title == TITLE


async def test_members_cannot_keep_managers_from_their_commands(posted: World) -> None:
    posted.seconds = 100.0
    for number in range(6):
        member = posted.guild.add_member(posted.env.create_user(f"member{number}"))
        for _ in range(5):
            await member.slash(posted.channel, "help")
    assert "this server have asked 30 times" in (await posted.ask("help")).content
    assert "Bot:" in (await posted.manage("status")).content


async def test_managers_rest_too(posted: World) -> None:
    posted.seconds = 100.0
    powers = discord.Permissions(manage_guild=True, view_channel=True)
    role = posted.guild.create_role("Editors", permissions=powers)
    editor = posted.guild.add_member(posted.env.create_user("editor"), roles=[role])
    answers = [(await editor.slash(posted.channel, "status")).response for _ in range(6)]
    contents = [answer.content for answer in answers if answer is not None]
    assert "Bot:" in contents[4]
    assert "You have asked 5 times" in contents[5]


async def test_a_button_counts_as_an_answer(posted: World) -> None:
    posted.put("times/vote.txt", SAME_EVENT)
    await posted.quiet()
    posted.seconds = 100.0
    first = posted.channel.history()[0]
    for _ in range(5):
        await posted.reader.click(first, label="Story (2)")
    refused = (await posted.reader.click(first, label="Story (2)")).response
    assert isinstance(refused, ResponseMessage)
    assert "You have asked 5 times" in refused.content


async def test_completion_goes_on_while_typing_and_has_a_bound(posted: World) -> None:
    posted.seconds = 100.0
    typing = posted.reader.autocomplete
    offered = [await typing(posted.channel, "summary", "article", "har") for _ in range(31)]
    assert all(offered[:30])
    assert offered[30] == []
    posted.seconds += 10
    assert await posted.reader.autocomplete(posted.channel, "summary", "article", "har")
