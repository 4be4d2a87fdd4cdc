"""Work on the history that waits out a full disk, a lock, a disk that may only be read."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError

from storage.trouble import trouble

log = logging.getLogger(__name__)

DELAYS = (1, 2, 5, 10, 30)
"""Seconds between tries while the history cannot be used; the last one is kept."""


class Patience:
    """Does work on the history, and does it again for as long as something outside keeps it from that.

    All who wait share one: the log tells of a trouble once, and once that it is over.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._waiting = 0
        self._told: str | None = None

    async def through[T](self, work: Callable[[], Awaitable[T]]) -> T:
        """Return what ``work`` returns, in the end. Raises what it raises but for a trouble of the history.

        It is called anew for each try, so that it must leave nothing behind where it fails.
        """
        try:
            return await work()
        except SQLAlchemyError as error:
            if not self._waiting:
                self._told = None  # of an earlier trouble
            self._tell(error)
        self._waiting += 1
        try:
            result = await self._try_again(work)
        finally:
            self._waiting -= 1
        if not self._waiting:
            log.info("the history can be used again")
        return result

    async def _try_again[T](self, work: Callable[[], Awaitable[T]]) -> T:
        tries = 0
        while True:
            await self._sleep(DELAYS[min(tries, len(DELAYS) - 1)])
            tries += 1
            try:
                return await work()
            except SQLAlchemyError as error:
                self._tell(error)

    def _tell(self, error: SQLAlchemyError) -> None:
        """Log the trouble where it is a new one. Raises the error where it is none."""
        problem = trouble(error)
        if problem is None:
            raise error
        if problem != self._told:
            self._told = problem
            log.error("the history cannot be used, files and posts wait: %s", problem)
