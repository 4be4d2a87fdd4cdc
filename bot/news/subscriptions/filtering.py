"""What members who may manage a server decide about the filters of its subscriptions, and try out before."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from bot.clock import Clock
from bot.errors import NotFound
from bot.news.subscriptions.filter_text import filter_of, language_name, languages, with_filter
from bot.news.subscriptions.filters import Action, Filter, Filterable, Kind, Tried, folded, lost
from bot.news.subscriptions.routing import Routing
from bot.news.subscriptions.subscribing import Subscribing
from bot.news.subscriptions.subscriptions import Register, Subscription, filters_of
from bot.render.text import CHOICE_LIMIT
from storage import digests, recent, subscriptions
from storage.connection import Connection
from storage.database import Database, finished
from storage.recent import RecentArticle

log = logging.getLogger(__name__)

PERIOD = timedelta(days=7)
"""Filters are tried on what came in it."""
MOST_ARTICLES = 1000
MOST_CHARACTERS = 20_000_000
"""Of all bodies that filters are tried on: they are in memory at once."""
SECONDS = 5.0
"""For one trial. Words looked for in 1,000 articles of 4,600 characters take 0.6 s; five patterns that just
do not run out of time would take four minutes."""
COMPLETIONS = 25


@dataclass(frozen=True, slots=True)
class Trial:
    """What filters would have made of the articles that came in the last seven days."""

    titles: tuple[str, ...]
    """Of those that were tried, the newest first."""
    tried: Tried
    is_whole: bool
    """Whether these were all."""


@dataclass(frozen=True, slots=True)
class Added:
    """A filter that was added, and what it would have changed in the last seven days."""

    number: int
    filter: Filter
    articles: int
    """How many it was tried on."""
    with_it: int
    """How many of them all filters would have kept back."""
    without_it: int
    """How many those that were there before would have."""
    ran_out_of_time: bool
    """Whether it is a pattern that ran out of time."""
    knows_entities: bool
    """Whether any of the articles has entities that are known."""


class Filtering:
    """Changes filters, each change in one transaction."""

    def __init__(
        self, database: Database, register: Register, subscribing: Subscribing, routing: Routing, clock: Clock
    ) -> None:
        self._database = database
        self._register = register
        self._subscribing = subscribing
        self._routing = routing
        self._clock = clock
        self._trying = asyncio.Lock()
        """One trial at a time: they are of strangers, and take a thread for seconds."""

    async def of_channel(self, guild_id: int, channel_id: int) -> tuple[tuple[int, Filter], ...]:
        """Return a channel's filters with their numbers. Raises ``NotFound``."""
        return (await self._subscribing.of_channel(guild_id, channel_id)).filters

    def given_up(self, filters: Sequence[tuple[int, Filter]]) -> list[int]:
        """Return the numbers of those that took too long and are not used until the bot starts again."""
        return [number for number, one in filters if one in self._routing.given_up]

    def late(self, guild_id: int, filters: Sequence[tuple[int, Filter]]) -> list[int]:
        """Return the numbers of those that ran out of time in the last article and are still used."""
        patterns = [(number, one) for number, one in filters if one.kind is Kind.PATTERN]
        given_up = self._routing.given_up
        return [
            number
            for number, one in patterns
            if one not in given_up and self._routing.ran_out(guild_id, one.text)
        ]

    async def parse(self, action: Action, kind: Kind, typed: str) -> Filter:
        """Return the filter that was typed. Raises ``BadFilter``."""
        return await asyncio.to_thread(filter_of, action, kind, typed)  # a pattern is prepared to be checked

    async def add(self, guild_id: int, channel_id: int, action: Action, kind: Kind, typed: str) -> Added:
        """Add a filter to a channel's. Raises ``BadFilter`` and ``NotFound``."""
        new = await self.parse(action, kind, typed)
        number, subscription = await finished(self._add(guild_id, channel_id, new))
        log.info("channel %d of server %d has filter %d", channel_id, guild_id, number)
        return await self._added(number, new, subscription)

    async def remove(self, guild_id: int, channel_id: int, number: int) -> Filter:
        """Remove a filter of a channel's and return it. Raises ``NotFound``."""
        removed = await finished(self._remove(guild_id, channel_id, number))
        log.info("channel %d of server %d has filter %d no more", channel_id, guild_id, number)
        return removed

    async def test(self, guild_id: int, channel_id: int, extra: Filter | None = None) -> Trial:
        """Return what a channel's filters, and one that it does not have yet, would have kept back.

        Raises ``BadFilter`` where that one could not be added, and ``NotFound``.
        """
        async with self._database.read() as connection:
            subscription = await self._subscribing.in_transaction(connection, guild_id, channel_id)
            filters = tuple(filters_of(subscription))
            if extra is not None:
                filters = with_filter(filters, extra)
            found, is_whole = await connection.through(lambda: self._recent(connection, subscription))
        async with self._trying:
            tried, many = await asyncio.to_thread(try_out, filters, found, SECONDS)
        titles = tuple(article.title for article in found[:many])
        return Trial(titles, tried, is_whole and many == len(found))

    async def complete(self, kind: Kind, typed: str) -> list[tuple[str, str]]:
        """Return up to 25 of the values that are known of a kind and hold what was typed: name and value.

        Of words, phrases and patterns none is known.
        """
        known = await self._database.look_up(lambda connection: _known(connection, kind))
        return await asyncio.to_thread(_holding, kind, known, typed)

    async def _add(self, guild_id: int, channel_id: int, new: Filter) -> tuple[int, Subscription]:
        async with self._register.changing(self._database) as connection:
            subscription = await self._subscribing.in_transaction(connection, guild_id, channel_id)
            with_filter(filters_of(subscription), new)
            number = await subscriptions.add_filter(
                connection, subscription.id, new.action, new.kind, new.text
            )
            return number, subscription

    async def _remove(self, guild_id: int, channel_id: int, number: int) -> Filter:
        async with self._register.changing(self._database) as connection:
            subscription = await self._subscribing.in_transaction(connection, guild_id, channel_id)
            if not await subscriptions.remove_filter(connection, subscription.id, number):
                raise NotFound(f"<#{channel_id}> has no filter {number}. `/filter list` shows those it has.")
            return dict(subscription.filters)[number]

    async def _added(self, number: int, new: Filter, before: Subscription) -> Added:
        async with self._database.read() as connection:
            found, _ = await connection.through(lambda: self._recent(connection, before))
        had = tuple(filters_of(before))
        async with self._trying:
            after, many = await asyncio.to_thread(try_out, (*had, new), found, SECONDS)
            earlier, fewer = await asyncio.to_thread(try_out, had, found[:many], SECONDS)
        return Added(
            number,
            new,
            articles=fewer,
            with_it=sum(one.place < fewer for one in after.lost),
            without_it=len(earlier.lost),
            ran_out_of_time=new in after.undecided,
            knows_entities=any(article.entities is not None for article in found),
        )

    async def _recent(
        self, connection: Connection, subscription: Subscription
    ) -> tuple[list[RecentArticle], bool]:
        """Return what came for a subscription's sections, the newest first, and whether that is all."""
        since = self._clock() - PERIOD
        sections = None
        if subscription.sections is not None:
            came = await recent.sections_since(connection, since)
            sections = {section for section in came if subscription.wants_section(section)}
        return await recent.articles_since(
            connection, since, sections, limit=MOST_ARTICLES, characters=MOST_CHARACTERS
        )


