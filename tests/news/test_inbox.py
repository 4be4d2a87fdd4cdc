import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.news.folder import FolderFile
from bot.news.inbox import Inbox, Watch, watch_folder

SOON = 0.05
NEVER = 86_400
NOTHING: tuple[list[str], ...] = ()


async def no_events(root: Path, stop: asyncio.Event) -> AsyncIterator[Iterable[str]]:
    """Watch as some network file systems do: nothing is ever told."""
    await stop.wait()
    for nothing in NOTHING:
        yield nothing


class Ready:
    """Collects what an inbox hands over."""

    def __init__(self, root: Path, inbox: Inbox) -> None:
        self.root = root
        self.inbox = inbox
        self.names: asyncio.Queue[str] = asyncio.Queue()

    async def hand_over(self, file: FolderFile) -> None:
        self.names.put_nowait(file.name)

    async def next(self) -> str:
        return await self.names.get()


@asynccontextmanager
async def running(
    root: Path, *, rescan: float = NEVER, settle: float = SOON, watch: Watch = no_events
) -> AsyncIterator[Ready]:
    inbox = Inbox(root, settle_seconds=settle, rescan_seconds=rescan, watch=watch)
    ready = Ready(root, inbox)
    task = asyncio.create_task(inbox.run(ready.hand_over))
    yield ready
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_what_arrived_while_the_bot_was_down_is_found_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A")
    async with running(tmp_path) as ready:
        assert await ready.next() == "a.txt"
        await ready.inbox.idle.wait()
        assert ready.names.empty()


async def test_an_event_brings_a_new_file(tmp_path: Path) -> None:
    async with running(tmp_path, watch=watch_folder) as ready:
        await ready.inbox.idle.wait()
        (tmp_path / "a.txt").write_text("A")
        assert await ready.next() == "a.txt"


async def test_a_folder_that_is_moved_in_brings_its_files(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "inbox", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("A")
    async with running(root, watch=watch_folder) as ready:
        await ready.inbox.idle.wait()
        elsewhere.rename(root / "world")
        assert await ready.next() == "world/a.txt"


async def test_the_rescan_alone_finds_new_files(tmp_path: Path) -> None:
    async with running(tmp_path, rescan=SOON) as ready:
        await ready.inbox.idle.wait()
        (tmp_path / "world").mkdir()
        (tmp_path / "world" / "a.txt").write_text("A")
        assert await ready.next() == "world/a.txt"


async def test_a_file_is_handed_over_again_only_when_it_changed(tmp_path: Path) -> None:
    async with running(tmp_path, rescan=SOON) as ready:
        (tmp_path / "a.txt").write_text("A")
        assert await ready.next() == "a.txt"
        (tmp_path / "b.txt").write_text("B")
        assert await ready.next() == "b.txt"
        (tmp_path / "a.txt").write_text("A, longer")
        assert await ready.next() == "a.txt"
        assert ready.names.empty()


async def test_a_file_that_went_away_is_forgotten(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "inbox", tmp_path / "elsewhere"
    (root / "world").mkdir(parents=True)
    (root / "world" / "a.txt").write_text("A")
    async with running(root) as ready:
        assert await ready.next() == "world/a.txt"
        (root / "world").rename(elsewhere)
        ready.inbox.rescan()
        await ready.inbox.idle.wait()
        elsewhere.rename(root / "world")  # the file itself is as it was
        ready.inbox.rescan()
        assert await ready.next() == "world/a.txt"


async def test_a_file_that_could_not_be_read_is_offered_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A")
    async with running(tmp_path) as ready:
        assert await ready.next() == "a.txt"
        ready.inbox.offer_again("a.txt")
        ready.inbox.rescan()
        assert await ready.next() == "a.txt"


async def test_a_file_that_grows_is_handed_over_once_it_stands_still(tmp_path: Path) -> None:
    """The clock is the test's: between two looks the file has grown, so that its time begins anew."""
    path = tmp_path / "a.txt"
    path.write_text("A")
    seconds = 0.0

    def clock() -> float:
        return seconds

    inbox = Inbox(tmp_path, settle_seconds=1, rescan_seconds=SOON, watch=no_events, clock=clock)
    sizes: asyncio.Queue[int] = asyncio.Queue()

    async def hand_over(file: FolderFile) -> None:
        sizes.put_nowait(file.signature.size)

    task = asyncio.create_task(inbox.run(hand_over))
    for _ in range(5):
        seconds += 0.6
        path.write_text(path.read_text() + "A")
        inbox.rescan()
        while inbox._rescan_now.is_set() or inbox._scanning:
            await asyncio.sleep(0)
        assert sizes.empty()
    seconds += 1
    assert await sizes.get() == 6
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_folder_that_goes_away_is_told_once_and_taken_up_when_it_is_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = tmp_path / "inbox"
    root.mkdir()
    (root / "a.txt").write_text("A")
    async with running(root, rescan=SOON, watch=watch_folder) as ready:
        assert await ready.next() == "a.txt"
        root.rename(tmp_path / "away")
        while "cannot be read" not in caplog.text:
            ready.inbox.rescan()
            await asyncio.sleep(0)
        root.mkdir()
        (root / "b.txt").write_text("B")
        assert await ready.next() == "b.txt"
        (root / "c.txt").write_text("C")
        assert await ready.next() == "c.txt"
    assert caplog.text.count("cannot be read") == 1


async def test_a_watch_that_cannot_be_made_leaves_the_rescan(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(root: Path, stop: asyncio.Event) -> AsyncIterator[Iterable[str]]:
        for nothing in NOTHING:
            yield nothing
        raise OSError(28, "no watches left")

    async with running(tmp_path, rescan=SOON, watch=broken) as ready:
        (tmp_path / "a.txt").write_text("A")
        assert await ready.next() == "a.txt"
    assert caplog.text.count("no events from") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such a name cannot be")
async def test_a_name_that_no_event_can_tell_of_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(tmp_path, rescan=SOON, watch=watch_folder) as ready:
        (tmp_path / "a.txt").write_text("A")
        assert await ready.next() == "a.txt"
        while "the watch broke" not in caplog.text:
            (tmp_path / os.fsdecode(b"b\xff.txt")).write_text("B")
            await asyncio.sleep(0.01)
        (tmp_path / "c.txt").write_text("C")
        missing = {os.fsdecode(b"b\xff.txt"), "c.txt"}
        while missing:
            missing.discard(await ready.next())
