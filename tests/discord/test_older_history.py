"""A backup is put back, and what was posted since it was made is not posted again."""

import asyncio

import pytest

from bot.news.sending.catching_up import CatchingUp
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.faults.articles import Writer

BRIDGE_TITLE = "Old bridge at Lisbon closes for repairs"


def put_back(world: World, backup: bytes) -> None:
    """Put a copy of the history in its place, as people do while the bot is stopped."""
    for path in world.history.parent.glob("gazette.db-*"):
        path.unlink()
    world.history.write_bytes(backup)


async def posted_and_backed_up(world: World) -> bytes:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
    return world.history.read_bytes()


def marks(world: World) -> list[str]:
    return [(post.footer.text or "").split(" ")[0] for post in world.posts()]


async def test_what_was_posted_after_a_backup_is_not_posted_again(world: World) -> None:
    backup = await posted_and_backed_up(world)
    world.put("bridge.txt", BRIDGE)
    linked = "---\ntitle: With a link\nurl: https://example.com/a\n---\n\n"
    world.put("linked.md", linked + HARBOUR.replace("Porto", "Faro").replace("harbour", "airport"))
    async with world.bot():
        await world.quiet()
        Writer(seed=3).fill(world.inbox, 4)
        await world.quiet()
    titles = world.titles()
    assert len(titles) == len(set(titles)) == 7
    put_back(world, backup)
    async with world.bot():
        await world.quiet()
    assert world.titles() == titles
    Writer(seed=9).fill(world.inbox, 1)
    async with world.bot():
        await world.quiet()
    assert len(world.titles()) == 8
    assert len(set(marks(world))) == 8


async def test_a_digest_repeats_nothing_that_the_channel_shows(world: World) -> None:
    backup = await posted_and_backed_up(world)
    Writer(seed=5).fill(world.inbox, 3)
    async with world.bot():
        await world.quiet()
    titles = world.titles()
    put_back(world, backup)
    world.put("new.txt", BRIDGE)
    async with world.bot(burst_limit=2):
        await world.quiet()
    assert world.titles()[:4] == titles
    (digest,) = world.posts()[4:]
    assert BRIDGE_TITLE in (digest.title or "") + (digest.description or "")
    assert all(title not in (digest.description or "") for title in titles)


async def test_what_a_digest_shows_is_not_posted_again(world: World) -> None:
    backup = await posted_and_backed_up(world)
    async with world.bot(burst_limit=1):
        Writer(seed=6).fill(world.inbox, 3)
        await world.quiet()
    before = world.titles()
    put_back(world, backup)
    async with world.bot():
        await world.quiet()
    assert world.titles() == before


async def test_in_a_forum_nothing_is_posted_again(world: World) -> None:
    forum = world.guild.create_forum_channel("forum")
    async with world.bot():
        await world.subscribe(forum)
    backup = world.history.read_bytes()
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
    posts = [thread.name for thread in forum.threads]
    assert len(posts) == 2
    put_back(world, backup)
    async with world.bot():
        await world.quiet()
    assert [thread.name for thread in forum.threads] == posts


async def test_a_stop_in_the_middle_repeats_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = await posted_and_backed_up(world)
    async with world.bot():
        Writer(seed=7).fill(world.inbox, 3)
        await world.quiet()
    titles = world.titles()
    put_back(world, backup)
    stopped = asyncio.Event()

    async def stop(*_: object) -> None:
        stopped.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(CatchingUp, "message_of", stop)
        async with world.bot():
            await stopped.wait()
    async with world.bot():
        await world.quiet()
    assert world.titles() == titles


async def test_a_later_article_of_one_title_is_posted(world: World) -> None:
    backup = await posted_and_backed_up(world)
    world.put("bridge.txt", BRIDGE)
    async with world.bot():
        await world.quiet()
    put_back(world, backup)
    async with world.bot():
        await world.quiet()
        other = HARBOUR.replace(TITLE, BRIDGE_TITLE).replace("Porto", "Faro").replace("harbour", "bridge")
        world.put("other.txt", other)
        await world.quiet()
    assert len(world.titles()) == 3
