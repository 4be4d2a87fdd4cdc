"""The pool of worker processes: a call has a time limit and a memory limit, a crash costs one call."""

import asyncio
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from bot.errors import AnalysisFailed, GazetteError, StartupError
from bot.glibc import give_back, keep_little

log = logging.getLogger(__name__)

LOOK_SECONDS = 5
"""Between two looks at whether the pool still works while a call is under way."""

START_SECONDS = 60
"""A worker starts within this: with the English model it takes 3.4 s on two busy cores, and many times that
on a small machine that was just switched on."""

TIMES_ASKED = 3
"""A call whose pool broke is asked again: a worker that dies without a call is no call's fault. But an answer
that cannot be received breaks the pool too."""

DOWN = "The processes that read articles do not run just now. Try it again in a few minutes."

CANNOT_START = (
    "The reading processes cannot start; the lines above tell why. "
    "Run make setup, and see whether WORKER_MEMORY_MB is large enough."
)

CRASHED = "It brought its reader to a crash."

BLAS_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class WorkersDown(AnalysisFailed):
    """No worker runs now, although some did before; the call may be asked again."""


class WorkersStandStill(WorkersDown):
    """No worker took a call or answered one for longer than a call may take."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take."""

    seconds: float = 20
    memory_mb: int = 2048


