from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from storage import articles, deliveries, digests, listing, sending, titles
from storage.articles import EntityRecord
from storage.database import Database
from storage.deliveries import State
from storage.digests import DigestKind, DigestRecord
from tests.conftest import Clock, record


@pytest.mark.parametrize(
    "published",
    [
        None,
        date(2026, 2, 9),
        datetime(2026, 2, 9, 14, 5, tzinfo=UTC),
        datetime(2026, 2, 9, 14, 5, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
async def test_a_date_comes_back_as_precise_as_it_was(database: Database, published: date | None) -> None:
    async with database.write() as connection:
        article_id = await articles.add(connection, record(published=published))
        stored = await articles.get(connection, article_id)
    assert stored is not None
    assert stored.published == published
    assert type(stored.published) is type(published)


@pytest.mark.parametrize(
    "entities", [None, (), (EntityRecord("Óbidos", "place", 3, ("Obidos", "the town")),)]
)
async def test_entities_come_back_as_they_were(
    database: Database, entities: tuple[EntityRecord, ...] | None
) -> None:
    async with database.write() as connection:
        article_id = await articles.add(connection, record(entities=entities))
        stored = await articles.get(connection, article_id)
    assert stored is not None
    assert stored.entities == entities


async def test_a_text_is_found_by_its_hash(database: Database) -> None:
    async with database.write() as connection:
        first = await articles.add(connection, record(1))
        await articles.add(connection, record(2))
        assert await articles.find_text(connection, record(1).text_hash) == first
        assert await articles.find_text(connection, record(3).text_hash) is None


async def test_an_article_that_is_not_there_is_none(database: Database) -> None:
    async with database.read() as connection:
        assert await articles.get(connection, 1) is None


@pytest.mark.parametrize("picture", [None, "https://example.com/a.jpg"])
async def test_a_picture_comes_back_and_one_that_changes_is_a_correction(
    database: Database, picture: str | None
) -> None:
    changed = record(picture="https://example.com/b.jpg")
    async with database.write() as connection:
        article_id = await articles.add(connection, record(picture=picture))
        stored = await articles.get(connection, article_id)
        assert stored is not None
        assert stored.picture == picture
        assert await articles.says(connection, article_id, record(picture=picture))
        assert not await articles.says(connection, article_id, changed)
        await articles.correct(connection, article_id, changed)
        assert await articles.says(connection, article_id, changed)


async def test_a_forgotten_article_keeps_nothing_but_what_it_is_recognised_by(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    async with database.write() as connection:
        said = record(
            title="Zanzibar ferry sinks",
            text="A ferry sank off Zanzibar.",
            summary=(),
            picture="https://example.com/zanzibar.jpg",
        )
        article_id = await articles.add(connection, said)
    async with database.write() as connection:
        await articles.forget(connection, article_id, clock())
        kept = await articles.get(connection, article_id)
        assert await articles.find_text(connection, said.text_hash) == article_id
        assert await titles.search(connection, "zanzibar", 5) == []
        assert await titles.newest(connection, 5) == []
        await connection.exec_driver_sql("INSERT INTO articles_fts(articles_fts) VALUES ('optimize')")
    assert kept is not None
    assert (kept.title, kept.text, kept.byline, kept.url, kept.entities) == ("", "", None, None, None)
    assert kept.picture is None
    await database.close()
    assert b"anzibar" not in (tmp_path / "history" / "gazette.db").read_bytes()


async def test_old_bodies_go_and_what_waits_to_be_posted_stays(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        for number in range(4):
            await articles.add(connection, record(number, stored_at=clock()))
            clock.advance(days=1)
        await deliveries.enqueue(connection, 1, [7], clock())
        pruned = await articles.prune(connection, clock() - timedelta(days=1), 10, clock())
        bodies = [await articles.get(connection, number) for number in range(1, 5)]
    assert pruned == 2
    assert [bool(body and body.text) for body in bodies] == [True, False, False, True]
    assert bodies[1] is not None
    assert bodies[1].title == record(1).title


async def test_old_bodies_stay_that_wait_for_a_digest_or_in_one(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        for number in range(3):
            await articles.add(connection, record(number, stored_at=clock()))
        for number, channel in ((1, 7), (2, 8)):
            await deliveries.enqueue(connection, number, [channel], clock(), held=[channel])
        digest = DigestRecord(5, clock(), clock(), "medium", kind=DigestKind.HELD, channel_id=8)
        digest_id = await digests.add(connection, digest)
        await listing.gather(connection, 8, State.HELD, digest_id, 9)
        await listing.enqueue_digest(connection, digest_id, 8, clock())
        clock.advance(days=1)
        assert await articles.prune(connection, clock(), 10, clock()) == 1
        bodies = [await articles.get(connection, number) for number in (1, 2, 3)]
        assert [bool(body and body.text) for body in bodies] == [True, True, False]
        await sending.fail(connection, 3, "It was refused.")
        assert await articles.prune(connection, clock(), 10, clock()) == 1


async def test_a_body_that_was_removed_can_come_back(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        await articles.add(connection, record(1))
        await articles.prune(connection, clock(), 10, clock())
        await articles.revive(connection, 1, record(1))
        back = await articles.get(connection, 1)
    assert back is not None
    assert (back.has_a_body, back.text) == (True, record(1).text)
