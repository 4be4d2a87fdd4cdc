"""What delivery needs of Discord's channels: send, find again, change, and the last message known."""

import re
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
import discord
from discord.abc import GuildChannel

from bot.errors import GazetteError
from bot.news.sending.forums import fitting_tags, post_name, posts_begun
from bot.news.sending.once import asked_once
from bot.news.sending.own_messages import OwnMessage, Wanted, own_in, own_posts
from bot.render.buttons import stateless
from bot.render.mark import bears

ALREADY_PUBLISHED = 40033
ALREADY_A_THREAD = 160004
ARCHIVED = 50083
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

type Postable = discord.abc.PartialMessageableChannel
"""A channel or thread that takes messages."""


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
    buttons: tuple[discord.ui.Button[Any], ...] = ()
    reply_to: int | None = None
    """The message that it answers, when it is posted; in a forum each post stands for itself."""
    text: str = ""
    """What stands beside the embed when it is posted: the mentions of roles. An edit leaves it as it is."""
    roles: tuple[int, ...] = ()
    """The only ones that may be pinged, when it is posted."""
    name: str = ""
    """What a forum's post is called."""
    sections: frozenset[str] = frozenset()
    """By which a forum's tags are chosen."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that stands in Discord."""

    message_id: int
    place_id: int
    """The channel or thread that it stands in; where it was posted in a forum, the forum's post."""


class Channels(Protocol):
    """Where posts go: text channels, announcement channels, threads and forums."""

    async def last_message_id(self, channel_id: int) -> int:
        """Return the id of the newest message known in the channel, or post in the forum, 0 for none."""

    async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
        """Post it and return what was made; a second call with the nonce makes no second one.

        Raises ``HistoryHidden`` where a forum's post may stand there already and that cannot be known.
        """

    async def find(self, channel_id: int, mark: str, after: int) -> Sent | None:
        """Return the bot's own message that bears the mark, posted after the message (or post) ``after``.

        Raises ``HistoryHidden`` where that cannot be known.
        """

    async def own_messages(self, channel_id: int, limit: int, wanted: Wanted) -> list[OwnMessage]:
        """Return the wanted ones of the bot's own among the newest ``limit`` messages (or posts).

        It need not look further back than to one that is not wanted. Raises ``HistoryHidden`` where they
        cannot be seen.
        """

    async def edit(self, place_id: int, message_id: int, content: Content) -> None:
        """Have the bot's own message show this. Its text stays, and nobody is pinged."""

    async def delete(self, place_id: int, message_id: int) -> None:
        """Delete the bot's own message, and a forum's post with all that stands in it."""

    async def stands(self, place_id: int, message_id: int) -> bool:
        """Return whether the message stands there."""

    async def answers(self, channel_id: int) -> bool:
        """Return whether Discord answers a cheap request about the channel."""

    async def publish(self, place_id: int, message_id: int) -> None:
        """Show the message in the channels that follow an announcement channel; in others do nothing."""

    async def open_thread(self, place_id: int, message_id: int, name: str) -> None:
        """Open a thread under the message where there is none; in a thread or a forum's post do nothing."""


