"""A history that is older than its channels, as a backup is that was put back, learns what stands there.

Before the first message of a run goes to a channel, the bot's own newest messages there are looked at. Where
the history does not know one that bears a mark, what such messages show is kept, and an article that one of
them shows counts as posted.
"""

import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import discord

from bot.clock import Clock
from bot.news.history import to_article, to_summary
from bot.news.patience import Patience
from bot.news.sending.channels import Channels, Content, HistoryHidden
from bot.news.sending.own_messages import OwnMessage
from bot.render.digest import digest_heads
from bot.render.mark import marked_delivery
from bot.render.post import post
from bot.render.words import LANGUAGES, words_of
from storage import articles, deliveries, found_posts, listing
from storage.connection import Connection
from storage.database import Database
from storage.deliveries import Delivery, State
from storage.found_posts import FoundPost

log = logging.getLogger(__name__)

MOST_READ = 1000

BELIEVED = timedelta(days=1)
"""How long an article may be a found message's. What lay in the folder has been read again by then, and what
comes later under the same title is other news."""

COMPARED = 200
"""Characters of the first sentence: a compact post cuts it later than that."""

MOST_LISTED = 1000


class CatchingUp:
    """Finds the messages that the history does not know, and the deliveries that they are of."""

    def __init__(self, database: Database, channels: Channels, clock: Clock, patience: Patience) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._patience = patience
        self._looked: set[int] = set()

    async def with_channel(self, channel_id: int) -> None:
        """Keep what a channel shows that the history does not know, once a run.

        If that cannot be seen, and no other channel tells that the history is an older one, it is taken as it
        is: else a channel without the permission would get nothing any more. Raises ``HistoryHidden`` if one
        does, and what discord.py raises.
        """
        if channel_id in self._looked:
            return
        try:
            found, greatest = await self._unknown(channel_id)
        except HistoryHidden:
            if await self._is_older():
                raise
            self._looked.add(channel_id)
            return
        if found:
            log.warning(
                "the history is older than channel %d: %d messages there are not in it. "
                "What they show is not posted again.",
                channel_id,
                len(found),
                extra={"channel": channel_id},
            )
            await self._patience.through(
                lambda: self._database.transact(
                    lambda c: found_posts.keep(c, channel_id, found, greatest, self._clock())
                )
            )
        self._looked.add(channel_id)

    async def _is_older(self) -> bool:
        """Return whether a channel told lately that the history is an older one."""
        since = self._clock() - BELIEVED
        return await self._database.look_up(lambda c: found_posts.any_since(c, since))

    async def message_of(self, delivery: Delivery, content: Content) -> int | None:
        """Return the message that shows a queued article already, 0 for a digest's; ``None`` for none.

        The delivery is noted as sent then, and its message is brought up to date later.
        """
        if delivery.article_id is None or delivery.state is not State.QUEUED:
            return None
        found = await self._database.look_up(lambda c: self._found(c, delivery.channel_id))
        return await self._note(delivery, content.embed, found) if found else None

    async def leave_out(self, digest: Delivery) -> None:
        """Take those articles out of a digest that is about to be posted that its channel shows already."""
        if digest.article_id is not None or digest.state is not State.QUEUED:
            return
        number, channel_id = digest.digest_id or 0, digest.channel_id
        async with self._database.read() as connection:
            found = await self._found(connection, channel_id)
            listed = await listing.listed_in(connection, number, MOST_LISTED) if found else []
        for article_id in reversed(listed):
            async with self._database.read() as connection:
                stored = await articles.get(connection, article_id)
                every = await deliveries.of_article(connection, article_id)
                found = await self._found(connection, channel_id)
            if stored is None or not stored.has_a_body:
                continue
            embed = post(to_article(stored), to_summary(stored), ())
            for delivery in every:
                if delivery.channel_id == channel_id and delivery.state is State.LISTED:
                    await self._note(delivery, embed, found)

    async def _note(self, delivery: Delivery, embed: discord.Embed, found: list[FoundPost]) -> int | None:
        same = next((one for one in found if not _is_digest(one) and shows(one, embed)), None)
        now = self._clock()
        if same is not None:
            done = await self._transact(lambda c: found_posts.adopt(c, delivery, same, now))
            return same.message_id if done else None
        if any(_is_digest(one) and lists(one, embed) for one in found):
            return 0 if await self._transact(lambda c: found_posts.pass_over(c, delivery)) else None
        return None

    async def _transact(self, work: Callable[[Connection], Coroutine[Any, Any, bool]]) -> bool:
        return await self._patience.through(lambda: self._database.transact(work))

    async def _found(self, connection: Connection, channel_id: int) -> list[FoundPost]:
        return await found_posts.of_channel(connection, channel_id, self._clock() - BELIEVED)

    async def _unknown(self, channel_id: int) -> tuple[list[FoundPost], int]:
        """Return the bot's own posts that are not in the history, and the greatest number of their marks."""

        async def wanted(messages: list[int]) -> set[int]:
            return await self._database.look_up(lambda c: found_posts.unknown(c, channel_id, messages))

        own = await self._channels.own_messages(channel_id, MOST_READ, wanted)
        on_their_way = await self._database.look_up(lambda c: found_posts.on_their_way(c, channel_id))
        marked = [(_marked(one), one) for one in own]
        posts = [one for number, one in marked if number is not None and number not in on_their_way]
        greatest = max((number for number, _ in marked if number is not None), default=0)
        return [_found_post(one) for one in posts], greatest


def shows(found: FoundPost, embed: discord.Embed) -> bool:
    """Return whether a message shows an article: title and link agree, else title and first sentence."""
    if _plain(embed.title) != _plain(found.title):
        return False
    if embed.url is not None and found.url is not None and _plain(embed.url) == _plain(found.url):
        return True
    first = _first(embed.description)
    return bool(first) and first == _first(found.text)


def lists(found: FoundPost, embed: discord.Embed) -> bool:
    """Return whether the page of a digest that a message shows has an article: its link, else its title."""
    heads = digest_heads(embed.title or "", embed.url)
    return any(head in found.text for head in heads)


def _plain(text: str | None) -> str:
    return (text or "").strip().rstrip("/")


def _first(text: str | None) -> str:
    return (text or "").strip().partition("\n\n")[0][:COMPARED]


def _is_digest(found: FoundPost) -> bool:
    return found.url is None and found.title in {words_of(language).digest for language in LANGUAGES}


def _marked(message: OwnMessage) -> int | None:
    return marked_delivery(message.embed.footer.text)


def _found_post(message: OwnMessage) -> FoundPost:
    embed = message.embed
    return FoundPost(message.id, message.place_id, embed.title or "", embed.url, embed.description or "")
