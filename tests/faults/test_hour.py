"""The hour of everything at once, in short: each trouble once, in a fixed order; every article stands once.

The whole is ``python -m tests.faults.hour``, which does all that at random.
"""

from pathlib import Path

import pytest

from tests.faults.day import Act, Day
from tests.faults.hour import Hour, an_hour

LIMIT = 0.5
"""Seconds that a rate limit asks for here; the hour has longer ones."""


async def test_after_each_trouble_once_every_article_stands_once(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    bytecode = pytestconfig.cache.mkdir("bytecode")
    async with an_hour(tmp_path / "program", bytecode, seed=7, real_pauses=False) as hour:
        hour.server.retry_after = LIMIT
        await hour.through(lambda: _each_once(hour))
        result = hour.reckoning.result()
        assert result.wrong == {}, hour.reckoning.details
        assert hour.ends == []
        assert result.due > 60


async def _each_once(hour: Hour) -> None:
    """Have each trouble come while there is news, and let the program come to rest after some of them."""
    day = Day(hour.newsroom, hour.requests, hour.troubles, hour.reckoning, hour.server, faster=1)
    for _ in range(2):
        await hour.requests.subscribe(is_digest=False)
    troubles: tuple[Act, ...] = (
        hour.troubles.kill_workers,
        hour.troubles.spoil_answers,
        hour.troubles.kill_program,
        hour.troubles.limit,
        hour.troubles.close_gateway,
        hour.requests.filter_slowly,
        hour.requests.upload,
        day.delete_message,
        day.burst,
        hour.requests.close_channel,
        hour.troubles.kill_program,
    )
    for trouble in troubles:
        for act in (day.article, day.article, day.copy, day.update, day.correct):
            await act()
        await trouble()
        await day.article()
