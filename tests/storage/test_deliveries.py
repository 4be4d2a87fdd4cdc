from datetime import datetime, timedelta

import pytest

from bot.news.sending.channels import Sent
from storage import articles, deliveries, sending, stories
from storage.connection import Connection
from storage.database import Database
from storage.deliveries import Delivery, State
from storage.overview import overview
from tests.conftest import Clock, record

CHANNEL = 900_000_000_000_000_001


async def sent(connection: Connection, delivery: Delivery, now: datetime) -> None:
    await sending.begin(connection, delivery.id, "nonce", 0, now)
    await sending.finish(connection, delivery, Sent(1000 + delivery.id, CHANNEL), (), now)


async def of(connection: Connection, article_id: int) -> Delivery:
    """Return the one delivery of an article."""
    (delivery,) = await deliveries.of_article(connection, article_id)
    return delivery


@pytest.fixture
async def stored(database: Database) -> list[int]:
    async with database.write() as connection:
        return [await articles.add(connection, record(number)) for number in range(3)]


async def test_an_article_is_queued_for_a_channel_once(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        assert await deliveries.enqueue(connection, stored[0], [CHANNEL, CHANNEL + 1], clock()) == 2
        assert await deliveries.enqueue(connection, stored[0], [CHANNEL, CHANNEL + 2], clock()) == 1
        waiting = await sending.waiting_channels(connection, clock())
    assert sorted(waiting) == [CHANNEL, CHANNEL + 1, CHANNEL + 2]


async def test_a_copy_of_an_article_whose_delivery_failed_is_queued_once_more(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        await deliveries.enqueue(connection, stored[0], [CHANNEL], clock())
        await sending.fail(connection, 1, "The bot may not post in the channel.")
        assert await deliveries.enqueue(connection, stored[0], [CHANNEL], clock()) == 1
        again = await sending.next_for(connection, CHANNEL, clock())
    assert again is not None
    assert (again.state, again.reason) == (State.QUEUED, None)


async def test_a_delivery_is_begun_by_one_program_alone(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        await deliveries.enqueue(connection, stored[0], [CHANNEL], clock())
        assert await sending.begin(connection, 1, "first", 0, clock())
        assert not await sending.begin(connection, 1, "second", 0, clock())


async def test_a_channel_gets_its_articles_in_the_order_in_which_they_were_queued(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        for article_id in reversed(stored):
            await deliveries.enqueue(connection, article_id, [CHANNEL], clock())
        order = []
        while delivery := await sending.next_for(connection, CHANNEL, clock()):
            order.append(delivery.article_id)
            await sent(connection, delivery, clock())
    assert order == stored[::-1]


async def test_what_is_being_sent_still_comes_first(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        for article_id in stored:
            await deliveries.enqueue(connection, article_id, [CHANNEL], clock())
        first = await sending.next_for(connection, CHANNEL, clock())
        assert first is not None
        await sending.begin(connection, first.id, "a-nonce", 41, clock())
        again = await sending.next_for(connection, CHANNEL, clock())
    assert again is not None
    assert (again.id, again.state, again.nonce, again.after_message_id) == (
        first.id,
        State.SENDING,
        "a-nonce",
        41,
    )


async def test_what_failed_or_was_sent_waits_no_longer(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        await deliveries.enqueue(connection, stored[0], [CHANNEL], clock())
        await deliveries.enqueue(connection, stored[1], [CHANNEL], clock())
        await sending.fail(connection, 1, "Discord refused it.")
        await sent(connection, await of(connection, stored[1]), clock())
        assert await sending.next_for(connection, CHANNEL, clock()) is None
        assert await sending.waiting_channels(connection, clock()) == []
        counted = await overview(connection, clock(), 0)
    assert (counted.failed, counted.sent, counted.waiting) == (1, 1, 0)


async def test_what_is_taken_back_goes_before_what_is_sent_and_edits_come_last(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        for article_id in stored:
            await deliveries.enqueue(connection, article_id, [CHANNEL], clock())
        for article_id in (stored[0], stored[2]):
            await sent(connection, await of(connection, article_id), clock())
        await deliveries.renew(connection, stories.sharing(stored[0]))
        await deliveries.take_back(connection, stored[2])
        order = []
        while delivery := await sending.next_for(connection, CHANNEL, clock()):
            order.append((delivery.id, delivery.state))
            if delivery.state is State.REMOVING:
                await sending.removed(connection, delivery.id)
            elif delivery.state is State.SENT:
                await sending.shows(connection, delivery.id, delivery.wanted)
            else:
                await sent(connection, delivery, clock())
    assert order == [(3, State.REMOVING), (2, State.QUEUED), (1, State.SENT)]


async def test_a_change_that_comes_while_a_post_is_being_made_is_shown_later(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        await deliveries.enqueue(connection, stored[0], [CHANNEL], clock())
        delivery = await of(connection, stored[0])
        await sending.begin(connection, delivery.id, "nonce", 0, clock())
        await deliveries.renew(connection, stories.sharing(stored[0]))
        await sending.finish(connection, delivery, Sent(77, CHANNEL), (), clock())
        late = await sending.next_for(connection, CHANNEL, clock())
    assert late is not None
    assert (late.state, late.message_id, late.wanted) == (State.SENT, 77, 2)


async def test_what_is_taken_back_while_its_message_is_being_made_is_deleted_then(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        await deliveries.enqueue(connection, stored[0], [CHANNEL], clock())
        delivery = await of(connection, stored[0])
        await sending.begin(connection, delivery.id, "nonce", 0, clock())
        await deliveries.take_back(connection, stored[0])
        await sending.finish(connection, delivery, Sent(77, CHANNEL), (), clock())
        await sending.fail(connection, 1, "Too late.")
        left = await sending.next_for(connection, CHANNEL, clock())
    assert left is not None
    assert (left.state, left.message_id) == (State.REMOVING, 77)


async def test_what_is_to_wait_is_left_alone_until_then(
    database: Database, clock: Clock, stored: list[int]
) -> None:
    async with database.write() as connection:
        await deliveries.enqueue(connection, stored[0], [CHANNEL], clock())
        await sending.wait(connection, 1, clock() + timedelta(hours=1))
        assert await sending.waiting_channels(connection, clock()) == []
        assert await sending.next_for(connection, CHANNEL, clock()) is None
        clock.advance(hours=1)
        assert await sending.waiting_channels(connection, clock()) == [CHANNEL]
        assert await sending.next_for(connection, CHANNEL, clock()) is not None
