"""What the bot must be allowed in the channels that it posts in, by the names that people see in Discord."""

import discord
from discord.abc import GuildChannel

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    read_message_history=True,
)
"""What the bot needs in channels of all kinds, and all that its invitation asks for."""

NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "manage_threads": "Manage Threads",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}

NAMES_IN_A_FORUM = {
    **NAMES,
    "send_messages": "Create Posts",
    "send_messages_in_threads": "Send Messages in Posts",
    "manage_threads": "Manage Posts",
}


def missing_permissions(
    channel: GuildChannel | discord.Thread,
    me: discord.Member,
    *,
    parent: GuildChannel | None = None,
    layout_thread: bool = False,
) -> list[str]:
    """Return the names of the permissions that the bot needs in the channel and does not have.

    A thread has those of the channel that it belongs to, its ``parent``: given where discord.py does not know
    it. With ``layout_thread`` a thread is to be opened under each post. To publish its own posts to those who
    follow an announcement channel the bot needs nothing more.
    """
    home = (parent or channel.parent) if isinstance(channel, discord.Thread) else channel
    if home is None:
        return [NAMES["view_channel"]]
    # Who may not send messages in a text channel has no use for embeds there, but has in its threads.
    inside = isinstance(channel, discord.Thread)
    have = GuildChannel.permissions_for(home, me) if inside else home.permissions_for(me)
    names = NAMES_IN_A_FORUM if isinstance(home, discord.ForumChannel) else NAMES
    return [
        names[permission]
        for permission in needed(channel, layout_thread=layout_thread)
        if not getattr(have, permission)
    ]


def needed(channel: GuildChannel | discord.Thread, *, layout_thread: bool = False) -> list[str]:
    """Return the permissions that the bot needs in a channel of this kind, by discord.py's names."""
    posting = ["send_messages"]
    if isinstance(channel, discord.Thread):
        # Nobody else may write in a thread that a moderator has locked.
        posting = ["send_messages_in_threads", *(["manage_threads"] if channel.locked else [])]
    elif isinstance(channel, discord.ForumChannel):
        posting.append("send_messages_in_threads")
    elif layout_thread and isinstance(channel, discord.TextChannel):
        posting.append("create_public_threads")
    return ["view_channel", *posting, "embed_links", "read_message_history"]
