"""The newsroom as one program on a history, which may be killed or stopped at any point and start again."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.analysis.analyse import shingles_of
from bot.analysis.analysis import Analysis
from bot.analysis.shingles import Shingled
from bot.analysis.terms import Terms
from bot.articles.article import Article
from bot.errors import GazetteError
from bot.news import folder
from bot.news.digests.scheduling import Scheduling
from bot.news.intake import Intake
from bot.news.moderation import Moderation
from bot.news.patience import Patience
from bot.news.sending.composing import Composing
from bot.news.sending.delivery import Deliveries
from bot.news.sending.gate import Gate
from bot.news.sending.pace import Pace
from bot.news.sending.posting import Posting
from bot.news.subscriptions.filtering import Filtering
from bot.news.subscriptions.places import Places
from bot.news.subscriptions.routing import Routing
from bot.news.subscriptions.subscribing import Subscribing
from bot.news.subscriptions.subscriptions import Register
from storage.connection import Connection
from storage.database import Database
from tests.conftest import Clock
from tests.news.digests.remembered import Remembered
from tests.news.newsroom import no_summary
from tests.news.readers import read_plainly

BURST_LIMIT = 2


class Killed(BaseException):
    """The program is dead: nothing of it goes on."""


@dataclass(frozen=True, slots=True)
class End:
    """How a program ends before it is done."""

    point: int
    """Counted from 1: before and after each transaction that writes, and each request."""
    is_kill: bool
    """Whether nothing of it goes on at all; else its tasks are cancelled."""


class Watched(Database):
    """A history that says when it is written."""

    point: Callable[[], None] = staticmethod(lambda: None)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        self.point()
        async with super().write() as connection:
            yield connection
        self.point()

    async def transact[T](self, work: Callable[[Connection], Coroutine[Any, Any, T]]) -> T:
        self.point()
        result = await super().transact(work)
        self.point()
        return result


async def plain_reader(data: bytes, name: str, section: str | None) -> Analysis:
    return read_plainly(data, name, section)


async def shingles(article: Article) -> tuple[Shingled, Terms]:
    return shingles_of(article)


def nobody() -> None:
    """Wake nobody: the services look by themselves when they begin."""


class Program:
    """All services on one history. What they did before stays, in the history and in the channels."""

    database: Watched
    register: Register

    def __init__(self, root: Path, history: Path, channels: Remembered, clock: Clock) -> None:
        self._root = root
        self._history = history
        self._channels = channels
        self._clock = clock
        self._paced = 0.0
        self._starts = 0
        self.files: dict[str, None] = {}
        """The paths that lie in the inbox, in their order."""
        self.put_so_far = 0
        self.taken: Callable[[str, int | None], None] = lambda _path, _article: None
        """Called with each path and the article that it is."""
        channels.point = self._point

    async def start(self) -> None:
        """Build everything anew, and take what lies in the inbox once more, as at each start."""
        self._end: End | None = None
        self._points = 0
        self._is_dead = False
        self._stopping = asyncio.Event()
        self._asleep: list[datetime] = []
        self.database = await Watched.open(self._history)
        self.database.point = self._point
        self.register = register = Register()
        routing, patience = Routing(register), Patience(self._sleep)
        self.places = Places(self.database, register, self._clock, patience)
        composing = Composing(self.database, register, self._clock, no_summary)
        pace = Pace(lambda: self._paced, self._pass_pace)
        posting = Posting(self.database, self._channels, self._clock, composing, patience, pace)
        gate = Gate(self.database, register, self._clock, limit=BURST_LIMIT, sleep=self._sleep)
        self.deliveries = Deliveries(
            self.database,
            posting,
            gate,
            self._clock,
            sleep=self._sleep,
            channel_gone=self.places.channel_gone,
            patience=patience,
        )
        wake = self.deliveries.wake
        self.scheduling = Scheduling(self.database, register, self._clock, wake, patience)
        self.subscribing = Subscribing(self.database, register, self._clock, nobody)
        self.filtering = Filtering(self.database, register, self.subscribing, routing, self._clock)
        self.moderation = Moderation(self.database, self._channels, self._clock, wake, shingles, routing)
        self._intake = Intake(self.database, plain_reader, self._clock, max_bytes=10_000, routing=routing)
        for path in self.files:
            await self.take(path)

    async def close(self) -> None:
        await self.database.close()

    def put(self, path: str, text: str) -> None:
        """Write a file into the inbox."""
        file = self._root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self.files[path] = None
        self.put_so_far += 1

    def read(self, path: str) -> str:
        """Return what a file of the inbox says."""
        return (self._root / path).read_text()

    def take_away(self, path: str) -> None:
        """Remove a file from the inbox."""
        (self._root / path).unlink()
        del self.files[path]

    async def take(self, path: str) -> None:
        """Have the intake take a file."""
        file = folder.look(self._root, path)
        assert file is not None
        read = await self._intake.read(self._root, file, path)
        taken = await self._intake.store(read, path)
        self.taken(path, taken.article_id)

    async def do(
        self, work: Callable[[], Awaitable[Any]], end: End | None, *, meanwhile: bool
    ) -> GazetteError | None:
        """Do this, the services running ``meanwhile`` or not; where the program ends early, once more.

        Return what people are told who are told that it cannot be.
        """
        for this_end in (end, None):
            self._end, self._points = this_end, 0
            task = asyncio.ensure_future(self._beside_services(work) if meanwhile else work())
            stopping = asyncio.ensure_future(self._stopping.wait())
            await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
            was_stopped = self._stopping.is_set()
            for one in (task, stopping):
                if was_stopped or one is stopping:
                    one.cancel()
            result = (await asyncio.gather(task, stopping, return_exceptions=True))[0]
            self._end = None
            if self._is_dead or was_stopped:
                await self._again()
            elif isinstance(result, GazetteError):
                return result
            elif isinstance(result, BaseException):
                raise result
            else:
                return None
        raise AssertionError

    async def serve(self) -> None:
        """Run the services until nothing is left to do now."""
        self.scheduling.wake()
        self.deliveries.wake()
        running = [asyncio.ensure_future(one.run()) for one in (self.scheduling, self.deliveries)]
        done = asyncio.ensure_future(self._until_idle())
        try:
            await asyncio.wait({*running, done}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*running, done):
                task.cancel()
            results = await asyncio.gather(*running, done, return_exceptions=True)
        for one in results:
            if isinstance(one, BaseException) and not isinstance(one, asyncio.CancelledError):
                raise one

    async def _until_idle(self) -> None:
        await self.scheduling.idle.wait()
        await self.deliveries.idle.wait()

    async def _beside_services(self, work: Callable[[], Awaitable[Any]]) -> None:
        serving = asyncio.ensure_future(self.serve())
        try:
            await work()
        except BaseException:
            serving.cancel()
            raise
        finally:
            results = await asyncio.gather(serving, return_exceptions=True)
        if isinstance(results[0], BaseException):
            raise results[0]

    async def _again(self) -> None:
        with suppress(Killed):
            await self.database.close()
        await self.start()

    def _point(self) -> None:
        if self._is_dead:
            raise Killed
        self._points += 1
        if self._end is None or self._points != self._end.point:
            return
        if not self._end.is_kill:
            self._stopping.set()
            return
        self._is_dead = True
        self._starts += 1
        left = self._history.with_name(f"{self._starts}.db")
        with closing(sqlite3.connect(self._history)) as now, closing(sqlite3.connect(left)) as kept:
            now.backup(kept)  # what was committed; the rest the dead program never has
        self._history = left
        raise Killed

    async def _sleep(self, seconds: float) -> None:
        """Wait by the clock, which moves on where all channels do nothing but wait."""
        until = self._clock() + timedelta(seconds=seconds)
        self._asleep.append(until)
        try:
            while self._clock() < until:
                if len(self._asleep) >= len(self.deliveries._busy) and until == min(self._asleep):
                    self._clock.time = until
                await asyncio.sleep(0)
        finally:
            self._asleep.remove(until)

    async def _pass_pace(self, seconds: float) -> None:
        self._paced += seconds
        await asyncio.sleep(0)
