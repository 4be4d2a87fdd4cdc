"""What the commands about channels share: their options, how these complete, what the bot may do there."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.errors import GazetteError, NotFound
from bot.news.digests.scheduling import next_digest
from bot.news.sending.permissions import missing_permissions
from bot.news.subscriptions.filters import folded
from bot.news.subscriptions.subscribing import MOST_SECTIONS
from bot.news.subscriptions.subscriptions import DIGEST, INSTANT, Subscription
from bot.news.times.schedule_text import BadSchedule, parse
from bot.news.times.timezones import zone_named, zones
from bot.render.subscriptions import Shown
from bot.render.text import CHOICE_LIMIT, counted, one_line
from cogs._cooldowns import bounded
from cogs._server import viewer_of

type Place = discord.TextChannel | discord.ForumChannel | discord.Thread
"""What may have a subscription: text, announcement, forum and media channels, and threads."""

_PLACES = (discord.TextChannel, discord.ForumChannel, discord.Thread)

ALL = "all"
"""What is typed for every section."""
MOST_CHOICES = 25
MOST_NAMED = 10
"""Channels in one sentence."""
TIMES = (
    "daily 08:00",
    "daily 08:00, 18:30",
    "weekdays 08:00",
    "weekdays 08:00, 13:00, 18:00",
    "weekends 10:00",
    "mon 09:00",
    "mon, wed, fri 07:30",
    "hourly",
)
"""Examples of what is understood as the times of digests."""


class CannotPost(GazetteError):
    """The bot lacks something in a channel. The sentence names it, and where it is given."""


class _Channels(app_commands.Transformer[GazetteBot]):
    """An option that takes channels and threads, also those that the bot does not know."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord shows for it."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds that Discord offers."""
        return [
            discord.ChannelType.text,
            discord.ChannelType.news,
            discord.ChannelType.forum,
            discord.ChannelType.media,
            discord.ChannelType.public_thread,
            discord.ChannelType.private_thread,
            discord.ChannelType.news_thread,
        ]

    async def transform(
        self, _interaction: discord.Interaction[GazetteBot], value: app_commands.AppCommandChannel, /
    ) -> app_commands.AppCommandChannel:
        """Return it as it came: what it is is asked when the command was acknowledged."""
        return value


ChannelOption = app_commands.Transform[
    app_commands.AppCommandChannel | app_commands.AppCommandThread, _Channels
]
"""Annotates a channel option of a command, also with ``| None``."""

type Chosen = app_commands.AppCommandChannel | app_commands.AppCommandThread | None


def channel_id_of(interaction: discord.Interaction[GazetteBot], chosen: Chosen) -> int:
    """Return the chosen channel, else the one that the command is used in; it need not be there any more."""
    return chosen.id if chosen is not None else interaction.channel_id or 0


async def place_of(interaction: discord.Interaction[GazetteBot], chosen: Chosen) -> Place:
    """Return the chosen channel, else the one that the command is used in.

    Raises ``NotFound`` where nothing is posted in its kind, ``CannotPost`` where the bot does not see it.
    """
    guild, number = interaction.guild, channel_id_of(interaction, chosen)
    if guild is None:
        raise NotFound("This is for servers.")
    found = guild.get_channel_or_thread(number)
    if found is None:  # a thread that is archived, or a private one
        try:
            found = await guild.fetch_channel(number)
        except (discord.Forbidden, discord.NotFound) as error:
            raise CannotPost(
                f"I cannot see <#{number}>. Give me View Channel there; to a private thread, add me."
            ) from error
    if not isinstance(found, _PLACES):
        raise NotFound(
            "Nothing can be posted here. Name a text, announcement or forum channel, or a thread, "
            "in the option channel."
        )
    return found


def require_permissions(place: Place, *, layout_thread: bool = False) -> None:
    """Raise ``CannotPost`` where the bot may not post in a channel; it names what is missing."""
    missing = missing_permissions(place, place.guild.me, layout_thread=layout_thread)
    if not missing:
        return
    home = place.parent_id if isinstance(place, discord.Thread) else place.id
    raise CannotPost(
        f"I cannot post in <#{place.id}> yet. In the settings of <#{home}>, under Permissions, "
        f"allow me: {', '.join(missing)}. Then use the command again."
    )


def require_sight(interaction: discord.Interaction[GazetteBot], channel_id: int) -> None:
    """Raise ``NotFound`` if whoever uses a command does not see a channel: it tells what comes there."""
    viewer = viewer_of(interaction)
    if not viewer.sees_all and channel_id not in viewer.channels:
        raise NotFound(
            f"You do not see what comes in <#{channel_id}>. If it is a thread that is archived or private, "
            "use the command in it."
        )


async def zone_of(typed: str) -> ZoneInfo:
    """Return the time zone that was typed. Raises ``UnknownZone``."""
    return await asyncio.to_thread(zone_named, typed)


async def sections_of(interaction: discord.Interaction[GazetteBot], typed: str) -> tuple[str, ...] | None:
    """Return the sections that were typed, separated by commas, as articles spell them; ``None`` for all.

    Raises ``GazetteError`` where they are too many or none is named.
    """
    names = [name for part in typed.replace(";", ",").split(",") if (name := one_line(part).strip())]
    if not names:
        raise GazetteError(f"Name sections, for example “world, sport”, or “{ALL}”.")
    if [folded(name) for name in names] == [ALL]:
        return None
    if any(len(name) > CHOICE_LIMIT for name in names):
        raise GazetteError(f"The name of a section has at most {CHOICE_LIMIT} characters.")
    known = {folded(name): name for name in await interaction.client.digesting.every_section()}
    if folded(typed) in known:  # its name may hold a comma
        return (known[folded(typed)],)
    chosen = {folded(name): known.get(folded(name), name) for name in names}
    if len(chosen) > MOST_SECTIONS:
        raise GazetteError(
            f"That is {counted(len(chosen), 'section')}; a channel takes {MOST_SECTIONS} by name. "
            f"Type “{ALL}” for all."
        )
    return tuple(chosen.values())


async def unseen_sections(
    interaction: discord.Interaction[GazetteBot], sections: tuple[str, ...] | None
) -> list[str]:
    """Return those of the sections in which no recent article lies."""
    known = {folded(name) for name in await interaction.client.digesting.every_section()}
    return [name for name in sections or () if folded(name) not in known]


@bounded
async def complete_zone(
    _interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the time zones that fit what was typed so far."""
    return [app_commands.Choice(name=name, value=name) for name in await asyncio.to_thread(zones, typed)]


