"""Ending a subscription: asked first, and had back within a day with all that it had."""

from typing import Any

import discord
import pytest
from simcord.results import ResponseMessage

from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World

BRIDGE_TITLE = "Old bridge at Lisbon closes for repairs"


@pytest.fixture
async def holding(world: World) -> Any:  # noqa: ANN401 (an async generator)
    """A server whose channel gets a digest a day, with a filter and a ping, and an article that waits."""
    async with world.bot():
        await world.subscribe(world.channel, at="daily 18:00")
        role = world.guild.create_role("Readers")
        await world.manage("filter add", action="exclude", by="words", text="lottery")
        await world.manage("ping add", role=role, on="words", text="harbour")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        yield world


async def ended(world: World) -> tuple[Any, ResponseMessage]:
    """Have a member end what the channel gets; return that member and the answer."""
    editor = world._editor(world.guild)
    asked = (await editor.slash(world.channel, "unsubscribe")).response
    assert "With it 1 filter and 1 ping end." in asked.content
    assert "What waits for it (1 post) will not come." in asked.content
    answer: object = (await editor.click(asked, label="Unsubscribe")).response
    assert isinstance(answer, ResponseMessage)
    return editor, answer


async def test_a_question_alone_ends_nothing(holding: World) -> None:
    await holding.manage("unsubscribe")
    await holding.later(days=1)
    assert len(holding.channel.history()) == 1


async def test_what_was_ended_is_had_back_with_all_that_it_had(holding: World) -> None:
    editor, answer = await ended(holding)
    holding.put("bridge.txt", BRIDGE)  # meanwhile
    await holding.later(hours=23)
    assert holding.channel.history() == []
    undone = (await editor.click(answer, label="Undo")).response
    assert "What waited for it comes." in undone.content
    assert holding.gazette is not None
    found = await holding.gazette.bot.subscribing.of_channel(holding.guild.id, holding.channel.id)
    assert (len(found.filters), len(found.pings), found.is_digest) == (1, 1, True)
    await holding.later(days=1)
    (digest,) = [message.embeds[0].description or "" for message in holding.channel.history()]
    assert TITLE in digest
    assert BRIDGE_TITLE not in digest


async def test_after_a_day_it_is_too_late(holding: World) -> None:
    editor, answer = await ended(holding)
    await holding.later(hours=25)
    refused = await editor.click(answer, label="Undo")
    assert "cannot be had back" in (refused.followups[-1]).content
    await holding.later(days=2)
    assert holding.channel.history() == []


async def test_a_channel_with_another_subscription_keeps_that(holding: World) -> None:
    editor, answer = await ended(holding)
    await holding.subscribe(holding.channel)
    refused = await editor.click(answer, label="Undo")
    assert "cannot be had back" in (refused.followups[-1]).content
    assert holding.gazette is not None
    found = await holding.gazette.bot.subscribing.of_channel(holding.guild.id, holding.channel.id)
    assert not found.is_digest


async def test_what_was_taken_back_meanwhile_does_not_come(holding: World) -> None:
    editor, answer = await ended(holding)
    await holding.forget(TITLE)
    await editor.click(answer, label="Undo")
    await holding.later(days=1)
    assert holding.channel.history() == []


async def test_it_is_had_back_after_a_restart(world: World) -> None:
    async with world.bot():
        answer = await world.unsubscribe(world.channel)
    async with world.bot():
        assert world.gazette is not None
        await world.gazette.bot.subscribing.undo(world.guild.id, world.channel.id)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
    assert world.titles() == [TITLE]
    assert answer.ephemeral


async def test_who_may_not_manage_the_server_ends_nothing(holding: World) -> None:
    editor = holding._editor(holding.guild)
    asked = (await editor.slash(holding.channel, "unsubscribe")).response
    role = next(role for role in holding.guild.roles.values() if role.name == "Editors")
    powers = {"permissions": discord.Permissions(view_channel=True).value}
    holding.env.backend.edit_role(holding.guild.id, role.id, powers)
    refused = await editor.click(asked, label="Unsubscribe")
    assert "may manage the server" in refused.response.content
    await holding.later(days=1)
    assert len(holding.channel.history()) == 1
