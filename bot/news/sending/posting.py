"""One delivery and its message: send it once, bring it up to date, delete it."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import discord

from bot.clock import Clock
from bot.news.patience import Patience
from bot.news.sending.catching_up import CatchingUp
from bot.news.sending.channels import Channels, Content, Sent
from bot.news.sending.composing import PUBLISH, Composing
from bot.news.sending.pace import Pace
from bot.render.mark import mark
from bot.render.text import one_line, quoted
from storage import sending
from storage.connection import Connection
from storage.database import Database
from storage.deliveries import Delivery, State

log = logging.getLogger(__name__)

NONCE_LASTS = timedelta(minutes=1)
"""Discord forgets a nonce after a few minutes; past this a message is looked for before it is sent again."""

BEGUN_AT_ONCE = 100
"""Messages on their way: after a crash each of them has to be looked for. At 45 a second no more than 45
channels can be waiting for their own limit (``pace``), so that this many hold up nobody."""

INVALID_FORM = 50035
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""


class TakenElsewhere(Exception):
    """The delivery is not queued any more: another program has begun to send it, or it was taken back."""


class InDoubt(Exception):
    """The request that made the message may still take effect: whether it stands there is not known yet."""


def about(delivery: Delivery) -> str:
    """Return how the log names a delivery: "#k3f9 “Harbour opens” (article 12)", "#k3fa (digest 3)"."""
    if delivery.article_id is None:
        return f"{mark(delivery.id)} (digest {delivery.digest_id})"
    return f"{mark(delivery.id)} {quoted(delivery.title)} (article {delivery.article_id})"


def extras(delivery: Delivery) -> dict[str, object]:
    """Return what a line of the log carries about a delivery beside its words."""
    is_digest = delivery.article_id is None
    subject = {"digest": delivery.digest_id} if is_digest else {"article": delivery.article_id}
    return {"mark": mark(delivery.id), **subject, "channel": delivery.channel_id}


class Posting:
    """Makes, edits and deletes the messages of deliveries, and notes in the history what was done.

    What is needed to recognise a message is committed before the request, so that neither a crash nor
    a lost answer makes a second one. Raises what discord.py raises, and what ``Channels`` does.
    """

    def __init__(
        self,
        database: Database,
        channels: Channels,
        clock: Clock,
        composing: Composing,
        patience: Patience,
        pace: Pace,
    ) -> None:
        """Take the ``patience`` by which an answer is stored in the end, once it is there."""
        self._database = database
        self._channels = channels
        self._clock = clock
        self._composing = composing
        self._patience = patience
        self._pace = pace
        self._catching_up = CatchingUp(database, channels, clock, patience)
        self._begun: set[int] = set()
        self._few = asyncio.Semaphore(BEGUN_AT_ONCE)

    def start_afresh(self) -> None:
        """Trust no nonce that was made before: look for each message first."""
        self._begun.clear()

    async def send(self, delivery: Delivery) -> int:
        """Have the delivery's message stand in the channel once, and return its id."""
        await self._catching_up.with_channel(delivery.channel_id)
        await self._catching_up.leave_out(delivery)
        composed = await self._composing.compose(delivery)
        shown = await self._catching_up.message_of(delivery, composed.content)
        if shown is not None:
            return shown
        sent = await self._find_or_send(delivery, composed.content)
        afterwards = composed.afterwards
        await self._note(lambda c: sending.finish(c, delivery, sent, afterwards, self._clock()))
        self._begun.discard(delivery.id)
        return sent.message_id

    async def stands(self, delivery: Delivery) -> bool:
        """Return whether the delivery's message stands in the channel after all; then that is noted."""
        found = await self._find(delivery)
        if found is None:
            return False
        afterwards = (await self._composing.compose(delivery)).afterwards
        await self._note(lambda c: sending.finish(c, delivery, found, afterwards, self._clock()))
        return True

    async def edit(self, delivery: Delivery) -> None:
        """Have the delivery's message show what is wanted."""
        composed = await self._composing.compose(delivery)
        message_id = delivery.message_id or 0
        await _without_a_refused_picture(
            composed.content, partial(self._channels.edit, delivery.place, message_id)
        )
        await self._note(lambda c: sending.shows(c, delivery.id, delivery.wanted))

    async def follow_up(self, delivery: Delivery, what: str) -> None:
        """Do with the delivery's message what is to be done after it was sent."""
        message_id = delivery.message_id or 0
        if what == PUBLISH:
            await self._channels.publish(delivery.place, message_id)
        else:
            name = await self._composing.name(delivery)
            await self._channels.open_thread(delivery.place, message_id, name)
        await self._note(lambda c: sending.done(c, delivery, what))

    async def answers(self, channel_id: int) -> bool:
        """Return whether Discord answers a cheap request about the channel."""
        return await self._channels.answers(channel_id)

    async def remove(self, delivery: Delivery) -> None:
        """Delete the delivery's message, if there is one. Raises ``InDoubt`` where it is too early to say."""
        place, message_id = delivery.place, delivery.message_id
        if message_id is None and (found := await self._find(delivery)) is not None:
            place, message_id = found.place_id, found.message_id
        if message_id is not None:
            await self._channels.delete(place, message_id)
        elif not self._may_be_forgotten(delivery):
            raise InDoubt
        await self._note(lambda c: sending.removed(c, delivery.id))

    async def _find_or_send(self, delivery: Delivery, content: Content) -> Sent:
        if delivery.state is State.SENDING and self._may_be_forgotten(delivery):
            found = await self._find(delivery)
            if found is not None:
                log.info("%s stood in the channel already", about(delivery), extra=extras(delivery))
                return found
        async with self._few:
            nonce, roles = delivery.nonce or "", delivery.roles
            if delivery.state is State.QUEUED:
                nonce, roles = await self._patience.through(partial(self._begin, delivery))
            if roles:
                content = replace(content, text=" ".join(f"<@&{role}>" for role in roles), roles=roles)
            await self._pace.turn(delivery.channel_id)
            return await _without_a_refused_picture(
                content, lambda shown: self._channels.send(delivery.channel_id, shown, nonce)
            )

    async def _find(self, delivery: Delivery) -> Sent | None:
        return await self._channels.find(
            delivery.channel_id, mark(delivery.id), delivery.after_message_id or 0
        )

    def _may_be_forgotten(self, delivery: Delivery) -> bool:
        """Return whether Discord may not know the nonce any more: begun by an earlier run, or long ago."""
        if delivery.id not in self._begun or delivery.sending_at is None:
            return True
        age = self._clock() - delivery.sending_at
        return not timedelta(0) <= age <= NONCE_LASTS  # a clock that was set back tells nothing

    async def _begin(self, delivery: Delivery) -> tuple[str, tuple[int, ...]]:
        """Note what is needed to recognise the message; return its nonce, and the roles that it pings."""
        nonce = secrets.token_hex(12)
        after = await self._channels.last_message_id(delivery.channel_id)

        async def note(connection: Connection) -> tuple[int, ...]:
            if not await sending.begin(connection, delivery.id, nonce, after, self._clock()):
                raise TakenElsewhere
            roles = await self._composing.roles(connection, delivery)
            if roles:
                await sending.will_ping(connection, delivery.id, roles)
            return roles

        roles = await self._database.transact(note)
        self._begun.add(delivery.id)
        return nonce, roles

    async def _note(self, work: Callable[[Connection], Coroutine[Any, Any, None]]) -> None:
        """Note what was done, however long the history cannot be used."""
        await self._patience.through(lambda: self._database.transact(work))


async def _without_a_refused_picture[T](content: Content, work: Callable[[Content], Awaitable[T]]) -> T:
    """Return what ``work`` makes of the content; where Discord takes no such picture, without it."""
    try:
        return await work(content)
    except discord.HTTPException as error:
        if error.code != INVALID_FORM or content.embed.thumbnail.url is None:
            raise
        log.warning("Discord refused a picture, the post goes without it: %s", one_line(error.text)[:300])
        return await work(replace(content, embed=content.embed.copy().set_thumbnail(url=None)))
