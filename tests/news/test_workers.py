"""The pool of workers, with real processes."""

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import AnalysisFailed, Refused, StartupError
from bot.news.asking import Asking
from bot.news.workers import Limits, Workers


def double(number: int) -> int:
    return 2 * number


def pid() -> int:
    return os.getpid()


def compute_for_ever() -> None:
    while True:
        pass


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def take_memory() -> int:
    return len(bytes(4 << 30))


def refuse() -> None:
    raise Refused("It is empty.")


def stumble() -> None:
    raise ValueError("a mistake")


def lack_a_module() -> None:
    raise ModuleNotFoundError("no module of that name")


def cannot_prepare() -> None:
    raise RuntimeError("no model")


KEPT: list[bytearray] = []
HELD = [0]


def hold() -> None:
    """Take 100 MB in pieces and keep the last, behind which the others' place is not free by itself."""
    pieces = [bytearray(50_000) for _ in range(2_000)]
    HELD[0] = resident()
    KEPT.append(pieces.pop())


def given_back() -> int:
    """Return how many megabytes less this process holds than while it prepared."""
    return (HELD[0] - resident()) // 1024


def resident() -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@pytest.fixture(scope="module")
def limits() -> Limits:
    return Limits(seconds=2, memory_mb=2048)


@pytest.fixture
async def workers(limits: Limits) -> AsyncIterator[Workers]:
    async with Workers(1, limits) as pool:
        yield pool


async def test_each_reply_belongs_to_its_call(limits: Limits) -> None:
    async with Workers(2, limits) as pool:
        assert await asyncio.gather(*(pool.run(double, n) for n in range(30))) == [2 * n for n in range(30)]


async def test_a_call_past_its_time_is_killed_and_the_next_one_runs(workers: Workers) -> None:
    with pytest.raises(AnalysisFailed, match="longer than 2 s"):
        await workers.run(compute_for_ever)
    assert await workers.run(double, 2) == 4


async def test_what_a_member_asks_has_less_time_and_one_call_at_a_time_before_the_inbox(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.news.asking.ASKED_SECONDS", 0.5)
    asking = Asking(workers, 2)
    await workers.ready()
    asked = [asyncio.create_task(asking.run(compute_for_ever)) for _ in range(10)]
    await asyncio.sleep(0)  # they have asked before the inbox does
    assert await workers.run(double, 2) == 4
    assert sum(task.done() for task in asked) <= 2
    for task in asked[2:]:
        task.cancel()
    failed, *_ = await asyncio.gather(*asked, return_exceptions=True)
    assert "longer than 0.5 s" in str(failed)


async def test_a_crash_costs_one_call(workers: Workers) -> None:
    crash, reply = await asyncio.gather(workers.run(die), workers.run(double, 2), return_exceptions=True)
    assert isinstance(crash, AnalysisFailed)
    assert reply == 4


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux alone")
async def test_a_call_past_its_memory_fails_alone(workers: Workers) -> None:
    with pytest.raises(AnalysisFailed, match=r"2048 MB|crash"):
        await workers.run(take_memory)
    assert await workers.run(double, 2) == 4


async def test_a_refusal_comes_through_as_it_is(workers: Workers) -> None:
    with pytest.raises(Refused, match=r"It is empty\."):
        await workers.run(refuse)


async def test_a_mistake_of_ours_fails_the_call(workers: Workers, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(AnalysisFailed, match="mistake in the reader"):
        await workers.run(stumble)
    assert "ValueError: a mistake" in caplog.text


async def test_a_missing_part_of_the_program_is_not_the_files_fault(workers: Workers) -> None:
    with pytest.raises(StartupError, match="make setup"):
        await workers.run(lack_a_module)


async def test_a_worker_that_dies_between_two_calls_is_no_calls_fault(workers: Workers) -> None:
    for _ in range(3):
        os.kill(await workers.run(pid), signal.SIGKILL)
    assert await workers.run(double, 2) == 4


async def test_a_pool_that_can_run_nothing_any_more_is_not_the_files_fault(limits: Limits) -> None:
    async with Workers(1, limits, cannot_prepare) as pool:
        with pytest.raises(StartupError, match="cannot start"):
            await pool.run(double, 2)


async def test_a_worker_ignores_ctrl_c(workers: Workers) -> None:
    worker = await workers.run(pid)
    os.kill(worker, signal.SIGINT)
    assert await workers.run(pid) == worker


async def test_workers_that_cannot_prepare_end_the_program(limits: Limits) -> None:
    async with Workers(1, limits, cannot_prepare) as pool:
        with pytest.raises(StartupError, match="cannot start"):
            await pool.ready()


async def test_a_cancelled_call_frees_its_worker(workers: Workers) -> None:
    task = asyncio.create_task(workers.run(compute_for_ever))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await workers.run(double, 2) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a computing worker with its parent")
def test_a_computing_worker_ends_with_its_killed_parent() -> None:
    program = (
        "import asyncio\n"
        "from bot.news.workers import Limits, Workers\n"
        "from tests.news.test_workers import compute_for_ever, pid\n"
        "async def main():\n"
        "    async with Workers(1, Limits(600, 2048)) as pool:\n"
        "        print(await pool.run(pid), flush=True)\n"
        "        await pool.run(compute_for_ever)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout is not None
    with parent:
        worker = int(parent.stdout.readline())
        parent.kill()
    while _is_there(worker):
        time.sleep(0.01)


def _is_there(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="glibc's own"
)
async def test_what_preparing_took_and_does_not_need_is_given_back(limits: Limits) -> None:
    async with Workers(1, limits, hold) as pool:
        assert await pool.run(given_back) > 80
