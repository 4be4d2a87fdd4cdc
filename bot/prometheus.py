"""Metrics for Prometheus, served at ``/metrics`` on the event loop. Loaded only where they are on."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.aiohttp import make_aiohttp_handler
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StartupError
from bot.metrics import Look, Metrics, Now, Stage
from storage.files import Outcome

log = logging.getLogger(__name__)

OUTCOMES = (*Outcome, "known", "unreadable")
STAGES: tuple[Stage, ...] = ("read", "store", "send")

STAGE_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60)
LAG_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)

LOOK_SECONDS = 0.25
"""Between two looks at how late the event loop is: what blocks it for longer is always seen."""

STOP_SECONDS = 1
"""How long a fetch that is under way may hold up the end."""


class PrometheusMetrics(Metrics):
    """Keeps the numbers of one program in a registry of its own."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take where to listen (port 0 takes a free one)."""
        self._host = host
        self._port = port
        self._sleep = sleep
        self._clock = clock
        self.address = ""
        """Where the metrics can be fetched, while they are served."""
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._files = Counter(
            "gazette_files", "Files that were decided about.", ["outcome"], registry=registry
        )
        self._stages = Histogram(
            "gazette_stage_seconds",
            "Seconds that a stage took for one article.",
            ["stage"],
            buckets=STAGE_SECONDS,
            registry=registry,
        )
        self._lag = Histogram(
            "gazette_event_loop_lag_seconds",
            "Seconds by which the event loop woke up late.",
            buckets=LAG_SECONDS,
            registry=registry,
        )
        self._deliveries = Gauge(
            "gazette_deliveries", "Deliveries in the history.", ["state"], registry=registry
        )
        self._settling = Gauge("gazette_inbox_files", "Files that wait to stand still.", registry=registry)
        self._deciding = Gauge(
            "gazette_pipeline_files", "Files handed over that await their decision.", registry=registry
        )
        self._workers = Gauge("gazette_workers", "Worker processes that are kept.", registry=registry)
        self._calls = Gauge(
            "gazette_worker_calls", "Calls that the workers have not answered yet.", registry=registry
        )
        for outcome in OUTCOMES:  # what has not happened yet is told as 0
            self._files.labels(outcome)
        for stage in STAGES:
            self._stages.labels(stage)

    def file(self, outcome: str) -> None:
        """Count a file that was decided about."""
        self._files.labels(outcome).inc()

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        """Measure how long this stage of one article takes, also where it ends with an error."""
        begun = self._clock()
        try:
            yield
        finally:
            self._stages.labels(name).observe(self._clock() - begun)

    @asynccontextmanager
    async def served(self, look: Look) -> AsyncIterator[None]:
        """Let the metrics be fetched during the block. Raises ``StartupError`` where the port is taken."""
        runner = web.AppRunner(self._application(look), access_log=None, shutdown_timeout=STOP_SECONDS)
        await runner.setup()
        lagging = asyncio.create_task(self._measure_lag())
        try:
            await self._listen(runner)
            yield
        finally:
            self.address = ""
            lagging.cancel()
            await asyncio.gather(lagging, return_exceptions=True)
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> None:
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            raise StartupError(
                f"Metrics cannot be served at {self._host}, port {self._port}: {error.strerror or error}. "
                "Name another METRICS_PORT or METRICS_HOST, or turn them off with METRICS_PORT=0."
            ) from error
        host = f"[{self._host}]" if ":" in self._host else self._host
        self.address = f"http://{host}:{runner.addresses[0][1]}/metrics"
        log.info("metrics can be fetched at %s", self.address)

    def _application(self, look: Look) -> web.Application:
        shown = make_aiohttp_handler(self._registry)

        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                self._note(await look())
            except SQLAlchemyError as error:
                raise web.HTTPServiceUnavailable(text="The history cannot be read now.\n") from error
            return await shown(request)

        application = web.Application()
        application.router.add_get("/metrics", answer)
        return application

    def _note(self, now: Now) -> None:
        for state, many in now.deliveries.items():
            self._deliveries.labels(state).set(many)
        self._settling.set(now.settling)
        self._deciding.set(now.deciding)
        self._workers.set(now.workers)
        self._calls.set(now.calls)

    async def _measure_lag(self) -> None:
        while True:
            due = self._clock() + LOOK_SECONDS
            await self._sleep(LOOK_SECONDS)
            self._lag.observe(max(0.0, self._clock() - due))
