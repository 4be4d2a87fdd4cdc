"""One file through: read → analyse → same text? → store and queue, in one transaction."""

import asyncio
import logging
import os
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.analysis.analysis import Analysis
from bot.clock import Clock
from bot.errors import AnalysisFailed, Refused
from bot.news.contents import hash_unread, moved_from, read_content
from bot.news.deciding import Considered, Deciding, News, no_news
from bot.news.filing import Filed, Filing
from bot.news.folder import FolderFile, too_large
from bot.news.operators import Tell, tell_nobody
from bot.news.refusals import overwritten
from bot.news.subscriptions.matching import NOTHING_TRIED, Matches, Untried
from bot.news.subscriptions.routing import Offered, Routing
from storage import articles, files
from storage.connection import Connection
from storage.database import Database, Mark
from storage.files import Outcome, SeenFile

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
    """``None`` where what it says was known at this path."""
    article_id: int | None = None
    reason: str | None = None
    queued: int = 0
    """In how many channels there is something to do for it now."""
    title: str | None = field(default=None, compare=False)
    """The article's, for the log."""
    was_read: bool = False
    """Whether an article was read at this path before, if it is refused now."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file's content, and what the worker made of it."""

    file: FolderFile
    content_hash: bytes
    result: Analysis | str | None
    """A text is the reason why it was refused; ``None`` means that the content was known."""
    moved_from: frozenset[str] = frozenset()
    """The paths that the content was known at, where it lies at none of them any more."""
    matches: Matches = NOTHING_TRIED
    """What members' patterns make of it."""


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
        routing: Routing | None = None,
        news: News = no_news,
        tell: Tell = tell_nobody,
    ) -> None:
        """Build an intake.

        ``analyse`` reads a file, ``routing`` says where articles go, ``news`` finds what an update says that
        is new, and ``tell`` tells operators of a file that held an article and is refused now.
        """
        self._database = database
        self._analyse = analyse
        self._clock = clock
        self._max_bytes = max_bytes
        self._filing = Filing(routing)
        self._deciding = Deciding(clock, news)
        self._tell = tell

    async def read(self, root: Path, file: FolderFile, name: str) -> Read:
        """Return the file's content as a worker read it; the history is not changed.

        ``name`` is the path that the history remembers it by. Raises ``OSError`` where it cannot be read.
        """
        found = None
        if file.signature.size <= self._max_bytes:
            found = await asyncio.to_thread(read_content, root / file.name, self._max_bytes)
        if found is None:
            return Read(file, hash_unread(file), too_large(self._max_bytes))
        data, content_hash = found
        known_at = await self._database.look_up(lambda c: self._known_at(c, content_hash, file, name))
        if known_at is not None:
            left = await asyncio.to_thread(moved_from, root, file.name, known_at)
            return Read(file, content_hash, None, moved_from=left)
        result = await self._analysed(data, file)
        return Read(file, content_hash, result)

    async def _known_at(
        self, connection: Connection, content_hash: bytes, file: FolderFile, name: str
    ) -> list[str] | None:
        """Return the paths that a content is known at, or ``None`` where it has to be read."""
        seen = await files.find(connection, content_hash)
        if seen is None or not await self._is_settled(connection, seen, file, name):
            return None
        return await files.places(connection, seen.id, PLACES)

    async def _is_settled(self, connection: Connection, seen: SeenFile, file: FolderFile, name: str) -> bool:
        """Return whether there is nothing to read in a known content that lies at this path.

        There is where somebody asked for it, in a correction that another file had before, or in a copy whose
        article's body was removed for its age, for a channel that never got it.
        """
        if seen.article_id is None or await files.is_linked(connection, name, seen.id):
            return seen.again_at is None
        if await self._filing.is_version(connection, seen.article_id, name):
            return False
        return not await self._filing.lacks_its_body(connection, seen.article_id, file.section)

    async def _considered(self, result: Analysis | str | None, name: str) -> Considered | None:
        """Return what an article is as the history stands now; ``None`` where there is nothing to compare."""
        if not isinstance(result, Analysis):
            return None
        considered = await self._database.look_up(lambda c: self._consider(c, result, name))
        return considered and await self._deciding.with_news(considered, result.article)

    async def _consider(self, connection: Connection, result: Analysis, name: str) -> Considered | None:
        known = await articles.find_text(connection, result.text_hash)
        if known is not None and not await self._filing.is_version(connection, known, name):
            return None
        return await self._deciding.consider(connection, result, name)

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
        while True:
            mark = self._database.mark()
            considered = await self._considered(read.result, name)
            tried = replace(read, matches=await self._matches(read))
            work = partial(self._store_if_it_holds, read=tried, considered=considered, mark=mark, name=name)
            try:
                taken = await self._database.transact(work)
            except Untried:  # a pattern was added meanwhile
                continue
            if taken is not None:
                if taken.was_read:
                    await self._tell(*overwritten(name, taken.reason or ""))
                return taken
            if read.result is None:
                raise OSError("it was taken out of the history while it was being read")

    async def _matches(self, read: Read) -> Matches:
        """Return what members' patterns make of the article that a file offers."""
        if isinstance(read.result, str):
            return NOTHING_TRIED
        if isinstance(read.result, Analysis):
            article = read.result.article
            offered = Offered.in_section(article, read.result.entities, read.file.section)
            return await self._filing.matches(self._database, offered)
        known = await self._database.look_up(partial(self._known_offered, read=read))
        return await self._filing.matches(self._database, known)

    async def _known_offered(self, connection: Connection, read: Read) -> Offered | None:
        seen = await files.find(connection, read.content_hash)
        return None if seen is None else await _offered(connection, read, seen.article_id)

    async def _store_if_it_holds(
        self, connection: Connection, read: Read, considered: Considered | None, mark: Mark, name: str
    ) -> Taken | None:
        if not await self._still_holds(connection, read, considered, mark, name):
            return None
        return await self._store(connection, read, considered, name, self._clock())

    async def _still_holds(
        self, connection: Connection, read: Read, considered: Considered | None, mark: Mark, name: str
    ) -> bool:
        """Return whether what was decided about the file rests on the history as it is now."""
        if read.result is None:
            seen = await files.find(connection, read.content_hash)
            return seen is not None and await self._is_settled(connection, seen, read.file, name)
        if isinstance(read.result, str) or self._database.is_as_at(mark):
            return True
        text_hash = read.result.text_hash
        known = await articles.find_text(connection, text_hash)
        if known is not None and not await self._filing.is_version(connection, known, name):
            return True
        return considered is not None and await self._deciding.holds(connection, considered, text_hash, name)

    async def _store(
        self, connection: Connection, read: Read, considered: Considered | None, name: str, now: datetime
    ) -> Taken:
        seen = await files.find(connection, read.content_hash)
        if seen is None:
            filed = await self._file(connection, read, considered, name, now)
            was_read = await files.add(connection, read.content_hash, name, filed.decision, now)
            taken = await self._queue(connection, read, name, filed, now, is_own=filed.is_new)
            return replace(taken, was_read=was_read)
        if read.result is not None and not await self._is_settled(connection, seen, read.file, name):
            filed = await self._file(connection, read, considered, name, now)
            # An article's own file stays its own when it is read once more at another path.
            is_same = seen.article_id is not None and filed.decision.article_id == seen.article_id
            decision = replace(filed.decision, outcome=seen.outcome) if is_same else filed.decision
            was_read = await files.link(connection, name, seen.id, now, decision.outcome)
            await files.decide_again(connection, seen.id, decision)
            taken = await self._queue(connection, read, name, filed, now)
            return replace(taken, was_read=was_read)
        return await self._store_known(connection, seen, read, name, now)

    async def _store_known(
        self, connection: Connection, seen: SeenFile, read: Read, name: str, now: datetime
    ) -> Taken:
        """Take a content that was seen before: a copy under a new name, nothing at all under its own."""
        if await files.is_linked(connection, name, seen.id):
            return Taken(name, None, seen.article_id)
        known_at = await files.places(connection, seen.id, PLACES)
        moved = bool(read.moved_from) and read.moved_from.issuperset(known_at)  # unless a copy came meanwhile
        note = files.move if moved else files.link
        was_read = await note(connection, name, seen.id, now, seen.outcome)
        if seen.article_id is None:
            return Taken(name, Outcome.REFUSED, reason=seen.reason, was_read=was_read)
        if moved and not any(map(os.path.isabs, known_at)):  # within the folder: nobody gets an old article
            return Taken(name, Outcome.DUPLICATE, seen.article_id)
        again = Filed(files.Decision(Outcome.DUPLICATE, seen.article_id, seen.reason))
        return await self._queue(connection, read, name, again, now, shown=not moved)

    async def _file(
        self, connection: Connection, read: Read, considered: Considered | None, name: str, now: datetime
    ) -> Filed:
        if isinstance(read.result, Analysis):
            return await self._filing.file(connection, read.result, considered, name, now)
        return Filed(files.Decision(Outcome.REFUSED, reason=read.result))

    async def _queue(
        self,
        connection: Connection,
        read: Read,
        name: str,
        filed: Filed,
        now: datetime,
        *,
        shown: bool = True,
        is_own: bool = False,
    ) -> Taken:
        """Queue what became of a file, and let the file be the article's own, where it is not yet."""
        offered = await _offered(connection, read, filed.decision.article_id)
        queued = await self._filing.queue(connection, filed, offered, now, shown=shown, matches=read.matches)
        found = filed.decision
        if found.outcome is Outcome.ARTICLE and found.article_id is not None and not is_own:
            await files.make_own(connection, found.article_id, name)
        outcome = None if filed.as_before else found.outcome
        title = None if offered is None else offered.title
        return Taken(name, outcome, found.article_id, found.reason, queued, title)


async def _offered(connection: Connection, read: Read, article_id: int | None) -> Offered | None:
    """Return the article as its file offers it; ``None`` where there is none, or none to post."""
    if isinstance(read.result, Analysis):
        return Offered.in_section(read.result.article, read.result.entities, read.file.section)
    stored = await articles.get(connection, article_id) if article_id is not None else None
    if stored is None or not stored.has_a_body:
        return None
    return Offered.in_section(stored, stored.entities, read.file.section)
