"""What is measured while the program runs; where it is off, measuring does nothing and loads nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Literal

from bot.settings import Settings

Stage = Literal["read", "store", "send"]


@dataclass(frozen=True, slots=True)
class Now:
    """How it stands at the moment that somebody asks."""

    deliveries: Mapping[str, int]
    """How many the history holds in each state."""
    settling: int
    """Files that wait to stand still."""
    deciding: int
    """Files that were handed over and await their decision."""
    workers: int
    calls: int
    """Calls that the workers have not answered yet, those that wait for a worker included."""


Look = Callable[[], Awaitable[Now]]


class Metrics:
    """Takes note of nothing: metrics are off."""

    def file(self, outcome: str) -> None:
        """Count a file that was decided about."""

    def stage(self, name: Stage) -> AbstractContextManager[None]:
        """Return a context that measures how long this stage of one article takes."""
        del name
        return nullcontext()

    @asynccontextmanager
    async def served(self, look: Look) -> AsyncIterator[None]:
        """Let the metrics be fetched during the block. Raises ``StartupError`` where the port is taken."""
        del look
        yield


OFF = Metrics()


def make_metrics(settings: Settings) -> Metrics:
    """Return what measures, as the settings want it."""
    if not settings.metrics_port:
        return OFF
    from bot.prometheus import PrometheusMetrics  # noqa: PLC0415 (43 ms, and 80 for the server: only when on)

    return PrometheusMetrics(settings.metrics_host, settings.metrics_port)
