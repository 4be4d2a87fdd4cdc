"""Work on a real history that cannot be written for a while."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.exc import OperationalError

from bot.news.patience import DELAYS, Patience
from bot.supervisor import Supervisor
from storage import articles
from storage.database import Database
from tests.conftest import record

WAITS = "the history cannot be used, files and posts wait: its file can only be read"
GOES_ON = "the history can be used again"


class Pauses:
    """Pauses that last until the test ends them."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.begun = asyncio.Event()
        self.over = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.begun.set()
        await self.over.wait()


async def set_read_only(database: Database, value: str) -> None:
    async with database._writer.connection() as connection:
        await connection.exec_driver_sql(f"PRAGMA query_only = {value}")


@asynccontextmanager
async def read_only(database: Database) -> AsyncIterator[None]:
    await set_read_only(database, "ON")
    yield
    await set_read_only(database, "OFF")


async def store(database: Database, number: int) -> int:
    async with database.write() as connection:
        return await articles.add(connection, record(number))


async def test_many_wait_and_the_log_tells_it_once_each_time(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    pauses = Pauses()
    patience = Patience(pauses)
    for begin in (0, 10):
        async with read_only(database):
            storing = [
                asyncio.create_task(patience.through(lambda number=n: store(database, number)))  # type: ignore[misc]
                for n in range(begin, begin + 10)
            ]
            while len(pauses.seconds) < begin + 10:
                await asyncio.sleep(0)
        pauses.over.set()
        assert len(set(await asyncio.gather(*storing))) == 10
        pauses.over.clear()
    assert caplog.text.count(WAITS) == caplog.text.count(GOES_ON) == 2


async def test_pauses_grow_to_a_bound_and_whoever_waits_can_be_cancelled(database: Database) -> None:
    pauses = Pauses()
    pauses.over.set()
    async with read_only(database):
        waiting = asyncio.create_task(Patience(pauses).through(lambda: store(database, 1)))
        while len(pauses.seconds) < len(DELAYS) + 2:
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert tuple(pauses.seconds[: len(DELAYS) + 2]) == (*DELAYS, DELAYS[-1], DELAYS[-1])
    await store(database, 1)


async def test_a_mistake_is_raised_at_once(database: Database) -> None:
    async def write_nowhere() -> None:
        async with database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    pauses = Pauses()
    with pytest.raises(OperationalError, match="no such table"):
        await Patience(pauses).through(write_nowhere)
    assert not pauses.seconds


async def test_a_service_that_the_history_stops_is_told_without_a_traceback(
    database: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.supervisor.DELAYS", (0,))
    stored = asyncio.Event()

    async def service() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(store(database, 1))
        stored.set()
        await asyncio.Event().wait()

    async with Supervisor({"retention": service}) as supervisor:
        async with read_only(database):
            supervisor.turn_on("retention")
            while "retention waits, the history cannot be used" not in caplog.text:
                await asyncio.sleep(0)
        await stored.wait()
    assert not [told for told in caplog.records if told.exc_info]
