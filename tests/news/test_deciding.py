"""What is decided about a file from what its path held before."""

from pathlib import Path

import pytest

from storage import articles
from storage.database import Database
from storage.files import Outcome
from tests.conftest import Clock
from tests.news.test_intake import Desk
from tests.news.test_order import FIRST, MORE
from tests.news.test_stories import story


@pytest.fixture
def desk(tmp_path: Path, database: Database, clock: Clock) -> Desk:
    return Desk(tmp_path / "inbox", database, clock)


async def one(desk: Desk, query: str) -> object:
    async with desk.database.read() as connection:
        return (await connection.exec_driver_sql(query)).scalar()


async def text_of(desk: Desk, number: int) -> str | None:
    async with desk.database.read() as connection:
        stored = await articles.get(connection, number)
    return None if stored is None else stored.text


async def test_a_roundup_that_is_corrected_stays_one(desk: Desk) -> None:
    parts = [" ".join(story(number).split()[:100]) for number in range(4)]
    for number, part in enumerate(parts):
        desk.put(f"{number}.txt", part)
    desk.put("week.txt", " ".join(parts))
    await desk.take_all("0.txt", "1.txt", "2.txt", "3.txt", "week.txt", max_bytes=10_000)
    assert await one(desk, "SELECT is_roundup FROM fingerprints WHERE article_id = 5") == 1
    desk.put("week.txt", " ".join([*parts, "Corrected."]))
    await desk.take_all("week.txt", max_bytes=10_000)
    assert await text_of(desk, 5) == " ".join([*parts, "Corrected."])
    assert await one(desk, "SELECT is_roundup FROM fingerprints WHERE article_id = 5") == 1


async def test_a_file_that_moved_is_corrected_where_it_lies_now(desk: Desk) -> None:
    path = desk.put("a.txt", FIRST + MORE)
    await desk.take_all("a.txt", max_bytes=10_000)
    path.rename(desk.root / "b.txt")
    await desk.take_all("b.txt", max_bytes=10_000)
    corrected = (FIRST + MORE).replace("nine months", "ten months")
    desk.put("b.txt", corrected)
    (taken,) = await desk.take_all("b.txt", max_bytes=10_000)
    assert (taken.outcome, taken.article_id) == (Outcome.ARTICLE, 1)
    assert await text_of(desk, 1) == corrected


async def test_an_own_file_that_is_read_again_for_a_copy_can_still_be_corrected(desk: Desk) -> None:
    """Its body was removed for its age, and a channel that is new gets it through a copy at another path."""
    desk.put("a.txt", FIRST + MORE)
    await desk.take_all("a.txt", imports=True, max_bytes=10_000)
    async with desk.database.write() as connection:
        await connection.exec_driver_sql("UPDATE articles SET pruned_at = 1, text = ''")
    desk.put("copy.txt", FIRST + MORE)
    (copy,) = await desk.take_all("copy.txt", max_bytes=10_000)
    assert (copy.outcome, copy.queued) == (Outcome.DUPLICATE, 1)
    desk.put("a.txt", (FIRST + MORE).replace("nine months", "ten months"))
    (taken,) = await desk.take_all("a.txt", max_bytes=10_000)
    assert (taken.outcome, taken.article_id) == (Outcome.ARTICLE, 1)


async def test_a_file_that_takes_the_words_of_another_article_is_a_copy_of_that(desk: Desk) -> None:
    desk.put("a.txt", FIRST + MORE)
    desk.put("b.txt", story(3))
    await desk.take_all("a.txt", "b.txt", max_bytes=10_000)
    desk.put("a.txt", story(3) + "\n")
    (taken,) = await desk.take_all("a.txt", max_bytes=10_000)
    assert (taken.outcome, taken.article_id) == (Outcome.DUPLICATE, 2)
    assert await text_of(desk, 1) == FIRST + MORE


async def test_what_a_file_held_before_its_correction_is_a_copy_elsewhere_and_then_its_own_again(
    desk: Desk,
) -> None:
    desk.put("a.txt", FIRST + MORE)
    await desk.take_all("a.txt", max_bytes=10_000)
    desk.put("a.txt", (FIRST + MORE).replace("nine months", "ten months"))
    desk.put("b.txt", FIRST + MORE)
    (corrected,) = await desk.take_all("a.txt", max_bytes=10_000)
    (copy,) = await desk.take_all("b.txt", max_bytes=10_000)
    assert [corrected.outcome, copy.outcome] == [Outcome.ARTICLE, Outcome.DUPLICATE]
    desk.put("a.txt", FIRST + MORE)
    (restored,) = await desk.take_all("a.txt", max_bytes=10_000)
    assert (restored.outcome, restored.article_id) == (Outcome.ARTICLE, 1)
    assert await one(desk, "SELECT count(*) FROM articles") == 1
    assert await text_of(desk, 1) == FIRST + MORE


@pytest.mark.parametrize("text", [FIRST + MORE + "\n", (FIRST + MORE).replace("nine months", "ten months")])
async def test_an_imported_file_that_is_saved_anew_is_not_posted(desk: Desk, text: str) -> None:
    desk.put("a.txt", FIRST + MORE)
    await desk.take_all("a.txt", imports=True, max_bytes=10_000)
    desk.put("a.txt", text)
    (taken,) = await desk.take_all("a.txt", max_bytes=10_000)
    assert (taken.article_id, taken.queued) == (1, 0)
    assert await desk.queued() == []
