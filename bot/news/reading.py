"""The readers and the analysis as the settings want them, run in workers."""

import importlib.util
from functools import partial

from bot.analysis import analyse
from bot.analysis.analysis import Analysis
from bot.analysis.shingles import Shingled
from bot.analysis.terms import Terms
from bot.articles.article import Article
from bot.errors import SettingsError
from bot.news.workers import Limits, Workers
from bot.settings import Settings


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
    """Reads and analyses bytes in a worker, with the set length and method of summary."""

    def __init__(self, workers: Workers, settings: Settings) -> None:
        self._workers = workers
        self._settings = settings

    async def __call__(self, data: bytes, name: str, section: str | None) -> Analysis:
        """Return what a worker found out. Raises ``Refused`` and ``AnalysisFailed``."""
        return await self._workers.run(
            analyse.analyse,
            data,
            name,
            section,
            self._settings.summary_sentences,
            self._settings.summary_method,
        )

    async def shingles(self, article: Article) -> tuple[Shingled, Terms]:
        """Return what an article is compared by. Raises ``AnalysisFailed``."""
        return await self._workers.run(analyse.shingles_of, article)

    async def news(self, article: Article, old: bytes) -> tuple[str, ...]:
        """Return the sentences that an older text has not, whose fingerprint this is.

        Raises ``AnalysisFailed``.
        """
        return await self._workers.run(
            analyse.news_of, article, old, self._settings.summary_sentences, self._settings.summary_method
        )
