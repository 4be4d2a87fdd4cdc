"""The readers and the analysis as the settings want them, run in workers."""

import importlib.util
from functools import partial

from bot.analysis import analyse
from bot.analysis.analysis import Analysis
from bot.errors import SettingsError
from bot.news.workers import Limits, Workers
from bot.settings import Settings


def make_workers(settings: Settings) -> Workers:
    """Return the pool of workers, not started. Raises ``SettingsError`` where a named model is not there."""
    missing = [name for name in settings.spacy_models.values() if importlib.util.find_spec(name) is None]
    if missing:
        raise SettingsError(f"SPACY_MODELS names what is not installed: {', '.join(missing)}.")
    prepare = partial(analyse.prepare, settings.spacy_models) if settings.entities else None
    return Workers(settings.workers, Limits(settings.file_seconds, settings.worker_memory_mb), prepare)


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
