"""Which channels want an article: sections, filters, and whether it waits there for a digest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.articles.article import Article
from bot.news.subscriptions.filters import MOST_GIVEN_UP, Filter, Held, Named, Passed, Subject, passes
from bot.news.subscriptions.subscriptions import Register, Subscription, filters_of
from storage.articles import StoredArticle
from storage.connection import Connection


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

    @property
    def given_up(self) -> set[Filter]:
        """The patterns that ran out of time so often that they are tried no more in this run."""
        return {one for one, count in self._strikes.items() if count >= MOST_GIVEN_UP}

    async def wanted(self, connection: Connection, article: Offered, now: datetime) -> Route:
        """Return the channels that want an article."""
        chosen = [one for one in await self._register.all(connection) if one.wants_section(article.section)]
        if any(one.filters for one in chosen):
            chosen = await self._passing(connection, article, chosen)
        held = frozenset(one.channel_id for one in chosen if one.holds(now))
        return Route(tuple(one.channel_id for one in chosen), held)

    async def may_want(self, connection: Connection, section: str | None) -> set[int]:
        """Return the channels that want articles of a section, whatever their filters make of it."""
        return {one.channel_id for one in await self._register.all(connection) if one.wants_section(section)}

    async def channels(self, connection: Connection) -> set[int]:
        """Return the channels that have a subscription."""
        return {one.channel_id for one in await self._register.all(connection)}

    async def opinions(
        self, connection: Connection, article: Offered, guild_id: int | None, but: Collection[int]
    ) -> list[tuple[Subscription, Passed | Held | None]]:
        """Return what each subscription of a server makes of an article ``but`` those of these channels.

        ``None`` is said of one that does not take its section. Without a server it is those of all servers.
        """
        found: list[tuple[Subscription, Passed | Held | None]] = []
        subject, given_up = Subject(article), self.given_up
        for one in await self._register.all(connection):
            if one.channel_id in but or (guild_id is not None and one.guild_id != guild_id):
                continue
            result = None
            if one.wants_section(article.section):
                result = await connection.within(passes, filters_of(one), subject, given_up)
            found.append((one, result))
        return found

    async def _passing(
        self, connection: Connection, article: Offered, chosen: Sequence[Subscription]
    ) -> list[Subscription]:
        subject, given_up = Subject(article), self.given_up
        results = await connection.within(_results, chosen, subject, given_up)  # they may be thousands
        late = {one for result in results for one in result.undecided} - given_up
        # A new one in place of the old, which another thread may be reading.
        self._strikes = self._strikes | {one: self._strikes.get(one, 0) + 1 for one in late}
        return [one for one, result in zip(chosen, results, strict=True) if isinstance(result, Passed)]


def _results(
    chosen: Sequence[Subscription], subject: Subject, given_up: Collection[Filter]
) -> list[Passed | Held]:
    """Return what each subscription's filters make of an article; equal ones are run once."""
    known: dict[tuple[Filter, ...], Passed | Held] = {}
    results = []
    for one in chosen:
        own = tuple(filters_of(one))
        if own not in known:
            known[own] = passes(own, subject, given_up)
        results.append(known[own])
    return results
