"""Files wait while no worker can run, with real processes that are ended or stopped from outside."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from bot.errors import AnalysisFailed
from bot.news.reading import Reader
from bot.news.workers import START_SECONDS, Limits, Workers, WorkersDown, WorkersStandStill
from bot.settings import GivenSettings
from tests.faults.articles import Writer
from tests.news.unwell import killed_while, stuck_while, work_a_little

SETTINGS = GivenSettings.model_validate({"entities": False})

LIMITS = Limits(seconds=20)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process is stopped from outside there")


class Time:
    """A time in seconds that moves when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def stand_still(self) -> None:
        """Let so much time pass as no working pool needs to answer."""
        self.seconds += LIMITS.seconds + START_SECONDS + 1


class Troubles:
    """Ends a trouble after so many pauses, and notes the pauses and what the operators are told."""

    def __init__(self, trouble: Path, pauses: int) -> None:
        self.trouble = trouble
        self.pauses = pauses
        self.slept: list[float] = []
        self.told: list[str] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) == self.pauses:
            self.trouble.unlink(missing_ok=True)

    async def tell(self, cause: str, sentence: str) -> None:
        self.told.append(f"{cause}: {sentence}")

    def reader(self, workers: Workers) -> Reader:
        return Reader(workers, SETTINGS, tell=self.tell, sleep=self.sleep)


@pytest.fixture
def trouble(tmp_path: Path) -> Path:
    return tmp_path / "trouble"


