"""Files that bring their worker down, with real worker processes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.analysis import analyse
from bot.analysis.analysis import Analysis, Method
from bot.errors import Refused
from bot.news.workers import Limits, Workers
from storage.files import Outcome
from tests.news.readers import read_or_misbehave
from tests.news.test_intake import Desk, desk

__all__ = ["desk"]  # the fixture

ARTICLE = "The harbour board met on Monday."


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(2, Limits(seconds=1, memory_mb=2048)) as pool:
        yield pool


async def test_files_that_hang_crash_or_grow_are_refused_after_a_second_try_and_the_others_read(
    desk: Desk, workers: Workers
) -> None:
    names = ["hang", "article", "crash", "grow", "deep", "copy"]
    for name in names:
        desk.put(f"{name}.txt", ARTICLE if name in ("article", "copy") else f"{name} {ARTICLE}")

    async def analysed(data: bytes, name: str, section: str | None) -> Analysis:
        return await workers.run(read_or_misbehave, data, name, section)

    taken = await desk.take_all(*(f"{name}.txt" for name in names), analyse=analysed)
    assert {t.name.removesuffix(".txt"): t.outcome for t in taken} == {
        "hang": Outcome.REFUSED,
        "article": Outcome.ARTICLE,
        "crash": Outcome.REFUSED,
        "grow": Outcome.REFUSED,
        "deep": Outcome.REFUSED,
        "copy": Outcome.DUPLICATE,
    }
    assert [t.name for t in taken] == [f"{name}.txt" for name in names]
    assert "longer than 1 s" in (taken[0].reason or "")


MEGABYTES = 10_000_000
SENTENCE = "The mayor said on Tuesday that the bridge will stay closed. "
LARGE = {
    "one line": SENTENCE * (MEGABYTES // len(SENTENCE)),
    "marks on one letter": "a" + "\u0301\u0323" * (MEGABYTES // 4),
    "a million elements, each in the one before": "<html>" + "<b>" * 1_000_000 + SENTENCE,
    "a title that fills the file": f"<html><title>{'a - ' * (MEGABYTES // 4)}</title><p>{SENTENCE}",
    "lists in lists": "[" * MEGABYTES,
    "null bytes between letters": "a\x00" * (MEGABYTES // 2),
}


async def test_the_largest_files_are_read_or_refused_within_the_limits_of_a_worker() -> None:
    # Each takes a second or two; the limit is far above it, for the sake of a busy machine.
    async with Workers(2, Limits(seconds=100)) as pool:
        reading = [
            pool.run(analyse.analyse, text.encode(), "a.txt", None, 3, Method.BALANCED)
            for text in LARGE.values()
        ]
        found = await asyncio.gather(*reading, return_exceptions=True)
    # No ``AnalysisFailed``: none took too long, grew too large or brought its worker down.
    assert {type(one) for one in found} == {Analysis, Refused}
