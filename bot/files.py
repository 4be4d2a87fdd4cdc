"""``gazette read``, ``summarize`` and ``entities``: files on the command line, as the bot reads them."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate

from bot.analysis.analysis import Entity, Summary
from bot.articles.article import Article
from bot.errors import AnalysisFailed, Refused
from bot.news.folder import read_whole, real, too_large
from bot.news.reading import make_workers
from bot.news.workers import Workers
from bot.settings import Settings

STANDARD_INPUT = "-"

Json = dict[str, Any]

type Function[**P, T] = Callable[Concatenate[bytes, str, str | None, P], T]
"""What a worker does with a file's bytes, name and section."""


@dataclass(frozen=True, slots=True)
class FileResult[T]:
    """What one file on the command line gave."""

    path: str
    value: T | None
    """``None`` where the file was refused."""
    refused: str = ""


async def results[**P, T](
    settings: Settings, paths: Sequence[str], function: Function[P, T], *args: P.args, **kwargs: P.kwargs
) -> AsyncIterator[FileResult[T]]:
    """Yield what each file gave, in the order of ``paths``; as many at a time as there are workers."""
    async with make_workers(settings, for_long=False) as workers:
        gate = asyncio.Semaphore(settings.workers)

        async def one(path: str) -> FileResult[T]:
            async with gate:
                return await _result(settings, workers, path, function, *args, **kwargs)

        tasks = [asyncio.create_task(one(path)) for path in paths]
        try:
            for task in tasks:
                yield await task
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _result[**P, T](
    settings: Settings,
    workers: Workers,
    path: str,
    function: Function[P, T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> FileResult[T]:
    try:
        data = await asyncio.to_thread(_bytes, path, settings.max_file_bytes)
        section = section_of(settings, path)
        return FileResult(path, await workers.run(function, data, Path(path).name, section, *args, **kwargs))
    except OSError as error:
        return FileResult(path, None, f"It cannot be read: {error.strerror or error}.")
    except (Refused, AnalysisFailed) as error:
        return FileResult(path, None, str(error))


def _bytes(path: str, limit: int) -> bytes:
    data = sys.stdin.buffer.read(limit + 1) if path == STANDARD_INPUT else read_whole(Path(path), limit)
    if data is None or len(data) > limit:
        raise Refused(too_large(limit))
    return data


def section_of(settings: Settings, path: str) -> str | None:
    """Return the section of a file that lies in the folder of articles, else ``None``."""
    with suppress(ValueError, OSError):
        parts = real(Path(path)).relative_to(real(settings.articles_dir)).parts
        return parts[0] if len(parts) > 1 else None
    return None


def article_json(path: str, article: Article) -> Json:
    """Return the object that ``gazette read --json`` prints."""
    return _head(path, article) | {"text": article.text}


def summary_json(path: str, article: Article, summary: Summary) -> Json:
    """Return the object that ``gazette summarize --json`` prints."""
    return _head(path, article) | {
        "method": summary.method,
        "sentences": summary.sentences,
        "sentence_count": summary.sentence_count,
    }


def entities_json(path: str, article: Article, entities: Sequence[Entity] | None) -> Json:
    """Return the object that ``gazette entities --json`` prints: ``entities`` is null without a model."""
    return {
        "path": path,
        "title": article.title,
        "language": article.language,
        "entities": None
        if entities is None
        else [{"name": e.name, "kind": e.kind, "count": e.count, "aliases": e.aliases} for e in entities],
    }


def _head(path: str, article: Article) -> Json:
    return {
        "path": path,
        "title": article.title,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "section": article.section,
        "url": article.url,
        "picture": article.picture,
    }
