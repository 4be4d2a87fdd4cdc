"""The set-ups that are under way, kept in memory alone, and the one message of each."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import discord

from bot.client import GazetteBot
from cogs._setup_draft import Draft
from cogs._setup_view import REPLACED, TIMED_OUT, closed, page

TEMPLATE: Final = r"setup:(?P<session>[0-9a-f]{16}):(?P<revision>[0-9]{1,6}):(?P<action>[a-z]{1,20})"
"""Of the custom ids. The revision tells a second press of a button from a press on the next page."""

LASTS: Final = 14.5 * 60
"""Seconds after the last choice: half a minute before Discord lets the message be edited no more."""

type Interaction = discord.Interaction[GazetteBot]


@dataclass(slots=True, kw_only=True, eq=False)
class Session:
    """One set-up of one person in one server."""

    id: str
    user_id: int
    guild_id: int
    draft: Draft
    latest: Interaction
    """By which the message can be edited."""
    revision: int = 0
    closing: dict[str, Any] | None = None
    """What the message shows once it has ended."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One choice is dealt with at a time."""
    timer: asyncio.Task[None] | None = None

    def id_of(self, action: str) -> str:
        """Return the custom id of what can be done on the page that is shown now."""
        return f"setup:{self.id}:{self.revision}:{action}"

    async def show(self, interaction: Interaction, now: datetime) -> None:
        """Have the message show how it stands. The interaction must be acknowledged."""
        shown = self.closing
        if shown is None:
            self.revision += 1
            me = 0 if interaction.guild is None else interaction.guild.me.id
            shown = page(self.draft, self.id_of(""), now, me)
            self.draft.notice = ""
        await interaction.edit_original_response(**shown)


class Sessions:
    """All that are under way; each ends by itself."""

    def __init__(self) -> None:
        self._open: dict[str, Session] = {}

    async def begin(self, interaction: Interaction, draft: Draft) -> Session:
        """Begin one, and end the one that this person had in this server."""
        user_id, guild_id = interaction.user.id, interaction.guild_id or 0
        for old in [one for one in self._open.values() if (one.user_id, one.guild_id) == (user_id, guild_id)]:
            await self._tell_end(old, REPLACED)
        session = Session(
            id=secrets.token_hex(8), user_id=user_id, guild_id=guild_id, draft=draft, latest=interaction
        )
        self._open[session.id] = session
        self.touch(session, interaction)
        return session

    def find(self, session_id: str, user_id: int, guild_id: int) -> Session | None:
        """Return what this person has begun in this server, or ``None`` where it has ended."""
        found = self._open.get(session_id)
        theirs = found is not None and (found.user_id, found.guild_id) == (user_id, guild_id)
        return found if theirs else None

    def touch(self, session: Session, interaction: Interaction) -> None:
        """Let it last on from here."""
        self._stop(session)
        session.latest = interaction
        session.timer = asyncio.create_task(self._end_in_time(session))

    def end(self, session: Session, closing: dict[str, Any]) -> None:
        """End it; this is what its message shows then."""
        self._open.pop(session.id, None)
        self._stop(session)
        session.closing = closing

    def end_all(self) -> None:
        """Forget all of them, as the program ends."""
        for session in self._open.values():
            self._stop(session)
        self._open.clear()

    async def _end_in_time(self, session: Session) -> None:
        await asyncio.sleep(LASTS)
        session.timer = None  # it is this very task
        await self._tell_end(session, TIMED_OUT)

    async def _tell_end(self, session: Session, text: str) -> None:
        self.end(session, closed(text))
        with suppress(discord.HTTPException):  # the message may have been dismissed
            await session.latest.edit_original_response(**closed(text))

    def _stop(self, session: Session) -> None:
        if session.timer is not None:
            session.timer.cancel()
            session.timer = None
