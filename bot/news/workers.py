"""The pool of worker processes: a call has a time limit and a memory limit, a crash costs one call."""

import asyncio
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
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

CRASHED = "It brought its reader to a crash."

BLAS_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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

    def __init__(self, count: int, limits: Limits, prepare: Callable[[], object] | None = None) -> None:
        """Take how many processes to keep and what each runs once when it starts (``prepare``)."""
        self.count = count
        self._limits = limits
        self._prepare = prepare
        self._pool: ProcessPool | None = None
        self.calls = 0
        """Calls that are not answered yet, those that wait for a process included."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def run[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``function`` returns in a worker.

        Raises Gazette's errors as they are, ``AnalysisFailed`` where it took too long, took its process down
        or stumbled over anything else, and ``StartupError`` where no worker can run any more.
        """
        try:
            call = await self._ended(function, *args, **kwargs)
        except BrokenProcessPool as broken:
            await self.ready()
            raise AnalysisFailed(CRASHED) from broken
        error = call.exception()
        if error is None:
            return call.result()
        if isinstance(error, ProcessExpired):
            await self.ready()  # was it the call, or can no worker run?
        # pebble keeps the error of the last calls. It is not raised itself, or its traceback would keep the
        # frames of all who waited for it, and with them the file.
        raise self._failure(error) from error

    def _failure(self, error: BaseException) -> GazetteError:
        """Return the error to raise for one that came out of a worker."""
        if isinstance(error, TimeoutError):
            return AnalysisFailed(f"It took longer than {self._limits.seconds:g} s to read.")
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
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> asyncio.Future[T]:
        """Return the call once it has ended. Raises ``BrokenProcessPool`` if the pool broke meanwhile."""
        pool = self._started()
        given = [*args]
        scheduled = pool.schedule(function, args=given, kwargs=kwargs, timeout=self._limits.seconds)
        call = asyncio.wrap_future(scheduled)
        call.add_done_callback(_looked_at)
        self.calls += 1
        try:
            while not call.done():
                # A pool that breaks while a call is on its way to it never answers that call.
                await asyncio.wait((call,), timeout=LOOK_SECONDS)
                if not call.done() and not pool.active:
                    raise BrokenProcessPool
        finally:
            self.calls -= 1
            call.cancel()  # whoever asked is gone: the worker is free for others
            given.clear()  # pebble keeps the arguments of the last call until the next one
            kwargs.clear()
        error = call.exception()
        if isinstance(error, BrokenProcessPool):
            raise BrokenProcessPool from error
        return call

    def start(self) -> None:
        """Start the processes now rather than at the first call."""
        self._started().schedule(os.getpid)

    async def ready(self) -> None:
        """Wait until a process is there and prepared. Raises ``StartupError`` where none can be."""
        for _ in range(2):  # the first call may find the remains of a pool that broke between two calls
            with suppress(BrokenProcessPool):
                call = await self._ended(os.getpid)
                if call.exception() is None:
                    return
        raise StartupError(
            "The reading processes cannot start; the lines above tell why. "
            "Run make setup, and see whether WORKER_MEMORY_MB is large enough."
        )

    async def stop(self) -> None:
        """End every process, whatever it is doing."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()
            await asyncio.to_thread(pool.join)

    def _started(self) -> ProcessPool:
        if self._pool is not None and not self._pool.active:
            # A worker that dies between two calls breaks pebble's pool for good.
            self._pool.stop()
            threading.Thread(target=self._pool.join, daemon=True).start()
            self._pool = None
        if self._pool is None:
            for name in BLAS_THREADS:  # spawned processes inherit it: one thread each, not one per core
                os.environ.setdefault(name, "1")
            self._pool = ProcessPool(
                max_workers=self.count,
                initializer=_start_worker,
                initargs=(os.getpid(), self._limits.memory_mb, self._prepare),
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool


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
