"""The newest messages in a channel, or posts in a forum, that the bot itself has posted."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import discord

from bot.news.sending.forums import newest_posts

PAGE = 100
"""Messages that one request brings."""


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message that the bot has posted, with its embed."""

    id: int
    place_id: int
    """The channel, or the forum's post, that it stands in."""
    embed: discord.Embed


Wanted = Callable[[list[int]], Awaitable[set[int]]]
"""Returns which of these messages are wanted."""

type Place = discord.abc.PartialMessageableChannel


async def own_in(channel: Place, ours: int, limit: int, wanted: Wanted) -> list[OwnMessage]:
    """Return the wanted ones with an embed among the newest ``limit`` messages, the oldest first.

    No page is read behind one that holds an own message that is not wanted.
    """
    found: list[OwnMessage] = []
    page: list[OwnMessage] = []
    read = 0
    async for message in channel.history(limit=limit):
        read += 1
        if message.author.id == ours and message.embeds:
            page.append(OwnMessage(message.id, channel.id, message.embeds[0]))
        if read % PAGE == 0 and page:
            of_page = await _wanted_of(page, wanted)
            found += of_page
            if len(of_page) < len(page):
                page = []
                break
            page = []
    found += await _wanted_of(page, wanted)
    return found[::-1]


async def own_posts(forum: discord.ForumChannel, ours: int, limit: int, wanted: Wanted) -> list[OwnMessage]:
    """Return the messages that the wanted ones among the newest ``limit`` posts begin with, oldest first."""
    begun = {post.id: post for post in await newest_posts(forum, ours, limit)}
    found = []
    for number in sorted(await wanted([*begun])) if begun else ():
        with suppress(discord.NotFound):  # taken back, and the post that it began is still there
            message = await begun[number].fetch_message(number)
            found += [OwnMessage(number, number, embed) for embed in message.embeds[:1]]
    return found


async def _wanted_of(page: list[OwnMessage], wanted: Wanted) -> list[OwnMessage]:
    numbers = await wanted([one.id for one in page]) if page else set()
    return [one for one in page if one.id in numbers]
