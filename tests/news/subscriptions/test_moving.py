"""A file of settings and a history: what is taken over, and what stays as it is."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.news.subscriptions.moving import Moved, collected, put
from bot.news.subscriptions.portable import Portable
from bot.news.subscriptions.settings_file import BadFile, from_yaml, to_yaml
from bot.news.subscriptions.subscribing import MOST_OF_A_SERVER
from storage import schema, servers, subscriptions
from storage.database import Database
from storage.servers import ServerRecord
from storage.subscriptions import StoredSubscription
from tests.conftest import Clock

FERRY = {"action": "exclude", "kind": "words", "text": "ferry"}
BRIDGE = {"action": "include", "kind": "phrase", "text": "old bridge"}
REED = {"role": 900, "condition": "entity", "text": "Ada Reed", "pause": 60}
ONE = {
    "channel": 71,
    "times": "daily 08:00",
    "zone": "Europe/Berlin",
    "filters": [FERRY, BRIDGE],
    "pings": [REED],
}


def file(*channels: dict[str, Any], server: int = 7, **chosen: object) -> Portable:
    return Portable.model_validate({"servers": [{"id": server, "subscriptions": channels, **chosen}]})


async def rows(database: Database) -> dict[str, Sequence[Any]]:
    """Return all that a file of settings is about, as the history has it."""
    tables = (schema.subscriptions, schema.filters, schema.pings, schema.servers)
    async with database.read() as connection:
        return {table.name: (await connection.execute(select(table))).all() for table in tables}


async def stored(database: Database) -> list[StoredSubscription]:
    async with database.read() as connection:
        return await subscriptions.active(connection)


async def test_a_second_time_the_same_file_changes_no_row(database: Database, clock: Clock) -> None:
    whole = file({**ONE, "paused_until": "2026-12-24T08:00:00.123456Z"}, language="de")
    assert await put(database, whole, clock) == Moved(1, 1)
    before = await rows(database)
    clock.advance(days=1)
    assert await put(database, whole, clock) == Moved(0, 0)
    other_order = {**ONE, "filters": [BRIDGE, FERRY], "paused_until": "2026-12-24T09:00:00.123+01:00"}
    assert await put(database, file(other_order, language="de"), clock) == Moved(0, 0)
    assert await rows(database) == before


async def test_filters_and_pings_that_stay_keep_their_numbers(database: Database, clock: Clock) -> None:
    await put(database, file(ONE), clock)
    async with database.write() as connection:
        await subscriptions.pinged(connection, [1], clock())
    new = {"action": "exclude", "kind": "source", "text": "Example Times"}
    assert (
        await put(database, file({**ONE, "filters": [new, BRIDGE], "pictures": True}), clock)
    ).subscriptions
    (found,) = await stored(database)
    assert [(one.id, one.text) for one in found.filters] == [(2, "old bridge"), (3, "Example Times")]
    async with database.read() as connection:
        assert await subscriptions.last_pings(connection, found.id) == {1: clock()}  # it rests as before


@pytest.mark.parametrize("change", [{"times": "hourly"}, {"zone": "Asia/Tokyo"}])
async def test_a_schedule_that_changes_has_missed_nothing(
    database: Database, clock: Clock, change: dict[str, str]
) -> None:
    await put(database, file(ONE), clock)
    clock.advance(days=3)
    await put(database, file({**ONE, **change}), clock)
    (found,) = await stored(database)
    assert found.holds_from == clock()
    assert found.created_at == clock() - timedelta(days=3)


async def test_a_channel_of_another_server_is_refused_and_nothing_of_the_file_is_taken(
    database: Database, clock: Clock
) -> None:
    await put(database, file(ONE), clock)
    before = await rows(database)
    wrong = Portable(
        servers=[*file({"channel": 99}, server=6).servers, *file(ONE, server=8, layout="post").servers]
    )
    with pytest.raises(BadFile, match="the channel 71 is one of the server 7"):
        await put(database, wrong, clock)
    assert await rows(database) == before


async def test_a_server_gets_no_more_channels_than_its_members_could_subscribe(
    database: Database, clock: Clock
) -> None:
    await put(database, file(ONE), clock)
    more: list[dict[str, Any]] = [{"channel": number} for number in range(100, 100 + MOST_OF_A_SERVER)]
    with pytest.raises(BadFile, match="the server 7 would have 51 subscriptions, and may have 50"):
        await put(database, file(*more), clock)
    assert await put(database, file(*more[:-1]), clock) == Moved(0, MOST_OF_A_SERVER - 1)


async def test_servers_that_chose_nothing_or_were_left_are_not_in_the_file(
    database: Database, clock: Clock
) -> None:
    await put(database, file(ONE), clock)
    async with database.write() as connection:
        await servers.choose(connection, 5, ServerRecord())
        await servers.choose(connection, 6, ServerRecord(language="fr"))
        await servers.left(connection, 6, clock())
    assert [one.id for one in (await collected(database)).servers] == [7]


async def test_a_file_has_all_that_a_server_can_choose_and_a_channel_can_get(
    database: Database, clock: Clock
) -> None:
    await put(database, file(ONE, colour="#3498db", language="de"), clock)
    told = to_yaml(await collected(database))
    assert "colour: '#3498DB'" in told
    assert from_yaml(told.encode()) == await collected(database)
    (server,) = Portable.model_validate(from_yaml(told.encode())).servers
    assert {one.name for one in fields(ServerRecord)} <= set(type(server).model_fields)
