"""What real folders do to their files, and how long very many of them take."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.analysis.analysis import Analysis
from bot.news.folder import FolderFile
from bot.news.inbox import LOOK_LASTS, LOOKED_AT_ONCE, Inbox, watch_folder
from bot.news.pipeline import Unreadable
from storage.files import Outcome
from tests.news.readers import read_plainly
from tests.news.test_inbox import NEVER, SOON, no_events, running
from tests.news.test_intake import Desk, desk

__all__ = ["desk"]  # the fixture

MANY = 20_000


@pytest.fixture
def full_folder(tmp_path: Path) -> Path:
    """A folder with very many files in twenty sections; writing them takes longer than finding them."""
    for section in range(20):
        (tmp_path / f"section {section}").mkdir()
    for number in range(MANY):
        (tmp_path / f"section {number % 20}" / f"{number}.txt").touch()
    return tmp_path


async def test_each_of_very_many_files_is_handed_over_once(full_folder: Path) -> None:
    async with running(full_folder, watch=watch_folder) as ready:
        await ready.inbox.idle.wait()
        names = [ready.names.get_nowait() for _ in range(MANY)]
        assert len(set(names)) == MANY
        ready.inbox.rescan()
        await ready.inbox.idle.wait()
        assert ready.names.empty()


async def test_a_file_that_changes_while_those_before_it_are_taken_waits_to_stand_still_again(
    tmp_path: Path,
) -> None:
    """Whoever takes the files needs its time: what was seen of the others before does not hold any more."""
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.touch()
        os.utime(path, (number, number))
    seconds = 0.0
    sizes: dict[str, int] = {}

    async def hand_over(file: FolderFile) -> None:
        nonlocal seconds
        sizes[file.name] = file.signature.size
        if file.name == "0.txt":
            seconds += LOOK_LASTS + 1
            (tmp_path / "2.txt").write_text("It has changed.")

    inbox = Inbox(tmp_path, settle_seconds=0, rescan_seconds=NEVER, watch=no_events, clock=lambda: seconds)
    task = asyncio.create_task(inbox.run(hand_over))
    await inbox.idle.wait()
    assert sizes == {"0.txt": 0, "1.txt": 0, "2.txt": len("It has changed.")}
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_more_files_than_are_looked_at_once_come_in_their_order(tmp_path: Path) -> None:
    count = 2 * LOOKED_AT_ONCE + 1
    for number in range(count):
        path = tmp_path / f"{number}.txt"
        path.touch()
        os.utime(path, (count - number, count - number))
    async with running(tmp_path, settle=0) as ready:
        await ready.inbox.idle.wait()
        assert [ready.names.get_nowait() for _ in range(count)] == [
            f"{n}.txt" for n in reversed(range(count))
        ]


async def test_a_file_that_gets_its_name_when_it_is_whole_is_handed_over_once(tmp_path: Path) -> None:
    for hidden in ("a.txt.part", ".a.txt"):
        async with running(tmp_path, watch=watch_folder) as ready:
            await ready.inbox.idle.wait()
            before = ready.names.qsize()
            path = tmp_path / hidden
            path.write_text("Half of it")
            path.write_text("All of it")
            path.rename(tmp_path / f"{hidden.strip('.')}-done.txt")
            while ready.names.qsize() == before:
                await asyncio.sleep(0)
            ready.inbox.rescan()
            await ready.inbox.idle.wait()
            assert ready.names.qsize() == before + 1


async def test_a_file_that_another_of_its_size_and_time_replaces_is_handed_over_again(tmp_path: Path) -> None:
    def put(text: str) -> None:
        hidden = tmp_path / ".a.txt"
        hidden.write_text(text)
        os.utime(hidden, (1, 1))
        hidden.rename(tmp_path / "a.txt")

    async with running(tmp_path, rescan=SOON) as ready:
        put("One text")
        assert await ready.next() == "a.txt"
        put("Another!")
        assert await ready.next() == "a.txt"


async def test_a_file_that_is_deleted_before_it_stands_still_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A")
    seconds = 0.0
    inbox = Inbox(tmp_path, settle_seconds=1, rescan_seconds=NEVER, watch=no_events, clock=lambda: seconds)
    handed_over: list[str] = []

    async def hand_over(file: FolderFile) -> None:
        handed_over.append(file.name)

    task = asyncio.create_task(inbox.run(hand_over))
    while not inbox.waiting:
        await asyncio.sleep(0)
    (tmp_path / "a.txt").unlink()
    seconds = 2
    inbox.rescan()
    await inbox.idle.wait()
    assert not handed_over
    assert not inbox.waiting
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_file_that_is_deleted_while_it_is_read_is_the_article_that_was_read(desk: Desk) -> None:
    path = desk.put("world/a.txt", "The board met.")
    desk.put("b.txt", "The board left.")

    async def deletes(data: bytes, name: str, section: str | None) -> Analysis:
        if name == "world/a.txt":
            path.unlink()
            path.parent.rmdir()
        return read_plainly(data, name, section)

    taken = await desk.take_all("world/a.txt", "b.txt", analyse=deletes)
    assert [t.outcome for t in taken] == [Outcome.ARTICLE, Outcome.ARTICLE]
    assert not [news for news in desk.reported if isinstance(news, Unreadable)]


async def test_a_file_that_moves_between_sections_is_not_queued_again(desk: Desk) -> None:
    path = desk.put("world/a.txt", "The board met.")
    await desk.take_all("world/a.txt")
    for section in ("culture", "science", "world"):
        (desk.root / section).mkdir(exist_ok=True)
        path = path.rename(desk.root / section / "a.txt")
        (taken,) = await desk.take_all(f"{section}/a.txt")
        assert taken.article_id == 1
    assert await desk.queued() == [1]


async def test_a_file_with_other_content_is_another_article(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    await desk.take_all("a.txt")
    desk.put("a.txt", "The board left.")
    (taken,) = await desk.take_all("a.txt")
    assert (taken.outcome, taken.article_id, taken.queued) == (Outcome.ARTICLE, 2, 1)
    desk.put("a.txt", "The board met.")
    (taken,) = await desk.take_all("a.txt")
    assert taken.article_id == 1
    assert await desk.queued() == [1, 2]
