from dataclasses import replace
from datetime import timedelta

from storage import articles
from storage.database import Database
from tests.conftest import Clock, record


async def test_the_longest_article_is_the_one_with_the_longest_body_left(
    database: Database, clock: Clock
) -> None:
    async with database.write() as connection:
        assert await articles.longest(connection) is None
        long, longest, _ = [
            await articles.add(connection, replace(record(number), text="word " * number))
            for number in (2, 3, 1)
        ]
        found = await articles.longest(connection)
        assert found == await articles.get(connection, longest)
        await articles.forget(connection, longest, clock())
        found = await articles.longest(connection)
        assert found is not None
        assert found.id == long
        await articles.prune(connection, clock() + timedelta(days=1), 10, clock())
        assert await articles.longest(connection) is None
