"""Which channels want an article: sections, filters, and whether it waits there for a digest."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, Self

from bot.articles.article import Article
from bot.news.subscriptions.filters import (
    MOST_GIVEN_UP,
    Filter,
    Held,
    Kind,
    Named,
    Passed,
    Subject,
    passes,
)
from bot.news.subscriptions.matching import NOTHING_TRIED, Asked, Matches, Untried, has_patterns, tried
from bot.news.subscriptions.subscriptions import Register, Subscription, filters_of
from storage.articles import StoredArticle
from storage.connection import Connection
from storage.database import Database

MOST_REMEMBERED: Final = 10_000
"""Patterns that ran out of time."""
LEAST_SPENT: Final = 0.001
"""Seconds below which a server's patterns count as none."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An article, as far as it matters for where it goes."""

    title: str
    text: str
    source: str | None
    language: str | None
    section: str | None
    """Where the file lies that it came in: a copy may lie elsewhere than the first."""
    entities: Sequence[Named] | None

    @classmethod
    def in_section(
        cls, article: Article | StoredArticle, entities: Sequence[Named] | None, section: str | None
    ) -> Self:
        """Return an article as it is offered by a file in this section."""
        return cls(article.title, article.text, article.source, article.language, section, entities)


@dataclass(frozen=True, slots=True)
class Route:
    """The channels that want an article."""

    channels: tuple[int, ...] = ()
    held: frozenset[int] = frozenset()
    """Those of them in which it waits for a digest."""


class Routing:
    """Decides where articles go, by the subscriptions as they are in the caller's transaction."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._strikes: dict[Filter, int] = {}
        """How often a pattern ran out of time: one that does so again and again is tried no more."""
        self._late: set[Asked] = set()
        self._spent: dict[int | None, float] = {}
        """The seconds that each server's patterns took lately."""

    @property
    def given_up(self) -> set[Filter]:
        """The patterns that ran out of time so often that they are tried no more in this run."""
        return {one for one, count in self._strikes.items() if count >= MOST_GIVEN_UP}

    async def matches(self, database: Database, article: Offered) -> Matches:
        """Return what members' patterns make of an article, found out with no transaction open."""
        every = self._register.known
        if every is None:
            every = await database.look_up(self._register.all)
        chosen = [one for one in every if has_patterns(one) and one.wants_section(article.section)]
        if not chosen:
            return NOTHING_TRIED
        matches = await asyncio.to_thread(tried, article, chosen, self.given_up, self._spent)
        self._remember(chosen, matches)
        return matches

    async def decided[T](
        self, database: Database, article: Offered, decide: Callable[[Matches], Awaitable[T]]
    ) -> T:
        """Return what is decided by what patterns make of an article, anew if a pattern came meanwhile."""
        while True:
            matches = await self.matches(database, article)
            with suppress(Untried):
                return await decide(matches)

    def ran_out(self, guild_id: int, pattern: str) -> bool:
        """Return whether a server's pattern ran out of time in the last article that it was asked about."""
        return (guild_id, pattern) in self._late

    async def wanted(
        self, connection: Connection, article: Offered, now: datetime, matches: Matches = NOTHING_TRIED
    ) -> Route:
        """Return the channels that want an article, by what patterns make of it.

        Raises ``Untried`` if a pattern is not among the ``matches``.
        """
        chosen = [one for one in await self._register.all(connection) if one.wants_section(article.section)]
        if any(one.filters for one in chosen):
            chosen = await self._passing(connection, article, chosen, matches)
        held = frozenset(one.channel_id for one in chosen if one.holds(now))
        return Route(tuple(one.channel_id for one in chosen), held)

    async def may_want(self, connection: Connection, section: str | None) -> set[int]:
        """Return the channels that want articles of a section, whatever their filters make of it."""
        return {one.channel_id for one in await self._register.all(connection) if one.wants_section(section)}

    async def channels(self, connection: Connection) -> tuple[int, ...]:
        """Return the channels that have a subscription, the oldest subscription first."""
        return tuple(one.channel_id for one in await self._register.all(connection))

    async def opinions(
        self, connection: Connection, article: Offered, guild_id: int | None, matches: Matches
    ) -> list[tuple[Subscription, Passed | Held | None]]:
        """Return what each subscription of a server makes of an article, by what patterns make of it.

        ``None`` is said of one that does not take its section. Without a server it is those of all servers.
        Raises ``Untried``.
        """
        found: list[tuple[Subscription, Passed | Held | None]] = []
        subject, given_up = Subject(article), self.given_up
        for one in await self._register.all(connection):
            if guild_id is not None and one.guild_id != guild_id:
                continue
            result = None
            if one.wants_section(article.section):
                fits = partial(matches.fits, one.guild_id)
                result = await connection.within(passes, filters_of(one), subject, given_up, fits)
            found.append((one, result))
        return found

    def _remember(self, chosen: Sequence[Subscription], matches: Matches) -> None:
        """Note which patterns ran out of time, and how long each server's took."""
        for asked, fits in matches.found.items():
            (self._late.add if fits is None else self._late.discard)(asked)
        if len(self._late) > MOST_REMEMBERED:
            self._late.clear()  # those that still do come again with the next article
        own = {one for subscription in chosen for one in filters_of(subscription)}
        late = {one for one in own if one.kind is Kind.PATTERN and one.text in matches.slow}
        # A new one in place of the old, which another thread may be reading.
        self._strikes = self._strikes | {one: self._strikes.get(one, 0) + 1 for one in late}
        halved = {guild_id: seconds / 2 for guild_id, seconds in self._spent.items() if seconds > LEAST_SPENT}
        for guild_id, seconds in matches.spent.items():
            halved[guild_id] = halved.get(guild_id, 0.0) + seconds
        self._spent = halved

    async def _passing(
        self, connection: Connection, article: Offered, chosen: Sequence[Subscription], matches: Matches
    ) -> list[Subscription]:
        subject, given_up = Subject(article), self.given_up
        results = await connection.within(_results, chosen, subject, given_up, matches)  # may be thousands
        return [one for one, result in zip(chosen, results, strict=True) if isinstance(result, Passed)]


def _results(
    chosen: Sequence[Subscription], subject: Subject, given_up: Collection[Filter], matches: Matches
) -> list[Passed | Held]:
    """Return what each subscription's filters make of an article; equal ones of a server are run once."""
    known: dict[tuple[int | None, tuple[Filter, ...]], Passed | Held] = {}
    results = []
    for one in chosen:
        own = tuple(filters_of(one))
        key = (one.guild_id if has_patterns(one) else None), own
        if key not in known:
            known[key] = passes(own, subject, given_up, partial(matches.fits, one.guild_id))
        results.append(known[key])
    return results
