"""A file in, a post out."""

import re

import pytest

from bot.clock import utc_now
from storage.overview import overview
from tests.discord.conftest import BRIDGE, HARBOUR, World


async def test_a_file_that_is_dropped_becomes_a_post(world: World) -> None:
    async with world.bot():
        world.put("world/harbour.txt", HARBOUR)
        await world.quiet()
    (post,) = world.posts()
    assert post.title == "Harbour board elects Ada Reed as its chair"
    assert post.author.name == "By Tom Quill"
    sentences = (post.description or "").split("\n\n")
    assert len(sentences) == 3
    assert all(sentence in HARBOUR for sentence in sentences)
    assert post.footer.text == "#1 · balanced · 3 of 6 sentences"


async def test_what_arrived_while_the_bot_was_down_is_posted_at_its_start(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        assert len(world.posts()) == 1


async def test_after_a_restart_nothing_is_posted_again(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
    world.put("bridge.txt", BRIDGE)
    (world.inbox / "harbour.txt").rename(world.inbox / "renamed.txt")
    async with world.bot():
        await world.quiet()
    assert world.titles() == [
        "Harbour board elects Ada Reed as its chair",
        "Old bridge at Lisbon closes for repairs",
    ]


@pytest.mark.parametrize(
    "copy",
    [
        HARBOUR.encode("utf-16"),
        HARBOUR.replace("\n\n", "\r\n\r\n").encode(),
        HARBOUR.replace(" on Monday,", "  on  Monday,").encode(),
        HARBOUR.upper().encode(),
    ],
    ids=["re-encoded", "other line ends", "other spaces", "upper case"],
)
async def test_a_copy_of_a_text_is_not_posted(world: World, copy: bytes) -> None:
    world.put("a.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        world.put("b.txt", copy)
        await world.quiet()
    assert len(world.posts()) == 1


async def test_files_that_are_no_articles_are_refused_and_the_others_posted(world: World) -> None:
    world.put("empty.txt", "")
    world.put("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    world.put("huge.txt", HARBOUR * 2000)
    world.put("bridge.txt", BRIDGE)
    async with world.bot(max_file_mb=1) as gazette:
        await world.quiet()
        async with gazette.database.read() as connection:
            rows = await connection.exec_driver_sql(
                "SELECT reason FROM files WHERE outcome = 'refused' ORDER BY first_path"
            )
            reasons = list(rows.scalars())
    assert len(reasons) == 3
    assert "larger than 1 MB" in reasons[1]
    assert world.titles() == ["Old bridge at Lisbon closes for repairs"]


async def test_files_are_never_moved_changed_or_deleted(world: World) -> None:
    path = world.put("harbour.txt", HARBOUR)
    before = path.stat()
    async with world.bot():
        await world.quiet()
    after = path.stat()
    assert path.read_text() == HARBOUR
    assert (before.st_mtime_ns, before.st_ctime_ns, before.st_ino) == (
        after.st_mtime_ns,
        after.st_ctime_ns,
        after.st_ino,
    )


async def test_the_watch_is_off_while_its_cog_is_unloaded(world: World) -> None:
    async with world.bot() as gazette:
        await world.quiet()
        await gazette.bot.unload_extension("cogs.inbox")
        world.put("harbour.txt", HARBOUR)
        await gazette.bot.load_extension("cogs.inbox")
        await world.quiet()
        assert len(world.posts()) == 1


async def test_a_hostile_article_is_shown_harmless(world: World) -> None:
    hostile = HARBOUR.replace(
        "Harbour board elects", "@everyone **Harbour** [good.example](http://evil.example)"
    )
    hostile = hostile.replace("The port handled", "[good.example](http://evil.example) handled @everyone and")
    world.put("hostile.txt", hostile)
    async with world.bot(summary_sentences=6):
        await world.quiet()
    (post,) = world.posts()
    for shown in (post.title or "", post.description or ""):
        assert "@everyone" not in shown
        assert not re.search(r"(?<!\\)\[[^\]]*\]\(", shown)


async def test_a_channel_that_the_bot_may_not_post_in_fails_the_delivery_with_the_reason(
    world: World,
) -> None:
    import discord

    silent = discord.PermissionOverwrite(send_messages=False)
    closed = world.guild.create_text_channel("closed", overwrites={world.guild.default_role: silent})
    world.put("harbour.txt", HARBOUR)
    async with world.bot(digest_channel_id=closed.id) as gazette:
        await world.quiet()
        async with gazette.database.read() as connection:
            assert (await overview(connection, utc_now(), 0)).failed == 1
    assert closed.history() == []