class DiscordChannels:
    """The channels that a logged-in client can reach."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._last_sent: dict[int, int] = {}
        self._tried: dict[str, int] = {}
        """The forum's newest post before each nonce's first try, until one is known to have succeeded."""

    async def last_message_id(self, channel_id: int) -> int:
        """Return the id of the newest message known in the channel, or post in the forum, 0 for none."""
        return self._last(await self._channel(channel_id))

    async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
        """Post it and return what was made."""
        channel = await self._channel(channel_id)
        if isinstance(channel, discord.ForumChannel):
            sent = await self._begin_post(channel, content, nonce)
        else:
            sent = await self._send(channel, content, nonce)
        self._last_sent[channel_id] = sent.message_id
        return sent

    async def find(self, channel_id: int, mark: str, after: int) -> Sent | None:
        """Return the bot's own message that bears the mark, or ``None``."""
        channel = await self._channel(channel_id)
        self._require_history(channel)
        if isinstance(channel, discord.ForumChannel):
            return await self._find_post(channel, mark, after)
        async for message in channel.history(after=discord.Object(after), oldest_first=True, limit=None):
            if self._is_ours(message, mark):
                return Sent(message.id, channel_id)
        return None

    async def own_messages(self, channel_id: int, limit: int, wanted: Wanted) -> list[OwnMessage]:
        """Return the wanted ones of the bot's own among the newest ``limit`` messages (or posts)."""
        channel = await self._channel(channel_id)
        self._require_history(channel)
        try:
            if isinstance(channel, discord.ForumChannel):
                return await own_posts(channel, self._user_id(), limit, wanted)
            return await own_in(channel, self._user_id(), limit, wanted)
        except (TypeError, KeyError) as error:
            raise Unanswered("what came back are no messages of Discord's") from error

    async def edit(self, place_id: int, message_id: int, content: Content) -> None:
        """Have the bot's own message show this."""
        place = await self._place(place_id)
        message = place.get_partial_message(message_id)
        try:
            await _edit(message, content)
        except discord.HTTPException as error:
            if error.code != ARCHIVED or not isinstance(place, discord.Thread):
                raise
            # Sending opens a thread again by itself, editing does not. It archives itself after its time.
            await place.edit(archived=False)
            await _edit(message, content)

    async def delete(self, place_id: int, message_id: int) -> None:
        """Delete the bot's own message, and a forum's post with all that stands in it."""
        place = await self._place(place_id)
        if isinstance(place, discord.Thread) and message_id == place_id:
            try:
                await place.delete()
            except discord.Forbidden:
                pass  # that takes Manage Threads; what it has written itself the bot may always take back
            else:
                return
        await place.get_partial_message(message_id).delete()

    async def stands(self, place_id: int, message_id: int) -> bool:
        """Return whether the message stands there."""
        try:
            await (await self._place(place_id)).get_partial_message(message_id).fetch()
        except discord.NotFound:
            return False
        return True

    async def answers(self, channel_id: int) -> bool:
        """Return whether Discord answers a cheap request about the channel."""
        try:
            await self._client.fetch_channel(channel_id)
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            return False
        return True

    async def publish(self, place_id: int, message_id: int) -> None:
        """Show the message in the channels that follow an announcement channel; in others do nothing."""
        place = await self._place(place_id)
        if not isinstance(place, discord.TextChannel) or not place.is_news():
            return
        try:
            await place.get_partial_message(message_id).publish()
        except discord.HTTPException as error:
            if error.code != ALREADY_PUBLISHED:
                raise

    async def open_thread(self, place_id: int, message_id: int, name: str) -> None:
        """Open a thread under the message where there is none; in a thread or a forum's post do nothing."""
        place = await self._place(place_id)
        if not isinstance(place, discord.TextChannel):
            return
        try:
            await place.get_partial_message(message_id).create_thread(name=post_name(name))
        except discord.HTTPException as error:
            if error.code != ALREADY_A_THREAD:
                raise

    async def _send(self, channel: Postable, content: Content, nonce: str) -> Sent:
        more = _posted(content)
        if content.reply_to is not None:
            more["reference"] = discord.MessageReference(
                message_id=content.reply_to, channel_id=channel.id, fail_if_not_exists=False
            )
        try:
            message = await channel.send(nonce=nonce, **more)
        except (TypeError, KeyError) as error:
            raise Unanswered("what came back is no message of Discord's") from error
        return Sent(message.id, channel.id)

    async def _begin_post(self, forum: discord.ForumChannel, content: Content, nonce: str) -> Sent:
        """Begin a post in a forum. It takes no nonce: before a second try the post is looked for."""
        sent = None
        if nonce in self._tried:
            self._require_history(forum)
            mark = (content.embed.footer.text or "").split(" ", 1)[0]
            sent = await self._find_post(forum, mark, self._tried[nonce])
        else:
            self._tried[nonce] = self._last(forum)
        sent = sent or await _create_post(forum, content)
        del self._tried[nonce]
        return sent

    async def _find_post(self, forum: discord.ForumChannel, mark: str, after: int) -> Sent | None:
        """Return the bot's own post whose first message bears the mark, begun after the post ``after``."""
        for post in await posts_begun(forum, self._user_id(), after):
            try:
                message = await post.fetch_message(post.id)
            except discord.NotFound:
                continue  # taken back, and the post that it began is still there
            if self._is_ours(message, mark):
                return Sent(message.id, post.id)
        return None

    def _last(self, channel: Postable | discord.ForumChannel) -> int:
        known = getattr(channel, "last_message_id", None) or 0
        return max(known, self._last_sent.get(channel.id, 0))

    def _user_id(self) -> int:
        return 0 if self._client.user is None else self._client.user.id

    def _is_ours(self, message: discord.Message, mark: str) -> bool:
        ours = message.author.id == self._user_id()
        return ours and any(bears(embed.footer.text, mark) for embed in message.embeds)

    async def _channel(self, channel_id: int) -> Postable | discord.ForumChannel:
        """Return the channel. Raises ``Unpostable`` where it takes neither messages nor posts."""
        channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable | discord.ForumChannel):
            raise Unpostable(
                f"Messages cannot be posted in channel {channel_id}: it is a {kind_of(channel)}."
            )
        return channel

    async def _place(self, place_id: int) -> Postable:
        """Return what a message stands in. Raises ``Unpostable`` for a forum, where only posts stand."""
        place = await self._channel(place_id)
        if isinstance(place, discord.ForumChannel):
            raise Unpostable(f"No message stands in channel {place_id} itself: it is a {kind_of(place)}.")
        return place

    def _require_history(self, channel: object) -> None:
        """Without the permission the list of messages comes back empty, which would look like "not there"."""
        if not isinstance(channel, GuildChannel | discord.Thread):
            return
        home = channel.parent if isinstance(channel, discord.Thread) else channel
        if home is None or channel.guild.me is None:
            raise HistoryHidden("the server of the channel is not there yet.")
        if not home.permissions_for(channel.guild.me).read_message_history:
            raise HistoryHidden(
                "the bot may not read the channel's history, so it cannot see whether this was posted. "
                "Give it Read Message History there."
            )


