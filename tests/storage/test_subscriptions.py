"""Subscriptions in the history: numbers that members were told, and what a query reads."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage import articles, deliveries, digests, listing, subscriptions, trace
from storage.connection import Connection
from storage.database import Database
from storage.deliveries import State
from storage.subscriptions import SubscriptionRecord
from tests.conftest import Clock

START = Clock()()
RECORD = SubscriptionRecord(guild_id=7, channel_id=71, deliver="instant", holds_from=START, created_at=START)


async def test_the_number_of_a_filter_or_a_ping_is_never_anothers(database: Database) -> None:
    async with database.write() as connection:
        number = await subscriptions.add(connection, RECORD)
        first = await subscriptions.add_filter(connection, number, "include", "words", "harbour")
        await subscriptions.remove_filter(connection, number, first)
        assert await subscriptions.add_filter(connection, number, "include", "words", "bridge") > first
        ping = await subscriptions.add_ping(connection, number, 1, "words", "harbour", 0)
        await subscriptions.remove_ping(connection, number, ping)
        assert await subscriptions.add_ping(connection, number, 1, "words", "bridge", 0) > ping


type Work = Callable[[Connection], Awaitable[object]]


@pytest.mark.parametrize(
    "work",
    [
        lambda connection: listing.waiting_in(connection, 71, State.HELD),
        lambda connection: listing.waiting_in(connection, 71, State.QUEUED),
        lambda connection: listing.oldest_in(connection, 71, State.HELD),
        listing.held_channels,
        lambda connection: listing.listed_in(connection, 3, 200),
        lambda connection: deliveries.renew_digests(connection, [5], only_whole=True),
        lambda connection: deliveries.ask_again(connection, 71),
        lambda connection: digests.forget(connection, START),
        lambda connection: subscriptions.end(connection, [1], "It is over.", START),
        lambda connection: subscriptions.purge(connection, START - timedelta(days=30)),
        lambda connection: articles.prune(connection, START, 200, START),
        lambda connection: trace.of_article(connection, 5),
    ],
)
async def test_what_is_asked_often_reads_no_table_of_posts_or_digests_as_a_whole(
    database: Database, work: Work
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:  # noqa: ANN401
        asked.append((statement, values))

    async with database.write() as connection:
        event.listen(database._writer.engine, "before_cursor_execute", note)
        await work(connection)
        event.remove(database._writer.engine, "before_cursor_execute", note)
        plans = []
        for statement, values in asked:
            found = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plans += [row.detail for row in found]
    assert plans
    for line in plans:
        assert not (line.startswith(("SCAN deliveries", "SCAN digests")) and "USING" not in line), line
        assert "INDEX sqlite_autoindex_deliveries_1 (article_id>?)" not in line


async def test_a_change_of_an_article_reads_only_the_digests_that_list_it(database: Database) -> None:
    async with database.write() as connection:
        statements: list[tuple[str, Any]] = []

        def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:  # noqa: ANN401
            statements.append((statement, values))

        event.listen(database._writer.engine, "before_cursor_execute", note)
        await deliveries.renew_digests(connection, [5])
        event.remove(database._writer.engine, "before_cursor_execute", note)
        ((statement, values),) = statements
        plan = [
            row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
        assert plan[0] == "SEARCH deliveries USING INDEX deliveries_listed (digest_id=? AND state=?)"
