"""Members' patterns: bounded together, and run while the history is open to everybody."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.news.subscriptions import filters, matching
from bot.news.subscriptions.filters import Action, Filter, Kind
from bot.news.subscriptions.matching import Matches, tried
from bot.news.subscriptions.patterns import found
from bot.news.subscriptions.subscriptions import Subscription
from storage.database import Database
from storage.subscriptions import StoredSubscription
from tests.conftest import Clock
from tests.news.subscriptions.test_filters import ENDLESS
from tests.news.subscriptions.test_routing import HARBOUR, Newsroom, newsroom, only, out, take

__all__ = ["newsroom"]

WILD_ARTICLE = replace(HARBOUR, text=f"{ENDLESS} The board met.")


def wild(number: int) -> str:
    """Return a pattern that runs out of time, unlike any other."""
    return rf"(a+)+$c{number}"


def subscription(newsroom_clock: Clock, guild_id: int, channel_id: int, *patterns: str) -> Subscription:
    from bot.news.subscriptions.subscriptions import NOTHING_CHOSEN, subscription_of
    from storage.subscriptions import FilterRecord

    stored = StoredSubscription(
        id=channel_id,
        guild_id=guild_id,
        channel_id=channel_id,
        deliver="instant",
        holds_from=newsroom_clock(),
        created_at=newsroom_clock(),
        last_slot=None,
        paused_until=None,
        quiet_from=None,
        quiet_to=None,
        filters=tuple(FilterRecord(i, "exclude", "pattern", one) for i, one in enumerate(patterns)),
    )
    return subscription_of(stored, NOTHING_CHOSEN)


def decided(matches: Matches, guild_id: int) -> list[bool | None]:
    return [fits for (server, _), fits in matches.found.items() if server == guild_id]


def test_a_server_cannot_use_up_the_time_of_another(clock: Clock) -> None:
    many = [
        subscription(clock, 1, number, *map(wild, range(number * 5, number * 5 + 5)))
        for number in range(1, 51)
    ]
    fair = subscription(clock, 2, 99, "board")
    matches = tried(WILD_ARTICLE, [*many, fair], (), {})
    assert decided(matches, 2) == [True]
    assert set(decided(matches, 1)) == {None}
    assert len(matches.slow) == 1


def test_all_patterns_of_an_article_share_a_bound_and_the_slow_come_last(clock: Clock) -> None:
    many = [subscription(clock, number, number, wild(number)) for number in range(1, 21)]
    fair = subscription(clock, 99, 99, "board")
    first = tried(WILD_ARTICLE, [*many, fair], (), {})
    assert 1 <= len(first.slow) <= 4
    assert decided(first, 99) == [None]
    second = tried(WILD_ARTICLE, [*many, fair], (), dict.fromkeys(range(1, 21), 0.05))
    assert decided(second, 99) == [True]


async def test_a_pattern_that_runs_out_of_time_chooses_nothing_and_hides_nothing(newsroom: Newsroom) -> None:
    await newsroom.subscribe(1, [only(Kind.PATTERN, wild(1))])
    await newsroom.subscribe(2, [out(Kind.PATTERN, wild(2))])
    assert await newsroom.gets(WILD_ARTICLE) == [2]
    assert newsroom.routing.ran_out(1, wild(1))
    assert newsroom.routing.ran_out(1, wild(2))
    assert await newsroom.gets(HARBOUR) == [2]
    assert not newsroom.routing.ran_out(1, wild(1))


async def test_the_history_can_be_written_while_patterns_run(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = tmp_path / "history" / "gazette.db"
    seen: list[str] = []

    def run(pattern: str, text: str, seconds: float = 1) -> bool:
        with closing(sqlite3.connect(history, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        seen.append(pattern)
        return found(pattern, text, seconds)

    monkeypatch.setattr(matching, "found", run)
    monkeypatch.setattr(filters, "found", run)
    await newsroom.subscribe(1, [only(Kind.PATTERN, "board")])
    taken = await take(newsroom, tmp_path / "inbox", "a.txt", "Times The board met.")
    assert (taken.queued, seen) == (1, ["board"])


async def test_it_is_decided_again_if_a_pattern_comes_meanwhile(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await newsroom.subscribe(1, [only(Kind.PATTERN, "board")])
    routing = newsroom.routing
    matches_of = routing.matches

    async def matches(database: Database, article: object) -> Matches:
        found_now = await matches_of(database, article)  # type: ignore[arg-type]
        if not hasattr(routing, "came"):
            vars(routing)["came"] = True
            await newsroom.subscribe(2, [Filter(Action.INCLUDE, Kind.PATTERN, "met")])
            await newsroom.subscribe(3, [Filter(Action.EXCLUDE, Kind.PATTERN, "met")])
        return found_now

    monkeypatch.setattr(routing, "matches", matches)
    taken = await take(newsroom, tmp_path / "inbox", "a.txt", "Times The board met.")
    assert taken.queued == 2
    async with newsroom.database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT channel_id FROM deliveries ORDER BY channel_id")
        assert list(rows.scalars()) == [1, 2]
