"""One file through: read → analyse → same text? → store and queue, in one transaction."""

import asyncio
import hashlib
import logging
import os
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
from storage.files import Decision, Outcome, SeenFile

log = logging.getLogger(__name__)

PLACES = 100
"""Paths that are looked at to see whether a file was moved; one with more copies than this was not."""

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
    """In how many channels there is something to do for it now."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file's content, and what the worker made of it."""

    file: FolderFile
    content_hash: bytes
    result: Analysis | str | None
    """A text is the reason why it was refused; ``None`` means that the content was known."""
    moved_from: frozenset[str] = frozenset()
    """The paths that the content was known at, where it lies at none of them any more."""


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
            seen = await files.find(connection, content_hash)
            if seen is not None and await self._is_settled(connection, seen, file.name):
                known_at = await files.places(connection, seen.id, PLACES)
                moved_from = await asyncio.to_thread(_moved_from, root, file.name, known_at)
                return Read(file, content_hash, None, moved_from)
        return Read(file, content_hash, await self._analysed(data, file))

    async def _is_settled(self, connection: AsyncConnection, seen: SeenFile, name: str) -> bool:
        """Return whether there is nothing to read in a known content that lies at this path.

        There is where somebody asked for it, or in a copy whose article's body was removed for its age, for a
        channel that never got it.
        """
        if seen.article_id is None or await files.is_linked(connection, name, seen.id):
            return seen.again_at is None
        return not await self._lacks_its_body(connection, seen.article_id)

    async def _lacks_its_body(self, connection: AsyncConnection, article_id: int) -> bool:
        """Return whether a channel never got the article, whose body was removed for its age meanwhile."""
        stored = await articles.get(connection, article_id)
        if stored is None or stored.pruned_at is None or stored.forgotten_at is not None:
            return False
        have = {delivery.channel_id for delivery in await deliveries.of_article(connection, article_id)}
        return not have.issuperset(self._channels)

    async def _analysed(self, data: bytes, file: FolderFile) -> Analysis | str:
        for attempt in range(1, TRIES + 1):
            try:
                return await self._analyse(data, file.name, file.section)
            except Refused as refusal:
                return str(refusal)
            except AnalysisFailed as failure:
                log.warning(
                    "%r, try %d of %d: %s", file.name, attempt, TRIES, failure, extra={"file": file.name}
                )
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
                return await self._store_known(connection, seen, read, name, now)
            if read.result is None:
                raise OSError("it was taken out of the history while it was being read")
            decision = await self._decide(connection, read.result, now)
            await files.add(connection, read.content_hash, name, decision, now)
            return await self._queue(connection, name, decision, now)

    async def _store_known(
        self, connection: AsyncConnection, seen: SeenFile, read: Read, name: str, now: datetime
    ) -> Taken:
        """Take a content that was seen before: a copy under a new name, nothing at all under its own."""
        if read.result is not None and not await self._is_settled(connection, seen, name):
            decision = await self._decide(connection, read.result, now)
            await files.decide_again(connection, seen.id, decision)
            await files.link(connection, name, seen.id, now)
            return await self._queue(connection, name, decision, now)
        if await files.is_linked(connection, name, seen.id):
            return Taken(name, None, seen.article_id)
        known_at = await files.places(connection, seen.id, PLACES)
        moved = bool(read.moved_from) and read.moved_from.issuperset(known_at)  # unless a copy came meanwhile
        if moved:
            await files.move(connection, seen.id, name, now)
        else:
            await files.link(connection, name, seen.id, now)
        if seen.article_id is None:
            return Taken(name, Outcome.REFUSED, reason=seen.reason)
        again = Decision(Outcome.DUPLICATE, seen.article_id)
        return await self._queue(connection, name, again, now, shown=not moved)

    async def _decide(self, connection: AsyncConnection, result: Analysis | str, now: datetime) -> Decision:
        """Return what a content is that was read just now; an article is stored."""
        if isinstance(result, str):
            return Decision(Outcome.REFUSED, reason=result)
        source = result.article.source
        article_id = await articles.find_text(connection, result.text_hash)
        # Near copies and stories are decided here, between the exact hash and the insert.
        if article_id is None:
            article_id = await articles.add(connection, to_record(result, now))
            return Decision(Outcome.ARTICLE, article_id, source=source)
        if await self._lacks_its_body(connection, article_id):
            await articles.revive(connection, article_id, to_record(result, now))
        return Decision(Outcome.DUPLICATE, article_id, source=source)

    async def _queue(
        self,
        connection: AsyncConnection,
        name: str,
        decision: Decision,
        now: datetime,
        *,
        shown: bool = True,
    ) -> Taken:
        """Queue the article for channels that never got it; the posts of a duplicate show the new copy."""
        article_id = decision.article_id
        if article_id is None:
            return Taken(name, decision.outcome, reason=decision.reason)
        stored = await articles.get(connection, article_id)
        if stored is None or stored.forgotten_at is not None:
            return Taken(name, decision.outcome, article_id)
        queued = await deliveries.enqueue(connection, article_id, self._channels, now)
        # An import changes no posts, and a post cannot be made anew whose text is no longer kept.
        if decision.outcome is Outcome.DUPLICATE and shown and self._channels and stored.has_a_body:
            queued += await deliveries.renew(connection, article_id)
        return Taken(name, decision.outcome, article_id, queued=queued)


def _content(path: Path, limit: int) -> tuple[bytes, bytes] | None:
    """Return the file's bytes and their hash, or ``None`` where there are more than ``limit``."""
    data = read_whole(path, limit)
    return None if data is None else (data, hashlib.sha256(data).digest())


def _moved_from(root: Path, name: str, known_at: list[str]) -> frozenset[str]:
    """Return the paths that a content was known at, if it lies at another one now and at none of them."""
    if name in known_at or any(os.path.lexists(root / at) for at in known_at):
        return frozenset()
    return frozenset(known_at)


def _hash_unread(file: FolderFile) -> bytes:
    """Stand in for the content's hash of a file that is too large to be read: its path and size."""
    return hashlib.sha256(
        f"unread\0{file.name}\0{file.signature.size}".encode(errors="surrogateescape")
    ).digest()
