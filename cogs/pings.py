"""/ping: which roles a channel's posts mention, and on what."""

import discord
from discord import app_commands
from discord.abc import GuildChannel
from discord.ext import commands

from bot.client import GazetteBot
from bot.errors import GazetteError, NotFound
from bot.news.subscriptions.pings import LONGEST_PAUSE, Condition, describe_ping
from bot.render.subscriptions import ping_lines
from bot.render.text import CONTENT_LIMIT
from cogs._channels import ChannelOption, Place, channel_id_of, place_of
from cogs._cooldowns import bounded
from cogs._numbered import ROOM, number_of, numbered_choices
from cogs._operators import for_managers, may_manage, tell
from cogs.filters import complete_text

CONDITIONS = {
    "An article mentions this person, organisation or place": Condition.ENTITY,
    "An article has all of these words": Condition.WORDS,
    "An article lies in this section": Condition.SECTION,
    "A story is covered by this many sources": Condition.STORY,
}
CONDITION_CHOICES = [app_commands.Choice(name=name, value=one) for name, one in CONDITIONS.items()]
PAUSE = 60
"""Minutes from one ping by a rule to the next, if nothing is chosen."""


class CannotPing(GazetteError):
    """The bot does not ping this role. The sentence says what to do."""


@bounded
async def complete_ping(
    interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the channel's pings that hold what was typed so far, in their words, role or number."""
    channel_id = channel_id_of(interaction, interaction.namespace.channel)
    guild = interaction.guild
    if guild is None or not may_manage(interaction):
        return []
    try:
        rules = await interaction.client.pinging.of_channel(guild.id, channel_id)
    except NotFound:
        return []
    roles = {role.id: role.name for role in guild.roles}
    offered = (
        (rule.id, f"{roles.get(rule.role_id, 'deleted role')} · {describe_ping(rule)}") for rule in rules
    )
    return numbered_choices(offered, typed)


class Pings(commands.Cog):
    """For members who may manage the server; every answer is private."""

    pings = app_commands.Group(
        name="ping",
        description="Which roles a channel's posts mention.",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @pings.command(description="Have a channel's posts mention a role on some articles.")
    @app_commands.describe(
        role="The role that is told",
        on="On what",
        text="The name, the words, the section, or how many sources",
        pause="At least so many minutes from one mention by this rule to the next; 60 if nothing is chosen",
        channel="In whose posts; this channel's if none is chosen",
    )
    @app_commands.choices(on=CONDITION_CHOICES)
    @app_commands.autocomplete(text=complete_text)
    @for_managers
    async def add(
        self,
        interaction: discord.Interaction[GazetteBot],
        role: discord.Role,
        on: str,
        text: str,
        pause: app_commands.Range[int, 0, LONGEST_PAUSE] = PAUSE,
        channel: ChannelOption | None = None,
    ) -> None:
        """Answer with when the role is mentioned."""
        await interaction.response.defer(ephemeral=True)
        place = await place_of(interaction, channel)
        require_pingable(role, place)
        rule = await interaction.client.pinging.add(
            place.guild.id, place.id, role.id, Condition(on), text, pause
        )
        told = [
            f"<#{place.id}> has a new ping, which counts from the next post on:",
            *ping_lines([rule]),
            "A digest mentions the role once for all that it lists. `/ping remove` takes it away again.",
        ]
        await tell(interaction, "\n".join(told))

    @pings.command(name="list", description="Show which roles a channel's posts mention, and on what.")
    @app_commands.describe(channel="Whose pings; this channel's if none is chosen")
    @for_managers
    async def list_(
        self, interaction: discord.Interaction[GazetteBot], channel: ChannelOption | None = None
    ) -> None:
        """Answer with the rules."""
        await interaction.response.defer(ephemeral=True)
        channel_id = channel_id_of(interaction, channel)
        rules = await interaction.client.pinging.of_channel(interaction.guild_id or 0, channel_id)
        told = [f"Pings of <#{channel_id}>:", *ping_lines(rules, CONTENT_LIMIT - ROOM)]
        way = "`/ping remove` takes one away." if rules else "`/ping add` adds one."
        await tell(interaction, "\n".join([*told, way]))

    @pings.command(description="Let a channel's posts mention a role no more.")
    @app_commands.describe(
        ping="The ping: choose it, or type its number", channel="Whose; this channel's if none is chosen"
    )
    @app_commands.autocomplete(ping=complete_ping)
    @for_managers
    async def remove(
        self, interaction: discord.Interaction[GazetteBot], ping: str, channel: ChannelOption | None = None
    ) -> None:
        """Answer with what was removed."""
        await interaction.response.defer(ephemeral=True)
        channel_id = channel_id_of(interaction, channel)
        removed = await interaction.client.pinging.remove(
            interaction.guild_id or 0, channel_id, number_of(ping, "ping")
        )
        told = [
            f"This ping of <#{channel_id}> is removed:",
            *ping_lines([removed]),
            "It counts no more from the next post on.",
        ]
        await tell(interaction, "\n".join(told))


def require_pingable(role: discord.Role, place: Place) -> None:
    """Raise ``CannotPing`` for the role that everyone has, and for one that the bot may not mention there."""
    if role.is_default():
        raise CannotPing(
            "I never ping everyone of a server. Name a role that members have who want to be told."
        )
    home = place.parent if isinstance(place, discord.Thread) else place
    me = place.guild.me
    # In a thread the permissions of its channel count, whatever may be written there.
    have = me.guild_permissions if home is None else GuildChannel.permissions_for(home, me)
    if role.mentionable or have.mention_everyone or have.administrator:
        return
    where = place.id if home is None else home.id
    raise CannotPing(
        f"I may not ping <@&{role.id}> in <#{place.id}>. Switch on “Allow anyone to @mention this role” in "
        f"the role's settings; or in the settings of <#{where}>, under Permissions, allow me to mention all "
        "roles. Then use the command again."
    )


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Pings())
