import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.analysis.analysis import Analysis
from bot.errors import AnalysisFailed
from bot.news import folder
from bot.news.intake import Intake, Taken
from bot.news.pipeline import Pipeline, Unreadable
from bot.news.subscriptions.routing import Routing
from storage import articles, sending
from storage.database import Database
from storage.files import Outcome
from tests.conftest import Clock
from tests.news.newsroom import CHANNEL, subscribed
from tests.news.readers import read_plainly


async def plain_reader(data: bytes, name: str, section: str | None) -> Analysis:
    """Read as a worker would: what is tested here is what follows."""
    return read_plainly(data, name, section)


class Desk:
    """An intake with its folder, its history and what it reported."""

    def __init__(self, root: Path, database: Database, clock: Clock) -> None:
        self.root = root
        self.database = database
        self.clock = clock
        self.reported: list[Taken | Unreadable] = []

    def put(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    async def take_all(
        self,
        *names: str,
        analyse: Callable[..., object] = plain_reader,
        imports: bool = False,
        max_bytes: int = 1000,
        at_once: int = 2,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> list[Taken]:
        """Hand these files over in this order and return what became of them.

        Unless it is an import, a channel gets every article.
        """
        routing = None if imports else Routing(await subscribed(self.database, self.clock, CHANNEL))
        intake = Intake(self.database, analyse, self.clock, max_bytes=max_bytes, routing=routing)  # type: ignore[arg-type]
        pipeline = Pipeline(intake, lambda: self.root, self.reported.append, at_once=at_once)
        before = len(self.reported)
        deciding = asyncio.create_task(pipeline.run())
        ready = [file for name in names if (file := folder.look(self.root, name)) is not None]
        assert len(ready) == len(names)
        meanwhile()
        for file in ready:
            await pipeline.hand_over(file)
        await pipeline.idle.wait()
        deciding.cancel()
        await asyncio.gather(deciding, return_exceptions=True)
        return [taken for taken in self.reported[before:] if isinstance(taken, Taken)]

    async def queued(self) -> list[int]:
        async with self.database.read() as connection:
            rows = await connection.exec_driver_sql("SELECT article_id FROM deliveries ORDER BY id")
            return list(rows.scalars())


@pytest.fixture
def desk(tmp_path: Path, database: Database, clock: Clock) -> Desk:
    return Desk(tmp_path / "inbox", database, clock)


async def test_a_new_text_is_stored_and_queued_in_one(desk: Desk) -> None:
    desk.put("world/a.txt", "The board met.")
    assert await desk.take_all("world/a.txt") == [Taken("world/a.txt", Outcome.ARTICLE, 1, queued=1)]
    async with desk.database.read() as connection:
        stored = await articles.get(connection, 1)
    assert stored is not None
    assert (stored.text, stored.section, stored.stored_at) == ("The board met.", "world", desk.clock())
    assert await desk.queued() == [1]


async def test_a_file_that_was_seen_is_passed_over_and_not_even_analysed(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    await desk.take_all("a.txt")

    async def never(*_: object) -> Analysis:
        raise AssertionError

    assert await desk.take_all("a.txt", analyse=never) == [Taken("a.txt", None, 1)]


async def test_a_renamed_file_is_not_posted_again(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    await desk.take_all("a.txt")
    (desk.root / "a.txt").rename(desk.root / "b.txt")
    assert await desk.take_all("b.txt") == [Taken("b.txt", Outcome.DUPLICATE, 1)]
    assert await desk.queued() == [1]


async def test_a_moved_file_is_not_posted_in_a_channel_that_was_subscribed_since(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    await desk.take_all("a.txt")
    await subscribed(desk.database, desk.clock, CHANNEL + 1)
    desk.put("old/b.txt", "")
    (desk.root / "a.txt").rename(desk.root / "old" / "a.txt")
    assert await desk.take_all("old/a.txt") == [Taken("old/a.txt", Outcome.DUPLICATE, 1)]
    assert await desk.queued() == [1]


async def test_the_same_text_in_another_file_is_a_duplicate(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    desk.put("b.txt", "The  board\nmet.\n")
    outcomes = [taken.outcome for taken in await desk.take_all("a.txt", "b.txt")]
    assert outcomes == [Outcome.ARTICLE, Outcome.DUPLICATE]
    assert await desk.queued() == [1]


async def test_a_copy_goes_to_a_channel_that_never_got_the_first(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    desk.put("b.txt", "The board  met.")
    (imported,) = await desk.take_all("a.txt", imports=True)
    assert imported.queued == 0
    (copy,) = await desk.take_all("b.txt")
    assert (copy.outcome, copy.queued) == (Outcome.DUPLICATE, 1)


async def test_an_imported_file_is_not_posted_by_the_bot(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    await desk.take_all("a.txt", imports=True)
    await desk.take_all("a.txt")
    assert await desk.queued() == []


async def test_of_two_copies_read_at_once_the_first_handed_over_is_the_article(desk: Desk) -> None:
    """The first file's worker is the slower one; the order of the decisions does not change by it."""
    desk.put("first.txt", "The board met.")
    desk.put("second.txt", "The  board met.")
    second_done = asyncio.Event()

    async def second_is_faster(data: bytes, name: str, section: str | None) -> Analysis:
        if name == "first.txt":
            await second_done.wait()
        second_done.set()
        return await plain_reader(data, name, section)

    taken = await desk.take_all("first.txt", "second.txt", analyse=second_is_faster)
    assert [(t.name, t.outcome) for t in taken] == [
        ("first.txt", Outcome.ARTICLE),
        ("second.txt", Outcome.DUPLICATE),
    ]


async def test_six_programs_with_one_text_make_one_article_and_one_post(desk: Desk, tmp_path: Path) -> None:
    for number in range(6):
        desk.put(f"{number}.txt", "The board" + " " * number + " met.")
    path = tmp_path / "history" / "gazette.db"
    programs = [Desk(desk.root, await Database.open(path), desk.clock) for _ in range(6)]
    taken = await asyncio.gather(*(program.take_all(f"{n}.txt") for n, program in enumerate(programs)))
    for program in programs:
        await program.database.close()
    outcomes = sorted(str(taken_one.outcome) for (taken_one,) in taken)
    assert outcomes == [Outcome.ARTICLE, *[Outcome.DUPLICATE] * 5]
    assert await desk.queued() == [1]


async def test_a_pipeline_that_failed_takes_files_again_when_it_is_run_anew(desk: Desk) -> None:
    """A reporter's fault ends the run while others are being read and one waits to be handed over."""
    for number in range(5):
        desk.put(f"{number}.txt", f"The board met {number}.")
    reported: list[Taken | Unreadable] = []

    def report(news: Taken | Unreadable) -> None:
        reported.append(news)
        if len(reported) == 1:
            raise RuntimeError("a mistake")

    intake = Intake(desk.database, plain_reader, desk.clock, max_bytes=1000)
    pipeline = Pipeline(intake, lambda: desk.root, report, at_once=1)
    files = [file for n in range(5) if (file := folder.look(desk.root, f"{n}.txt")) is not None]

    async def hand_all_over() -> None:
        for file in files:
            await pipeline.hand_over(file)

    with pytest.raises(ExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(pipeline.run())
            tasks.create_task(hand_all_over())
    running = asyncio.create_task(pipeline.run())
    await hand_all_over()
    await pipeline.idle.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert {news.name for news in reported if isinstance(news, Taken)} == {f"{n}.txt" for n in range(5)}


async def test_what_is_no_article_is_refused_with_the_reason(desk: Desk) -> None:
    desk.put("a.txt", " \n ")
    assert await desk.take_all("a.txt") == [Taken("a.txt", Outcome.REFUSED, reason="It is empty.")]


async def test_a_file_over_the_limit_is_refused_unread_and_once(desk: Desk) -> None:
    desk.put("a.txt", "x" * 1001)
    (taken,) = await desk.take_all("a.txt")
    assert (taken.outcome, taken.reason) == (Outcome.REFUSED, "It is larger than 0.001 MB.")
    assert await desk.take_all("a.txt") == [Taken("a.txt", None)]


async def test_a_file_that_fails_once_gets_a_second_try(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    tries = 0

    async def fails_once(data: bytes, name: str, section: str | None) -> Analysis:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise AnalysisFailed("It brought its reader to a crash.")
        return await plain_reader(data, name, section)

    (taken,) = await desk.take_all("a.txt", analyse=fails_once)
    assert (taken.outcome, tries) == (Outcome.ARTICLE, 2)


async def test_a_file_that_fails_twice_is_refused_and_the_others_go_on(desk: Desk) -> None:
    desk.put("a.txt", "hang")
    desk.put("b.txt", "The board met.")

    async def hangs(data: bytes, name: str, section: str | None) -> Analysis:
        if data == b"hang":
            raise AnalysisFailed("It took longer than 20 seconds to read.")
        return await plain_reader(data, name, section)

    taken = await desk.take_all("a.txt", "b.txt", analyse=hangs)
    assert [t.outcome for t in taken] == [Outcome.REFUSED, Outcome.ARTICLE]
    assert taken[0].reason == "It took longer than 20 seconds to read."


async def test_a_file_that_is_gone_is_told_and_nothing_is_decided(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    gone = desk.put("b.txt", "The board left.")
    await desk.take_all("a.txt", "b.txt", meanwhile=gone.unlink)
    assert isinstance(desk.reported[1], Unreadable)
    async with desk.database.read() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM files")).scalar() == 1


async def test_a_history_that_cannot_be_written_leaves_the_file_for_later(desk: Desk) -> None:
    desk.put("a.txt", "The board met.")
    async with desk.database.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE deliveries RENAME TO elsewhere")
    await desk.take_all("a.txt")
    assert isinstance(desk.reported[0], Unreadable)
    async with desk.database.write() as connection:
        assert await articles.get(connection, 1) is None
        await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO deliveries")
    (taken,) = await desk.take_all("a.txt")
    assert taken.queued == 1
    async with desk.database.read() as connection:
        assert await sending.waiting_channels(connection, desk.clock()) == [CHANNEL]


async def test_a_copy_of_a_text_that_is_damaged_is_left_for_later_and_the_others_go_on(desk: Desk) -> None:
    for name, text in (("a.txt", "The board met."), ("b.txt", "The board met."), ("c.txt", "Rain came.")):
        desk.put(name, text)
    await desk.take_all("a.txt")
    async with desk.database.write() as connection:
        await connection.exec_driver_sql("UPDATE articles SET text = x'00'")
    (taken,) = await desk.take_all("b.txt", "c.txt")
    told = desk.reported[1]
    assert isinstance(told, Unreadable)
    assert "it is damaged; stop Gazette and put a backup in its place" in told.problem
    assert (taken.name, taken.outcome) == ("c.txt", Outcome.ARTICLE)


async def test_a_copy_that_comes_with_a_move_leaves_both_names_known(desk: Desk) -> None:
    path = desk.put("world/a.txt", "The board met.")
    await desk.take_all("world/a.txt")
    path.rename(desk.root / "a.txt")
    desk.put("b.txt", "The board met.")
    await desk.take_all("a.txt", "b.txt")
    again = await desk.take_all("a.txt", "b.txt")
    assert [taken.outcome for taken in again] == [None, None]
