"""Whom it concerns that something fails in a channel: the operators, or those who manage another server."""

from collections.abc import Awaitable, Callable

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.news.operators import Tell
from bot.news.own_servers import OwnServers
from bot.render.text import cut_escaped, one_line
from storage import servers
from storage.database import Database

NAME_SHOWN = 60

TellOf = Callable[[int, str, str, str], Awaitable[None]]
"""Tells of a channel: its id, the cause, a sentence, and what helps operators."""


async def tell_nobody_of(_channel_id: int, _cause: str, _sentence: str, _way_out: str) -> None:
    """Tell nobody: there are neither operators nor managers in this program."""


class Concerns:
    """Tells of what fails in a channel those who can mend it.

    Anybody may invite the bot and give it fifty channels in which it may not speak. So those who manage
    another server are told there, once a day whatever fails. Operators are told once a day that it does.
    """

    def __init__(
        self,
        database: Database,
        own: OwnServers,
        tell: Tell,
        tell_managers: Callable[[int, str], Awaitable[None]],
        name_of: Callable[[int], str],
    ) -> None:
        self._database = database
        self._own = own
        self._tell = tell
        self._tell_managers = tell_managers
        self._name_of = name_of

    async def tell(self, channel_id: int, cause: str, sentence: str, way_out: str = "") -> None:
        """Have told what fails in this channel, and to operators of their own server also the way out."""
        guild_id = await self._other_server(channel_id)
        if guild_id is None:
            await self._tell(cause, f"{sentence} {way_out}".strip())
            return
        await self._tell_managers(
            guild_id,
            f"{sentence} `/subscriptions` shows each channel of this server that I cannot post in, and why. "
            "I say this at most once a day.",
        )
        name = cut_escaped(one_line(self._name_of(guild_id)), NAME_SHOWN)
        await self._tell(
            f"another server {guild_id}",
            f"Posts fail in another server, “{name}”: {sentence} Those who manage it see that in "
            "`/subscriptions`; `/status` counts what fails there. It is not told again today.",
        )

    async def _other_server(self, channel_id: int) -> int | None:
        """Return the server of a channel if it is not the operators'."""
        try:
            async with self._database.read() as connection:
                own = await self._own(connection)
                theirs = set((await servers.of_channels(connection, [channel_id])).values()) - set(own)
        except SQLAlchemyError:  # the log has it in any case, and the notice could not be kept either
            return None
        return min(theirs, default=None) if own else None


class DiscordManagers:
    """Where Discord itself writes to them: the channel for moderators, else that for the system's notes."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def tell(self, guild_id: int, sentence: str, nonce: str) -> None:
        """Send it where the bot may speak, else nowhere. Raises what discord.py raises."""
        guild = self._client.get_guild(guild_id)
        place = None if guild is None else _place(guild)
        if place is not None:
            quiet = discord.AllowedMentions.none()
            await place.send(sentence, nonce=nonce, allowed_mentions=quiet, suppress_embeds=True)


def _place(guild: discord.Guild) -> discord.TextChannel | None:
    for channel in (guild.public_updates_channel, guild.system_channel):
        if channel is not None:
            may = channel.permissions_for(guild.me)
            if may.view_channel and may.send_messages:
                return channel
    return None
