"""Posts that change after they were made: copies, taking back, posting again."""

from typing import Any

import discord
import pytest

from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World


def also_in(world: World) -> str:
    """Return what the first post says about copies."""
    return next((f.value or "" for f in world.posts()[0].fields if f.name == "Also in"), "")


async def test_a_copy_is_not_posted_and_the_first_post_names_it(posted: World) -> None:
    posted.put("business/copy.txt", HARBOUR.replace("\n\n", "\n \n"))
    await posted.quiet()
    assert posted.titles() == [TITLE]
    assert "business/copy.txt" in also_in(posted)


async def test_many_copies_shorten_to_a_number(posted: World) -> None:
    for number in range(7):
        posted.put(f"copy-{number}.txt", HARBOUR + "\n" * number)
    await posted.quiet()
    assert also_in(posted).splitlines()[-1] == "and 4 more"


async def test_a_file_that_was_moved_is_no_copy(posted: World) -> None:
    (posted.inbox / "business").mkdir()
    (posted.inbox / "world" / "harbour.txt").rename(posted.inbox / "business" / "harbour.txt")
    await posted.quiet()
    assert posted.titles() == [TITLE]
    assert also_in(posted) == ""
    assert "Read business/harbour.txt" in (await posted.manage("why", article="harbour")).content


async def test_an_edit_that_could_not_be_made_is_made_after_a_restart(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot() as gazette:
        await world.quiet()
        gazette.supervisor.turn_off("delivery")
        world.put("copy.txt", HARBOUR + "\n")
        world.gazette = gazette
        gazette.inbox.rescan()
        await gazette.inbox.idle.wait()
        await gazette.pipeline.idle.wait()
    assert also_in(world) == ""
    async with world.bot():
        await world.quiet()
    assert "copy.txt" in also_in(world)


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (400, 50035)])
async def test_an_edit_that_discord_refuses_costs_nothing_else(posted: World, status: int, code: int) -> None:
    posted.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code)
    posted.put("copy.txt", HARBOUR + "\n")
    posted.put("bridge.txt", BRIDGE)
    await posted.quiet()
    assert posted.titles() == [TITLE, "Old bridge at Lisbon closes for repairs"]
    assert "could not be edited" in (await posted.manage("why", article="harbour")).content
    posted.put("copy-2.txt", HARBOUR + "\n\n")
    await posted.quiet()
    assert len(also_in(posted).splitlines()) == 2


async def test_an_edit_that_discord_takes_only_later_is_made_later(posted: World) -> None:
    posted.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=30046)
    posted.put("copy.txt", HARBOUR + "\n")
    await posted.quiet()
    assert also_in(posted) == ""
    posted.clock.advance(hours=1)
    assert posted.gazette is not None
    posted.gazette.deliveries.wake()
    await posted.quiet()
    assert "copy.txt" in also_in(posted)


async def delete_post(world: World) -> None:
    """Have a moderator delete the first post."""
    powers = discord.Permissions(view_channel=True, read_message_history=True, manage_messages=True)
    role = world.guild.create_role("Moderators", permissions=powers)
    moderator = world.guild.add_member(world.env.create_user("moderator"), roles=[role])
    await moderator.delete(world.channel.history()[0])


async def test_a_post_that_a_moderator_deleted_does_not_come_again_by_itself(posted: World) -> None:
    await delete_post(posted)
    posted.put("copy.txt", HARBOUR + "\n")
    await posted.quiet()
    posted.put("copy-2.txt", HARBOUR + "\n\n")
    await posted.quiet()
    assert posted.posts() == []
    assert "no longer there" in (await posted.manage("why", article="harbour")).content


@pytest.mark.parametrize("noticed", [False, True])
async def test_a_post_that_was_deleted_can_be_posted_again(posted: World, noticed: bool) -> None:
    await delete_post(posted)
    if noticed:
        posted.put("copy.txt", HARBOUR + "\n")
        await posted.quiet()
    told = (await posted.manage("repost", article="harbour")).content
    assert told == f"“{TITLE}” is posted again in 1 channel."
    await posted.quiet()
    assert posted.titles() == [TITLE]


async def test_a_post_that_stands_is_not_posted_twice(posted: World) -> None:
    told = (await posted.manage("repost", article="harbour")).content
    assert f"stands: https://discord.com/channels/{posted.guild.id}/{posted.channel.id}/" in told
    await posted.quiet()
    assert posted.titles() == [TITLE]


async def test_what_cannot_be_seen_is_not_posted_again(posted: World) -> None:
    posted.env.inject_error("GET", "/channels/*/messages/*", status=503)
    assert "cannot be seen" in (await posted.manage("repost", article="harbour")).content
    await posted.quiet()
    assert posted.titles() == [TITLE]


