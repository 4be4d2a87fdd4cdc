"""What delivery needs of Discord's channels: send, find again, and the last message known."""

import re
from dataclasses import dataclass
from typing import Any, Protocol

import discord
from discord.abc import GuildChannel

from bot.errors import GazetteError
from bot.render.buttons import stateless
from bot.render.mark import bears


class Unpostable(GazetteError):
    """Nothing can be posted there, whatever is tried."""


class HistoryHidden(GazetteError):
    """The bot may not read the channel's history, so that it cannot see what it has posted."""


def kind_of(channel: object) -> str:
    """Return what kind of channel this is, for people: "forum channel", "category channel"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(channel).__name__).lower()


class Unanswered(OSError):
    """Something between us and Discord answered in its place, such as a network's login page."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a message shows."""

    embed: discord.Embed
    button: discord.ui.Button[Any] | None = None
    reply_to: int | None = None
    """The message that it answers, when it is posted."""


class Channels(Protocol):
    """Where posts go."""

    async def last_message_id(self, channel_id: int) -> int:
        """Return the id of the newest message known in the channel, 0 where none is."""

    async def send(self, channel_id: int, content: Content, nonce: str) -> int:
        """Post it and return the message's id; a second call with the nonce makes no second one."""

    async def find(self, channel_id: int, mark: str, after: int) -> int | None:
        """Return the id of the bot's own message that bears the mark, posted after the message ``after``.

        Raises ``HistoryHidden`` where that cannot be known.
        """

    async def edit(self, channel_id: int, message_id: int, content: Content) -> None:
        """Have the bot's own message show this."""

    async def delete(self, channel_id: int, message_id: int) -> None:
        """Delete the bot's own message."""

    async def stands(self, channel_id: int, message_id: int) -> bool:
        """Return whether the message stands in the channel."""


class DiscordChannels:
    """The channels that a logged-in client can reach."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._last_sent: dict[int, int] = {}

    async def last_message_id(self, channel_id: int) -> int:
        """Return the id of the newest message known in the channel, 0 where none is."""
        channel = await self._channel(channel_id)
        known = getattr(channel, "last_message_id", None) or 0
        return max(known, self._last_sent.get(channel_id, 0))

    async def send(self, channel_id: int, content: Content, nonce: str) -> int:
        """Post it and return the message's id."""
        channel = await self._channel(channel_id)
        more: dict[str, Any] = {}
        if content.button is not None:
            more["view"] = stateless(content.button)
        if content.reply_to is not None:
            more["reference"] = discord.MessageReference(
                message_id=content.reply_to, channel_id=channel_id, fail_if_not_exists=False
            )
        try:
            message = await channel.send(
                embed=content.embed, nonce=nonce, allowed_mentions=discord.AllowedMentions.none(), **more
            )
        except (TypeError, KeyError) as error:
            raise Unanswered("what came back is no message of Discord's") from error
        self._last_sent[channel_id] = message.id
        return message.id

    async def find(self, channel_id: int, mark: str, after: int) -> int | None:
        """Return the id of the bot's own message that bears the mark, or ``None``."""
        channel = await self._channel(channel_id)
        self._require_history(channel)
        async for message in channel.history(after=discord.Object(after), oldest_first=True, limit=None):
            ours = self._client.user is not None and message.author.id == self._client.user.id
            if ours and any(bears(embed.footer.text, mark) for embed in message.embeds):
                return message.id
        return None

    async def edit(self, channel_id: int, message_id: int, content: Content) -> None:
        """Have the bot's own message show this."""
        message = await self._message(channel_id, message_id)
        try:
            view = None if content.button is None else stateless(content.button)
            await message.edit(
                embed=content.embed, view=view, allowed_mentions=discord.AllowedMentions.none()
            )
        except (TypeError, KeyError) as error:
            raise Unanswered("what came back is no message of Discord's") from error

    async def delete(self, channel_id: int, message_id: int) -> None:
        """Delete the bot's own message."""
        await (await self._message(channel_id, message_id)).delete()

    async def stands(self, channel_id: int, message_id: int) -> bool:
        """Return whether the message stands in the channel."""
        try:
            await (await self._message(channel_id, message_id)).fetch()
        except discord.NotFound:
            return False
        return True

    async def _message(self, channel_id: int, message_id: int) -> discord.PartialMessage:
        """Return a message by its id, without asking Discord for it."""
        return (await self._channel(channel_id)).get_partial_message(message_id)

    async def _channel(self, channel_id: int) -> "discord.abc.PartialMessageableChannel":
        """Return the channel. Raises ``Unpostable`` where it takes no messages."""
        channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            raise Unpostable(
                f"Messages cannot be posted in channel {channel_id}: it is a {kind_of(channel)}."
            )
        return channel

    def _require_history(self, channel: object) -> None:
        """Without the permission the list of messages comes back empty, which would look like "not there"."""
        if not isinstance(channel, GuildChannel | discord.Thread):
            return
        if channel.guild.me is None:
            raise HistoryHidden("the server of the channel is not there yet.")
        if not channel.permissions_for(channel.guild.me).read_message_history:
            raise HistoryHidden(
                "the bot may not read the channel's history, so it cannot see whether this was posted. "
                "Give it Read Message History there."
            )
