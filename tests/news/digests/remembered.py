"""Channels that keep what was posted, and sometimes lose a request, or the answer to one."""

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import discord

from bot.news.sending.channels import Content, Sent
from bot.news.sending.own_messages import OwnMessage, Wanted
from bot.render.mark import bears
from tests.conftest import Clock

NONCE_KNOWN = timedelta(minutes=2)
"""Somewhat longer than is relied on."""


class Fault(StrEnum):
    """What goes wrong with a request."""

    REQUEST = "its request is lost"
    ANSWER = "its answer is lost"


@dataclass(slots=True)
class Message:
    """A message, as it stands in a channel or stood there."""

    id: int
    embed: discord.Embed
    nonce: str
    at: datetime
    is_gone: bool = False
    was_removed_by_hand: bool = False

    @property
    def mark(self) -> str:
        return (self.embed.footer.text or "").split(" ", 1)[0]

    @property
    def text(self) -> str:
        """All that it says."""
        return str(self.embed.to_dict())


def refused(status: int, code: int) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="refused")
    kind = discord.NotFound if status == 404 else discord.Forbidden
    return kind(response, {"code": code, "message": "refused"})


class Remembered:
    """Stands for Discord. It outlives the programs."""

    point: Callable[[], None]
    """Called before and after each request; where it raises, the program is dead."""
    begins: Callable[[int], None]
    """Called when a new message is about to be made."""
    meanwhile: Callable[[], Awaitable[object]] | None
    """Awaited then, once."""

    def __init__(self, clock: Clock) -> None:
        self.messages: defaultdict[int, list[Message]] = defaultdict(list)
        self.faults: deque[Fault | None] = deque()
        self.deleted: set[int] = set()
        """Channels that do not exist any more."""
        self.hidden: set[int] = set()
        """Channels that the bot cannot see."""
        self.refusing: set[int] = set()
        """Channels that the bot may not write in."""
        self.point = lambda: None
        self.begins = lambda _channel: None
        self.meanwhile = None
        self._clock = clock
        self._last_id = 0

    def standing(self, channel_id: int) -> list[Message]:
        return [one for one in self.messages[channel_id] if not one.is_gone]

    async def last_message_id(self, channel_id: int) -> int:
        self._look(channel_id)
        self.begins(channel_id)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return max((one.id for one in self.messages[channel_id]), default=0)

    async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
        lost = self._request(channel_id, writes=True)
        made = next((one for one in self.messages[channel_id] if self._knows(one, nonce)), None)
        if made is None:
            self._last_id += 1
            made = Message(self._last_id, content.embed, nonce, self._clock())
            self.messages[channel_id].append(made)
        self._answer(lost=lost)
        return Sent(made.id, channel_id)

    async def find(self, channel_id: int, mark: str, after: int) -> Sent | None:
        lost = self._request(channel_id)
        self._answer(lost=lost)
        for one in self.standing(channel_id):
            if one.id > after and bears(one.embed.footer.text, mark):
                return Sent(one.id, channel_id)
        return None

    async def own_messages(self, channel_id: int, limit: int, wanted: Wanted) -> list[OwnMessage]:
        lost = self._request(channel_id)
        self._answer(lost=lost)
        newest = self.standing(channel_id)[-limit:]
        asked = await wanted([one.id for one in newest])
        return [OwnMessage(one.id, channel_id, one.embed) for one in newest if one.id in asked]

    async def edit(self, place_id: int, message_id: int, content: Content) -> None:
        lost = self._request(place_id, writes=True)
        self._message(place_id, message_id).embed = content.embed
        self._answer(lost=lost)

    async def delete(self, place_id: int, message_id: int) -> None:
        lost = self._request(place_id)
        self._message(place_id, message_id).is_gone = True
        self._answer(lost=lost)

    async def stands(self, place_id: int, message_id: int) -> bool:
        self._look(place_id)
        return any(one.id == message_id for one in self.standing(place_id))

    async def answers(self, channel_id: int) -> bool:
        self._look(channel_id)
        return True

    async def publish(self, place_id: int, message_id: int) -> None:
        raise NotImplementedError

    async def open_thread(self, place_id: int, message_id: int, name: str) -> None:
        raise NotImplementedError

    def _look(self, channel_id: int) -> None:
        self.point()
        if channel_id in self.deleted:
            raise refused(404, 10003)
        if channel_id in self.hidden:
            raise refused(403, 50001)

    def _request(self, channel_id: int, *, writes: bool = False) -> bool:
        """Return whether the answer will be lost."""
        self._look(channel_id)
        if writes and channel_id in self.refusing:
            raise refused(403, 50013)
        fault = self.faults.popleft() if self.faults else None
        if fault is Fault.REQUEST:
            raise OSError(fault)
        return fault is Fault.ANSWER

    def _answer(self, *, lost: bool) -> None:
        self.point()
        if lost:
            raise OSError(Fault.ANSWER)

    def _knows(self, one: Message, nonce: str) -> bool:
        return one.nonce == nonce and self._clock() - one.at <= NONCE_KNOWN

    def _message(self, place_id: int, message_id: int) -> Message:
        for one in self.standing(place_id):
            if one.id == message_id:
                return one
        raise refused(404, 10008)
