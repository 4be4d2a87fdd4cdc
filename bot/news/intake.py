"""One file through: read → analyse → same text? → store and queue, in one transaction."""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.analysis.analysis import Analysis
from bot.clock import Clock
from bot.errors import AnalysisFailed, Refused
from bot.news.folder import FolderFile, read_whole, too_large
from bot.news.history import to_record
from storage import articles, deliveries, files
from storage.database import Database
from storage.files import Outcome

log = logging.getLogger(__name__)

TRIES = 2
"""A file that brought its worker down gets one more chance: the fault may have been another's."""


class Analyser(Protocol):
    """Reads and analyses bytes, somewhere that they can do no harm."""

    async def __call__(self, data: bytes, name: str, section: str | None) -> Analysis:
        """Raise ``Refused`` where this is no article, ``AnalysisFailed`` where reading it went wrong."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file."""

    name: str
    outcome: Outcome | None
    """``None`` where this content was known at this path."""
    article_id: int | None = None
    reason: str | None = None
    queued: int = 0
    """For how many channels it was queued."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file's content, and what the worker made of it."""

    file: FolderFile
    content_hash: bytes
    result: Analysis | str | None
    """A text is the reason why it was refused; ``None`` means that the content was known."""


class Intake:
    """Takes files in the order in which they became ready.

    Files are read and analysed side by side; what is decided about them is decided in their order,
    whichever is done first, so that of two copies the first is the article.
    """

    def __init__(
        self,
        database: Database,
        analyse: Analyser,
        clock: Clock,
        *,
        max_bytes: int,
        channels: Sequence[int] = (),
    ) -> None:
        self._database = database
        self._analyse = analyse
        self._clock = clock
        self._max_bytes = max_bytes
        self._channels = channels

    async def read(self, root: Path, file: FolderFile) -> Read:
        """Return the file's content as a worker read it; the history is not changed.

        Raises ``OSError`` where the file cannot be read.
        """
        content = None
        if file.signature.size <= self._max_bytes:
            content = await asyncio.to_thread(_content, root / file.name, self._max_bytes)
        if content is None:
            return Read(file, _hash_unread(file), too_large(self._max_bytes))
        data, content_hash = content
        async with self._database.read() as connection:
            if await files.find(connection, content_hash) is not None:
                return Read(file, content_hash, None)
        return Read(file, content_hash, await self._analysed(data, file))

    async def _analysed(self, data: bytes, file: FolderFile) -> Analysis | str:
        for attempt in range(1, TRIES + 1):
            try:
                return await self._analyse(data, file.name, file.section)
            except Refused as refusal:
                return str(refusal)
            except AnalysisFailed as failure:
                log.warning("%r, try %d of %d: %s", file.name, attempt, TRIES, failure)
                reason = str(failure)
        return reason

    async def store(self, read: Read, name: str) -> Taken:
        """Decide what the file is and store it with its deliveries, all in one transaction.

        ``name`` is the path that the history remembers it by. Raises ``OSError`` where the file has to
        be read again.
        """
        now = self._clock()
        async with self._database.write() as connection:
            seen = await files.find(connection, read.content_hash)
            if seen is not None:
                return await self._store_known(connection, seen, name, now)
            if isinstance(read.result, Analysis):
                return await self._store_article(connection, read.content_hash, read.result, name, now)
            if read.result is None:
                raise OSError("it was taken out of the history while it was being read")
            await files.add_refused(connection, read.content_hash, name, read.result, now)
            return Taken(name, Outcome.REFUSED, reason=read.result)

    async def _store_known(
        self, connection: AsyncConnection, seen: files.SeenFile, name: str, now: datetime
    ) -> Taken:
        """Take a content that was seen before: a copy under a new name, nothing at all under its own."""
        if await files.is_linked(connection, name, seen.id):
            return Taken(name, None, seen.article_id)
        await files.link(connection, name, seen.id, now)
        if seen.article_id is None:
            return Taken(name, Outcome.REFUSED, reason=seen.reason)
        queued = await deliveries.enqueue(connection, seen.article_id, self._channels, now)
        return Taken(name, Outcome.DUPLICATE, seen.article_id, queued=queued)

    async def _store_article(
        self, connection: AsyncConnection, content_hash: bytes, analysis: Analysis, name: str, now: datetime
    ) -> Taken:
        article_id = await articles.find_text(connection, analysis.text_hash)
        # Near copies and stories are decided here, between the exact hash and the insert.
        outcome = Outcome.ARTICLE if article_id is None else Outcome.DUPLICATE
        if article_id is None:
            article_id = await articles.add(connection, to_record(analysis, now))
        await files.add_article(connection, content_hash, name, outcome, article_id, now)
        # A copy goes to the channels that never got the first: queueing is per channel, once.
        queued = await deliveries.enqueue(connection, article_id, self._channels, now)
        return Taken(name, outcome, article_id, queued=queued)


def _content(path: Path, limit: int) -> tuple[bytes, bytes] | None:
    """Return the file's bytes and their hash, or ``None`` where there are more than ``limit``."""
    data = read_whole(path, limit)
    return None if data is None else (data, hashlib.sha256(data).digest())


def _hash_unread(file: FolderFile) -> bytes:
    """Stand in for the content's hash of a file that is too large to be read: its path and size."""
    return hashlib.sha256(
        f"unread\0{file.name}\0{file.signature.size}".encode(errors="surrogateescape")
    ).digest()
