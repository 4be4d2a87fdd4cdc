"""The files that members send along: how many are under way, and one after the other."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from bot.clock import Clock, utc_now
from bot.cooldowns import Allowance, CoolingDown, Seconds, again

SERVER_UPLOADS: Final = 3
"""Under way in one server."""

MOST_UPLOADS: Final = 12
"""Under way in all servers together."""

PAUSE: Final = 15.0
"""Seconds between two files of one member."""

REST: Final = 2.0
"""The seconds without uploads for each second that the last one took: the inbox has the workers then."""

LONGEST_REST: Final = 10.0


class Uploads:
    """The gate before a file that a member sends: no byte is fetched before its turn comes."""

    def __init__(
        self,
        now: Seconds = time.monotonic,
        clock: Clock = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Build it; ``now`` counts the seconds, and ``clock`` gives the times that people are told."""
        self._now = now
        self._clock = clock
        self._sleep = sleep
        self._members: set[int] = set()
        self._servers: Counter[int] = Counter()
        self._pauses = Allowance(1, PAUSE)
        self._one = asyncio.Lock()
        self._rests_until = 0.0

    @asynccontextmanager
    async def turn(self, member_id: int, guild_id: int) -> AsyncIterator[None]:
        """Hold the one turn of all uploads while the block runs; wait for it first.

        Raises ``CoolingDown`` if the member or the server has to wait.
        """
        self._check(member_id, guild_id)
        self._members.add(member_id)
        self._servers[guild_id] += 1
        try:
            async with self._one:
                await self._rest()
                begun = self._now()
                try:
                    yield
                finally:
                    ended = self._now()
                    self._rests_until = ended + min(REST * (ended - begun), LONGEST_REST)
        finally:
            self._members.remove(member_id)
            self._servers -= Counter({guild_id: 1})
            self._pauses.use(member_id, self._now())

    def _check(self, member_id: int, guild_id: int) -> None:
        if member_id in self._members:
            raise CoolingDown("Your last file is still being read. Send the next one after its answer.")
        if wait := self._pauses.wait(member_id, self._now()):
            raise CoolingDown(f"You have just sent a file. {again(self._clock, wait)}")
        if self._servers[guild_id] >= SERVER_UPLOADS:
            raise CoolingDown(
                f"{SERVER_UPLOADS} files of this server are being read now. {again(self._clock, PAUSE)}"
            )
        if len(self._members) >= MOST_UPLOADS:
            raise CoolingDown(f"Many files are being read now. {again(self._clock, PAUSE)}")

    async def _rest(self) -> None:
        rest = self._rests_until - self._now()
        if rest > 0:
            await self._sleep(rest)
