"""What a command may show to whoever uses it."""

import discord

from bot.client import GazetteBot
from bot.news.viewer import Viewer
from cogs._operators import may_manage


def viewer_of(interaction: discord.Interaction[GazetteBot]) -> Viewer:
    """Return who uses a command or a button: which channels they see, and whether they are an operator."""
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return Viewer(0)
    seen = {c.id for c in (*guild.channels, *guild.threads) if _sees(member, c)}
    if interaction.channel_id is not None:
        seen.add(interaction.channel_id)  # an archived thread is in no list
    is_operator = may_manage(interaction) and interaction.client.is_operators(guild)
    return Viewer(guild.id, frozenset(seen), sees_all=is_operator)


def _sees(member: discord.Member, channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    may = channel.permissions_for(member)
    if isinstance(channel, discord.Thread) and channel.is_private():
        # Its permissions are those of the channel around it. Discord tells us of nobody else who is in it.
        return may.view_channel and may.manage_threads
    return may.view_channel