async def test_an_article_that_is_forgotten_is_gone_and_never_comes_again(posted: World) -> None:
    posted.put("bridge.txt", BRIDGE)
    await posted.quiet()
    told = (await posted.forget("harbour")).content
    assert told.startswith(f"“{TITLE}” was taken back")
    assert told.endswith("1 post will be deleted.")
    posted.put("again.txt", HARBOUR)
    posted.put("again-2.txt", HARBOUR + "\n")
    await posted.quiet()
    assert posted.titles() == ["Old bridge at Lisbon closes for repairs"]
    assert await posted.reader.autocomplete(posted.channel, "summary", "article", "harbour") == []
    assert "Taken back" in (await posted.manage("why", path="world/harbour.txt")).content
    assert b"Atlantic Shipping" not in posted.history.read_bytes()


async def test_what_is_forgotten_before_it_was_posted_is_not_posted(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot() as gazette:
        gazette.supervisor.turn_off("delivery")
        gazette.inbox.rescan()
        await gazette.inbox.idle.wait()
        await gazette.pipeline.idle.wait()
        await gazette.bot.moderation.forget("harbour")
        gazette.supervisor.turn_on("delivery")
        gazette.deliveries.wake()
        await world.quiet()
    assert world.posts() == []


async def test_a_post_that_cannot_be_deleted_now_is_deleted_later(posted: World) -> None:
    posted.env.inject_error("DELETE", "/channels/*/messages/*", status=403, code=50013)
    await posted.forget("harbour")
    await posted.quiet()
    assert posted.titles() == [TITLE]
    assert "was not deleted" in posted.told_to_the_owner()[0]
    posted.clock.advance(hours=1)
    assert posted.gazette is not None
    posted.gazette.deliveries.wake()
    await posted.quiet()
    assert posted.posts() == []


async def test_old_texts_are_removed_and_recognised_all_the_same(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
    world.clock.advance(days=400)
    async with world.bot(history_days=365):
        await world.quiet()
        world.put("copy.txt", HARBOUR + "\n")
        await world.quiet()
        assert (
            "older than HISTORY_DAYS" in (await world.ask("summary", article="harbour", private=True)).content
        )
        assert "Its text was removed" in (await world.manage("why", article="harbour")).content
    assert world.titles() == [TITLE]


async def test_a_copy_for_a_channel_that_never_got_it_is_posted_although_the_first_text_is_gone(
    world: World,
) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
    world.clock.advance(days=400)
    other = world.guild.create_text_channel("other")
    async with world.bot(history_days=365):
        await world.subscribe(other)
        await world.quiet()
        assert other.history() == []
        world.put("copy.txt", HARBOUR)
        await world.quiet()
    assert [message.embeds[0].title for message in other.history()] == [TITLE]


async def test_three_letters_of_a_title_take_nothing_back(posted: World) -> None:
    asked = (await posted.manage("forget", article="har")).content
    assert asked.startswith(f"Take back “{TITLE}” for good?")
    await posted.quiet()
    assert posted.titles() == [TITLE]


async def test_an_article_that_was_picked_from_the_list_is_asked_about_too(posted: World) -> None:
    asked = (await posted.manage("forget", article="article:1")).content
    assert asked.startswith(f"Take back “{TITLE}” for good?")
    assert "ackup" not in asked  # there are none
    await posted.quiet()
    assert posted.titles() == [TITLE]


async def test_who_takes_an_article_back_is_told_how_long_backups_hold_it(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot(backups_kept=5):
        await world.quiet()
        assert "at most 5 days" in (await world.manage("forget", article="harbour")).content
        assert "gazette backup --forget" in (await world.forget("harbour")).content


async def test_backups_that_no_night_makes_any_more_are_not_said_to_expire(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot() as gazette:
        await world.quiet()
        history = gazette.bot.backups._history
        history.with_name(f"{history.stem}-backup-2026-01-01{history.suffix}").touch()
        asked = (await world.manage("forget", article="harbour")).content
    assert "Backups beside the history go on holding it. Whoever" in asked
    assert "days" not in asked


async def test_the_button_that_takes_back_is_for_those_who_may_manage_the_server(posted: World) -> None:
    editor = posted._editor(posted.guild)
    asked = (await editor.slash(posted.channel, "forget", article="harbour")).response
    role = next(role for role in posted.guild.roles.values() if role.name == "Editors")
    await posted.guild.me.guild.get_role(role.id).edit(permissions=discord.Permissions.none())  # type: ignore[union-attr]
    pressed: Any = await editor.click(asked, label="Take it back")
    assert "may manage the server" in pressed.response.content
    await posted.quiet()
    assert posted.titles() == [TITLE]
