"""What the tests share: a real history in a file, a clock that stands where it is put, made-up articles."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.articles import ArticleRecord
from storage.database import Database

settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")  # a busy machine is no fault


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "history" / "gazette.db")
    yield opened
    await opened.close()


def record(number: int = 1, **changes: object) -> ArticleRecord:
    """Return an article to store; each number has a text of its own."""
    text = f"The harbour board met on day {number}. It chose a new chair."
    values: dict[str, object] = {
        "text_hash": number.to_bytes(16),
        "title": f"Harbour board meets, day {number}",
        "text": text,
        "byline": "Ada Quill",
        "published": None,
        "language": "en",
        "source": "Example Times",
        "url": "https://example.com/a",
        "picture": None,
        "section": None,
        "method": "balanced",
        "sentence_count": 2,
        "summary": ((0, text.index(".") + 1),),
        "entities": None,
        "stored_at": datetime(2026, 3, 1, tzinfo=UTC),
    }
    return ArticleRecord(**(values | changes))  # type: ignore[arg-type]  # a test names the fields it means
