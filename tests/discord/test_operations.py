"""What operators see and do."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from simcord.results import ResponseMessage

from tests.discord.conftest import BRIDGE, HARBOUR, World


async def manage(world: World, command: str, **options: Any) -> ResponseMessage:  # noqa: ANN401 (any option)
    """Have a member who may manage the server use a command."""
    role = world.guild.create_role(
        "Editors", permissions=discord.Permissions(manage_guild=True, view_channel=True)
    )
    editor = world.guild.add_member(world.env.create_user("editor"), roles=[role])
    answer = (await editor.slash(world.channel, command, **options)).response
    assert answer is not None
    assert answer.ephemeral
    return answer


@pytest.fixture
async def failing(world: World) -> AsyncIterator[World]:
    """A server where one article was posted, one was refused by Discord, and one file is no article."""
    world.put("world/harbour.txt", HARBOUR)
    world.put("empty.txt", "")
    async with world.bot():
        await world.quiet()
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        yield world


async def test_status_tells_what_failed_and_what_was_refused_and_why(failing: World) -> None:
    told = (await manage(failing, "status")).content
    assert "0 waiting, 1 sent in the last 24 hours, 1 failed" in told
    assert "2 articles, 1 file refused" in told
    assert "Old bridge at Lisbon closes for repairs" in told
    assert "Send Messages" in told
    assert "Refused empty.txt: The file is empty." in told


async def test_retry_posts_what_had_failed(failing: World) -> None:
    assert "Queued once more: 1." in (await manage(failing, "retry")).content
    await failing.quiet()
    assert failing.titles()[-1] == "Old bridge at Lisbon closes for repairs"


async def test_retry_takes_one_mark_and_says_so_where_it_fits_nothing(failing: World) -> None:
    assert "No delivery with that mark" in (await manage(failing, "retry", mark="#zzz")).content
    assert "That is no mark" in (await manage(failing, "retry", mark="the bridge")).content


async def test_why_shows_the_stages_of_an_article_with_a_link_to_its_post(failing: World) -> None:
    failing.put("copy.txt", HARBOUR + "\n")
    await failing.quiet()
    told = (await manage(failing, "why", article="harbour")).content
    message = failing.channel.history()[0]
    assert "Read world/harbour.txt" in told
    assert "Same text: copy.txt" in told
    assert f"/{failing.channel.id}/{message.id}" in told


async def test_why_shows_the_reason_of_a_refused_file(failing: World) -> None:
    assert "The file is empty." in (await manage(failing, "why", path="empty.txt")).content
    assert "knows nothing of that file" in (await manage(failing, "why", path="nowhere.txt")).content


@pytest.mark.parametrize("command", ["status", "why", "retry"])
async def test_a_member_who_may_not_manage_the_server_is_told_so(failing: World, command: str) -> None:
    """Discord hides the command; a server may show it to others all the same."""
    assert failing.gazette is not None
    synced = {known.name: known for known in await failing.gazette.bot.tree.fetch_commands()}
    failing.guild.set_command_permissions(synced[command], {failing.guild.default_role: True})
    answer = await failing.ask(command)
    assert "may manage the server" in answer.content
