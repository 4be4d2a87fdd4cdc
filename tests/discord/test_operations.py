"""What operators see and do."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.analysis.analysis import Analysis
from tests.discord.conftest import BRIDGE, HARBOUR, World
from tests.discord.test_stories import SAME_EVENT
from tests.faults.articles import Writer
from tests.news.readers import read_plainly


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
    told = (await failing.manage("status")).content
    assert "0 waiting, 1 sent in the last 24 hours, 1 failed" in told
    assert "2 articles, 1 file refused" in told
    assert "Old bridge at Lisbon closes for repairs" in told
    assert "Send Messages" in told
    assert "Refused empty.txt: The file is empty." in told


async def test_retry_posts_what_had_failed(failing: World) -> None:
    told = (await failing.manage("retry")).content
    assert told == "Tried once more: 1 post, 1 refused file."
    await failing.quiet()
    assert failing.titles()[-1] == "Old bridge at Lisbon closes for repairs"


async def test_retry_takes_one_mark_and_says_so_where_it_fits_nothing(failing: World) -> None:
    assert "No delivery with that mark" in (await failing.manage("retry", mark="#zzz")).content
    assert "That is no mark" in (await failing.manage("retry", mark="the bridge")).content


async def test_why_shows_the_stages_of_an_article_with_a_link_to_its_post(failing: World) -> None:
    failing.put("copy.txt", HARBOUR + "\n")
    await failing.quiet()
    told = (await failing.manage("why", article="harbour")).content
    message = failing.channel.history()[0]
    assert "Read world/harbour.txt" in told
    assert "Same text: copy.txt" in told
    assert f"/{failing.channel.id}/{message.id}" in told


async def test_why_tells_of_each_channel_what_it_waits_for_and_what_it_does_not_take(
    failing: World,
) -> None:
    weekly = failing.guild.create_text_channel("weekly")
    sport = failing.guild.create_text_channel("sport")
    await failing.subscribe(weekly, at="daily 18:00")
    await failing.subscribe(sport, sections=("*sport*",))
    failing.clock.advance(minutes=1)
    failing.put("world/vote.txt", SAME_EVENT)
    await failing.quiet()
    told = (await failing.manage("why", article="Ada Reed wins")).content
    assert f"waits for the next digest of <#{weekly.id}>" in told
    assert f"<#{sport.id}>: not posted, it takes only the section \\*sport\\*" in told
    assert "1 article waiting for a digest" in (await failing.manage("status")).content
    await failing.later(hours=7)
    told = (await failing.manage("why", article="Ada Reed wins")).content
    (digest,) = weekly.history()
    link = f"https://discord.com/channels/{failing.guild.id}/{weekly.id}/{digest.id}"
    assert f"stands in a digest, {link}" in told


async def test_why_shows_the_reason_of_a_refused_file(failing: World) -> None:
    assert "The file is empty." in (await failing.manage("why", path="empty.txt")).content
    assert (
        "knows nothing of the file nowhere.txt" in (await failing.manage("why", path="nowhere.txt")).content
    )


async def test_status_tells_how_the_bot_stands(failing: World) -> None:
    told = (await failing.manage("status")).content
    assert "Bot: connected to Discord, 0 of 1 worker busy, 0 files in hand" in told


async def test_refused_files_are_listed_and_can_be_read_again(
    failing: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing.put("also-empty.txt", " ")
    await failing.quiet()
    listed = (await failing.manage("inbox failed")).content.splitlines()
    assert [line.split()[0] for line in listed] == ["also-empty.txt", "empty.txt"]
    assert listed[0].endswith(": The file holds nothing but white space.")

    async def reads_it_now(data: bytes, name: str, section: str | None) -> Analysis:
        return read_plainly(data or b"The board met. It chose a chair.", name, section)

    assert failing.gazette is not None
    monkeypatch.setattr(failing.gazette.pipeline._intake, "_analyse", reads_it_now)
    told = (await failing.manage("retry", path="empty.txt")).content
    assert told == "Tried once more: 0 posts, 1 refused file."
    await failing.quiet()
    assert len(failing.posts()) == 2
    assert "also-empty.txt" in (await failing.manage("inbox failed")).content
    assert "No file at that path" in (await failing.manage("retry", path="empty.txt")).content


async def test_the_owner_is_told_once_a_day_why_posts_fail(failing: World) -> None:
    (told,) = failing.told_to_the_owner()
    assert f"was not posted in <#{failing.channel.id}>. The bot may not post in the channel." in told
    writer = Writer(seed=3)
    for day in (0, 0, 1):
        failing.clock.advance(days=day)
        failing.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        writer.fill(failing.inbox, 1)
        await failing.quiet()
    assert len(failing.told_to_the_owner()) == 2


async def test_operators_are_told_in_their_channel_where_one_is_set(world: World) -> None:
    room = world.guild.create_text_channel("operators")
    async with world.bot(operators_channel_id=room.id):
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50001)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
    (message,) = room.history()
    assert "Give it View Channel there" in message.content
    assert world.told_to_the_owner() == []


async def test_an_owner_who_takes_no_messages_costs_nothing(world: World) -> None:
    async with world.bot():
        for code in (50001, 50007):
            world.env.inject_error("POST", "/channels/*/messages", status=403, code=code)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
    assert world.titles() == ["Old bridge at Lisbon closes for repairs"]
    assert world.told_to_the_owner() == []


async def test_another_server_that_the_bot_was_invited_to_has_no_say(failing: World) -> None:
    elsewhere = failing.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("room")
    answer = await failing.manage("status", guild=elsewhere, channel=room)
    assert "of the server that this bot belongs to" in answer.content


@pytest.mark.parametrize("command", ["status", "why", "retry", "repost", "forget"])
async def test_a_member_who_may_not_manage_the_server_is_told_so(failing: World, command: str) -> None:
    """Discord hides the command; a server may show it to others all the same."""
    assert failing.gazette is not None
    synced = {known.name: known for known in await failing.gazette.bot.tree.fetch_commands()}
    failing.guild.set_command_permissions(synced[command], {failing.guild.default_role: True})
    options = {"article": "harbour"} if command in {"repost", "forget"} else {}
    answer = await failing.ask(command, **options)
    assert "may manage the server" in answer.content


async def test_status_shows_subscriptions_with_pauses_quiet_hours_and_times_as_each_reader_has_them(
    failing: World,
) -> None:
    await failing.subscribe(failing.channel, at="daily 18:00")
    hours: dict[str, Any] = {"from": "22:00", "to": "07:00"}
    await failing.manage("quiet", **hours)
    await failing.manage("pause", duration="1 day")
    answer = await failing.manage("status")
    (embed,) = answer.embeds
    assert embed.title == "Subscriptions"
    assert all(part in (embed.description or "") for part in ("next <t:", "paused until", "quiet 22:00"))
    assert "Last post: <t:" in answer.content
    assert "UTC" not in answer.content
    assert "\nGazette 0." in answer.content


async def test_a_refused_file_is_dismissed_from_the_status(failing: World) -> None:
    editor = failing._editor(failing.guild)
    answer = (await editor.slash(failing.channel, "status")).response
    told = (await editor.click(answer, label="Dismiss empty.txt")).response
    assert "Dismissed: 1 refused file." in told.content
    after = await failing.manage("status")
    assert "Refused empty.txt" not in after.content
    assert after.components == []
    again = (await editor.click(answer, label="Dismiss empty.txt")).response
    assert "No file at that path was refused." in again.content


async def test_who_may_not_operate_dismisses_nothing(failing: World) -> None:
    editor = failing._editor(failing.guild)
    answer = (await editor.slash(failing.channel, "status")).response
    role = next(role for role in failing.guild.roles.values() if role.name == "Editors")
    failing.env.backend.edit_role(failing.guild.id, role.id, {"permissions": 1024})
    await editor.click(answer, label="Dismiss empty.txt")
    assert "Refused empty.txt" in (await failing.manage("status")).content
