"""A call that has ended keeps nothing of its file in the memory of the main process."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from weakref import ref

import pytest

from bot.errors import AnalysisFailed, Refused
from bot.news.workers import Limits, Workers


class Content:
    """The content of a file. Unlike bytes, it can be asked whether it is still in memory."""

    def __init__(self, taken: Path) -> None:
        self.taken = taken


def answer(content: Content) -> str:
    return content.taken.name


def refuse(_content: Content) -> None:
    raise Refused("It is empty.")


def stumble(_content: Content) -> None:
    raise ValueError("a mistake")


def need_memory(_content: Content) -> None:
    raise MemoryError


def crash(_content: Content) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def compute_for_ever(content: Content) -> None:
    content.taken.touch()
    while True:
        pass


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(1, Limits(seconds=2)) as pool:
        yield pool


@pytest.fixture(autouse=True)
def nobody_collects() -> Iterator[None]:
    """Nothing but the last reference to an object ends it, as in a process that collects rarely."""
    gc.disable()
    yield
    gc.enable()


async def _asked(workers: Workers, function: Callable[[Content], object], taken: Path) -> ref[Content]:
    """Return a reference to what a call was given that has ended by now."""
    content = Content(taken)
    with suppress(Refused, AnalysisFailed):
        await workers.run(function, content)
    return ref(content)


@pytest.mark.parametrize("function", [answer, refuse, stumble, need_memory, crash, compute_for_ever])
async def test_nothing_is_kept_of_a_file_however_its_call_ends(
    workers: Workers, tmp_path: Path, function: Callable[[Content], object]
) -> None:
    kept = await _asked(workers, function, tmp_path / "taken")
    assert kept() is None


async def test_nothing_is_kept_of_a_file_whose_call_was_cancelled(workers: Workers, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    asking = asyncio.create_task(_asked(workers, compute_for_ever, taken))
    while not taken.exists():
        await asyncio.sleep(0.01)
    kept = _in_memory(taken)
    await _cancel(asking)
    del asking  # it holds its own end
    assert kept() is None


async def test_nothing_is_kept_of_a_file_that_was_cancelled_before_a_worker_took_it(
    workers: Workers, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    before = asyncio.create_task(_asked(workers, compute_for_ever, taken))
    while not taken.exists():
        await asyncio.sleep(0.01)
    asking = asyncio.create_task(_asked(workers, answer, tmp_path / "waiting"))
    await asyncio.sleep(0)
    kept = _in_memory(tmp_path / "waiting")
    await _cancel(asking)
    del asking
    assert kept() is None
    await _cancel(before)


def _in_memory(taken: Path) -> ref[Content]:
    (found,) = (thing for thing in gc.get_objects() if isinstance(thing, Content) and thing.taken == taken)
    return ref(found)


async def _cancel(task: asyncio.Task[ref[Content]]) -> None:
    task.cancel()
    await asyncio.wait((task,))
