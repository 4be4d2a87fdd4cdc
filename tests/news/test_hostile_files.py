"""Files that bring their worker down, with real worker processes."""

from collections.abc import AsyncIterator

import pytest

from bot.analysis.analysis import Analysis
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
