"""What members ask of the workers: one call at a time, so that the inbox waits for one at most."""

import asyncio
from collections.abc import Callable
from typing import Final

from bot.errors import AnalysisFailed
from bot.news.workers import Workers

ASKED_SECONDS: Final = 5.0
"""What a call that a member asked for may take. With one worker the inbox waits this long at most, and for
the start of a new worker after it."""

TURN_SECONDS: Final = 60.0
"""A member waits this long for a turn at most."""

BUSY: Final = "Too much is asked of Gazette just now. Try it again in a minute."


class Asking:
    """Runs what members ask in the workers, one call after the other."""

    def __init__(self, workers: Workers, most_seconds: float) -> None:
        """Build it; ``most_seconds`` is what any call may take."""
        self._workers = workers
        self._seconds = min(ASKED_SECONDS, most_seconds)
        self._turn = asyncio.Lock()

    async def run[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``function`` returns in a worker.

        Raises what ``Workers.run`` raises, and ``AnalysisFailed`` if its turn does not come.
        """
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._turn.acquire()
        except TimeoutError:
            raise AnalysisFailed(BUSY) from None
        try:
            return await self._workers.run_within(self._seconds, function, *args, **kwargs)
        finally:
            self._turn.release()
