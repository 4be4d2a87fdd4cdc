"""What people decide about single articles: post it again, take it back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.errors import GazetteError, NotFound
from bot.news.channels import Channels
from bot.news.desk import article_id_of
from bot.news.discord_errors import refusal
from storage import articles, deliveries
from storage.articles import StoredArticle
from storage.database import Database, finished
from storage.deliveries import Delivery, State

log = logging.getLogger(__name__)


class NotNow(GazetteError):
    """What a person asked for cannot be done as things stand."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A post that stands in a channel."""

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Reposted:
    """What became of a wish to have an article posted again."""

    title: str
    queued: int
    """In how many channels it is posted again."""
    waiting: int
    """In how many it waits to be posted anyway."""
    standing: tuple[Standing, ...]
    """Where it stands, so that it was not posted again."""


class Moderation:
    """Changes what stands in the channels, on the word of somebody who may."""

    def __init__(
        self,
        database: Database,
        channels: Channels,
        clock: Clock,
        wake: Callable[[], None],
        posted_in: tuple[int, ...],
    ) -> None:
        """Take how to ``wake`` the deliveries, and the channels that an article is ``posted_in``."""
        self._database = database
        self._channels = channels
        self._clock = clock
        self._wake = wake
        self._posted_in = posted_in

    async def repost(self, wanted: str) -> Reposted:
        """Post an article again where its message is gone, or where it never was.

        Raises ``NotFound`` and ``NotNow``.
        """
        article, known = await self._find(wanted)
        if article.pruned_at is not None:
            raise NotNow("Its text is no longer kept: it is older than HISTORY_DAYS.")
        gone = [d for d in known if d.state in {State.REMOVED, State.FAILED}]
        standing = []
        for delivery in known:
            if delivery.state is State.SENT and delivery.message_id is not None:
                if await self._stands(delivery.channel_id, delivery.message_id):
                    standing.append(Standing(delivery.channel_id, delivery.message_id))
                else:
                    gone.append(delivery)
        queued = await finished(self._queue(article.id, gone))
        waiting = sum(d.state in {State.QUEUED, State.SENDING} for d in known)
        log.info(
            "article %d is posted again in %d channels", article.id, queued, extra={"article": article.id}
        )
        self._wake()
        return Reposted(article.title, queued, waiting, tuple(standing))

    async def forget(self, wanted: str) -> tuple[str, int]:
        """Take an article back for good; return its title, and how many posts are deleted.

        Its text, title and entities are removed from the history; what it is recognised by stays, so that it
        never comes again. Raises ``NotFound``.
        """
        article, known = await self._find(wanted)
        await finished(self._forget(article.id))
        log.info("article %d was taken back", article.id, extra={"article": article.id})
        self._wake()
        return article.title, sum(d.state in {State.SENT, State.SENDING, State.REMOVING} for d in known)

    async def _find(self, wanted: str) -> tuple[StoredArticle, list[Delivery]]:
        async with self._database.read() as connection:
            article = await articles.get(connection, await article_id_of(connection, wanted))
            if article is None or article.forgotten_at is not None:
                raise NotFound("That article is no longer in the history.")
            return article, await deliveries.of_article(connection, article.id)

    async def _stands(self, channel_id: int, message_id: int) -> bool:
        try:
            return await self._channels.stands(channel_id, message_id)
        except Exception as error:
            reason = refusal(error) or "Discord does not answer just now."
            raise NotNow(f"Whether its post still stands cannot be seen. {reason}") from error

    async def _queue(self, article_id: int, gone: list[Delivery]) -> int:
        now = self._clock()
        async with self._database.write() as connection:
            again = [await deliveries.repost(connection, delivery.id, now) for delivery in gone]
            return sum(again) + await deliveries.enqueue(connection, article_id, self._posted_in, now)

    async def _forget(self, article_id: int) -> None:
        async with self._database.write() as connection:
            await deliveries.take_back(connection, article_id)
            await articles.forget(connection, article_id, self._clock())
