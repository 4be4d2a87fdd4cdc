"""A sign of life beside the history: how the running bot stands, for ``gazette status`` and ``/status``."""

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.errors import StartupError
from storage.anchor import Loss
from storage.database import Database
from storage.private import make_file, mode_for

log = logging.getLogger(__name__)

INTERVAL = 15.0
"""Seconds between two signs."""

SILENCE = timedelta(seconds=90)
"""A bot that has given no sign for this long hangs or was killed."""

STUCK_SECONDS = 120
"""A bot that is connected delivers after some seconds; one that does not for this long needs a person."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """How a running bot stands."""

    connected: bool
    """Whether it is connected to Discord."""
    workers: int
    calls: int
    """Calls that the workers have not answered yet."""
    files: int
    """Files that wait to stand still, or for a decision."""
    idle: int = 0
    """Seconds for which the bot has been connected and delivers nothing, because it is not ready."""

    connecting: bool = False
    """Whether the bot has just started, and has not been connected yet."""

    @property
    def is_stuck(self) -> bool:
        """Return whether the bot is connected, and has not begun to deliver for too long."""
        return self.idle > STUCK_SECONDS


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last sign that a bot gave."""

    process: int
    at: datetime
    vitals: Vitals

    def is_silent(self, now: datetime) -> bool:
        """Return whether the bot that gave this sign must be hanging or dead."""
        return now - self.at > SILENCE


def beat(vitals: Vitals, now: datetime) -> Heartbeat:
    """Return the sign of life that this process gives now."""
    return Heartbeat(os.getpid(), now, vitals)


def heartbeat_path(history: Path) -> Path:
    """Return where the bot on this history gives its signs."""
    return history.with_name(f"{history.name}.alive")


def last_heartbeat(history: Path) -> Heartbeat | None:
    """Return the last sign of the bot on this history; ``None`` where it was stopped or never ran."""
    try:
        told = json.loads(heartbeat_path(history).read_text(encoding="utf-8"))
        return Heartbeat(told["process"], datetime.fromisoformat(told["at"]), Vitals(**told["vitals"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Heart:
    """Gives a sign of life again and again, and sees whether the history is still in its place."""

    def __init__(
        self,
        history: Path,
        look: Callable[[], Vitals],
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        database: Database | None = None,
    ) -> None:
        self._database = database
        self._history = history
        self._path = heartbeat_path(history)
        self._look = look
        self._clock = clock
        self._sleep = sleep

    async def run(self) -> None:
        """Go on until cancelled; a bot that was stopped leaves no sign behind.

        Raises ``StartupError`` if the history was removed, or another file lies in its place.
        """
        try:
            while True:
                if self._database is not None:
                    await asyncio.to_thread(self._see_history, self._database)
                told = asdict(beat(self._look(), self._clock()))
                try:
                    await asyncio.to_thread(self._write, json.dumps(told, default=datetime.isoformat))
                except OSError as error:
                    log.debug("no sign of life can be written: %s", error)
                if self._database is not None:
                    try:
                        await self._database.tend()
                    except SQLAlchemyError as error:
                        log.debug("the history's journal cannot be made smaller: %s", error)
                await self._sleep(INTERVAL)
        finally:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _see_history(self, database: Database) -> None:
        loss = database.loss()
        if loss is Loss.REPLACED:
            raise StartupError(
                f"Another file was put in the place of the history {self._history} while Gazette ran, so it "
                "stopped: start it again if that file is the right one."
            )
        if loss is Loss.REMOVED:
            raise StartupError(
                f"The history {self._history} was removed while Gazette ran, so it stopped: put a backup in "
                "its place, or run gazette import before the next start, else every article is posted again."
            )

    def _write(self, told: str) -> None:
        partial = self._path.with_name(f"{self._path.name}.part")
        partial.unlink(missing_ok=True)  # a killed program's
        make_file(partial, mode_for(self._history))
        partial.write_text(told, encoding="utf-8")
        partial.replace(self._path)
