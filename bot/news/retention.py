"""Bodies that are older than the operator wants to keep are removed; what texts are recognised by stays."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Clock
from storage import articles
from storage.database import Database, finished

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Articles a transaction: the deliveries are not held up."""

INTERVAL = timedelta(hours=1)


class Retention:
    """Removes what is too old, now and every hour."""

    def __init__(
        self,
        database: Database,
        days: int,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take for how many ``days`` a body is kept; 0 is for ever."""
        self._database = database
        self._days = days
        self._clock = clock
        self._sleep = sleep
        self.idle = asyncio.Event()
        """Set once what was too old at the start is removed."""

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            removed = await self.prune()
            if removed:
                log.info("removed the texts of %d articles older than %d days", removed, self._days)
            self.idle.set()
            await self._sleep(INTERVAL.total_seconds())

    async def prune(self) -> int:
        """Remove every body that is too old, and return how many it were."""
        if not self._days:
            return 0
        removed = 0
        while count := await finished(self._prune_some()):
            removed += count
        return removed

    async def _prune_some(self) -> int:
        now = self._clock()
        async with self._database.write() as connection:
            return await articles.prune(connection, now - timedelta(days=self._days), AT_ONCE, now)
