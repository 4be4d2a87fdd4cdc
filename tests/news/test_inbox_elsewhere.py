"""The folder's name leads elsewhere while the bot runs: another disk, a link, a folder made anew."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from bot.news.contents import moved_from
from bot.news.inbox import Inbox, watch_folder
from tests.news.test_inbox import NEVER, NOTHING, SOON, Ready, no_events, running


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with a file, beside which lies another disk with a copy of it."""
    folder = tmp_path / "inbox"
    for place in (folder, tmp_path / "disk"):
        (place / "world").mkdir(parents=True)
        (place / "world" / "a.txt").write_text("A")
    return folder


async def rescanned(ready: Ready) -> None:
    ready.inbox.rescan()
    await ready.inbox.idle.wait()


async def next_by_an_event(ready: Ready, path: Path) -> str:
    """Return what is ready next once a file was put there: it is touched until the folder is watched."""
    path.write_text(path.stem)
    arriving = asyncio.create_task(ready.next())
    while not (await asyncio.wait({arriving}, timeout=1))[0]:
        path.touch()
    return await arriving


def become_a_link(inbox: Path, target: Path) -> None:
    inbox.rename(inbox.with_name("before"))
    inbox.symlink_to(target)


async def test_a_folder_that_becomes_a_link_is_read_and_watched_where_the_link_leads(
    inbox: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(inbox, watch=watch_folder) as ready:
        assert await ready.next() == "world/a.txt"
        become_a_link(inbox, tmp_path / "disk")
        (tmp_path / "disk" / "world" / "b.txt").write_text("B")
        await rescanned(ready)
        # By the names that they had before, so that the history knows them.
        assert {await ready.next(), await ready.next()} == {"world/a.txt", "world/b.txt"}
        (tmp_path / "before" / "world" / "no.txt").write_text("No longer of the folder")
        assert await next_by_an_event(ready, tmp_path / "disk" / "world" / "c.txt") == "world/c.txt"
        await rescanned(ready)
        assert ready.names.empty()
    assert caplog.text.count(f"the folder {inbox} is another one now, {tmp_path / 'disk'}") == 1


async def test_a_link_that_is_pointed_elsewhere_is_followed(inbox: Path, tmp_path: Path) -> None:
    become_a_link(inbox, tmp_path / "before")
    async with running(inbox, watch=watch_folder) as ready:
        assert await ready.next() == "world/a.txt"
        (tmp_path / "disk" / "b.txt").write_text("B")
        (tmp_path / "new").symlink_to(tmp_path / "disk")
        (tmp_path / "new").rename(inbox)  # in one step, as careful programs do
        await rescanned(ready)
        assert {await ready.next(), await ready.next()} == {"world/a.txt", "b.txt"}
        assert await next_by_an_event(ready, tmp_path / "disk" / "c.txt") == "c.txt"


async def test_a_folder_above_it_that_becomes_a_link_is_followed(tmp_path: Path) -> None:
    for place in ("data", "disk"):
        (tmp_path / place / "inbox").mkdir(parents=True)
    async with running(tmp_path / "data" / "inbox", watch=watch_folder) as ready:
        await ready.inbox.idle.wait()
        become_a_link(tmp_path / "data", tmp_path / "disk")
        (tmp_path / "disk" / "inbox" / "a.txt").write_text("A")
        await rescanned(ready)
        assert await ready.next() == "a.txt"


async def test_a_folder_that_is_made_anew_is_watched(inbox: Path) -> None:
    async with running(inbox, watch=watch_folder) as ready:
        assert await ready.next() == "world/a.txt"
        (inbox / "world" / "a.txt").unlink()
        (inbox / "world").rmdir()
        inbox.rmdir()
        inbox.mkdir()
        await rescanned(ready)
        assert await next_by_an_event(ready, inbox / "b.txt") == "b.txt"


@pytest.mark.parametrize("target", ["nowhere", "inbox", "disk/world/a.txt"])
async def test_a_link_that_leads_to_no_folder_is_told_and_taken_up_once_it_does(
    inbox: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, target: str
) -> None:
    told: list[tuple[str, str]] = []

    async def tell(cause: str, sentence: str) -> None:
        told.append((cause, sentence))

    watched = Inbox(inbox, settle_seconds=SOON, rescan_seconds=NEVER, watch=no_events, tell=tell)
    ready = Ready(inbox, watched)
    task = asyncio.create_task(watched.run(ready.hand_over))
    assert await ready.next() == "world/a.txt"
    become_a_link(inbox, tmp_path / target)
    for _ in range(2):
        await rescanned(ready)
    ((cause, sentence),) = told
    assert cause == "folder"
    assert sentence.startswith(f"New articles wait: the folder {inbox} cannot be read (")
    assert caplog.text.count("cannot be read") == 1
    inbox.unlink()
    (tmp_path / "before").rename(inbox)
    await rescanned(ready)
    assert ready.names.empty()  # it is as it was: nothing is read twice
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_folder_in_the_place_of_another_that_cannot_be_watched_is_told(
    inbox: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def watch(root: Path, stop: asyncio.Event) -> AsyncIterator[Iterable[str]]:
        if root.name == "disk":
            raise OSError(28, "no watches left")
        await stop.wait()
        for nothing in NOTHING:
            yield nothing

    async with running(inbox, watch=watch) as ready:
        assert await ready.next() == "world/a.txt"
        become_a_link(inbox, tmp_path / "disk")
        (tmp_path / "disk" / "b.txt").write_text("B")
        await rescanned(ready)
        assert {await ready.next(), await ready.next()} == {"world/a.txt", "b.txt"}
        while "no events from" not in caplog.text:
            await asyncio.sleep(0)


async def test_links_that_lead_out_of_the_new_folder_are_not_followed(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Nobody's business")
    disk = tmp_path / "disk"
    (disk / "out.txt").symlink_to(tmp_path / "secret.txt")
    (disk / "within.txt").symlink_to(disk / "world" / "a.txt")
    (disk / "before").symlink_to(tmp_path / "before")
    async with running(inbox, watch=watch_folder) as ready:
        assert await ready.next() == "world/a.txt"
        become_a_link(inbox, disk)
        await rescanned(ready)
        assert {await ready.next(), await ready.next()} == {"world/a.txt", "within.txt"}
        os.utime(tmp_path / "secret.txt", (1, 1))
        await rescanned(ready)
        assert ready.names.empty()


def test_files_that_are_away_with_their_folder_have_not_moved(inbox: Path, tmp_path: Path) -> None:
    """What was read just before its folder went away says nothing about where the others are."""
    (inbox / "a.txt").write_text("A")
    assert moved_from(inbox, "a.txt", ["b.txt"]) == {"b.txt"}
    inbox.rename(tmp_path / "before")
    assert moved_from(inbox, "a.txt", ["b.txt"]) == frozenset()
