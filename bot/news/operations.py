"""What operators ask and do: how it stands, why a file became what it is, try again what failed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.clock import Clock
from bot.errors import NotFound
from bot.heartbeat import Heartbeat, Vitals, beat, last_heartbeat
from bot.news import folder
from bot.news.article_names import article_id_of
from bot.news.own_servers import OwnServers, servers_of
from bot.news.refusals import NOT_REFUSED, Refusals
from bot.news.subscriptions.filters import Filter, Held
from bot.news.subscriptions.matching import Matches
from bot.news.subscriptions.routing import Offered, Routing
from bot.render.mark import delivery_of
from bot.settings import Settings
from storage import articles, comparisons, deliveries, stories, trace
from storage.articles import StoredArticle
from storage.comparisons import HiddenCopy
from storage.database import Database, finished
from storage.folding import folded
from storage.lock import is_held
from storage.overview import Overview, overview
from storage.refusals import RefusedFile, read_again
from storage.trace import Trace

log = logging.getLogger(__name__)

SHOWN = 5
"""Failures and refusals in a status; the rest is counted."""

REFUSED_SHOWN = 20

HIDDEN_SHOWN = 10
HIDDEN_FOR = timedelta(days=7)
"""How far back ``/inbox hidden`` looks."""

UNKNOWN_FILE = (
    "The history knows nothing of the file {file}. It may be waiting to stand still, its name may be one "
    "that is passed over, or it lies outside the folder {folder}."
)


@dataclass(frozen=True, slots=True)
class Status:
    """How it stands."""

    overview: Overview
    """``sent`` counts the last 24 hours."""
    refused: int
    refusals: tuple[RefusedFile, ...]
    """The newest of the files that are refused."""
    history_bytes: int
    heartbeat: Heartbeat | None
    """The last sign of the bot; ``None`` if it gave none since it was started, or was stopped."""
    silent: bool
    """Whether a bot that was not stopped was killed, or has given no sign for too long."""
    channels: tuple[int, ...]
    """The channels that have a subscription, the oldest subscription first."""
    is_running: bool = True
    """Whether a bot holds the history now."""
    hidden: int = 0
    """Near copies of the last seven days, which were not posted."""


@dataclass(frozen=True, slots=True)
class NotPosted:
    """A channel with a subscription that did not get an article, and why: it began later, or one of these."""

    channel_id: int
    sections: tuple[str, ...] | None = None
    """It takes only these, and the article is in another."""
    held: Held | None = None
    """What its filters say of the article."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Patterns of a channel that run out of time in an article: they keep nothing back and choose nothing."""

    channel_id: int
    patterns: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """The way of an article or a file."""

    trace: Trace
    not_posted: tuple[NotPosted, ...] = ()
    explained: bool = False
    """Whether that is why no channel got it: each has a subscription that did not want it."""
    undecided: tuple[Undecided, ...] = ()


@dataclass(frozen=True, slots=True)
class Retried:
    """How much is tried once more."""

    posts: int
    files: int


async def _nobody() -> None:
    """Call nobody: there is no bot in this program."""


