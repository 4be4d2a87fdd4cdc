"""What operators ask and do: how it stands, why a file became what it is, try again what failed."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.errors import NotFound
from bot.news.desk import article_id_of
from bot.render.mark import delivery_of
from bot.settings import Settings
from storage import deliveries, trace
from storage.database import Database, finished
from storage.overview import Overview, overview
from storage.trace import Trace

SHOWN = 5
"""Failures and refusals in a status; the rest is counted."""

UNKNOWN_FILE = (
    "The history knows nothing of that file. It may be waiting to stand still, its name may be one that is "
    "passed over, or it lies outside the folder."
)


@dataclass(frozen=True, slots=True)
class Status:
    """How it stands."""

    overview: Overview
    """``sent`` counts the last 24 hours."""
    history_bytes: int


def _nobody() -> None:
    """Call nobody: there is no bot in this program."""


class Operations:
    """Answers for those who run Gazette, from the history alone: the bot need not be there."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self.wake = _nobody
        """Called when something was queued, so that it need not wait to be looked for."""

    async def status(self) -> Status:
        """Return how it stands."""
        since = self._clock() - timedelta(days=1)
        async with self._database.read() as connection:
            found = await overview(connection, since, SHOWN)
        return Status(found, self._settings.database_path.stat().st_size)

    async def why(self, *, article: str | None = None, path: str | None = None) -> Trace:
        """Return the way of an article, or of the file at a path. Raises ``NotFound``."""
        async with self._database.read() as connection:
            if path is not None:
                found = await trace.of_path(connection, self._known_path(path))
            elif article is not None:
                found = await trace.of_article(connection, await article_id_of(connection, article))
            else:
                raise NotFound("Name an article, or the path of a file.")
        if found is None:
            raise NotFound(UNKNOWN_FILE)
        return found

    def _known_path(self, path: str) -> str:
        """Return the path as the history has it: from the folder, or in full for a file elsewhere."""
        inbox = self._settings.articles_dir.resolve()
        full = Path.cwd() / path
        return str(full.relative_to(inbox)) if full.is_relative_to(inbox) else path

    async def retry(self, mark: str | None) -> int:
        """Queue what failed once more, the one with this mark or all, and return how many that is.

        Raises ``NotFound`` where no failed delivery has the mark.
        """
        delivery_id = None if mark is None else delivery_of(mark)
        if mark is not None and delivery_id is None:
            raise NotFound("That is no mark. A mark looks like #k3f9; the status shows those that failed.")
        queued = await finished(self._retry(delivery_id))
        if mark is not None and not queued:
            raise NotFound("No delivery with that mark has failed.")
        if queued:
            self.wake()
        return queued

    async def _retry(self, delivery_id: int | None) -> int:
        async with self._database.write() as connection:
            return await deliveries.retry(connection, delivery_id, self._clock())
