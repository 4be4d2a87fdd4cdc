"""Long-running services, each a task of the program's own: turned on and off, restarted when they fail."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Self

from bot.errors import StartupError, gazette_error_in
from storage.trouble import trouble

log = logging.getLogger(__name__)

DELAYS = (1, 5, 30, 60)
"""Seconds before a service that failed is started again; the last one is kept."""

Service = Callable[[], Awaitable[None]]


class Supervisor:
    """Runs services by name.

    What a service raises is logged and the service is started again; a ``StartupError`` ends the program.

    A service is always started by the supervisor's own task, whoever turned it on, so that it belongs to
    the program and not to the command or the extension that asked for it.
    """

    def __init__(self, services: Mapping[str, Service]) -> None:
        self._services = services
        self._wanted: set[str] = set()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._supervise())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._wanted.clear()
        self._changed.set()
        if self._task is not None:
            await self._stop([*self._running])
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._failed.cancel()

    def turn_on(self, name: str) -> None:
        """Have the service run from now on."""
        self._wanted.add(name)
        self._changed.set()

    def turn_off(self, name: str) -> None:
        """Have the service stop."""
        self._wanted.discard(name)
        self._changed.set()

    async def until_failure(self) -> None:
        """Wait for ever, or until a service ends the program. Raises its ``StartupError``."""
        await asyncio.shield(self._failed)

    async def _supervise(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            await self._stop([name for name in self._running if name not in self._wanted])
            for name in self._wanted - self._running.keys():
                self._running[name] = asyncio.create_task(self._keep_running(name), name=name)

    async def _stop(self, names: list[str]) -> None:
        tasks = [self._running.pop(name) for name in names]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_running(self, name: str) -> None:
        failures = 0
        while True:
            begun = time.monotonic()
            try:
                await self._services[name]()
            except Exception as error:
                ending = gazette_error_in(error)
                if isinstance(ending, StartupError):
                    if not self._failed.done():
                        self._failed.set_exception(ending)
                    return
                problem = trouble(error)
                if problem is None:
                    log.exception("%s failed and is started again", name, extra={"service": name})
                else:
                    about = {"service": name}
                    log.error("%s waits, the history cannot be used: %s", name, problem, extra=about)  # noqa: TRY400
            if time.monotonic() - begun > DELAYS[-1]:
                failures = 0  # it had recovered
            await asyncio.sleep(DELAYS[min(failures, len(DELAYS) - 1)])
            failures += 1
