"""A mark names an article wherever one is asked for; mistakes are told to their typer alone."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from simcord.builders import ChannelHandle

from storage.trace import Trace
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World

BRIDGE_TITLE = "Old bridge at Lisbon closes for repairs"

ORCHARD = """Apple growers in Kent expect a late harvest

MAIDSTONE, England (Field Notes) - Apple growers in Kent expect to pick two weeks later than usual this year.

A cold April slowed the blossom, said the head of the growers' association, Nora Whitfield. Bees hardly flew.

Cider makers have enough juice from last autumn and do not expect higher prices before the winter.
"""

COMMANDS = ("summary", "entities", "story", "why", "repost", "forget")


DIGESTS: dict[World, ChannelHandle] = {}


@pytest.fixture
async def marked(world: World) -> AsyncIterator[World]:
    """A server with a post, and in another channel a digest of two stories."""
    world.put("harbour.txt", HARBOUR)
    async with world.bot(entities=False):
        await world.quiet()
        digests = DIGESTS[world] = world.guild.create_text_channel("digests")
        await world.subscribe(digests, at="daily 08:00")
        world.put("world/bridge.txt", BRIDGE)
        world.put("world/orchard.txt", ORCHARD)
        await world.quiet()
        await world.later(days=1)
        yield world


def mark_in(message: Any) -> str:  # noqa: ANN401 (SimCord's message)
    """Return the mark at the foot of a post."""
    return str(message.embeds[0].footer.text).split()[0]


def first_mark(world: World) -> str:
    return mark_in(world.channel.history()[0])


def digest_mark(world: World) -> str:
    (message,) = DIGESTS[world].history()
    return mark_in(message)


async def all_said(world: World, command: str, mark: str) -> str:
    editor = world._editor(world.guild)
    result = await editor.slash(world.channel, command, article=mark)
    answer = result.response or result.followups[-1]
    return f"{answer.content} {[embed.to_dict() for embed in answer.embeds]}"


@pytest.mark.parametrize("command", [one for one in COMMANDS if one != "entities"])
@pytest.mark.parametrize("typed", [str.upper, str.strip])
async def test_a_mark_names_the_article_of_its_post(marked: World, command: str, typed: Any) -> None:  # noqa: ANN401
    assert TITLE in await all_said(marked, command, typed(first_mark(marked)))


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_mark_that_no_post_has_names_no_article(marked: World, command: str) -> None:
    told = await all_said(marked, command, "#zzzz")
    assert "No article in the history" in told


async def test_a_digests_mark_gives_a_list_of_its_stories(marked: World) -> None:
    editor = marked._editor(marked.guild)
    result = await editor.slash(marked.channel, "summary", article=digest_mark(marked))
    assert result.response is None  # it was public, and is gone
    answer = result.followups[-1]
    assert answer.ephemeral
    assert "is a digest of 2 stories" in answer.content
    (row,) = answer.components
    options = row["components"][0]["options"]
    assert options[0]["label"] == BRIDGE_TITLE
    chosen = await editor.select(answer, [options[0]["value"]], custom_id=row["components"][0]["custom_id"])
    assert chosen.response.ephemeral
    assert chosen.response.embeds[0].title == BRIDGE_TITLE


async def test_who_may_not_use_a_command_gets_no_answer_from_its_list(marked: World) -> None:
    editor = marked._editor(marked.guild)
    answer = (await editor.slash(marked.channel, "forget", article=digest_mark(marked))).response
    assert answer is not None
    menu = answer.components[0]["components"][0]
    role = next(role for role in marked.guild.roles.values() if role.name == "Editors")
    marked.env.backend.edit_role(marked.guild.id, role.id, {"permissions": 1024})
    refused = await editor.select(answer, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert "may manage the server" in refused.response.content


async def test_completions_show_what_a_mark_stands_for(marked: World) -> None:
    offered = await marked.reader.autocomplete(marked.channel, "summary", "article", digest_mark(marked))
    assert BRIDGE_TITLE not in [choice["name"] for choice in offered]  # nobody said that they see #digests
    shown = await marked.reader.autocomplete(marked.channel, "summary", "article", first_mark(marked))
    assert [choice["name"] for choice in shown] == [TITLE]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("summary", {}),
        ("summary", {"article": "no such title"}),
        ("entities", {"article": "no such title"}),
        ("story", {"article": "no such title"}),
    ],
)
async def test_a_mistake_is_told_to_its_typer_alone(
    marked: World, command: str, options: dict[str, str]
) -> None:
    before = len(marked.channel.history())
    result = await marked.reader.slash(marked.channel, command, **options)
    answer = result.response or result.followups[-1]
    assert answer.ephemeral
    assert [m for m in marked.channel.history() if not m.flags.ephemeral] == marked.channel.history()[:before]


async def test_answers_are_in_the_language_and_length_of_the_server(marked: World) -> None:
    await marked.manage("settings", language="de", length=2, colour="#ff0000")
    summary = await marked.ask("summary", article=first_mark(marked))
    (embed,) = summary.embeds
    assert "2 von" in (embed.footer.text or "")
    assert embed.colour is not None
    assert embed.colour.value == 0xFF0000
    longer = (await marked.ask("summary", article=first_mark(marked), sentences=4)).embeds[0]
    assert "4 von" in (longer.footer.text or "")
    story = (await marked.ask("story", article=first_mark(marked))).embeds[0]
    assert "Artikel zu diesem Ereignis" in (story.footer.text or "")


async def test_a_compact_layout_does_not_shorten_what_is_asked_for(marked: World) -> None:
    await marked.manage("settings", layout="compact")
    (embed,) = (await marked.ask("summary", article=first_mark(marked))).embeds
    assert (embed.description or "").count("\n\n") == 2


async def test_the_command_line_takes_a_mark_too(marked: World) -> None:
    assert marked.gazette is not None
    way = await marked.gazette.bot.operations.why(article=first_mark(marked))
    assert isinstance(way.trace, Trace)
    assert way.trace.title == TITLE