class Operations:
    """Answers for those who run Gazette, from the history alone: the bot need not be there."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        routing: Routing,
        *,
        wake: Callable[[], Awaitable[None]] = _nobody,
        look: Callable[[], Vitals] | None = None,
        own: OwnServers | None = None,
    ) -> None:
        """Take whom to ``wake`` when there is something to try, and how to ``look`` at this program's bot."""
        self._database = database
        self._settings = settings
        self._clock = clock
        self._routing = routing
        self._wake = wake
        self._look = look
        channels = settings.operators_channel_id, settings.digest_channel_id
        self._own = own or servers_of(tuple(filter(None, channels)))
        self._refusals = Refusals(database, settings.articles_dir, clock)

    async def status(self) -> Status:
        """Return how it stands."""
        since = self._clock() - timedelta(days=1)
        async with self._database.read() as connection:
            found = await overview(connection, since, SHOWN, await self._own(connection))
            hidden = await comparisons.count_hidden(connection, self._clock() - HIDDEN_FOR)
            channels = await self._routing.channels(connection)
        refusals, refused = await self._refusals.listed()
        now = self._clock()
        history = self._settings.database_path
        heartbeat = beat(self._look(), now) if self._look else last_heartbeat(history)
        runs = self._look is not None or await asyncio.to_thread(is_held, history)
        silent = heartbeat is not None and (heartbeat.is_silent(now) or not runs)
        return Status(
            found,
            refused,
            tuple(refusals[:SHOWN]),
            history.stat().st_size,
            heartbeat,
            silent,
            channels,
            is_running=runs,
            hidden=hidden,
        )

    async def why(
        self, *, article: str | None = None, path: str | None = None, guild_id: int | None = None
    ) -> Way:
        """Return the way of an article, or of the file at a path. Raises ``NotFound``.

        Of the channels that did not get it those of a server are told, or without one all.
        """
        async with self._database.read() as connection:
            if path is not None:
                found = await trace.of_path(connection, self._known_path(path))
            elif article is not None:
                found = await trace.of_article(connection, await article_id_of(connection, article))
            else:
                raise NotFound("Name an article, or the path of a file.")
            if found is None:
                looked_at = self._known_path(path or "")
                where = self._settings.articles_dir.absolute()
                raise NotFound(UNKNOWN_FILE.format(file=looked_at, folder=where))
            stored = await articles.get(connection, found.article_id or 0)
        if stored is None or stored.forgotten_at is not None:
            return Way(found)
        offered = Offered.in_section(stored, stored.entities, stored.section)
        return await self._routing.decided(
            self._database, offered, partial(self._way, found, stored, offered, guild_id)
        )

    async def _way(
        self,
        found: Trace,
        stored: StoredArticle,
        offered: Offered,
        guild_id: int | None,
        matches: Matches,
    ) -> Way:
        async with self._database.read() as connection:
            same = stories.sharing(await stories.first_of(connection, stored.id))
            got = {one.channel_id for one in await deliveries.of_articles(connection, same)}
            every = await self._routing.opinions(connection, offered, guild_id, matches)
        others = [(one, opinion) for one, opinion in every if one.channel_id not in got]
        undecided = tuple(
            Undecided(one.channel_id, opinion.undecided)
            for one, opinion in every
            if opinion is not None and opinion.undecided and stored.has_a_body
        )
        not_posted = []
        for one, opinion in others:
            if one.created_at > stored.stored_at:
                not_posted.append(NotPosted(one.channel_id))
            elif opinion is None:
                not_posted.append(NotPosted(one.channel_id, sections=one.sections))
            elif isinstance(opinion, Held) and stored.has_a_body:
                not_posted.append(NotPosted(one.channel_id, held=opinion))
        explained = 0 < len(others) == len(not_posted)
        return Way(found, tuple(not_posted), explained=explained, undecided=undecided)

    def _known_path(self, path: str) -> str:
        """Return the path as the history has it: from the folder, or in full for a file elsewhere."""
        inbox = folder.real(self._settings.articles_dir)
        full = Path.cwd() / path
        return str(full.relative_to(inbox)) if full.is_relative_to(inbox) else path

    async def refused(self) -> tuple[tuple[RefusedFile, ...], int]:
        """Return the newest files that are refused, and how many there are in all."""
        found, total = await self._refusals.listed()
        return tuple(found[:REFUSED_SHOWN]), total

    async def dismiss(self, path: str | None = None, *, key: str | None = None) -> int:
        """List the refused file at this path, or with this key, no longer, or none of them; return how many.

        Raises ``NotFound`` if the file that is named is not listed.
        """
        return await self._refusals.dismiss(None if path is None else self._known_path(path), key=key)

    async def refused_paths(self, typed: str, limit: int) -> list[str]:
        """Return the paths of the newest refused files that hold what was typed."""
        found, _ = await self._refusals.listed()
        wanted = folded(typed)
        return [one.path for one in found if wanted in folded(one.path)][:limit]

    async def hidden(self) -> tuple[list[HiddenCopy], int]:
        """Return the newest near copies of the last seven days, and how many there are in all."""
        since = self._clock() - HIDDEN_FOR
        async with self._database.read() as connection:
            found = await comparisons.hidden_copies(connection, since, HIDDEN_SHOWN)
            return found, await comparisons.count_hidden(connection, since)

    async def retry(self, mark: str | None = None, path: str | None = None) -> Retried:
        """Try once more what failed: the post with this mark, the refused file at this path, or all of both.

        Raises ``NotFound`` where there is no such failure.
        """
        delivery_id = None if mark is None else delivery_of(mark)
        if mark is not None and delivery_id is None:
            raise NotFound("That is no mark. A mark looks like #k3f9; the status shows those that failed.")
        known_path = None if path is None else self._known_path(path)
        retried = await finished(self._retry(delivery_id, known_path))
        if mark is not None and not retried.posts:
            raise NotFound("No delivery with that mark has failed.")
        if path is not None and not retried.files:
            raise NotFound(NOT_REFUSED)
        if retried.posts or retried.files:
            log.info("to be tried once more: %d posts, %d files", retried.posts, retried.files)
            await self._wake()
        return retried

    async def _retry(self, delivery_id: int | None, path: str | None) -> Retried:
        posts = refused = 0
        at = await self._refusals.paths() if path is None else [path]
        async with self._database.write() as connection:
            if delivery_id is not None or path is None:
                posts = await deliveries.retry(connection, delivery_id, self._clock())
            if path is not None or delivery_id is None:
                refused = await read_again(connection, at, self._clock())
        return Retried(posts, refused)
