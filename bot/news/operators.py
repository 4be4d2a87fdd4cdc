"""What the operators are told in Discord, without being asked: each cause at most once a day."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.news.patience import Patience
from bot.news.sending.discord_errors import refusal
from bot.news.sending.pauses import DELAYS
from bot.render.text import CONTENT_LIMIT, cut, one_line
from storage import notices
from storage.database import Database, finished
from storage.notices import Notice

log = logging.getLogger(__name__)

AT_MOST_EVERY = timedelta(days=1)


MANAGERS = "managers of "
"""Begins the cause of what those who manage a server are told; the server's id follows."""

Tell = Callable[[str, str], Awaitable[None]]
"""Tells the operators of a cause, with a sentence."""


async def tell_nobody(_cause: str, _sentence: str) -> None:
    """Tell nobody: there are no operators in this program."""


class Operators(Protocol):
    """Those who run Gazette."""

    async def tell(self, sentence: str, nonce: str) -> None:
        """Send them the sentence; a second call with the nonce sends no second one."""


TellServer = Callable[[int, str, str], Awaitable[None]]
"""Sends those who manage a server, by its id, a sentence; a second call with the nonce sends it no more."""


async def tell_no_server(_guild_id: int, _sentence: str, _nonce: str) -> None:
    """Send nothing: there are no servers in this program."""


class DiscordOperators:
    """The operators' channel where one is set, else the owner of the application, by direct message."""

    def __init__(self, client: discord.Client, channel_id: int | None) -> None:
        self._client = client
        self._channel_id = channel_id

    async def tell(self, sentence: str, nonce: str) -> None:
        """Send them the sentence. Raises what discord.py raises."""
        place = await self._owner() if self._channel_id is None else await self._channel(self._channel_id)
        quiet = discord.AllowedMentions.none()
        await place.send(sentence, nonce=nonce, allowed_mentions=quiet, suppress_embeds=True)

    async def _channel(self, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id)

    async def _owner(self) -> discord.abc.Messageable:
        application = await self._client.application_info()
        owner = application.team.owner_id if application.team else application.owner.id
        return await self._client.fetch_user(owner or application.owner.id)


class Notices:
    """Keeps what is to be told in the history, so that a crash neither loses nor repeats it."""

    def __init__(
        self,
        database: Database,
        operators: Operators,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: Patience | None = None,
        tell_server: TellServer = tell_no_server,
    ) -> None:
        self._database = database
        self._operators = operators
        self._tell_server = tell_server
        self._clock = clock
        self._sleep = sleep
        self._patience = patience or Patience(sleep)
        self._woken = asyncio.Event()
        self.idle = asyncio.Event()
        """Set while nothing waits to be told."""

    async def tell(self, cause: str, sentence: str) -> None:
        """Have the operators told, unless they were told of this cause within a day."""
        self.idle.clear()
        with suppress(SQLAlchemyError):  # the log has it in any case
            await finished(self._add(cause, sentence))
        self._woken.set()

    async def tell_managers(self, guild_id: int, sentence: str) -> None:
        """Have those who manage a server told, unless they were told anything within a day."""
        await self.tell(f"{MANAGERS}{guild_id}", sentence)

    async def run(self) -> None:
        """Tell what waits until cancelled. Raises ``StartupError`` where the token is no longer accepted."""
        tries = 0
        while True:
            self._woken.clear()
            waiting = await self._patience.through(self._what_waits)
            went = [await self._told(notice) for notice in waiting]
            if all(went):
                tries = 0
                if not self._woken.is_set():
                    self.idle.set()
                await self._woken.wait()
            else:
                await self._sleep(DELAYS[min(tries, len(DELAYS) - 1)])
                tries += 1

    async def _what_waits(self) -> list[Notice]:
        async with self._database.read() as connection:
            return await notices.waiting(connection)

    async def _add(self, cause: str, sentence: str) -> None:
        async with self._database.write() as connection:
            await notices.add(connection, cause, sentence, self._clock(), AT_MOST_EVERY)

    async def _told(self, notice: Notice) -> bool:
        """Return whether the operators were told, or cannot be."""
        sign = f"{notice.cause} {notice.raised_at.isoformat()}".encode()
        nonce = hashlib.sha256(sign).hexdigest()[:24]
        try:
            await self._send(notice.cause, cut(notice.sentence, CONTENT_LIMIT), nonce)
        except Exception as error:  # noqa: BLE001 (a mistake of ours costs one notice)
            reason, whom = refusal(error), _whom(notice.cause)
            if reason is None:
                log.warning("%s cannot be told now: %s", whom, one_line(repr(error)))
                return False
            log.warning("%s cannot be told “%s”: %s", whom, one_line(notice.sentence), reason)
        await self._patience.through(lambda: finished(self._note(notice.cause)))
        return True

    async def _send(self, cause: str, sentence: str, nonce: str) -> None:
        if cause.startswith(MANAGERS):
            await self._tell_server(int(cause.removeprefix(MANAGERS)), sentence, nonce)
        else:
            await self._operators.tell(sentence, nonce)

    async def _note(self, cause: str) -> None:
        async with self._database.write() as connection:
            await notices.told(connection, cause, self._clock())


def _whom(cause: str) -> str:
    return f"the {cause}" if cause.startswith(MANAGERS) else "the operators"
