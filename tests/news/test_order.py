"""What is decided follows the order of the files, whichever worker is done first and whoever else writes."""

import asyncio
import shutil
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from bot.analysis.analysis import Analysis
from bot.articles.article import Article
from bot.errors import AnalysisFailed
from bot.news import folder
from bot.news.deciding import News
from bot.news.intake import Intake
from bot.news.pipeline import Pipeline
from bot.news.subscriptions.routing import Routing
from storage.database import Database
from storage.files import Outcome
from tests.conftest import Clock
from tests.news.newsroom import CHANNEL, subscribed
from tests.news.readers import read_plainly
from tests.news.test_intake import Desk, plain_reader

FIRST = (
    "The harbour board of Porto elected Ada Reed as its chair on Monday and ended a dispute of nine months. "
    "Reed, who was a pilot before, won seven of the twelve votes in a secret ballot that took two hours. "
    "She promised to publish the accounts of the last ten years before the summer begins. "
    "The shipping company welcomed the vote and hoped for lower fees in the year that comes."
)
MORE = (
    " The losing candidate, Rui Matos, called for a recount late on Tuesday and said two ballots were torn. "
    "A judge in Braga will hear his complaint next week, and the ballots lie in a vault until then. "
    "Fishermen sang before the customs house until the rain drove them home at midnight."
)
LATER = (
    " On Friday the judge threw the complaint out, since no witness had seen a torn ballot that evening. "
    "Matos left the town by train and spoke to nobody, while friends took down posters in the old quarter."
)
EVENT = (
    "Ada Reed will lead the harbour board of Porto after a secret ballot. The election of Reed as chair ends "
    "the dispute over fees at the harbour of Porto, the board and the shipping company said."
)
AT_ONCE = {
    "a.txt": FIRST + MORE,  # what lay there before, corrected
    "b.txt": (FIRST + MORE).replace("late on Tuesday", "on Tuesday"),
    "c.txt": FIRST + MORE + LATER,
    "d.txt": EVENT,
}
TABLES = (
    "SELECT text_hash, story_id, duplicate_of, update_of, news FROM articles ORDER BY id",
    "SELECT first_path, outcome, article_id FROM files ORDER BY first_path",
    "SELECT article_id, verdict, of_id, containment, novel_words FROM comparisons ORDER BY article_id",
    "SELECT line, many FROM edges ORDER BY line",
    "SELECT article_id, channel_id, state, wanted FROM deliveries ORDER BY id",
)


class Turns:
    """Readers that are done in a given order, whatever order they began in."""

    def __init__(self, *order: str) -> None:
        self._before = dict(zip(order[1:], order, strict=False))
        self._done = {name: asyncio.Event() for name in order}

    async def __call__(self, data: bytes, name: str, section: str | None) -> Analysis:
        if name in self._before:
            await self._done[self._before[name]].wait()
        self._done[name].set()
        return await plain_reader(data, name, section)


async def decided(history: Path, desk: Desk, *order: str) -> list[Any]:
    """Return what a history says after these files were read side by side, done in this order."""
    copy = history.with_name("copy.db")
    for suffix in ("", "-wal", "-shm"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    shutil.copy(history, copy)
    one = Desk(desk.root, await Database.open(copy), desk.clock)
    names = sorted(AT_ONCE)
    if order:
        await one.take_all(*names, analyse=Turns(*order), max_bytes=10_000, at_once=len(names))
    else:
        for name in names:
            await one.take_all(name, max_bytes=10_000)
    async with one.database.read() as connection:
        rows = [tuple(row) for query in TABLES for row in await connection.exec_driver_sql(query)]
    await one.database.close()
    return rows


async def test_the_decisions_do_not_depend_on_which_worker_is_done_first(
    tmp_path: Path, clock: Clock
) -> None:
    history = tmp_path / "gazette.db"
    desk = Desk(tmp_path / "inbox", await Database.open(history), clock)
    desk.put("a.txt", FIRST)
    await desk.take_all("a.txt", max_bytes=10_000)
    await desk.database.close()
    for name, text in AT_ONCE.items():
        desk.put(name, text)
    in_turn = await decided(history, desk)
    outcomes = {row[0].decode(): row[1] for row in in_turn if row[1] in [*Outcome]}
    assert outcomes == {"a.txt": "article", "b.txt": "duplicate", "c.txt": "article", "d.txt": "article"}
    for order in permutations(AT_ONCE):
        assert await decided(history, desk, *order) == in_turn, order


async def test_two_programs_with_near_copies_make_one_article_and_one_post(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "gazette.db"
    programs = [Desk(tmp_path / "inbox", await Database.open(path), clock) for _ in range(4)]
    for number in range(4):
        programs[0].put(f"{number}.txt", (FIRST + MORE).replace("nine months", f"{number + 2} months"))
    taken = await asyncio.gather(
        *(program.take_all(f"{n}.txt", max_bytes=10_000) for n, program in enumerate(programs))
    )
    outcomes = sorted(str(taken_one.outcome) for (taken_one,) in taken)
    assert outcomes == [Outcome.ARTICLE, *[Outcome.DUPLICATE] * 3]
    assert len(await programs[0].queued()) == 1
    for program in programs:
        await program.database.close()


async def fails(_article: Article, _old: bytes) -> tuple[str, ...]:
    raise AnalysisFailed("It took longer than 20 s to read.")


async def invents(_article: Article, _old: bytes) -> tuple[str, ...]:
    return ("These words are not in the article.",)


@pytest.mark.parametrize("news", [fails, invents])
async def test_an_update_whose_news_cannot_be_found_is_stored_all_the_same(
    tmp_path: Path, clock: Clock, database: Database, news: News
) -> None:
    desk = Desk(tmp_path / "inbox", database, clock)
    desk.put("a.txt", FIRST)
    desk.put("b.txt", FIRST + MORE + LATER)
    desk.put("c.txt", "The board met.")
    routing = Routing(await subscribed(database, clock, CHANNEL))
    intake = Intake(database, plain_reader, clock, max_bytes=10_000, routing=routing, news=news)
    pipeline = Pipeline(intake, lambda: desk.root, desk.reported.append, at_once=2)
    deciding = asyncio.create_task(pipeline.run())
    for name in ("a.txt", "b.txt", "c.txt"):
        file = folder.look(desk.root, name)
        assert file is not None
        await pipeline.hand_over(file)
    idle = asyncio.create_task(pipeline.idle.wait())
    await asyncio.wait({deciding, idle}, return_when=asyncio.FIRST_COMPLETED)
    deciding.cancel()
    idle.cancel()
    await asyncio.gather(deciding, return_exceptions=True)
    assert len(desk.reported) == 3
    assert await desk.queued() == [1, 2, 3]


def test_the_readers_take_every_text_of_the_tests_for_another() -> None:
    hashes = {read_plainly(text.encode(), name, None).text_hash for name, text in AT_ONCE.items()}
    assert len(hashes) == len(AT_ONCE)
