"""The readers and the analysis as the settings want them, run in workers."""

import asyncio
import importlib.util
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from bot.analysis import analyse
from bot.analysis.analysis import Analysis, Method, Summary
from bot.analysis.shingles import Shingled
from bot.analysis.terms import Terms
from bot.articles.article import Article
from bot.errors import SettingsError
from bot.news.workers import Limits, Workers, WorkersDown, WorkersStandStill
from bot.settings import Settings

if TYPE_CHECKING:  # the command line reads files too, and loads nothing of Discord for it
    from bot.news.operators import Tell

DELAYS = (1, 5, 30, 60)
"""Seconds between tries while no worker can run; the last one is kept."""

TOLD = (
    "The processes that read articles do not run: they end or stand still again and again. Gazette keeps "
    "starting them, and files wait until they run again; nothing is lost. Often the system lacks memory: "
    "fewer WORKERS need less."
)


def make_workers(settings: Settings, *, for_long: bool = True) -> Workers:
    """Return the pool of workers, not started. Raises ``SettingsError`` where a named model is not there.

    Workers that stay ``for_long`` load every library as they start, so that no file waits for one.
    """
    missing = [name for name in settings.spacy_models.values() if importlib.util.find_spec(name) is None]
    if missing:
        raise SettingsError(f"SPACY_MODELS names what is not installed: {', '.join(missing)}.")
    prepare = analyse.prepare if for_long else analyse.load_models
    models = settings.spacy_models if settings.entities else None
    limits = Limits(settings.file_seconds, settings.worker_memory_mb)
    return Workers(settings.workers, limits, partial(prepare, models))


class Reader:
    """Reads and analyses bytes in a worker, with the set length and method of summary.

    A file waits for as long as no worker can run; the operators are told.
    """

    def __init__(
        self,
        workers: Workers,
        settings: Settings,
        *,
        tell: "Tell | None" = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._workers = workers
        self._settings = settings
        self._tell = tell
        self._sleep = sleep

    async def __call__(self, data: bytes, name: str, section: str | None) -> Analysis:
        """Return what a worker found out. Raises ``Refused`` and ``AnalysisFailed``."""
        return await self._patiently(
            lambda: self._workers.run(
                analyse.analyse,
                data,
                name,
                section,
                self._settings.summary_sentences,
                self._settings.summary_method,
            )
        )

    async def summarize(self, article: Article, sentences: int | None, method: Method | None) -> Summary:
        """Return a summary for a post, of the set length and by the set method if none is named.

        Raises ``AnalysisFailed``.
        """
        return await self._workers.run(
            analyse.summarize_article,
            article,
            sentences or self._settings.summary_sentences,
            method or self._settings.summary_method,
        )

    async def shingles(self, article: Article) -> tuple[Shingled, Terms]:
        """Return what an article is compared by; a person waits for it. Raises ``AnalysisFailed``."""
        return await self._workers.run(analyse.shingles_of, article)

    async def news(self, article: Article, old: bytes) -> tuple[str, ...]:
        """Return the sentences that an older text has not, whose fingerprint this is.

        Raises ``AnalysisFailed``.
        """
        return await self._patiently(
            lambda: self._workers.run(
                analyse.news_of, article, old, self._settings.summary_sentences, self._settings.summary_method
            )
        )

    async def ready(self) -> None:
        """Wait until a worker runs. Raises ``StartupError`` if none ever did."""
        await self._patiently(self._workers.ready)

    async def _patiently[T](self, work: Callable[[], Awaitable[T]]) -> T:
        """Return what ``work`` returns, trying again for as long as no worker can run."""
        tries = 0
        while True:
            try:
                return await work()
            except WorkersDown as down:
                once = tries == 0 and isinstance(down, WorkersStandStill)  # a stop that passes by itself
                if self._tell is not None and not once:
                    await self._tell("workers", TOLD)
            await self._sleep(DELAYS[min(tries, len(DELAYS) - 1)])
            tries += 1