def _posted(content: Content) -> dict[str, Any]:
    """Return what discord.py is told of a message that is posted, whatever the channel's kind."""
    roles = [discord.Object(role) for role in dict.fromkeys(content.roles)]
    shown: dict[str, Any] = {
        "content": content.text or None,
        "embed": content.embed,
        "allowed_mentions": discord.AllowedMentions(
            everyone=False, users=False, roles=roles or False, replied_user=False
        ),
    }
    if content.buttons:
        shown["view"] = stateless(*content.buttons)
    return shown


async def _create_post(forum: discord.ForumChannel, content: Content) -> Sent:
    try:
        with asked_once():
            made = await forum.create_thread(
                name=post_name(content.name or content.embed.title or ""),
                applied_tags=fitting_tags(forum, content.sections),
                **_posted(content),
            )
    except (TypeError, KeyError) as error:
        raise Unanswered("what came back is no post of Discord's") from error
    return Sent(made.message.id, made.thread.id)


async def _edit(message: discord.PartialMessage, content: Content) -> None:
    view = stateless(*content.buttons) if content.buttons else None
    try:
        await message.edit(embed=content.embed, view=view, allowed_mentions=discord.AllowedMentions.none())
    except (TypeError, KeyError) as error:
        raise Unanswered("what came back is no message of Discord's") from error
