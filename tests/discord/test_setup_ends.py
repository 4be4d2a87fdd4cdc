"""/setup: who may use it, and every way in which it ends without anything being kept."""

import discord
import pytest
from simcord.backend.errors import SetupError

from bot.errors import NotFound
from tests.discord.conftest import World
from tests.discord.guide import Guide, guide, kept

__all__ = ["guide"]


async def test_who_may_no_longer_manage_the_server_changes_nothing(world: World, guide: Guide) -> None:
    async with world.bot() as gazette:
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next", "next")
        before = guide.text
        opened = await guide.press("elsewhere")
        guild = gazette.bot.get_guild(world.guild.id)
        assert guild is not None
        member = await guild.fetch_member(guide.member.id)
        await member.remove_roles(discord.Object(guide.role.id))
        await world.env.settle()
        for told in (
            await guide.member.submit_modal(opened, {"typed": "Berlin"}),
            await guide.press("next"),
        ):
            assert told.response is not None
            assert "You may not use this here" in told.response.content
        assert guide.text == before


async def test_members_are_not_offered_it(world: World) -> None:
    async with world.bot():
        with pytest.raises(SetupError, match="not visible"):
            await world.reader.slash(world.channel, "setup")


async def test_after_a_restart_it_has_ended(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next", "next")
    async with world.bot():
        await guide.press("next")
        assert "This set-up has ended. `/setup` begins a new one." in guide.text
        assert guide.shown.components == []


async def test_what_is_typed_after_a_restart_is_answered(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        await guide.press("next", "next")
        opened = await guide.press("elsewhere")
    async with world.bot():
        await guide.member.submit_modal(opened, {"typed": "Berlin"})
        assert "This set-up has ended. `/setup` begins a new one." in guide.text
        assert guide.shown.components == []


async def test_a_list_of_an_earlier_run_answers_too(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
    async with world.bot():
        await guide.choose("channel", world.channel)
        assert "This set-up has ended" in guide.text


async def test_it_ends_by_itself_and_says_so(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await world.env.advance_time(600)
        await guide.choose("channel", world.channel)
        await world.env.advance_time(600)
        assert guide.items["next"]
        await world.env.advance_time(300)
        assert "nothing was chosen for 15 minutes" in guide.text
        assert "`/setup` begins a new one" in guide.text
        assert guide.shown.components == []


async def test_a_newer_one_ends_the_older(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        old = guide.shown
        await guide.begin()
        assert "you have begun a newer one" in (old.embeds[0].description or "")
        assert old.components == []
        await guide.choose("channel", world.channel)
        assert "2 of 4" not in guide.text


async def test_a_second_press_of_a_button_counts_once(world: World, guide: Guide) -> None:
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", world.channel)
        pressed = guide.items["next"]["custom_id"]
        await guide.press("next")
        stored = world.env.backend.get_message(world.channel.id, guide.shown.id)
        stored.components[-1]["components"][1]["custom_id"] = pressed
        await guide.member.click(guide.shown, custom_id=pressed)
        assert "2 of 4" in guide.text


async def test_cancelled_nothing_is_kept(world: World, guide: Guide) -> None:
    sport = world.guild.create_text_channel("sport")
    async with world.bot():
        await guide.begin()
        await guide.choose("channel", sport)
        await guide.press("next", "back", "cancel")
        assert "Nothing was saved" in guide.text
        assert guide.shown.components == []
        with pytest.raises(NotFound):
            await kept(world, sport)


async def test_a_channel_that_is_deleted_meanwhile(world: World, guide: Guide) -> None:
    sport = world.guild.create_text_channel("sport")
    async with world.bot() as gazette:
        await guide.begin()
        await guide.choose("channel", sport)
        await guide.press("next", "next", "next")
        channel = gazette.bot.get_channel(sport.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.delete()
        await world.env.settle()
        await guide.press("save")
        assert "not there any more" in guide.text
        with pytest.raises(NotFound):
            await kept(world, sport)
