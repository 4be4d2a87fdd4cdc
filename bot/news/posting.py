"""One delivery and its message: send it once, bring it up to date, delete it."""

import logging
import secrets
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.news.channels import Channels, Content, Unpostable
from bot.news.history import to_article, to_entities, to_news, to_summary
from bot.news.patience import Patience
from bot.render.mark import mark
from bot.render.post import COPIES_SHOWN, post
from bot.render.story import story_button
from storage import articles, deliveries, files, stories
from storage.articles import StoredArticle
from storage.database import Database, finished
from storage.deliveries import Delivery, State

log = logging.getLogger(__name__)

NONCE_LASTS = timedelta(minutes=1)
"""Discord forgets a nonce after a few minutes; past this a message is looked for before it is sent again."""


class TakenElsewhere(Exception):
    """The delivery is not queued any more: another program has begun to send it, or it was taken back."""


class InDoubt(Exception):
    """The request that made the message may still take effect: whether it stands there is not known yet."""


def about(delivery: Delivery) -> str:
    """Return how the log names a delivery: "#k3f9 (article 12)"."""
    return f"{mark(delivery.id)} (article {delivery.article_id})"


def extras(delivery: Delivery) -> dict[str, object]:
    """Return what a line of the log carries about a delivery beside its words."""
    return {"mark": mark(delivery.id), "article": delivery.article_id, "channel": delivery.channel_id}


class Posting:
    """Makes, edits and deletes the messages of deliveries, and notes in the history what was done.

    What is needed to recognise a message is committed before the request, so that neither a crash nor
    a lost answer makes a second one. Raises what discord.py raises, and what ``Channels`` does.
    """

    def __init__(self, database: Database, channels: Channels, clock: Clock, patience: Patience) -> None:
        """Take the ``patience`` by which an answer is stored in the end, once it is there."""
        self._database = database
        self._channels = channels
        self._clock = clock
        self._patience = patience
        self._begun: set[int] = set()

    def start_afresh(self) -> None:
        """Trust no nonce that was made before: look for each message first."""
        self._begun.clear()

    async def send(self, delivery: Delivery) -> int:
        """Have the delivery's message stand in the channel once, and return its id."""
        message_id = await self._find_or_send(delivery)
        await self._patience.through(lambda: finished(self._finish(delivery, message_id)))
        self._begun.discard(delivery.id)
        return message_id

    async def edit(self, delivery: Delivery) -> None:
        """Have the delivery's message show what is wanted."""
        await self._channels.edit(
            delivery.channel_id, delivery.message_id or 0, await self._compose(delivery)
        )
        await self._patience.through(lambda: finished(self._shows(delivery)))

    async def remove(self, delivery: Delivery) -> None:
        """Delete the delivery's message, if there is one. Raises ``InDoubt`` where it is too early to say."""
        message_id = delivery.message_id or await self._find(delivery)
        if message_id is not None:
            await self._channels.delete(delivery.channel_id, message_id)
        elif not self._may_be_forgotten(delivery):
            raise InDoubt
        await self._patience.through(lambda: finished(self._removed(delivery)))

    async def _find_or_send(self, delivery: Delivery) -> int:
        if delivery.state is State.SENDING and self._may_be_forgotten(delivery):
            found = await self._find(delivery)
            if found is not None:
                log.info("%s stood in the channel already", about(delivery), extra=extras(delivery))
                return found
        embed = await self._compose(delivery)
        if delivery.state is State.QUEUED:
            nonce = await self._patience.through(lambda: finished(self._begin(delivery)))
        else:
            nonce = delivery.nonce or ""
        return await self._channels.send(delivery.channel_id, embed, nonce)

    async def _find(self, delivery: Delivery) -> int | None:
        return await self._channels.find(
            delivery.channel_id, mark(delivery.id), delivery.after_message_id or 0
        )

    def _may_be_forgotten(self, delivery: Delivery) -> bool:
        """Return whether Discord may not know the nonce any more: begun by an earlier run, or long ago."""
        if delivery.id not in self._begun or delivery.sending_at is None:
            return True
        age = self._clock() - delivery.sending_at
        return not timedelta(0) <= age <= NONCE_LASTS  # a clock that was set back tells nothing

    async def _begin(self, delivery: Delivery) -> str:
        """Commit what the message will be recognised by, and return its nonce."""
        nonce = secrets.token_hex(12)
        after = await self._channels.last_message_id(delivery.channel_id)
        async with self._database.write() as connection:
            if not await deliveries.begin(connection, delivery.id, nonce, after, self._clock()):
                raise TakenElsewhere
        self._begun.add(delivery.id)
        return nonce

    async def _compose(self, delivery: Delivery) -> Content:
        """Return what is to be shown now: at least the version that the delivery was read with."""
        async with self._database.read() as connection:
            stored = await articles.get(connection, delivery.article_id)
            if stored is None or not stored.has_a_body:
                raise Unpostable("The article's text is no longer in the history.")
            first = await stories.first_of(connection, stored.id)
            copies, more = await files.copies(connection, stored.id, stories.sharing(first), COPIES_SHOWN)
            reply_to, knows_older = await self._older(connection, stored, delivery.channel_id)
            leads = await stories.lead(connection, stored.story_id) == first
            texts = await stories.size(connection, stored.story_id) if leads else 0
        news = to_news(stored) if knows_older else None
        embed = post(
            to_article(stored),
            news or to_summary(stored),
            to_entities(stored),
            mark=mark(delivery.id),
            copies=copies,
            more_copies=more,
            is_update=reply_to is not None,
        )
        return Content(embed, story_button(stored.story_id, texts) if texts > 1 else None, reply_to)

    async def _older(
        self, connection: AsyncConnection, stored: StoredArticle, channel_id: int
    ) -> tuple[int | None, bool]:
        """Return the first post in the channel of what an article is an update of, update for update.

        And whether the channel got the very text that is less than this one: then what is new is enough.
        """
        if stored.update_of is None:
            return None, False
        posted = await deliveries.posted_in(connection, stories.versions_before(stored.id), [channel_id])
        older = await deliveries.posted_in(connection, stories.sharing(stored.update_of), [channel_id])
        return None if posted is None else posted[1], older is not None

    async def _finish(self, delivery: Delivery, message_id: int) -> None:
        async with self._database.write() as connection:
            await deliveries.finish(connection, delivery.id, message_id, delivery.wanted, self._clock())

    async def _shows(self, delivery: Delivery) -> None:
        async with self._database.write() as connection:
            await deliveries.shows(connection, delivery.id, delivery.wanted)

    async def _removed(self, delivery: Delivery) -> None:
        async with self._database.write() as connection:
            await deliveries.removed(connection, delivery.id)
