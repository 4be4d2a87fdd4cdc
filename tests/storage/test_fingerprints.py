from datetime import UTC, datetime, timedelta

import pytest

from storage import articles, fingerprints
from storage.database import Database
from storage.fingerprints import FingerprintRecord, Limits
from tests.conftest import record

NOON = datetime(2025, 5, 5, 12, tzinfo=UTC)
LIMITS = Limits(least_shared=2, most_postings=4, most_terms=10, most_candidates=3)


async def put(database: Database, number: int, hashes: tuple[int, ...], terms: tuple[int, ...] = ()) -> int:
    """Store an article that came so many hours after noon."""
    came = NOON + timedelta(hours=number)
    async with database.write() as connection:
        article_id = await articles.add(connection, record(number, stored_at=came))
        kept = FingerprintRecord(b"data", b"terms" if terms else None, False, hashes, terms, ())
        await fingerprints.put(connection, article_id, kept, came)
    return article_id


async def found(
    database: Database, hashes: tuple[int, ...], terms: tuple[int, ...] = (), since: datetime = NOON
) -> tuple[int, ...]:
    async with database.read() as connection:
        return await fingerprints.candidates(connection, hashes, terms, since, LIMITS)


async def test_those_that_share_enough_hashes_are_found_however_old(database: Database) -> None:
    first = await put(database, 1, (1, 2, 3))
    await put(database, 2, (3, 4, 5))
    third = await put(database, 3, (2, 3, 9))

    assert await found(database, (1, 2, 3), since=NOON + timedelta(days=9)) == (first, third)


async def test_those_that_share_enough_terms_are_found_if_they_came_since(database: Database) -> None:
    await put(database, 1, (), (1, 2))
    second = await put(database, 2, (), (1, 2))
    await put(database, 3, (), (2, 3))

    assert await found(database, (), (1, 2), since=NOON + timedelta(hours=2)) == (second,)


async def test_a_hash_that_many_have_leads_nowhere(database: Database) -> None:
    for number in range(LIMITS.most_postings - 1):
        await put(database, number, (7, 8, 100 + number))
    assert await found(database, (7, 8)) == (1, 2, 3)

    await put(database, 10, (7, 8))

    assert await found(database, (7, 8)) == ()


@pytest.mark.parametrize("since", [NOON - timedelta(days=1), NOON + timedelta(days=1)])
async def test_nothing_is_found_by_nothing(database: Database, since: datetime) -> None:
    await put(database, 1, (1, 2), (1, 2))

    assert await found(database, (), (), since) == ()


async def test_terms_are_forgotten_of_what_came_before(database: Database) -> None:
    old = await put(database, 1, (), (1, 2))
    young = await put(database, 3, (), (1, 2))

    async with database.write() as connection:
        assert await fingerprints.forget_terms(connection, NOON + timedelta(hours=2)) == 1
        assert await fingerprints.forget_terms(connection, NOON + timedelta(hours=2)) == 0

    assert await found(database, (), (1, 2)) == (young,)
    async with database.read() as connection:
        _, kept = await fingerprints.get(connection, (old, young))
    assert [one.terms for one in kept] == [None, b"terms"]


async def test_what_is_asked_for_each_article_reads_an_index_and_no_text(database: Database) -> None:
    """A million articles have 5 GB: a walk over them for each new one would be seen in the end."""
    indexes = {
        "articles_stored_at": "articles WHERE stored_at < 1 ORDER BY stored_at DESC, id DESC LIMIT 1",
        "fingerprints_with_terms": "fingerprints WHERE article_id < 9 AND terms IS NOT NULL LIMIT 1",
    }
    async with database.read() as connection:
        for index, query in indexes.items():
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN SELECT rowid FROM {query}")  # noqa: S608
            assert index in str(plan.all())
