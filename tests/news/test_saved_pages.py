"""What a browser saves with a page is neither an article nor a refused file; other folders are sections."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.news import folder
from bot.news.folder import FolderFile
from bot.news.inbox import Inbox, watch_folder
from bot.news.settling import WITH_A_PAGE
from tests.news.test_folder import names, put
from tests.news.test_inbox import NEVER, no_events, running


@pytest.mark.parametrize(
    ("page", "companion"),
    [
        ("Kites over Brenn.html", "Kites over Brenn_files"),
        ("Kites over Brenn.htm", "Kites over Brenn-Dateien"),
        ("Kites over Brenn.HTML", "Kites over Brenn_fichiers"),
        ("Kites over Brenn.xhtml", "Kites over Brenn.files"),
        ("Kites over Brenn.shtml", "Kites over Brenn_archivos"),
        ("kites.php", "kites_bestanden"),
        ("kites.html", "kites.html_files"),
        ("Brenn 1.5.html", "Brenn 1.5-filer"),
        ("папка.html", "папка_файлы"),
    ],
)
def test_the_files_of_a_saved_page_are_passed_over(tmp_path: Path, page: str, companion: str) -> None:
    put(tmp_path, f"world/{page}")
    put(tmp_path, f"world/{companion}/frame.html")
    put(tmp_path, f"world/{companion}/deeper/frame.html")
    assert names(tmp_path) == [f"world/{page}"]
    assert folder.look(tmp_path.resolve(), f"world/{companion}/frame.html") is None
    assert folder.look(tmp_path.resolve(), f"world/{companion}/deeper/frame.html") is None


@pytest.mark.parametrize(
    ("beside", "section"),
    [
        ("kites.txt", "my_files"),
        ("my.txt", "my_files"),  # a text has no such folder
        ("other/my.html", "my_files"),  # the page lies elsewhere
        ("kites.html", "kites_2031"),
        ("kites.html", "kites"),
        ("kites.html", "kitesfiles"),
        ("kites.html", "brenn kites_files"),
        (".html", "_files"),
        ("files.html", "files"),
    ],
)
def test_a_folder_without_its_page_is_a_section(tmp_path: Path, beside: str, section: str) -> None:
    put(tmp_path, beside)
    put(tmp_path, f"{section}/frame.html")
    assert f"{section}/frame.html" in names(tmp_path)
    found = folder.look(tmp_path.resolve(), f"{section}/frame.html")
    assert found is not None
    assert found.section == section


def test_a_folder_of_the_name_of_a_page_is_no_page(tmp_path: Path) -> None:
    put(tmp_path, "kites.html/a.txt")
    put(tmp_path, "kites_files/b.txt")
    assert sorted(names(tmp_path)) == ["kites.html/a.txt", "kites_files/b.txt"]


def test_the_inbox_itself_may_lie_beside_a_page(tmp_path: Path) -> None:
    put(tmp_path, "kites.html")
    put(tmp_path, "kites_files/a.txt")
    assert names(tmp_path / "kites_files") == ["a.txt"]


class Watched:
    """An inbox whose clock the test turns."""

    def __init__(self, root: Path) -> None:
        self.seconds = 0.0
        self.names: list[str] = []
        self.inbox = Inbox(
            root, settle_seconds=1, rescan_seconds=NEVER, watch=no_events, clock=lambda: self.seconds
        )

    async def hand_over(self, file: FolderFile) -> None:
        self.names.append(file.name)

    async def look(self) -> None:
        """Look at the whole folder, and hand over what is due."""
        self.inbox.rescan()
        while self.inbox._rescan_now.is_set() or self.inbox._scanning:
            await asyncio.sleep(0)
        while self.inbox.ready:
            await asyncio.sleep(0)


@asynccontextmanager
async def watched(root: Path) -> AsyncIterator[Watched]:
    one = Watched(root)
    task = asyncio.create_task(one.inbox.run(one.hand_over))
    yield one
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_page_that_comes_after_its_files_is_the_only_one_handed_over(tmp_path: Path) -> None:
    put(tmp_path, "kites_files/frame.html")
    async with watched(tmp_path) as one:
        await one.look()
        one.seconds = WITH_A_PAGE - 1
        await one.look()
        put(tmp_path, "kites.html")
        await one.look()
        one.seconds = 3 * WITH_A_PAGE
        await one.look()
        assert one.names == ["kites.html"]
        assert one.inbox.waiting == 0


async def test_a_folder_that_may_belong_to_a_page_waits_as_a_whole(tmp_path: Path) -> None:
    """The last file of a slow page is written long after the first."""
    put(tmp_path, "kites_files/first.html")
    put(tmp_path, "a.txt")
    async with watched(tmp_path) as one:
        await one.look()
        one.seconds = WITH_A_PAGE - 1
        put(tmp_path, "kites_files/deeper/last.html")
        await one.look()
        one.seconds = WITH_A_PAGE + 1
        await one.look()
        assert one.names == ["a.txt"]
        one.seconds = 2 * WITH_A_PAGE
        await one.look()
        assert sorted(one.names) == ["a.txt", "kites_files/deeper/last.html", "kites_files/first.html"]


async def test_events_in_the_folder_of_a_saved_page_bring_nothing(tmp_path: Path) -> None:
    put(tmp_path, "kites.html")
    async with running(tmp_path, watch=watch_folder) as ready:
        assert await ready.next() == "kites.html"
        put(tmp_path, "kites_files/frame.html")
        put(tmp_path, "a.txt")
        assert await ready.next() == "a.txt"
        ready.inbox.rescan()
        await ready.inbox.idle.wait()
        assert ready.names.empty()


async def test_a_section_that_a_person_called_a_backup_is_read_as_soon_as_it_is_moved_in(
    tmp_path: Path,
) -> None:
    root, elsewhere = tmp_path / "inbox", tmp_path / "elsewhere"
    root.mkdir()
    put(elsewhere, "a.txt")
    put(elsewhere, "a.txt.bak")
    async with running(root, watch=watch_folder) as ready:
        await ready.inbox.idle.wait()
        elsewhere.rename(root / "world.old")
        assert await ready.next() == "world.old/a.txt"
        await ready.inbox.idle.wait()
        assert ready.names.empty()


async def test_a_backup_that_gets_a_real_name_is_read(tmp_path: Path) -> None:
    async with running(tmp_path, watch=watch_folder) as ready:
        await ready.inbox.idle.wait()
        path = put(tmp_path, "a.txt.bak")
        put(tmp_path, "b.txt")
        assert await ready.next() == "b.txt"
        path.rename(tmp_path / "a.txt")
        assert await ready.next() == "a.txt"