@pytest.fixture
def texts(tmp_path: Path) -> list[bytes]:
    """Articles, each larger than what a pipe holds."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    Writer(seed=3).fill(inbox, 3)
    return [path.read_bytes().rstrip() + b"\n" * 200_000 for path in sorted(inbox.iterdir())]


@pytest.fixture
def time_() -> Time:
    return Time()


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.news.workers.LOOK_SECONDS", 0.01)


async def read_all(reader: Reader, texts: list[bytes]) -> list[object]:
    return await asyncio.gather(*(reader(text, "a.txt", None) for text in texts), return_exceptions=True)


async def test_files_wait_while_the_system_ends_every_worker_and_are_read_after_that(
    trouble: Path, texts: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    troubles = Troubles(trouble, pauses=5)
    async with Workers(1, LIMITS, partial(killed_while, trouble)) as workers:
        reader = troubles.reader(workers)
        worker = await workers.run(os.getpid)
        trouble.touch()
        os.kill(worker, signal.SIGKILL)
        read = await reader(texts[0], "a.txt", None)
    assert read.article.title
    assert troubles.slept == [1, 5, 30, 60, 60]
    assert {told.partition(":")[0] for told in troubles.told} == {"workers"}
    assert caplog.messages == [
        "no worker can run: files wait, and the workers are started again",
        "the workers run again",
    ]


async def test_no_file_is_refused_because_another_one_waits_too(trouble: Path, texts: list[bytes]) -> None:
    troubles = Troubles(trouble, pauses=3)
    async with Workers(2, LIMITS, partial(killed_while, trouble)) as workers:
        reader = troubles.reader(workers)
        await reader.ready()
        trouble.touch()
        for _ in range(2):
            with suppress(AnalysisFailed):
                os.kill(await workers.run(os.getpid), signal.SIGKILL)
        assert not [read for read in await read_all(reader, texts) if isinstance(read, Exception)]


async def test_a_start_after_a_failure_waits_for_workers_that_ran_before(trouble: Path) -> None:
    troubles = Troubles(trouble, pauses=2)
    async with Workers(1, LIMITS, partial(killed_while, trouble)) as workers:
        os.kill(await workers.run(os.getpid), signal.SIGKILL)
        trouble.touch()
        await troubles.reader(workers).ready()
    assert troubles.slept == [1, 5]


async def test_a_person_is_told_to_try_again_and_does_not_wait(trouble: Path) -> None:
    async with Workers(1, LIMITS, partial(killed_while, trouble)) as workers:
        worker = await workers.run(os.getpid)
        trouble.touch()
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(WorkersDown, match="Try it again"):
            await workers.run(work_a_little, 1)
        trouble.unlink()
        assert await workers.run(work_a_little, 1) == 1


async def test_files_are_read_although_the_worker_that_should_take_them_is_stopped(
    trouble: Path, texts: list[bytes], time_: Time
) -> None:
    troubles = Troubles(trouble, pauses=1)
    async with Workers(1, LIMITS, now=time_.now) as workers:
        reader = troubles.reader(workers)
        stopped = await workers.run(os.getpid)
        os.kill(stopped, signal.SIGSTOP)
        reading = asyncio.create_task(read_all(reader, texts))
        while workers.calls < len(texts):
            await asyncio.sleep(0)
        time_.stand_still()
        assert not [read for read in await reading if isinstance(read, Exception)]
        assert await workers.run(os.getpid) != stopped
    assert troubles.told == []


async def test_the_operators_are_told_if_the_workers_stand_still_again(
    trouble: Path, texts: list[bytes], time_: Time
) -> None:
    """Each start hangs until the third pause; the time that one may take grows."""
    troubles = Troubles(trouble, pauses=3)
    now = _hurrying(time_, while_there_is=trouble)
    async with Workers(1, LIMITS, partial(stuck_while, trouble), now=now) as workers:
        reader = troubles.reader(workers)
        worker = await workers.run(os.getpid)
        trouble.touch()
        os.kill(worker, signal.SIGKILL)
        await reader(texts[0], "a.txt", None)
    assert troubles.slept == [1, 5, 30]
    assert len(troubles.told) == 2


async def test_a_first_start_that_hangs_is_tried_again_and_does_not_end_the_program(
    trouble: Path, time_: Time
) -> None:
    trouble.touch()
    troubles = Troubles(trouble, pauses=2)
    now = _hurrying(time_, while_there_is=trouble)
    async with Workers(1, LIMITS, partial(stuck_while, trouble), now=now) as workers:
        await troubles.reader(workers).ready()
    assert troubles.slept == [1, 5]


def _hurrying(time_: Time, *, while_there_is: Path) -> Callable[[], float]:
    """Return a time that runs on at every look for as long as there is a trouble."""

    def now() -> float:
        if while_there_is.exists():
            time_.stand_still()
        return time_.seconds

    return now


async def test_a_call_that_no_worker_takes_says_that_they_stand_still(time_: Time) -> None:
    async with Workers(1, LIMITS, now=time_.now) as workers:
        os.kill(await workers.run(os.getpid), signal.SIGSTOP)
        asking = asyncio.create_task(workers.run(work_a_little, 1))
        while not workers.calls:
            await asyncio.sleep(0)
        time_.stand_still()
        with pytest.raises(WorkersStandStill):
            await asking
        assert await workers.run(work_a_little, 1) == 1


async def test_a_call_may_stand_in_a_queue_for_as_long_as_those_before_it_are_answered(time_: Time) -> None:
    def pass_time(_: object) -> None:
        time_.seconds += LIMITS.seconds

    async with Workers(1, LIMITS, now=time_.now) as workers:
        await workers.ready()
        calls = [asyncio.create_task(workers.run(work_a_little, number)) for number in range(12)]
        for call in calls:
            call.add_done_callback(pass_time)
        assert await asyncio.gather(*calls) == list(range(12))
    assert time_.seconds > 2 * (LIMITS.seconds + START_SECONDS)


async def test_workers_that_had_nothing_to_do_for_hours_do_not_stand_still(time_: Time) -> None:
    async with Workers(1, LIMITS, now=time_.now) as workers:
        stayed = await workers.run(os.getpid)
        time_.seconds += 10_000
        assert await workers.run(work_a_little, 1) == 1
        assert await workers.run(os.getpid) == stayed
