"""Time that passes only while all wait for it: a day takes no longer than its work."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class _NothingComes(selectors.SelectSelector):
    """Instead of waiting for a socket, lets the time pass by."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("all wait, and for nothing that the time brings")
        self.now += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose heap of timers is the clock: it steps from one to the next."""

    def __init__(self) -> None:
        self._virtual = _NothingComes()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.now


def now() -> float:
    """Return the seconds that have passed in the running loop."""
    return asyncio.get_running_loop().time()


def run[T](main: Coroutine[Any, Any, T]) -> T:
    """Return what this returns, run in virtual time from 0 on. ``asyncio.sleep`` waits by it."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)
