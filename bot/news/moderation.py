"""What people decide about single articles: post it again, take it back."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.analysis.details import details_of, pack_details
from bot.analysis.shingles import Shingled
from bot.analysis.terms import Terms
from bot.analysis.tokens import Wording
from bot.articles.article import Article
from bot.clock import Clock
from bot.errors import GazetteError, NotFound
from bot.news.article_names import article_id_of
from bot.news.history import to_article, to_fingerprint
from bot.news.sending.channels import Channels
from bot.news.sending.discord_errors import refusal
from bot.news.stories import Arrival, arrival
from bot.news.subscriptions.matching import Matches
from bot.news.subscriptions.routing import Offered, Routing
from bot.render.text import counted, quoted
from storage import articles, comparisons, deliveries, files, fingerprints, judgements, stories, subscriptions
from storage.articles import StoredArticle
from storage.connection import Connection
from storage.database import Database, finished
from storage.deliveries import Delivery, State

log = logging.getLogger(__name__)


Shingles = Callable[[Article], Awaitable[tuple[Shingled, Terms]]]
"""Returns what an article is compared by."""


class NotNow(GazetteError):
    """What a person asked for cannot be done as things stand."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A post that stands in a channel."""

    guild_id: int | None
    """The channel's server, where that is known."""
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
    listed: int
    """In how many it stands in a digest."""
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
        shingles: Shingles,
        routing: Routing,
    ) -> None:
        """Take how to ``wake`` the deliveries, who finds an article's ``shingles``, and where articles go."""
        self._database = database
        self._channels = channels
        self._clock = clock
        self._wake = wake
        self._shingles = shingles
        self._routing = routing

    async def repost(self, wanted: str) -> Reposted:
        """Post an article again where its message is gone, and nowhere else.

        Raises ``NotFound`` and ``NotNow``.
        """
        article, known = await self._find(wanted)
        async with self._database.read() as connection:
            guilds = await subscriptions.servers_of(connection, {d.channel_id for d in known})
        if article.pruned_at is not None:
            raise NotNow("Its text is no longer kept: it is older than HISTORY_DAYS.")
        gone = [d for d in known if d.state in {State.REMOVED, State.FAILED}]
        standing = []
        for delivery in known:
            if delivery.state is State.SENT and delivery.message_id is not None:
                if await self._stands(delivery.place, delivery.message_id):
                    guild_id = guilds.get(delivery.channel_id)
                    standing.append(Standing(guild_id, delivery.place, delivery.message_id))
                else:
                    gone.append(delivery)
        has = {d.channel_id for d in known if d not in gone}
        again = {d.channel_id: d for d in gone if d.channel_id not in has}  # of two in a channel the later
        queued = await finished(self._queue_again(list(again.values())))
        waiting = sum(d.state in {State.HELD, State.QUEUED, State.SENDING} for d in known)
        log.info(
            "%s is posted again in %s", _named(article), counted(queued, "channel"), extra=_about(article)
        )
        self._wake()
        listed = sum(d.state is State.LISTED for d in known)
        return Reposted(article.title, queued, waiting, listed, tuple(standing))

    async def find(self, wanted: str) -> tuple[int, str]:
        """Return the id and the title of the article that was named. Raises ``NotFound``."""
        article, _ = await self._find(wanted)
        return article.id, article.title

    async def forget(self, wanted: str) -> tuple[str, int]:
        """Take an article back for good; return its title, and how many posts are deleted.

        Its text, title and entities are removed from the history; what it is recognised by stays, so that it
        never comes again. Raises ``NotFound``.
        """
        article, _ = await self._find(wanted)
        known = await finished(self._forget(article.id))
        # Without its title, as what it said is not to be kept.
        log.info("article %d was taken back", article.id, extra=_about(article))
        self._wake()
        return article.title, sum(d.state in {State.SENT, State.SENDING, State.REMOVING} for d in known)

    async def apart(self, article_id: int) -> str:
        """Never pair an article again with the one that it was compared with; return what was done.

        A copy becomes an article of its own and is posted; another leaves the story. Raises ``NotFound`` and
        ``NotNow``.
        """
        return await self._part(article_id, same_story=False)

    async def post(self, article_id: int) -> str:
        """Post an article that was hidden as a copy, as one more text of the story; return what was done.

        Raises ``NotFound`` and ``NotNow``.
        """
        article, _ = await self._pair(article_id)
        if article.duplicate_of is None:
            raise NotNow(f"“{article.title}” is an article of its own already.")
        return await self._part(article_id, same_story=True)

    async def together(self, article_id: int) -> str:
        """Group an article with the one that it was compared with; return what was done.

        Raises ``NotFound``.
        """
        article, other = await self._pair(article_id)
        if article.duplicate_of is not None:  # two texts about one event: it is no copy then
            return await self._part(article_id, same_story=True)
        await finished(self._join(article.id))
        self._wake()
        log.info("%s and %s are one story", _named(article), _named(other), extra=_about(article))
        return f"“{article.title}” and “{other.title}” are one story now."

    async def copy(self, article_id: int) -> str:
        """Make an article "also in" on the one that it was compared with; return what was done.

        Its post is not deleted: it says whose text it is. Raises ``NotFound``.
        """
        article, other = await self._pair(article_id)
        await finished(self._merge_texts(article.id))
        self._wake()
        log.info("%s and %s are one text", _named(article), _named(other), extra=_about(article))
        return (
            f"“{article.title}” is the same text as “{other.title}” now. If it was posted, its post says so."
        )

    async def _part(self, article_id: int, *, same_story: bool) -> str:
        article, other = await self._pair(article_id)
        if article.duplicate_of is not None and not article.has_a_body:
            raise NotNow("Its text is no longer kept, so it cannot be posted.")
        arrived = None
        if article.duplicate_of is not None:
            arrived = arrival(
                to_article(article), *await self._shingles(to_article(article)), article.stored_at
            )
        await self._routing.decided(
            self._database,
            _offered(article),
            lambda matches: finished(self._separate(article.id, arrived, matches, same_story=same_story)),
        )
        self._wake()
        log.info("%s and %s are not the same", _named(article), _named(other), extra=_about(article))
        if arrived is not None:
            return f"“{article.title}” is an article of its own now, and is posted where it is wanted."
        return f"“{article.title}” is a story of its own now."

    async def _pair(self, article_id: int) -> tuple[StoredArticle, StoredArticle]:
        async with self._database.read() as connection:
            return await self._pair_in(connection, article_id)

    async def _pair_in(self, connection: Connection, article_id: int) -> tuple[StoredArticle, StoredArticle]:
        """Return an article and the one that it was compared with. Raises ``NotFound``."""
        article = await articles.get(connection, article_id)
        comparison = await comparisons.comparison(connection, article_id)
        other_id = await stories.first_of(connection, comparison.of_id) if comparison else 0
        other = await articles.get(connection, other_id)
        if article is None or other is None or article.forgotten_at or other.forgotten_at:
            raise NotFound("One of the two is no longer in the history.")
        return article, other

    async def _separate(
        self, article_id: int, arrived: Arrival | None, matches: Matches, *, same_story: bool
    ) -> None:
        now = self._clock()
        async with self._database.write() as connection:
            article, other = await self._pair_in(connection, article_id)  # much may have happened since
            one, two = article.text_hash, other.text_hash
            await judgements.judge(connection, one, two, now, same=same_story, copy=False)
            await stories.part(connection, article.id, other.story_id if same_story else None)
            if arrived is not None and article.duplicate_of is not None:
                await fingerprints.put(connection, article.id, to_fingerprint(arrived), now)
                await files.own_first(connection, article.id)
                await self._enqueue(connection, article, set(), now, matches)
            await self._renew(connection, {article.id, other.id}, {article.story_id, other.story_id})

    async def _join(self, article_id: int) -> None:
        async with self._database.write() as connection:
            article, other = await self._pair_in(connection, article_id)
            copy = False if article.similar_to is not None else None
            one, two = article.text_hash, other.text_hash
            await judgements.judge(connection, one, two, self._clock(), same=True, copy=copy)
            both = {article.story_id, other.story_id}
            leads = {lead for one in both if (lead := await stories.lead(connection, one)) is not None}
            await stories.merge(connection, article.story_id, other.story_id)
            await stories.settle(connection, article.id)
            await self._renew(connection, {article.id, other.id, *leads}, both)

    async def _merge_texts(self, article_id: int) -> None:
        async with self._database.write() as connection:
            article, other = await self._pair_in(connection, article_id)
            one, two = article.text_hash, other.text_hash
            await judgements.judge(connection, one, two, self._clock(), same=True, copy=True)
            both = {article.story_id, other.story_id}
            await stories.merge(connection, article.story_id, other.story_id)
            await stories.become_copy(connection, article.id, other.id)
            await self._renew(connection, {article.id, other.id}, both)

    async def _renew(self, connection: Connection, article_ids: set[int], story_ids: set[int]) -> None:
        """Have the posts of these articles changed, of their copies, and those that lead these stories."""
        leads = [await stories.lead(connection, story) for story in story_ids]
        firsts = [await stories.first_of(connection, number) for number in article_ids]
        for first in {*firsts, *filter(None, leads)}:
            await deliveries.renew(connection, stories.sharing(first))

    async def _find(self, wanted: str) -> tuple[StoredArticle, list[Delivery]]:
        async with self._database.read() as connection:
            article = await articles.get(connection, await article_id_of(connection, wanted))
            if article is None or article.forgotten_at is not None:
                raise NotFound("That article is no longer in the history.")
            same = stories.sharing(await stories.first_of(connection, article.id))
            return article, await deliveries.of_articles(connection, same)

    async def _stands(self, place_id: int, message_id: int) -> bool:
        try:
            return await self._channels.stands(place_id, message_id)
        except Exception as error:
            reason = refusal(error) or "Discord does not answer just now."
            raise NotNow(f"Whether its post still stands cannot be seen. {reason}") from error

    async def _queue_again(self, gone: list[Delivery]) -> int:
        """Queue what is gone from channels that have a subscription; return how much that is."""
        now = self._clock()
        async with self._database.write() as connection:
            subscribed = await self._routing.channels(connection)
            again = [
                await deliveries.repost(connection, delivery.id, now)
                for delivery in gone
                if delivery.channel_id in subscribed
            ]
            return sum(again)

    async def _enqueue(
        self,
        connection: Connection,
        article: StoredArticle,
        had: set[int],
        now: datetime,
        matches: Matches,
    ) -> int:
        """Queue an article for the channels that want it but for those that ``had`` it."""
        route = await self._routing.wanted(connection, _offered(article), now, matches)
        missing = [channel for channel in route.channels if channel not in had]
        return await deliveries.enqueue(connection, article.id, missing, now, held=route.held)

    async def _forget(self, article_id: int) -> list[Delivery]:
        """Forget an article and those that have its text; return their deliveries."""
        now = self._clock()
        async with self._database.write() as connection:
            story_id = await stories.story_of(connection, article_id) or article_id
            known = []
            for number in await stories.same_texts(connection, article_id):
                await self._keep_details(connection, number)
                known += await deliveries.of_article(connection, number)
                await deliveries.take_back(connection, number)
                await articles.forget(connection, number, now)
            await self._renew(connection, set(), {story_id})
            return known

    async def _keep_details(self, connection: Connection, article_id: int) -> None:
        """Keep what tells other news of one form from a copy of a text that is about to go."""
        article = await articles.get(connection, article_id)
        if article is not None and article.has_a_body:
            details = await connection.within(details_of, Wording(article.title, article.text))
            await fingerprints.keep_details(connection, {article.id: pack_details(details)})


def _offered(article: StoredArticle) -> Offered:
    return Offered.in_section(article, article.entities, article.section)


def _named(article: StoredArticle) -> str:
    """Return how the log names an article: "article 12 “Harbour opens”"."""
    return f"article {article.id} {quoted(article.title)}"


def _about(article: StoredArticle) -> dict[str, object]:
    return {"article": article.id}
