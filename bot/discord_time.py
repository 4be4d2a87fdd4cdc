"""Discord's time, as the answers to requests tell it."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp
import discord

log = logging.getLogger(__name__)

AskTime = Callable[[], Awaitable[datetime | None]]
"""Asks Discord for the time; ``None`` if that is not known."""

_GOOD = range(200, 300)


class DiscordTime:
    """Hears the time from the answers to a client's requests."""

    def __init__(self) -> None:
        self._heard: datetime | None = None

    def listen(self, trace: aiohttp.TraceConfig) -> aiohttp.TraceConfig:
        """Hear the time from the answers that are traced so, and return the trace."""
        trace.on_request_end.append(self._hear)
        return trace

    async def ask(self, client: discord.Client) -> datetime | None:
        """Return Discord's time now; ``None`` if Discord does not answer, or its answer has no time."""
        self._heard = None  # an answer from before may be of another hour
        try:
            await client.http.application_info()
        except (discord.DiscordException, OSError, TimeoutError) as error:
            log.debug("Discord cannot be asked for the time: %r", error)
            return None
        return self._heard

    async def _hear(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        told = end.response.headers.get("Date")
        if told is None or end.response.status not in _GOOD:  # a proxy's own answer tells the proxy's time
            return
        try:
            time = parsedate_to_datetime(told)
        except ValueError:
            return
        if time.tzinfo is not None:
            self._heard = time
