"""The first channel of a history: it is seen in Discord before it is stored; and what came to no channel."""

import sqlite3
from contextlib import closing

import discord
import pytest

from bot.errors import StartupError
from bot.render.served import NOBODY
from storage import peek
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.guide import Guide, guide

__all__ = ["guide"]

BRIDGE_TITLE = "Old bridge at Lisbon closes for repairs"

WARNING = "WARNING"


@pytest.mark.parametrize("wrong", ["no channel", "hidden", "a category"])
async def test_a_channel_that_takes_no_posts_ends_the_start_and_is_not_stored(
    world: World, wrong: str
) -> None:
    hidden = discord.PermissionOverwrite(view_channel=False)
    channel_id = {
        "no channel": 5,
        "hidden": world.guild.create_text_channel("x", overwrites={world.guild.default_role: hidden}).id,
        "a category": world.guild.create_category("Section").id,
    }[wrong]
    world.put("harbour.txt", HARBOUR)
    with pytest.raises(StartupError, match=f"DIGEST_CHANNEL_ID={channel_id} is not right"):
        async with world.bot(digest_channel_id=channel_id):
            pass
    assert peek.subscribed(world.history) == ([], set())
    with closing(sqlite3.connect(world.history)) as connection:  # a file that was read is offered to nobody
        assert connection.execute("SELECT count(*) FROM files").fetchone() == (0,)


async def test_a_corrected_number_counts_in_a_history_in_which_the_first_was_wrong(world: World) -> None:
    async with world.bot() as gazette:
        wrong = world.guild.create_text_channel("wrong")
        await gazette.bot.places.channel_gone(world.channel.id)
    async with world.bot(digest_channel_id=wrong.id):
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert [post.embeds[0].title for post in wrong.history()] == [TITLE]


async def test_a_channel_that_was_unsubscribed_does_not_come_back(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    async with world.bot() as gazette:
        await gazette.bot.subscribing.unsubscribe(world.guild.id, world.channel.id)
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        assert world.titles() == []
        assert NOBODY in caplog.messages
        assert any(NOBODY in told for told in world.told_to_the_owner())


async def test_a_number_that_is_no_longer_used_is_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    other = world.guild.create_text_channel("other")
    async with world.bot():
        pass
    assert not [message for message in caplog.messages if "no longer used" in message]
    async with world.bot(digest_channel_id=other.id):
        await world.quiet()
    (told,) = [message for message in caplog.messages if "no longer used" in message]
    assert f"DIGEST_CHANNEL_ID={other.id}" in told
    assert f"#news ({world.channel.id})" in told


async def test_what_came_to_no_channel_is_offered_to_the_first_that_is_set_up(
    world: World, guide: Guide
) -> None:
    await lose(world, "harbour.txt", HARBOUR)
    await lose(world, "bridge.txt", BRIDGE)
    async with world.bot():
        await set_up(world, guide)
        assert "2 articles came in the last 24 hours" in guide.text
        await world.quiet()
        assert world.titles() == []
        pressed = await guide.member.click(guide.shown, label="Post them")
        assert pressed.response is not None
        await world.quiet()
        assert world.titles() == [TITLE, BRIDGE_TITLE]
        assert world.gazette is not None
        assert await world.gazette.bot.unserved.offered_to(world.channel.id) == 0


async def test_what_came_to_no_channel_can_be_left(world: World, guide: Guide) -> None:
    await lose(world, "harbour.txt", HARBOUR)
    async with world.bot():
        await set_up(world, guide)
        await guide.member.click(guide.shown, label="Leave them")
        await world.quiet()
        await set_up(world, guide)
        assert "came in the last 24 hours" not in guide.text
    assert world.titles() == []


async def test_only_the_first_channel_is_asked(world: World, guide: Guide) -> None:
    await lose(world, "harbour.txt", HARBOUR)
    other = world.guild.create_text_channel("other")
    async with world.bot():
        await world.subscribe(other)
        await set_up(world, guide)
        assert "came in the last 24 hours" not in guide.text


async def test_what_is_older_than_a_day_is_not_offered(world: World, guide: Guide) -> None:
    await lose(world, "harbour.txt", HARBOUR)
    world.clock.advance(hours=25)
    async with world.bot():
        await set_up(world, guide)
        assert "came in the last 24 hours" not in guide.text
        with closing(sqlite3.connect(world.history)) as connection:
            await world.quiet()
            assert connection.execute("SELECT count(*) FROM unserved").fetchone() == (0,)


async def test_who_may_not_manage_the_server_posts_nothing_of_it(world: World, guide: Guide) -> None:
    await lose(world, "harbour.txt", HARBOUR)
    async with world.bot():
        await set_up(world, guide)
        powers = {"permissions": discord.Permissions(view_channel=True).value}
        world.env.backend.edit_role(world.guild.id, guide.role.id, powers)
        await guide.member.click(guide.shown, label="Post them")
        await world.quiet()
        assert world.titles() == []


async def lose(world: World, name: str, text: str) -> None:
    """Let an article come while no channel has a subscription."""
    async with world.bot() as gazette:
        if await gazette.bot.places.subscribed():
            await gazette.bot.subscribing.unsubscribe(world.guild.id, world.channel.id)
        world.put(name, text)
        await world.quiet()


async def set_up(world: World, guide: Guide) -> None:
    """Set the channel up, for each article at once."""
    await guide.begin()
    await guide.choose("channel", world.channel)
    await guide.press("next", "next", "next", "save")
