"""Files in, decisions out: read side by side, decided in the order in which they came."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import OFF, Metrics
from bot.news.folder import FolderFile
from bot.news.intake import Intake, Read, Taken
from bot.news.patience import Patience
from storage.trouble import trouble


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read or stored now; nothing was decided about it."""

    file: FolderFile
    problem: str


Report = Callable[[Taken | Unreadable], None]

HISTORY_ERRORS = SQLAlchemyError, sqlite3.Error
"""The second where one text in it is damaged: then the others are taken in all the same."""


class Pipeline:
    """Reads as many files at a time as there are workers, and stores them one after the other."""

    def __init__(
        self,
        intake: Intake,
        root: Callable[[], Path],
        report: Report,
        *,
        at_once: int,
        name_of: Callable[[FolderFile], str] = lambda file: file.name,
        metrics: Metrics = OFF,
        patience: Patience | None = None,
    ) -> None:
        """Take whom to ``report`` every decision to, and by which path the history knows a file.

        ``root`` returns the folder that the files lie in, free of links. With ``patience`` a file waits for
        as long as the history cannot be used, and those after it; without, it counts as unreadable.
        """
        self._intake = intake
        self._root = root
        self._report = report
        self._at_once = at_once
        self._name_of = name_of
        self._metrics = metrics
        self._patience = patience
        self._waiting: asyncio.Queue[asyncio.Task[Read | Unreadable]] = asyncio.Queue(at_once)
        self._tasks: set[asyncio.Task[Read | Unreadable]] = set()
        self._open = 0
        self.idle = asyncio.Event()
        """Set while nothing that was handed over waits for a decision."""
        self.idle.set()

    @property
    def waiting(self) -> int:
        """How many files were handed over and await their decision."""
        return self._open

    async def hand_over(self, file: FolderFile) -> None:
        """Take a file in; waits while enough others are being read."""
        self.idle.clear()
        self._open += 1
        task = asyncio.create_task(self._read(file))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await self._waiting.put(task)

    async def run(self) -> None:
        """Decide about the files as they come, until cancelled."""
        try:
            while True:
                reading = await self._waiting.get()
                self._report(await self._store(await reading))
                self._open -= 1
                if not self._open:
                    self.idle.set()
        finally:
            self._start_afresh()

    async def _read(self, file: FolderFile) -> Read | Unreadable:
        try:
            return await self._through(lambda: self._intake_read(file))
        except OSError as error:
            return Unreadable(file, error.strerror or str(error))
        except HISTORY_ERRORS as error:
            return _without_history(file, error)

    async def _intake_read(self, file: FolderFile) -> Read:
        with self._metrics.stage("read"):
            return await self._intake.read(self._root(), file, self._name_of(file))

    async def _store(self, read: Read | Unreadable) -> Taken | Unreadable:
        if isinstance(read, Unreadable):
            return read
        try:
            return await self._through(lambda: self._intake_store(read))
        except OSError as error:
            return Unreadable(read.file, str(error))
        except HISTORY_ERRORS as error:
            return _without_history(read.file, error)

    async def _intake_store(self, read: Read) -> Taken:
        with self._metrics.stage("store"):
            return await self._intake.store(read, self._name_of(read.file))

    async def _through[T](self, work: Callable[[], Awaitable[T]]) -> T:
        return await (work() if self._patience is None else self._patience.through(work))

    def _start_afresh(self) -> None:
        """Forget what is under way: whoever runs next is handed every file anew.

        A file that is being handed over just now lands in the old queue, which nobody reads any more.
        """
        for task in self._tasks:
            task.cancel()
        self._waiting = asyncio.Queue(self._at_once)
        self._open = 0
        self.idle.set()


def _without_history(file: FolderFile, error: Exception) -> Unreadable:
    problem = trouble(error) or getattr(error, "orig", None) or error
    return Unreadable(file, f"the history cannot be used: {problem}")
