"""Articles that came while no channel had a subscription: they are offered to the first that has one."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.news.subscriptions.matching import Matches
from bot.news.subscriptions.routing import Offered, Routing
from bot.news.subscriptions.subscriptions import Register
from storage import articles, deliveries, unserved
from storage.articles import StoredArticle
from storage.database import Database, finished

log = logging.getLogger(__name__)

OFFERED_FOR: Final = timedelta(days=1)
"""How long an article can be offered: what is older is no news."""
MOST_OFFERED: Final = 1000
"""Articles, the newest."""


class Unserved:
    """Counts and posts what came while nobody was subscribed."""

    def __init__(
        self,
        database: Database,
        register: Register,
        clock: Clock,
        routing: Routing,
        wake: Callable[[], None],
    ) -> None:
        """Take whom to ``wake`` when there is something to post."""
        self._database = database
        self._register = register
        self._clock = clock
        self._routing = routing
        self._wake = wake

    async def offered_to(self, channel_id: int) -> int:
        """Return how many articles can be offered to a channel: none unless it alone has a subscription."""
        return len(await self._offered_to(channel_id))

    async def post(self, channel_id: int) -> int:
        """Post what is offered to a channel and wanted there, the oldest first; return how much that is."""
        posted = 0
        for number in await self._offered_to(channel_id):
            posted += await self._post(channel_id, number)
        if posted:
            log.info("channel %d gets %d articles that came before any subscription", channel_id, posted)
            self._wake()
        return posted

    async def leave(self, channel_id: int) -> None:
        """Offer what is offered to a channel to nobody any more."""
        if await self._offered_to(channel_id):
            await finished(self._leave())

    async def _offered_to(self, channel_id: int) -> list[int]:
        async with self._database.read() as connection:
            if [one.channel_id for one in await self._register.all(connection)] != [channel_id]:
                return []
            return await unserved.since(connection, self._clock() - OFFERED_FOR, MOST_OFFERED)

    async def _post(self, channel_id: int, article_id: int) -> int:
        async with self._database.read() as connection:
            article = await articles.get(connection, article_id)
        if article is None:
            return 0
        offered = Offered.in_section(article, article.entities, article.section)
        return await self._routing.decided(
            self._database,
            offered,
            lambda matches: finished(self._queue(channel_id, article, offered, matches)),
        )

    async def _queue(
        self, channel_id: int, article: StoredArticle, offered: Offered, matches: Matches
    ) -> int:
        now = self._clock()
        async with self._database.write() as connection:
            route = await self._routing.wanted(connection, offered, now, matches)
            if not await unserved.take(connection, article.id) or not article.has_a_body:
                return 0
            wanting = {channel_id}.intersection(route.channels)
            return await deliveries.enqueue(connection, article.id, wanting, now, held=route.held)

    async def _leave(self) -> None:
        async with self._database.write() as connection:
            await unserved.forget(connection)