@bounded
async def complete_times(
    _interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return what was typed as it is understood, and the examples that hold it."""
    wanted = one_line(typed).strip().casefold()
    offered = [one for one in TIMES if wanted in one]
    with suppress(BadSchedule):  # it may not be typed to the end
        offered.insert(0, parse(typed, ZoneInfo("UTC")).text())
    values = [one for one in dict.fromkeys(offered) if len(one) <= CHOICE_LIMIT]
    return [app_commands.Choice(name=value, value=value) for value in values]


@bounded
async def complete_sections(
    interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Complete the last name of a list of sections; those that are in the list are not offered again."""
    before, comma, last = typed.replace(";", ",").rpartition(",")
    head = f"{before.strip()}{comma} " if comma else ""
    taken = {folded(name) for name in before.split(",")}
    found = [name for name in await interaction.client.digesting.every_section() if folded(name) not in taken]
    offered = [name for name in ([] if comma else [ALL]) + found if folded(name).startswith(folded(last))]
    values = [f"{head}{name}" for name in offered if len(f"{head}{name}") <= CHOICE_LIMIT]
    return [app_commands.Choice(name=value, value=value) for value in values[:MOST_CHOICES]]


def trouble_in(guild: discord.Guild, channel_id: int, failed: str | None) -> str:
    """Return why nothing can be posted in a channel and what helps, ``""`` if nothing is known to be wrong.

    What the bot may do there now counts before why an article ``failed``: what it lacked may be given by now.
    """
    place = guild.get_channel_or_thread(channel_id)
    missing = missing_permissions(place, guild.me) if isinstance(place, _PLACES) else []
    if missing:
        return f"I cannot post there. Under Edit Channel, Permissions, allow me: {', '.join(missing)}."
    return "" if failed is None else f"The last article could not be posted. {failed}"


def shown_of(subscription: Subscription, waiting: int, now: datetime, trouble: str = "") -> Shown:
    """Return a subscription as the list of a server's subscriptions shows it."""
    quiet, paused_until = subscription.quiet, subscription.paused_until
    schedule = subscription.schedule
    return Shown(
        channel_id=subscription.channel_id,
        sections=subscription.sections,
        deliver=INSTANT if schedule is None else DIGEST,
        schedule="" if schedule is None else schedule.text(),
        zone=subscription.zone.key,
        next_at=None if schedule is None else next_digest(subscription, now),
        length=subscription.length,
        say_nothing=subscription.say_nothing_new,
        publish=subscription.publish,
        pictures=subscription.look.pictures,
        filters=len(subscription.filters),
        pings=len(subscription.pings),
        waiting=waiting,
        trouble=trouble,
        paused_until=paused_until if paused_until and paused_until > now else None,
        quiet=(f"{quiet.start:%H:%M}", f"{quiet.end:%H:%M}", quiet.zone.key) if quiet else None,
    )


def named(channel_ids: Sequence[int]) -> str:
    """Return the channels as mentions, the first ones of many."""
    shown = ", ".join(f"<#{number}>" for number in channel_ids[:MOST_NAMED])
    more = len(channel_ids) - MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def moment(at: datetime) -> str:
    """Return a moment as each reader's clock shows it."""
    return f"<t:{int(at.timestamp())}:f>"


def how_long(at: datetime) -> str:
    """Return a moment as how far it is from now."""
    return f"<t:{int(at.timestamp())}:R>"
