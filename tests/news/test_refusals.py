"""Refusals begin, are told, and end."""

from pathlib import Path

import pytest

from bot.errors import NotFound
from bot.news import folder
from bot.news.intake import Intake, Taken
from bot.news.refusals import Refusals, overwritten
from storage import articles
from storage.files import Outcome
from tests.news.newsroom import CHANNEL, subscribed
from tests.news.test_intake import Desk, desk, plain_reader

__all__ = ["desk"]  # the fixture

KITES = "Forty kites rose over the harbour of Brenn. The wind held until noon."
KITES_CORRECTED = "Forty kites rose over the harbour of Brenn. The wind held until evening."
BROKEN = ""


@pytest.fixture
def refusals(desk: Desk) -> Refusals:
    return Refusals(desk.database, desk.root, desk.clock)


async def paths(refusals: Refusals) -> list[str]:
    found, total = await refusals.listed()
    assert total == len(found)
    return [one.path for one in found]


async def take(desk: Desk, name: str, text: str) -> Taken:
    """Write a text over what lies at this path, and take it in."""
    desk.put(name, text)
    (taken,) = await desk.take_all(name)
    return taken


async def test_a_placeholder_that_is_filled_is_refused_no_longer(desk: Desk, refusals: Refusals) -> None:
    await take(desk, "later.txt", "")
    await take(desk, "other.txt", "")
    assert sorted(await paths(refusals)) == ["later.txt", "other.txt"]
    assert (await take(desk, "later.txt", KITES)).outcome is Outcome.ARTICLE
    assert await paths(refusals) == ["other.txt"]


async def test_a_placeholder_that_is_filled_with_a_copy_is_refused_no_longer(
    desk: Desk, refusals: Refusals
) -> None:
    await take(desk, "a.txt", KITES)
    await take(desk, "later.txt", "")
    assert (await take(desk, "later.txt", KITES)).outcome is Outcome.DUPLICATE
    assert await paths(refusals) == []


async def test_a_file_that_is_gone_renamed_or_passed_over_is_listed_no_longer(
    desk: Desk, refusals: Refusals
) -> None:
    await take(desk, "gone.txt", "")
    await take(desk, "moved.txt", " ")
    desk.put("kites_files/frame.html", "  ")
    desk.put("draft.txt.bak", "   ")  # an earlier version did not pass it over
    await desk.take_all("kites_files/frame.html", "draft.txt.bak")
    (desk.root / "gone.txt").unlink()
    (desk.root / "moved.txt").rename(desk.root / "here.txt")
    await desk.take_all("here.txt")
    desk.put("kites.html", KITES)
    assert await paths(refusals) == ["here.txt"]


async def test_a_file_that_comes_back_as_it_was_is_listed_again(desk: Desk, refusals: Refusals) -> None:
    await take(desk, "a.txt", "")
    (desk.root / "a.txt").unlink()
    assert await paths(refusals) == []
    await take(desk, "a.txt", "")
    assert await paths(refusals) == ["a.txt"]


async def test_while_the_folder_is_away_all_refusals_are_listed(
    desk: Desk, refusals: Refusals, tmp_path: Path
) -> None:
    await take(desk, "a.txt", "")
    desk.root.rename(tmp_path / "away")
    assert await paths(refusals) == ["a.txt"]


async def test_an_imported_file_is_listed_as_long_as_it_is_there(desk: Desk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.touch()
    refusals = Refusals(desk.database, desk.root, desk.clock)
    intake = Intake(desk.database, plain_reader, desk.clock, max_bytes=1000)
    file = folder.look(tmp_path, "elsewhere.txt")
    assert file is not None
    await intake.store(await intake.read(tmp_path, file, str(elsewhere)), str(elsewhere))
    desk.root.mkdir()
    assert await paths(refusals) == [str(elsewhere)]
    elsewhere.unlink()
    assert await paths(refusals) == []


async def test_what_was_dismissed_is_not_listed_until_it_is_refused_for_another_content(
    desk: Desk, refusals: Refusals
) -> None:
    await take(desk, "a.txt", "")
    await take(desk, "b.txt", "")
    assert await refusals.dismiss("a.txt") == 1
    assert await paths(refusals) == ["b.txt"]
    await desk.take_all("a.txt")  # as after a restart
    assert await paths(refusals) == ["b.txt"]
    await take(desk, "a.txt", "  ")
    assert sorted(await paths(refusals)) == ["a.txt", "b.txt"]
    assert await refusals.dismiss() == 2
    assert await refusals.dismiss() == 0
    with pytest.raises(NotFound):
        await refusals.dismiss("a.txt")


async def test_a_good_file_that_is_overwritten_by_a_bad_one_is_told(desk: Desk) -> None:
    assert not (await take(desk, "page.html", KITES)).was_read
    taken = await take(desk, "page.html", BROKEN)
    assert (taken.outcome, taken.was_read) == (Outcome.REFUSED, True)
    assert not (await take(desk, "never-read.html", BROKEN)).was_read
    (again,) = await desk.take_all("page.html")
    assert not again.was_read


async def test_the_good_content_that_comes_back_is_known_and_posted_nowhere(desk: Desk) -> None:
    await take(desk, "page.html", KITES)
    await take(desk, "page.html", BROKEN)
    await subscribed(desk.database, desk.clock, CHANNEL + 1)  # since the article was posted
    assert await take(desk, "page.html", KITES) == Taken("page.html", None, 1)
    assert await desk.queued() == [1]


async def test_a_correction_after_a_bad_content_corrects_the_article(desk: Desk) -> None:
    await take(desk, "page.html", KITES)
    await take(desk, "page.html", BROKEN)
    await take(desk, "page.html", " ")
    taken = await take(desk, "page.html", KITES_CORRECTED)
    assert taken.article_id == 1
    assert await desk.queued() == [1]
    async with desk.database.read() as connection:
        stored = await articles.get(connection, 1)
    assert stored is not None
    assert stored.text == KITES_CORRECTED


async def test_another_article_after_a_bad_content_is_posted(desk: Desk) -> None:
    await take(desk, "page.html", KITES)
    await take(desk, "page.html", BROKEN)
    taken = await take(desk, "page.html", "The council of Aldmoor has bought a second snow plough.")
    assert (taken.outcome, taken.article_id) == (Outcome.ARTICLE, 2)
    assert await desk.queued() == [1, 2]


async def test_a_page_that_moved_away_before_is_not_the_one_that_is_refused(desk: Desk) -> None:
    desk.put("page.html", KITES)
    await desk.take_all("page.html")
    (desk.root / "page.html").rename(desk.root / "kites.html")
    await desk.take_all("kites.html")
    assert not (await take(desk, "page.html", BROKEN)).was_read


def test_the_sentence_shows_a_hostile_name_harmless() -> None:
    cause, sentence = overwritten("caf\udce9\n@everyone.html", "It is empty.")
    sentence.encode()
    cause.encode()
    assert "@everyone" not in sentence
    assert "\n" not in sentence
