"""Whatever happens: each article that a channel wants is there once, in a post or in one digest."""

import gc
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.news.digests.digesting import page_of
from storage import digests
from storage.database import Database
from tests.conftest import Clock
from tests.news.digests.expected import Expected
from tests.news.digests.happenings import STEPS, Newsroom, Serve, Step, retry
from tests.news.digests.program import Program
from tests.news.digests.remembered import Remembered

EXAMPLES = int(os.environ.get("GAZETTE_EXAMPLES", "25"))
"""Each takes about a quarter of a second."""

WAITING = {"held", "queued", "sending", "failed"}
ROWS = "SELECT article_id, channel_id, state, digest_id FROM deliveries WHERE article_id IS NOT NULL"


@pytest.fixture
async def empty_history(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Path]:
    """Return a history with all its tables: making them takes longer than a test."""
    path = tmp_path_factory.mktemp("empty") / "gazette.db"
    await (await Database.open(path)).close()
    yield path
    gc.collect()  # what a query that was cancelled half way left open is to be told of here, if anywhere


@pytest.mark.filterwarnings(
    "ignore:unclosed database:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
async def test_each_article_is_once_in_each_channel_that_wants_it(
    tmp_path_factory: pytest.TempPathFactory, empty_history: Path, steps: Sequence[Step]
) -> None:
    folder = tmp_path_factory.mktemp("newsroom")
    history = Path(shutil.copy(empty_history, folder))
    clock, expected = Clock(), Expected()
    clock.advance(days=25)  # two days before summer time begins in Europe
    channels = Remembered(clock)
    program = Program(folder / "inbox", history, channels, clock)
    room = Newsroom(program, channels, clock, expected)

    def begins(channel: int) -> None:
        assert expected.may_begin(channel, clock()), f"{channel} gets something at {clock()}"

    def taken(path: str, article: int | None) -> None:
        text = expected.text_at[path]
        if article is not None:
            text.article_id = text.article_id or article
            assert expected.key_of.setdefault(article, text.key) == text.key

    channels.begins, program.taken = begins, taken
    await program.start()
    try:
        for step in steps:
            await happen(room, step)
            await check(room)
        await at_the_end(room)
    finally:
        await program.close()
        shutil.rmtree(folder)


async def happen(room: Newsroom, step: Step) -> None:
    room.expected.remember()
    work = step.what.work(room)
    if work is not None:
        meanwhile = step.meanwhile and not isinstance(step.what, Serve)
        error = await room.program.do(work, step.end, meanwhile=meanwhile)
        assert error is None


async def at_the_end(room: Newsroom) -> None:
    """Let a week pass in which nothing is in the way, and look whether anything still waits."""
    room.channels.faults.clear()
    room.channels.refusing.clear()
    await retry(room)
    for hours in (1, 5, 24, 37, 101):
        room.clock.advance(hours=hours)
        for one in room.expected.subscriptions.values():
            one.quiet = None
        for channel, one in room.expected.subscriptions.items():
            await room.program.subscribing.quiet(one.server, channel, None)
        room.expected.remember()
        await room.program.serve()
        await check(room, is_served=True)
    await check_the_end(room)


async def rows(room: Newsroom, query: str) -> list[Any]:
    async with room.program.database.read() as connection:
        return list(await connection.exec_driver_sql(query))


async def check(room: Newsroom, *, is_served: bool = False) -> None:
    """Look at what stands and waits in each channel; all that is due stands there where ``is_served``."""
    expected = room.expected
    places: Counter[tuple[str, int]] = Counter()
    for channel, messages in room.channels.messages.items():
        made = Counter(str(one.embed.title) for one in messages)
        for text in expected.texts:
            if made[text.key]:
                owed = expected.owed[text.key, channel]
                assert made[text.key] <= 1 + owed.again, f"{text.key} came twice in {channel}"
        places.update((key, channel) for key in room.posted(channel))
    stored = await rows(room, ROWS)
    for article, channel, state, _ in stored:
        place = (expected.key_of[article], channel)
        if state == "listed" or (state in WAITING and place not in places):
            places[place] += 1
    forgotten = {one.key for one in expected.texts if one.is_forgotten}
    check_places(expected, places, forgotten)
    await check_digests(room)
    if is_served:
        check_nothing_is_late(room, stored)


def check_places(expected: Expected, places: Counter[tuple[str, int]], forgotten: set[str]) -> None:
    """Look whether each text is once where it is owed, and nowhere else."""
    keys = {one.key for one in expected.texts}
    for key, channel in places:
        if key in keys and channel not in expected.deleted:
            assert (key, channel) in expected.owed, f"{key} is not for {channel}"
    for (key, channel), owed in expected.owed.items():
        assert places[key, channel] <= 1, f"{key} is twice in {channel}"
        may_lack = owed.is_excused or owed.again or key in forgotten or channel in expected.deleted
        assert may_lack or places[key, channel], f"{key} is not in {channel}"


def check_nothing_is_late(room: Newsroom, stored: Sequence[Any]) -> None:
    """Look whether only that waits whose slot, or the end of a pause, is still to come."""
    expected, now = room.expected, room.clock()
    for article, channel, state, _ in stored:
        one = expected.subscriptions.get(channel)
        if one is None or one.is_held(now) or state not in WAITING:
            continue
        assert one.schedule is not None, f"{article} is {state} for {channel}"
        owed, slot = expected.owed[expected.key_of[article], channel], one.last_slot(now)
        assert slot is None or owed.at >= slot, f"{article} missed {slot} in {channel}"


async def check_digests(room: Newsroom) -> None:
    """Look at each digest: its slot is its own, it is one message, and its pages hold what it lists."""
    key_of = room.expected.key_of
    made = await rows(room, "SELECT id, channel_id, slot FROM digests")
    slots = Counter((channel, slot) for _, channel, slot in made if slot is not None)
    assert all(count == 1 for count in slots.values()), slots
    own = Counter(
        row[0] for row in await rows(room, "SELECT digest_id FROM deliveries WHERE article_id IS NULL")
    )
    assert own == Counter(number for number, _, _ in made)
    listed: defaultdict[int, set[str]] = defaultdict(set)
    for article, _, state, digest in await rows(room, ROWS):
        if state == "listed":
            listed[digest].add(key_of[article])
    async with room.program.database.read() as connection:
        for number, _, _ in made:
            record = await digests.get(connection, number)
            assert record is not None
            first = await page_of(connection, number, record)
            others = range(2, first.of + 1)
            pages = [first, *[await page_of(connection, number, record, number=page) for page in others]]
            stories = [story for page in pages for part in page.sections for story in part.stories]
            assert len(stories) == len({story.id for story in stories})
            assert {key_of[article] for story in stories for article in story.articles} == listed[number]


async def check_the_end(room: Newsroom) -> None:
    expected = room.expected
    for article, channel, state, _ in await rows(room, ROWS):
        if channel in expected.subscriptions:
            assert state not in WAITING, f"{article} is {state} for {channel}"
    for channel in {*room.channels.messages} - room.channels.deleted - room.channels.hidden:
        for message in room.channels.standing(channel):
            for text in expected.texts:
                assert not (text.is_forgotten and text.key in message.text), f"{text.key} is in {channel}"
        marks = Counter(one.mark for one in room.channels.standing(channel))
        assert all(count == 1 for count in marks.values())
