"""A backup of the history every night, beside it."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final

from bot.clock import Clock
from bot.news.operators import Tell
from storage.nightly import NoRoom, back_up_nightly, has_copies, remove_old
from storage.trouble import trouble

log = logging.getLogger(__name__)

HOUR: Final = 3
"""Of the night, by the clock of the system."""

LOOK_EVERY: Final = 600.0
"""Seconds between two looks at whether a backup is due."""

CAUSE: Final = "no backup"


class _Stopped(Exception):
    """The program ends, and the copy with it."""


class Backups:
    """Makes them and removes the old ones."""

    def __init__(
        self,
        history: Path,
        kept: int,
        clock: Clock,
        agreed: Callable[[], Awaitable[datetime | None]],
        tell: Tell,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Keep so many of them; none is made if that is 0.

        ``agreed`` returns the time if Discord agrees with it: nothing is removed by a clock that is wrong.
        """
        self._history = history
        self._kept = kept
        self._clock = clock
        self._agreed = agreed
        self._tell = tell
        self._sleep = sleep
        self._failed_on: date | None = None

    async def run(self) -> None:
        """Make a backup now if there is none of the day, and one each night, until cancelled."""
        while True:
            if self._kept:
                await self.look()
            await self._sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Make the backup of the day if there is none; one that failed is tried again the next day.

        A day begins at 3 in the morning.
        """
        day = _day(self._clock())
        if day == self._failed_on:
            return
        stopping = Event()

        def go_on() -> None:
            if stopping.is_set():
                raise _Stopped

        try:
            made = await asyncio.to_thread(back_up_nightly, self._history, day, go_on)
        except NoRoom as error:
            await self._tell_failure(day, _no_room(error))
        except (OSError, sqlite3.Error) as error:
            await self._tell_failure(day, f"{trouble(error) or error}.")
        else:
            if made is not None:
                log.info("the history was backed up to %s", made, extra={"file": str(made)})
                await self._remove_old()
        finally:
            stopping.set()  # the thread goes on after this was cancelled, and shall end soon

    async def days_held(self) -> int | None:
        """Return for how many days nightly backups hold what is removed now; ``None`` if no copy holds it.

        It is 0 if no more are made each night: then copies stay until somebody removes them.
        """
        if self._kept:
            return self._kept
        return 0 if await asyncio.to_thread(has_copies, self._history) else None

    async def _remove_old(self) -> None:
        now = await self._agreed()
        if now is not None:
            await asyncio.to_thread(remove_old, self._history, _day(now), self._kept)

    async def _tell_failure(self, day: date, why: str) -> None:
        self._failed_on = day
        sentence = f"The history was not backed up tonight: {why} Older backups stay as they are."
        log.warning("%s", sentence)
        await self._tell(CAUSE, sentence)


def _day(now: datetime) -> date:
    return (now.astimezone() - timedelta(hours=HOUR)).date()


def _no_room(error: NoRoom) -> str:
    return (
        f"{error.needed / 1_000_000:,.0f} MB are needed, and {error.free / 1_000_000:,.0f} MB are free. Make "
        "room on the disk, or set BACKUPS_KEPT to 0."
    )
