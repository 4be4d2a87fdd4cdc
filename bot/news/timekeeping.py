"""Whether the clock agrees with Discord's, and what was stored while it was ahead."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import AGREES, BELIEVED_AHEAD, SLOTS_AHEAD, Clock
from bot.discord_time import AskTime
from bot.news.operators import Tell, tell_nobody
from bot.news.patience import Patience
from bot.news.subscriptions.subscribing import LONGEST_PAUSE
from bot.news.subscriptions.subscriptions import Register
from storage import future
from storage.database import Database, finished
from storage.future import Limits

log = logging.getLogger(__name__)

INTERVAL = 60
"""Seconds between two looks for stored times that lie in the future."""


class Timekeeping:
    """Trusts the clock only as far as Discord's time agrees with it."""

    def __init__(
        self,
        database: Database,
        register: Register,
        clock: Clock,
        ask: AskTime,
        *,
        tell: Tell = tell_nobody,
        changed: Callable[[], None] = lambda: None,
        patience: Patience | None = None,
    ) -> None:
        """Call ``changed`` when stored times were put right: a digest may be due."""
        self._database = database
        self._register = register
        self._clock = clock
        self._ask = ask
        self._tell = tell
        self._changed = changed
        self._patience = patience or Patience()
        self._is_wrong = False
        self.idle = asyncio.Event()
        """Set once what was stored before the start was looked at."""

    async def run(self) -> None:
        """Put stored times right, now and every minute, until cancelled."""
        while True:
            await self.mend()
            self.idle.set()
            await asyncio.sleep(INTERVAL)

    async def agreed(self) -> datetime | None:
        """Return the time if Discord's agrees with it, else ``None``.

        The log and the operators are told once that the clock is wrong, until it is right again.
        """
        found = await self._agreement()
        return None if found is None else found[0]

    async def _agreement(self) -> tuple[datetime, datetime] | None:
        """Return the time and Discord's, if they agree."""
        theirs = await self._ask()
        if theirs is None:
            return None
        now = self._clock()
        if abs(now - theirs) <= AGREES:
            self._is_wrong = False
            return now, theirs
        if not self._is_wrong:
            self._is_wrong = True
            problem = _problem(now - theirs)
            log.warning("%s", problem)
            await self._tell("clock", problem)
        return None

    async def mend(self) -> bool:
        """Put stored times in the future right, if the clock is right now; return whether there were any.

        If the clock is behind, they are no fault of theirs.
        """
        now = self._clock()
        if not await self._patience.through(lambda: self._is_any(now)):
            return False
        found = await self._agreement()
        if found is None:
            return False
        agreed, latest = found[0], max(found)
        if not await self._patience.through(lambda: self._is_any(latest)):
            return False
        await self._patience.through(lambda: finished(self._mend(agreed, latest)))
        log.warning("times were stored while the clock was ahead of Discord's; they were put right")
        self._changed()
        return True

    async def _is_any(self, now: datetime) -> bool:
        async with self._database.read() as connection:
            return await future.is_any(connection, _limits(now))

    async def _mend(self, now: datetime, latest: datetime) -> None:
        async with self._register.changing(self._database) as connection:
            await future.mend(connection, now, _limits(latest))


def _limits(now: datetime) -> Limits:
    """Return the latest times that are believed."""
    limit = now + BELIEVED_AHEAD
    return Limits(stored=limit, slot=now + SLOTS_AHEAD, pause=limit + LONGEST_PAUSE)


def _problem(ahead: timedelta) -> str:
    hours = round(abs(ahead) / timedelta(hours=1))
    size = f"{hours // 24} days" if hours >= 48 else f"{hours} hour{'' if hours == 1 else 's'}"
    side = "ahead of" if ahead > timedelta() else "behind"
    return (
        f"The clock of Gazette's computer is {size} {side} Discord's "
        "time, so nothing old is removed and digests come at wrong times. Set the clock, for example with "
        "timedatectl set-ntp true."
    )
