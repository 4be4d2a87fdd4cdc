"""What is known of subscriptions is what the history has, whoever reads and changes at the same time."""

import asyncio

from storage import subscriptions
from storage.database import Database
from tests.conftest import Clock
from tests.news.newsroom import CHANNEL, subscribed


async def test_the_transaction_after_a_change_sees_it_whatever_was_read_meanwhile(database: Database) -> None:
    clock = Clock()
    register = await subscribed(database, clock, CHANNEL)
    for _ in range(20):
        async with register.changing(database) as connection:
            await subscriptions.change(connection, 1, ended_at=None, ended_reason=None)

        async def end() -> None:
            async with register.changing(database) as connection:
                await subscriptions.end(connection, [1], "It is over.", clock())
                async with (
                    database.read() as reader
                ):  # as another part of the program, before it is committed
                    await register.all(reader)

        async def next_one() -> int:
            async with database.write() as connection:
                return len(await register.all(connection))

        ending = asyncio.create_task(end())
        await asyncio.sleep(0)
        following = [asyncio.create_task(next_one()) for _ in range(3)]
        await ending
        assert await asyncio.gather(*following) == [0, 0, 0]