class Workers:
    """Runs pure functions in processes of their own.

    A reply belongs to its call whatever happens to others; a call past its limit is killed; a worker
    ignores Ctrl-C and ends with this process even while it computes.
    """

    def __init__(
        self,
        count: int,
        limits: Limits,
        prepare: Callable[[], object] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the pool; no process is started yet.

        ``count`` is the number of processes, ``prepare`` is what each runs once when it starts, and ``now``
        tells the time in seconds.
        """
        self.count = count
        self._limits = limits
        self._prepare = prepare
        self._now = now
        self._pool: ProcessPool | None = None
        self.calls = 0
        """Calls that are not answered yet, those that wait for a process included."""
        self._answered_at = now()
        """When a call last ended, or when the first of those that wait was asked."""
        self._has_worked = False
        self._standstills = 0
        """How often in a row the pool stood still."""
        self._is_down = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def run[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``function`` returns in a worker.

        Raises Gazette's errors as they are, ``AnalysisFailed`` if it took too long, took its process down
        or failed in any other way, ``WorkersDown`` if no worker runs now, and ``StartupError`` if none ever
        ran.
        """
        return await self.run_within(self._limits.seconds, function, *args, **kwargs)

    async def run_within[**P, T](
        self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what ``function`` returns in a worker within so many seconds, as ``run`` does.

        ``seconds`` is at most what any call may take.
        """
        call = await self._taken(seconds, function, *args, **kwargs)
        error = call.exception()
        if error is None:
            return call.result()
        if isinstance(error, ProcessExpired):
            await self.ready()  # was it the call, or can no worker run?
        # pebble keeps the error of the last calls. It is not raised itself, or its traceback would keep the
        # frames of all who waited for it, and with them the file.
        raise self._failure(error, seconds) from error

    async def _taken[**P, T](
        self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> asyncio.Future[T]:
        """Return the call once it has ended, asking again if the pool breaks before it does."""
        for _ in range(TIMES_ASKED):
            with suppress(BrokenProcessPool):
                return await self._ended(seconds, function, *args, **kwargs)
            await self.ready()
        raise AnalysisFailed(CRASHED)

    def _failure(self, error: BaseException, seconds: float) -> GazetteError:
        """Return the error to raise for one that came out of a worker."""
        if isinstance(error, TimeoutError):
            return AnalysisFailed(f"It took longer than {seconds:g} s to read.")
        if isinstance(error, MemoryError):
            return AnalysisFailed(f"It needs more than {self._limits.memory_mb} MB to read.")
        if isinstance(error, ProcessExpired):
            return AnalysisFailed(CRASHED)
        if isinstance(error, GazetteError):
            return copy(error)
        if isinstance(error, ModuleNotFoundError):
            return StartupError(f"A part of Gazette is missing ({error}). Run make setup.")
        # whatever a hostile file provoked in a reader
        log.error("a reader failed", exc_info=error)
        return AnalysisFailed("A mistake in the reader kept it from being read.")

    async def _ended[**P, T](
        self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> asyncio.Future[T]:
        """Return the call once it has ended.

        Raises ``BrokenProcessPool`` if the pool broke meanwhile, ``WorkersStandStill`` if no worker took it.
        """
        given = [*args]
        pool, scheduled = self._schedule(seconds, function, given, kwargs)
        call = asyncio.wrap_future(scheduled)
        call.add_done_callback(_looked_at)
        if not self.calls:
            self._answered_at = self._now()
        self.calls += 1
        try:
            while not call.done():
                await asyncio.wait((call,), timeout=LOOK_SECONDS)
                if not call.done():
                    self._look_after(pool, is_taken=scheduled.running())
        finally:
            self.calls -= 1
            call.cancel()  # whoever asked is gone: the worker is free for others
            given.clear()  # pebble keeps the arguments of the last call until the next one
            kwargs.clear()
        self._answered_at = self._now()
        error = call.exception()
        if isinstance(error, BrokenProcessPool):
            raise BrokenProcessPool from error
        if not isinstance(error, ProcessExpired):
            self._runs()
        return call

    def _schedule[T](
        self, seconds: float, function: Callable[..., T], args: list[Any], kwargs: dict[str, Any]
    ) -> tuple[ProcessPool, Future[T]]:
        try:
            pool = self._started()
            return pool, pool.schedule(function, args=args, kwargs=kwargs, timeout=seconds)
        except (RuntimeError, OSError) as error:  # it broke just now, or the system gives it no process
            if self._pool is not None:
                self._give_up(self._pool)
            raise BrokenProcessPool from error

    def _look_after(self, pool: ProcessPool, *, is_taken: bool) -> None:
        """Raise an error if a call that waits will never be answered.

        pebble counts a call's time from when a worker takes it, and a worker that is stopped, or hangs
        while it starts, takes none. However long the queue is, in a pool that works some call ends within
        the limit and the time that a new worker needs to start.
        """
        if not pool.active:  # a pool that breaks while a call is on its way to it never answers that call
            raise BrokenProcessPool
        patience = self._limits.seconds + START_SECONDS * (1 + self._standstills)
        if self._now() - self._answered_at <= patience:
            return
        self._standstills += 1  # the next pool gets more time: a slow machine must get there in the end
        self._is_down = True
        self._give_up(pool)
        log.warning("no worker has answered for %d s: the workers are started again", patience)
        if is_taken:  # pebble could not end it
            raise self._failure(TimeoutError(), self._limits.seconds)
        raise WorkersStandStill(DOWN)

    def _runs(self) -> None:
        """Note that a worker has answered."""
        self._has_worked = True
        self._standstills = 0
        if self._is_down:
            self._is_down = False
            log.info("the workers run again")

    def start(self) -> None:
        """Start the processes now rather than at the first call."""
        with suppress(BrokenProcessPool):  # ``ready`` tells
            self._schedule(self._limits.seconds, os.getpid, [], {})

    async def ready(self) -> None:
        """Wait until a process is there and prepared.

        Raises ``WorkersDown`` if none can be now, and ``StartupError`` if none ever was.
        """
        for _ in range(2):  # the first call may find the remains of a pool that broke between two calls
            with suppress(BrokenProcessPool):
                call = await self._ended(self._limits.seconds, os.getpid)
                if call.exception() is None:
                    return
        if not self._has_worked:
            raise StartupError(CANNOT_START)
        if not self._is_down:
            self._is_down = True
            log.warning("no worker can run: files wait, and the workers are started again")
        raise WorkersDown(DOWN)

    async def stop(self) -> None:
        """End every process, whatever it is doing."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()
            await asyncio.to_thread(pool.join)

    def _started(self) -> ProcessPool:
        if self._pool is not None and not self._pool.active:
            self._give_up(self._pool)  # a worker that dies between two calls breaks pebble's pool for good
        if self._pool is None:
            self._answered_at = self._now()  # the next answer is due once the new processes have started
            for name in BLAS_THREADS:  # spawned processes inherit it: one thread each, not one per core
                os.environ.setdefault(name, "1")
            self._pool = ProcessPool(
                max_workers=self.count,
                initializer=_start_worker,
                initargs=(os.getpid(), self._limits.memory_mb, self._prepare),
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def _give_up(self, pool: ProcessPool) -> None:
        """End a pool without waiting for its processes: one that is stopped takes seconds to end."""
        if self._pool is pool:
            self._pool = None
        pool.stop()
        threading.Thread(target=pool.join, daemon=True).start()


def _looked_at(future: asyncio.Future[Any]) -> None:
    """Take the error of a call that nobody waits for any more, so that it is not reported as forgotten."""
    if not future.cancelled():
        future.exception()


def _start_worker(parent: int, memory_mb: int, prepare: Callable[[], object] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent(parent)
    _limit_memory(memory_mb)
    keep_little()
    if prepare is not None:
        prepare()
        give_back()  # about 8 MB


def _end_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends, even while it computes (Linux).

    Elsewhere a worker ends as soon as it has no call to work on and its pipe is closed.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 (a worker's business alone)

    set_death_signal = 1  # PR_SET_PDEATHSIG, linux/prctl.h
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the kernel was told
        os._exit(1)


def _limit_memory(memory_mb: int) -> None:
    if sys.platform != "linux":  # elsewhere the address space is no measure of memory
        return
    import resource  # noqa: PLC0415 (not there on every platform)

    limit = memory_mb * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