def try_out(filters: Sequence[Filter], articles: Sequence[Filterable], seconds: float) -> tuple[Tried, int]:
    """Return what filters would have made of articles, and how many there was time for: at least one."""
    if not filters:
        return Tried(()), len(articles)
    end = monotonic() + seconds
    many = 0

    def in_time() -> Iterator[Filterable]:
        nonlocal many
        for article in articles:
            if many and monotonic() > end:
                return
            many += 1
            yield article

    tried = lost(filters, in_time())
    return tried, many


async def _known(connection: Connection, kind: Kind) -> list[str]:
    match kind:
        case Kind.SECTION:
            return await digests.sections(connection, recent.MOST_NAMES)
        case Kind.SOURCE:
            return await recent.sources(connection)
        case Kind.ENTITY:
            return await recent.names(connection)
        case Kind.LANGUAGE:
            return [*dict.fromkeys([*await recent.languages(connection), *languages()])]
        case _:
            return []


def _holding(kind: Kind, known: Sequence[str], typed: str) -> list[tuple[str, str]]:
    """Return those that hold what was typed; those that begin with it come first."""
    wanted = folded(typed)
    pairs = [(language_name(one) if kind is Kind.LANGUAGE else one, one) for one in known]
    fitting = [
        (name, value)
        for name, value in pairs
        if name.strip() and len(name) <= CHOICE_LIMIT and (wanted in folded(name) or wanted == folded(value))
    ]
    fitting.sort(key=lambda pair: not folded(pair[0]).startswith(wanted))  # else in their order
    return fitting[:COMPLETIONS]
