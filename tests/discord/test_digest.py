"""Digests on demand, as members see them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.test_stories import SAME_EVENT
from tests.faults.articles import Writer


@pytest.fixture
async def reading(world: World) -> AsyncIterator[World]:
    """A server where four articles of three stories stand in the channel, one of them from last week."""
    world.put("world/old.txt", BRIDGE.replace("Lisbon", "Coimbra"))
    async with world.bot():
        await world.quiet()
        world.clock.advance(days=5)
        world.put("world/harbour.txt", HARBOUR)
        await world.quiet()
        world.put("times/vote.txt", SAME_EVENT)
        await world.quiet()
        Writer(seed=1).fill(world.inbox / "world", 1)
        await world.quiet()
        yield world


async def test_a_digest_shows_stories_those_with_most_articles_once(reading: World) -> None:
    answer = await reading.ask("digest now")
    said = answer.embeds[0].description or ""
    assert said.startswith("2 stories from 3 articles since")
    assert said.count("Harbour board elects Ada Reed") + said.count("Ada Reed wins the vote") == 1
    assert "Coimbra" not in said
    assert answer.ephemeral
    assert not (await reading.ask("digest now", share=True)).ephemeral


async def test_a_digest_goes_as_far_back_as_was_asked_for_and_keeps_to_a_section(reading: World) -> None:
    week = await reading.ask("digest now", period="1 week")
    assert (week.embeds[0].description or "").startswith("3 stories from 4 articles")
    assert week.ephemeral
    world = await reading.ask("digest now", period="1 week", section="World")
    assert (world.embeds[0].description or "").startswith("3 stories from 3 articles")
    one = await reading.ask("digest now", period="1 week", count=1, length="short")
    assert "2 more left out" in (one.embeds[0].description or "")
    unknown = await reading.ask("digest now", section="sport")
    assert "No recent article lies in a section “sport”." in unknown.content


async def test_sections_complete(reading: World) -> None:
    found = await reading.reader.autocomplete(reading.channel, "digest now", "section", "w")
    assert [choice["name"] for choice in found] == ["world"]


async def test_a_story_links_to_its_post(reading: World) -> None:
    said = (await reading.ask("digest now")).embeds[0].description or ""
    assert f"](https://discord.com/channels/{reading.guild.id}/{reading.channel.id}/" in said


async def pressed(world: World, message: Any, label: str) -> Any:  # noqa: ANN401 (SimCord's answer)
    return (await world.reader.click(message, label=label)).response


async def test_pages_are_turned_after_a_restart_and_hold_each_story_once(world: World) -> None:
    async with world.bot():
        titles = Writer(seed=2).fill(world.inbox, 9)
        await world.quiet()
        public = await world.ask("digest now", share=True, length="detailed")
    async with world.bot():
        await world.quiet()
        second = await pressed(world, public, "Next: page 2 of 3")
        assert second.ephemeral
        shown = (public.embeds[0].description or "") + second.embeds[0].description
        third = await pressed(world, second, "Next: page 3 of 3")  # turned in place
        shown += third.embeds[0].description
    assert [shown.count(f"**[{title}]") + shown.count(f"**{title}**") for title in titles] == [1] * 9


async def test_the_pages_of_another_servers_digest_are_not_shown(reading: World) -> None:
    assert reading.gazette is not None
    digesting = reading.gazette.bot.digesting
    from datetime import timedelta

    from bot.errors import NotFound
    from bot.news.digests.digest import Length
    from bot.news.viewer import Viewer

    digest_id, _ = await digesting.now(
        Viewer(5), timedelta(days=1), length=Length.MEDIUM, section=None, stories=None
    )
    with pytest.raises(NotFound):
        await digesting.page(digest_id, 1, Viewer(reading.guild.id))


async def test_the_pages_of_an_old_digest_are_no_longer_known(reading: World) -> None:
    Writer(seed=4).fill(reading.inbox, 9)
    await reading.quiet()
    public = await reading.ask("digest now", share=True)
    reading.clock.advance(days=31)
    assert reading.gazette is not None
    await reading.gazette.retention.prune()
    answer = await pressed(reading, public, "Next: page 2 of 2")
    assert "no longer known" in answer.content


async def test_a_button_of_before_a_restored_backup_shows_no_other_digest(world: World) -> None:
    async with world.bot():
        Writer(seed=2).fill(world.inbox, 9)
        await world.quiet()
    backup = world.history.read_bytes()
    async with world.bot():
        lost = await world.ask("digest now", share=True, length="detailed")
    for path in world.history.parent.glob("gazette.db-*"):
        path.unlink()
    world.history.write_bytes(backup)
    world.clock.advance(minutes=1)
    async with world.bot():
        other = await world.ask("digest now", share=True, length="detailed")
        assert "no longer known" in (await pressed(world, lost, "Next: page 2 of 3")).content
        assert (await pressed(world, other, "Next: page 2 of 3")).embeds


@pytest.mark.parametrize(
    "typed",
    [
        "Österreich",
        "österreich",
        "ÖSTERREICH",
        "O\u0308sterreich",  # its first letter in two parts
        " Österreich ",
        "Öster\u200breich",  # a space that is not seen
        "Ö\uff33\uff34erreich",  # wide letters
    ],
)
async def test_a_section_is_found_however_it_is_spelled(world: World, typed: str) -> None:
    world.put("Österreich/harbour.txt", HARBOUR)
    world.put("world/bridge.txt", BRIDGE)
    async with world.bot():
        await world.quiet()
        answer = await world.ask("digest now", section=typed)
        assert TITLE in (answer.embeds[0].description or "")
        assert "Lisbon" not in (answer.embeds[0].description or "")


async def test_a_section_that_is_not_there_is_told_to_its_typer_with_the_nearest(world: World) -> None:
    world.put("Österreich/harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        answer = await world.ask("digest now", section="Osterreich")
        assert answer.ephemeral
        assert "Did you mean: Österreich?" in answer.content


async def test_a_section_is_found_if_its_folder_has_the_letters_in_parts(world: World) -> None:
    world.put("O\u0308sterreich/harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        answer = await world.ask("digest now", section="österreich")
        assert TITLE in (answer.embeds[0].description or "")


async def test_an_endless_section_is_answered_shortly(world: World) -> None:
    world.put("Österreich/harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        answer = await world.ask("digest now", section="Österreich" * 500)
        assert answer.ephemeral
        assert "There are: Österreich." in answer.content
        assert len(answer.content) < 300
