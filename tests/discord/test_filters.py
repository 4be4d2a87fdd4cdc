"""Filters, as those who manage a server set them and as its channels see them."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from bot.news.subscriptions.filter_text import MOST_FILTERS
from bot.news.subscriptions.filters import Filter
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.faults.articles import Writer

BRIDGE_TITLE = BRIDGE.splitlines()[0]
FERRY = """Striped ferry wins the prize of the islands

HORTA, Portugal - A small ferry that children had painted won the yearly prize of the islands on Sunday.

It carries mail, goats and some forty passengers between three villages that no road has ever reached.

The captain said that his crew would spend the money on a second coat before the winter storms arrive.
"""
WILD = r"(a+)+$c"
ENDLESS = "a" * 5000


@pytest.fixture
async def running(world: World) -> AsyncIterator[World]:
    """A bot whose channel got two articles of two sections."""
    world.put("world/harbour.txt", HARBOUR)
    world.put("travel/bridge.txt", BRIDGE)
    async with world.bot():
        await world.quiet()
        yield world


async def test_a_filter_holds_back_what_comes_next_and_the_history_keeps_it(running: World) -> None:
    answer = await running.manage("filter add", action="exclude", by="words", text="striped ferry")
    assert "No article that has all of the words “striped ferry”." in answer.content
    running.put("ferry.txt", FERRY)
    Writer(seed=2).fill(running.inbox, 1)
    await running.quiet()
    assert len(running.titles()) == 3
    assert not any("ferry" in title for title in running.titles())
    assert FERRY.splitlines()[0] in (await running.manage("why", article="striped ferry")).content


async def test_what_a_new_filter_would_have_changed_is_told(running: World) -> None:
    first = await running.manage("filter add", action="exclude", by="phrase", text="harbour board")
    assert "Of 2 articles in the last seven days 1 would have been kept back with it, none without" in (
        first.content
    )
    same = await running.manage("filter add", action="exclude", by="section", text="WORLD")
    assert "1 would have been kept back with it." in same.content
    only = await running.manage("filter add", action="include", by="words", text="train")
    assert "2 would have been kept back with it, 1 without it." in only.content
    wider = await running.manage("filter add", action="include", by="section", text="travel")
    assert "1 would have been kept back with it, 2 without it." in wider.content


async def test_a_trial_names_what_would_be_lost_and_why_and_adds_nothing(running: World) -> None:
    tried = await running.manage("filter test", by="source", text="nobody")
    assert "Of 2 articles in the last seven days these filters would have kept back none." in tried.content
    tried = await running.manage("filter test", by="pattern", text=r"ferr(y|ies)|bridge\b")
    assert f"“{BRIDGE_TITLE}” · Held back by a filter: No article that fits the pattern" in tried.content
    assert TITLE not in tried.content
    assert tried.content.endswith("The filter that you tried is not added. `/filter add` adds it.")
    alone = await running.manage("filter test")
    assert "kept back none." in alone.content
    assert "not added" not in alone.content
    await running.manage("filter add", action="include", by="section", text="travel")
    both = await running.manage("filter test", by="words", text="bridge")
    assert "kept back 2:" in both.content
    assert f"“{TITLE}” · None of the filters that choose articles fits it." in both.content


async def test_a_trial_looks_at_the_last_seven_days_and_the_channels_sections(running: World) -> None:
    other = running.guild.create_text_channel("travel")
    await running.subscribe(other, sections=("Travel",))
    tried = await running.manage("filter test", channel=other, by="words", text="the")
    assert "Of 1 article in the last seven days these filters would have kept back 1:" in tried.content
    running.clock.advance(days=8)
    assert "No article came in the last seven days" in (await running.manage("filter test")).content
    added = await running.manage("filter add", action="exclude", by="words", text="the")
    assert "No article came here in the last seven days that it could be tried on." in added.content


async def test_filters_are_listed_and_removed_by_number_or_from_the_list(running: World) -> None:
    assert "There is no filter" in (await running.manage("filter list")).content
    await running.manage("filter add", action="exclude", by="language", text="french")
    await running.manage("filter add", action="include", by="source", text="*Example* @everyone")
    listed = (await running.manage("filter list")).content
    assert "No article in French." in listed
    assert r"Only articles from \*Example\* @" in listed
    assert "@everyone" not in listed
    choices = await complete(running, "filter remove", "filter", "FRENCH")
    assert [choice["name"] for choice in choices] == ["1 · No article in French."]
    removed = await running.manage("filter remove", filter=choices[0]["value"])
    assert "No article in French." in removed.content
    assert "has no filter 1." in (await running.manage("filter remove", filter="1")).content
    assert "type its number" in (await running.manage("filter remove", filter="French")).content
    assert "**2**" in (await running.manage("filter remove", filter="2")).content
    assert "There is no filter" in (await running.manage("filter list")).content


async def test_a_filter_is_found_however_its_letters_are_typed(running: World) -> None:
    await running.manage("filter add", action="include", by="source", text="Österreich heute")
    for typed in ("ÖSTER", "O\u0308ster", "ö\uff33\uff34er"):  # composed, in parts, as wide letters
        choices = await complete(running, "filter remove", "filter", typed)
        assert [choice["name"] for choice in choices] == ["1 · Only articles from Österreich heute."]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"by": "words", "text": "!?"}, "has no letter and no figure"),
        ({"by": "language", "text": "Klingonese"}, "is no known language"),
        ({"by": "pattern", "text": "(a"}, "At character 1 of the pattern there is a mistake"),
        ({"by": "pattern", "text": "(?:a{900}){900}"}, "the counts in braces"),
    ],
)
async def test_what_is_no_filter_is_told_where_it_is_typed(
    running: World, options: dict[str, Any], says: str
) -> None:
    assert says in (await running.manage("filter add", action="exclude", **options)).content
    assert says in (await running.manage("filter test", **options)).content
    assert "There is no filter" in (await running.manage("filter list")).content


async def test_a_trial_takes_both_halves_of_a_filter(running: World) -> None:
    assert "give both" in (await running.manage("filter test", by="words")).content
    assert "give both" in (await running.manage("filter test", text="words")).content


async def test_a_filter_is_there_once_and_there_is_room_for_so_many(running: World) -> None:
    for number in range(MOST_FILTERS):
        await running.manage("filter add", action="exclude", by="words", text=f"{'word ' * 18}{number}")
    twice = await running.manage("filter add", action="exclude", by="words", text=f"{'WORD  ' * 18}3")
    assert twice.content == "That filter is there already."
    many = await running.manage("filter add", action="exclude", by="words", text="one more")
    assert many.content == f"A subscription has {MOST_FILTERS} filters at most. Remove one first."
    listed = (await running.manage("filter list")).content
    assert listed.count("No article that has all of the words") == MOST_FILTERS
    assert listed.endswith("takes one away.")


async def test_text_completes_by_what_the_channel_could_look_for(running: World) -> None:
    async def names(by: str, typed: str) -> list[str]:
        return [one["name"] for one in await complete(running, "filter add", "text", typed, by=by)]

    assert await names("section", "") == ["travel", "world"]
    assert await names("section", "W") == ["world"]
    assert (await names("language", ""))[0] == "English"
    assert await complete(running, "filter add", "text", "fren", by="language") == [
        {"name": "French", "value": "fr"}
    ]
    assert await names("words", "harbour") == []
    assert await complete(running, "filter add", "text", "harbour") == []


async def test_sources_of_recent_articles_complete(world: World) -> None:
    world.put("a.md", f"---\nsource: Example Times\n---\n# {TITLE}\n\n{HARBOUR.partition('Portugal - ')[2]}")
    async with world.bot():
        await world.quiet()
        sources = await complete(world, "filter add", "text", "times", by="source")
        assert [one["name"] for one in sources] == ["Example Times"]


async def test_a_filter_of_a_channel_is_no_other_servers_to_see_or_change(running: World) -> None:
    await running.manage("filter add", action="exclude", by="words", text="secret")
    stranger = running.env.create_guild("Elsewhere")
    lobby = stranger.create_text_channel("lobby")
    bot = running.gazette.bot  # type: ignore[union-attr]
    with pytest.raises(Exception, match="has no subscription"):
        await bot.filtering.of_channel(stranger.id, running.channel.id)
    with pytest.raises(Exception, match="has no subscription"):
        await bot.filtering.remove(stranger.id, running.channel.id, 1)
    answer = await running.manage("filter list", stranger, lobby)
    assert "has no subscription" in answer.content
    await running.subscribe(running.guild.create_text_channel("second"))
    second = running.guild.channels["second"]
    assert "has no filter 1." in (await running.manage("filter remove", filter="1", channel=second)).content


async def test_who_may_not_manage_the_server_learns_of_no_filter(running: World) -> None:
    await running.manage("filter add", action="exclude", by="words", text="secret")
    commands = await running.gazette.bot.tree.fetch_commands()  # type: ignore[union-attr]
    command = next(one for one in commands if one.name == "filter")
    running.guild.set_command_permissions(command, {running.guild.default_role: True})
    assert await running.reader.autocomplete(running.channel, "filter remove", "filter", "") == []
    answer = await running.ask("filter list")
    assert "may manage the server" in answer.content


async def test_a_pattern_that_is_given_up_is_marked_in_the_list(world: World) -> None:
    async with world.bot() as gazette:
        await world.manage("filter add", action="exclude", by="words", text="nothing like it")
        await world.manage("filter add", action="exclude", by="pattern", text=WILD)
        assert "Took too long" not in (await world.manage("filter list")).content
        writer = Writer(seed=1)
        for number in range(4):
            world.put(f"{number}.txt", writer.article()[1] + ENDLESS)
        await world.quiet()
        assert sorted(world.titles()) == sorted(writer.written)  # it counts as not fitting
        assert gazette.bot.filtering._routing.given_up == {await only_pattern(world)}
        listed = (await world.manage("filter list")).content
        assert "Took too long and not used until the bot starts again: **2**." in listed
        added = await world.manage("filter test", by="pattern", text=r"(a|aa)+$c")
        assert "ran out of time; it counts as not fitting." in added.content
    async with world.bot():
        assert "Took too long" not in (await world.manage("filter list")).content


async def test_an_entity_filter_says_when_nothing_is_known_of_entities(running: World) -> None:
    answer = await running.manage("filter add", action="exclude", by="entity", text="Ada Reed")
    assert "entities are turned off for this bot" in answer.content


async def only_pattern(world: World) -> Filter:
    """Return the one pattern of the channel."""
    filters = await world.gazette.bot.filtering.of_channel(world.guild.id, world.channel.id)  # type: ignore[union-attr]
    return next(one for _, one in filters if one.text == WILD)


async def complete(
    world: World,
    command: str,
    option: str,
    typed: str,
    **filled: Any,  # noqa: ANN401 (any option)
) -> list[dict[str, Any]]:
    """Have a member who may manage the server type into an option, and return what is offered."""
    role = world.guild.create_role(
        "Editors", permissions=discord.Permissions(manage_guild=True, view_channel=True)
    )
    editor = world.guild.add_member(world.env.create_user("editor"), roles=[role])
    return await editor.autocomplete(world.channel, command, option, typed, **filled)
