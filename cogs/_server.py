"""What a command may show of the server that it is used in."""

import discord

from bot.client import GazetteBot


def server_of(interaction: discord.Interaction[GazetteBot]) -> tuple[int, set[int]]:
    """Return the server, and those of its channels that the member can see."""
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return 0, set()
    seen = {c.id for c in (*guild.channels, *guild.threads) if c.permissions_for(member).view_channel}
    return guild.id, seen
