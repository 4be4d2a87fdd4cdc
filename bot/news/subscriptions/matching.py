"""What members' patterns make of an article: found out before the history is locked, and bounded in time.

A pattern is a stranger's program. A server may have hundreds, so that a bound for each alone is none: all of
one server share one, all of an article another, and the servers come in turn.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from time import perf_counter

from bot.news.subscriptions.filters import Filter, Filterable, Kind, Subject, passes
from bot.news.subscriptions.patterns import SECONDS, OutOfTime, found
from bot.news.subscriptions.subscriptions import Subscription, filters_of

ARTICLE_SECONDS = 0.2
"""For all patterns in one article."""
SERVER_SECONDS = 0.05
"""For those of one server in one article."""

type Asked = tuple[int | None, str]
"""A server, and a pattern of one of its subscriptions."""


class Untried(Exception):
    """A pattern is asked about that was not tried: subscriptions have changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What patterns made of one article."""

    found: Mapping[Asked, bool | None] = field(default_factory=dict)
    """Whether each stands in it; ``None`` if it ran out of time."""
    spent: Mapping[int | None, float] = field(default_factory=dict)
    """The seconds that each server's took."""
    slow: frozenset[str] = frozenset()
    """Those that used up all the time that one pattern has, and not only what others had left."""

    def fits(self, guild_id: int | None, pattern: str) -> bool:
        """Return whether a server's pattern stands in the article. Raises ``OutOfTime`` and ``Untried``."""
        try:
            fits = self.found[guild_id, pattern]
        except KeyError:
            raise Untried from None
        if fits is None:
            raise OutOfTime(f"The pattern “{pattern}” ran out of time.")
        return fits


NOTHING_TRIED = Matches()


def has_patterns(subscription: Subscription) -> bool:
    """Return whether a subscription has a pattern among its filters."""
    return any(one.kind is Kind.PATTERN for one in filters_of(subscription))


def tried(
    article: Filterable,
    chosen: Sequence[Subscription],
    given_up: Collection[Filter],
    spent_before: Mapping[int | None, float],
) -> Matches:
    """Return what the patterns of these subscriptions make of an article, as far as there is time.

    Servers whose patterns took least time in earlier articles come first. A pattern is run only if no other
    filter of its subscription has decided. It takes ``ARTICLE_SECONDS``: off the event loop with it.
    """
    run = _Run(article.title, article.text)
    subject = Subject(article)
    for one in _in_turn(chosen, spent_before):
        passes(filters_of(one), subject, given_up, partial(run.fits, one.guild_id))
    return Matches(run.found, run.spent, frozenset(run.slow))


class _Run:
    """One article, and the time that is left."""

    def __init__(self, title: str, text: str) -> None:
        self._written = f"{title}\n\n{text}"
        self._decided: dict[str, bool] = {}
        self.found: dict[Asked, bool | None] = {}
        self.spent: defaultdict[int | None, float] = defaultdict(float)
        self.slow: set[str] = set()

    def fits(self, guild_id: int | None, pattern: str) -> bool:
        """Return whether a server's pattern stands in the article. Raises ``OutOfTime``."""
        asked = guild_id, pattern
        if asked not in self.found:
            self.found[asked] = self._decided.get(pattern)
            if pattern not in self._decided:
                self.found[asked] = self._run(guild_id, pattern)
        return Matches(self.found).fits(guild_id, pattern)

    def _run(self, guild_id: int | None, pattern: str) -> bool | None:
        left = min(SERVER_SECONDS - self.spent[guild_id], ARTICLE_SECONDS - sum(self.spent.values()), SECONDS)
        if left <= 0:
            return None
        begun = perf_counter()
        try:
            self._decided[pattern] = found(pattern, self._written, left)
        except OutOfTime:
            if left == SECONDS:
                self.slow.add(pattern)
            return None
        finally:
            self.spent[guild_id] += perf_counter() - begun
        return self._decided[pattern]


def _in_turn(
    chosen: Iterable[Subscription], spent_before: Mapping[int | None, float]
) -> Iterator[Subscription]:
    """Return the subscriptions, the first of each server, then the second of each, and so on."""
    servers: defaultdict[int | None, list[Subscription]] = defaultdict(list)
    for one in chosen:
        servers[one.guild_id].append(one)
    ordered = sorted(servers, key=lambda guild_id: spent_before.get(guild_id, 0.0))
    for turn in zip_longest(*(servers[guild_id] for guild_id in ordered)):
        yield from filter(None, turn)
