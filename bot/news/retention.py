"""Bodies that are older than the operator wants to keep are removed; what texts are recognised by stays."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from bot.analysis.details import details_of, pack_details
from bot.analysis.tokens import Wording
from bot.news.patience import Patience
from bot.news.stories import BOILERPLATE, WINDOW
from bot.news.subscriptions.subscribing import UNDONE_FOR
from bot.news.subscriptions.unserved import OFFERED_FOR
from storage import articles, digests, ended, fingerprints, subscriptions, unserved
from storage.database import Database, finished

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Articles a transaction: the deliveries are not held up."""

INTERVAL = timedelta(hours=1)

TERMS_KEPT = WINDOW + timedelta(days=1)
"""Longer than texts are grouped by their terms: a clock may be set back."""

DIGESTS_KEPT = timedelta(days=30)
"""How long the pages of a digest can be turned."""

ENDED_KEPT = timedelta(days=30)
"""How long the filters of a subscription that ended are kept, and anything of a server that the bot left."""

EDGES_KEPT = timedelta(days=30)
"""How long a line is remembered that too few articles had."""


class Retention:
    """Removes what is too old, now and every hour, if the clock is right."""

    def __init__(
        self,
        database: Database,
        days: int,
        agreed: Callable[[], Awaitable[datetime | None]],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: Patience | None = None,
    ) -> None:
        """Keep bodies for so many ``days``; 0 is for ever.

        ``agreed`` returns the time if Discord agrees with it; ``None`` if not, or if that is not known.
        """
        self._database = database
        self._days = days
        self._agreed = agreed
        self._sleep = sleep
        self._patience = patience or Patience(sleep)
        self.idle = asyncio.Event()
        """Set once what was too old at the start is removed."""

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            removed = await self.prune()
            if removed:
                log.info("removed the texts of %d articles older than %d days", removed, self._days)
            self.idle.set()
            await self._sleep(INTERVAL.total_seconds())

    async def prune(self) -> int:
        """Remove every body that is too old, and return how many it were.

        What texts are grouped by goes too, once they are too old to be grouped, and so do old digests.
        Nothing is removed if nobody says that the clock is right: a clock that is ahead makes all of it old.
        """
        now = await self._agreed()
        if now is None:
            return 0
        while await self._patience.through(lambda: finished(self._forget_grouping(now))):
            continue
        if not self._days:
            return 0
        removed = 0
        while count := await self._patience.through(lambda: finished(self._prune_some(now))):
            removed += count
        return removed

    async def _prune_some(self, now: datetime) -> int:
        """Remove some bodies, and keep the details of their texts."""
        before = now - timedelta(days=self._days)
        async with self._database.read() as connection:
            old = await articles.too_old(connection, before, AT_ONCE)
        details = await asyncio.to_thread(_details, old)
        async with self._database.write() as connection:
            await fingerprints.keep_details(connection, details)
            return await articles.prune(connection, before, AT_ONCE, now, among=details)

    async def _forget_grouping(self, now: datetime) -> int:
        async with self._database.write() as connection:
            await fingerprints.forget_rare_edges(connection, BOILERPLATE, now - EDGES_KEPT)
            await digests.forget(connection, now - DIGESTS_KEPT)
            await ended.forget(connection, now - UNDONE_FOR)
            await subscriptions.purge(connection, now - ENDED_KEPT)
            await unserved.forget(connection, now - OFFERED_FOR)
            return await fingerprints.forget_terms(connection, now - TERMS_KEPT)


def _details(texts: Iterable[tuple[int, str, str]]) -> dict[int, bytes]:
    """Return what is kept of texts, by their articles: about a millisecond each."""
    return {number: pack_details(details_of(Wording(title, body))) for number, title, body in texts}
