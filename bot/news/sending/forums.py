"""Forums, where each message begins a post of its own: its name, its tags, and how it is found again.

A forum's post is a thread. The thread and the message that it begins with have the same id.
"""

from collections.abc import Collection
from datetime import timedelta

import discord

from bot.render.text import cut, one_line
from storage.folding import folded

LONGEST_NAME = 100
MOST_TAGS = 5
NAMELESS = "News"

SKEW = timedelta(minutes=1)
"""By how much the time at which Discord archived a thread may differ from the time in the thread's id."""


def post_name(text: str) -> str:
    """Return what a post or a thread is called: one line within the limit, cut at a word, never empty."""
    return cut(one_line(text).strip(), LONGEST_NAME) or NAMELESS


def fitting_tags(forum: discord.ForumChannel, sections: Collection[str]) -> list[discord.ForumTag]:
    """Return the forum's tags that are named like one of the sections, in the forum's order, five at most.

    Where the forum wants a tag on each post and none fits, its first one. Tags that only moderators may use
    are left out where the bot is none.
    """
    named = {folded(section) for section in sections}
    me = forum.guild.me
    moderates = me is not None and forum.permissions_for(me).manage_threads
    free = [tag for tag in forum.available_tags if moderates or not tag.moderated]
    fitting = [tag for tag in free if folded(tag.name) in named]
    if not fitting and forum.flags.require_tag:
        return free[:1] or list(forum.available_tags[:1])
    return fitting[:MOST_TAGS]


async def posts_begun(forum: discord.ForumChannel, by: int, after: int) -> list[discord.Thread]:
    """Return the posts of the forum that one member began after the one with this id, the oldest first.

    Discord is asked, for the open ones and then for the archived: the bot may have missed an event.
    """
    posts = {post.id: post for post in await forum.guild.active_threads() if post.parent_id == forum.id}
    # The one archived last comes first, and none is archived before it is begun.
    earliest = discord.utils.snowflake_time(after) - SKEW
    async for post in forum.archived_threads(limit=None):
        if post.archive_timestamp < earliest:
            break
        posts[post.id] = post
    return [posts[number] for number in sorted(posts) if number > after and posts[number].owner_id == by]


async def newest_posts(forum: discord.ForumChannel, by: int, limit: int) -> list[discord.Thread]:
    """Return the newest ``limit`` posts that one member began, of the open ones and those archived last."""
    posts = {post.id: post for post in await forum.guild.active_threads() if post.parent_id == forum.id}
    async for post in forum.archived_threads(limit=limit):
        posts[post.id] = post
    return [posts[number] for number in sorted(posts, reverse=True) if posts[number].owner_id == by][:limit]
