"""The slash commands, as a member uses them."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from discord import app_commands

from bot.news.viewer import Viewer
from bot.render.help import PAGES
from tests.discord.conftest import BRIDGE, HARBOUR, World
from tests.faults.articles import Writer


@pytest.fixture
async def reading(world: World) -> AsyncIterator[World]:
    """A server whose history holds two articles."""
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        yield world


async def test_summary_of_an_article_has_the_length_that_was_asked_for(reading: World) -> None:
    answer = await reading.ask("summary", article="harbour", sentences=2)
    embed = answer.embeds[0]
    sentences = (embed.description or "").split("\n\n")
    assert embed.title == "Harbour board elects Ada Reed as its chair"
    assert len(sentences) == 2
    assert all(sentence in HARBOUR for sentence in sentences)
    assert not answer.ephemeral


async def test_a_command_is_acknowledged_before_any_work_is_done(reading: World) -> None:
    before = len(reading.env.http_requests)
    await reading.ask("summary", article="harbour")
    first = reading.env.http_requests[before]
    assert first.path.endswith("/callback")
    assert first.json is not None
    assert first.json["type"] == 5


@pytest.mark.parametrize(
    "method", ["balanced", "lexrank", "textrank", "luhn", "lsa", "edmundson", "reduction"]
)
async def test_summary_knows_every_method(reading: World, method: str) -> None:
    answer = await reading.ask("summary", article="bridge", method=method)
    embed = answer.embeds[0]
    assert (embed.footer.text or "").startswith(f"{method} · ")
    assert all(sentence in BRIDGE for sentence in (embed.description or "").split("\n\n"))


async def test_a_private_answer_is_seen_by_the_asker_alone(reading: World) -> None:
    answer = await reading.ask("summary", article="bridge", private=True)
    assert answer.ephemeral


async def test_completion_shows_the_newest_first_and_narrows_while_typing(reading: World) -> None:
    everything = await reading.reader.autocomplete(reading.channel, "summary", "article", "")
    assert [choice["name"] for choice in everything] == [
        "Old bridge at Lisbon closes for repairs",
        "Harbour board elects Ada Reed as its chair",
    ]
    narrowed = await reading.reader.autocomplete(reading.channel, "entities", "article", "harb el")
    assert [choice["name"] for choice in narrowed] == ["Harbour board elects Ada Reed as its chair"]


async def test_what_completion_offers_is_what_the_command_takes(reading: World) -> None:
    (choice,) = await reading.reader.autocomplete(reading.channel, "summary", "article", "bridge")
    answer = await reading.ask("summary", article=choice["value"])
    assert answer.embeds[0].title == choice["name"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"article": "submarine"}, "No article in the history"),
        ({"article": "article:99"}, "not in the history"),
        ({"article": "r"}, "More than one article fits"),
        ({}, "Name an article, or attach a file"),
    ],
)
async def test_what_cannot_be_found_is_answered_with_a_sentence(
    reading: World, options: dict[str, str], told: str
) -> None:
    for command in ("summary", "entities"):
        answer = await reading.ask(command, **options)
        assert told in answer.content


async def test_hostile_titles_and_endless_words_are_answered_harmlessly(reading: World) -> None:
    writer = Writer(seed=2)
    for number in range(2):
        title, text = writer.article()
        reading.put(f"{number}.txt", text.replace(title, f"[a](http://b.example) @everyone {number} Zeta"))
    await reading.quiet()
    several = await reading.ask("summary", article="zeta")
    assert "More than one article fits" in several.content
    assert "@everyone" not in several.content
    endless = await reading.ask("summary", article="zeta " + "x" * 2500)
    assert len(endless.content) <= 2000


async def test_many_members_may_ask_at_once(reading: World) -> None:
    assert reading.gazette is not None
    desk = reading.gazette.bot.desk
    found = await asyncio.gather(*(desk.find("harbour", Viewer(0, sees_all=True)) for _ in range(20)))
    assert {chosen.article.title for chosen in found} == {"Harbour board elects Ada Reed as its chair"}


async def test_a_file_that_comes_along_is_summarised_and_not_kept(reading: World) -> None:
    file = ("bridge.txt", BRIDGE.replace("Old bridge", "New bridge").encode())
    answer = await reading.ask("summary", file=file, sentences=1)
    assert "**New bridge at Lisbon closes for repairs**" in (answer.embeds[0].description or "")
    assert "bridge.txt" in (answer.embeds[0].title or "")
    choices = await reading.reader.autocomplete(reading.channel, "summary", "article", "new bridge")
    assert choices == []


async def test_a_file_that_is_no_article_is_refused_with_the_reason(reading: World) -> None:
    answer = await reading.ask("entities", file=("empty.txt", b" \n "))
    assert "That file is not an article" in answer.content


async def test_help_shows_a_reader_the_readers_commands_as_links(reading: World) -> None:
    answer = await reading.ask("help")
    said = answer.embeds[0].description or ""
    assert re.search(r"</summary:\d+> · Show the most telling", said)
    assert re.search(r"</digest now:\d+>", said)
    assert "forget" not in said
    assert answer.components == []


async def test_help_has_a_second_page_for_those_who_may_manage_the_server(reading: World) -> None:
    editor = reading._editor(reading.guild)
    answer = (await editor.slash(reading.channel, "help")).response
    second = (await editor.click(answer, label="For managers")).response
    said = second.embeds[0].description
    assert all(re.search(rf"</{name}:\d+>", said) for name in ("filter test", "forget", "setup"))
    back = (await editor.click(second, label="For readers")).response
    assert "</summary:" in back.embeds[0].description


async def test_the_second_page_of_help_is_not_for_readers(reading: World) -> None:
    editor = reading._editor(reading.guild)
    answer = (await editor.slash(reading.channel, "help")).response
    role = next(role for role in reading.guild.roles.values() if role.name == "Editors")
    reading.env.backend.edit_role(reading.guild.id, role.id, {"permissions": 1024})
    refused = await editor.click(answer, label="For managers")
    assert "forget" not in str(refused.response.embeds)


async def test_every_command_has_its_place_in_help(reading: World) -> None:
    assert reading.gazette is not None
    every = [c for c in reading.gazette.bot.tree.walk_commands() if isinstance(c, app_commands.Command)]
    placed = [name for page in PAGES.values() for names in page.values() for name in names]
    assert sorted(placed) == sorted(command.qualified_name for command in every)


async def test_entities_that_are_turned_off_are_explained(reading: World) -> None:
    answer = await reading.ask("entities", article="bridge")
    assert "turned off" in answer.content


async def test_a_command_answers_the_tenth_time_as_the_first(reading: World) -> None:
    answers = [await reading.ask("summary", article="bridge") for _ in range(10)]
    shown = {answer.embeds[0].description for answer in answers}
    assert len(shown) == 1
