"""/subscribe, /subscriptions and /unsubscribe: what each channel gets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.errors import GazetteError
from bot.news.digests.digest import Length
from bot.news.subscriptions.subscribing import Choice
from bot.news.subscriptions.subscriptions import DIGEST, INSTANT, Subscription
from bot.news.times.schedule_text import parse
from bot.news.times.schedules import Schedule, explain
from bot.render.look import Layout
from bot.render.post import COLOUR
from bot.render.subscriptions import EMBED_LIMIT, SECTION_SHOWN, SECTIONS_SHOWN, subscription_lines
from bot.render.text import counted, cut_escaped
from cogs._channels import (
    ChannelOption,
    Place,
    channel_id_of,
    complete_sections,
    complete_times,
    complete_zone,
    moment,
    place_of,
    require_permissions,
    sections_of,
    shown_of,
    trouble_in,
    unseen_sections,
    zone_of,
)
from cogs._operators import for_managers, tell
from cogs._unsubscribing import END, UnsubscribeButton, button, question

FIRST_TIMES = "daily 08:00"
"""Of a digest for which no times were typed."""
FIRST_ZONE = ZoneInfo("UTC")
HOW_TO_BEGIN = (
    "No channel of this server has a subscription. `/setup` makes the first one in a few steps, "
    "`/subscribe` makes one in a single line."
)

DELIVERIES = [
    app_commands.Choice(name="each article at once", value=INSTANT),
    app_commands.Choice(name="as a digest at set times", value=DIGEST),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed for a channel; ``None`` leaves it as it is."""

    deliver: str | None = None
    times: str | None = None
    sections: str | None = None
    zone: str | None = None
    length: str | None = None
    publish: bool | None = None
    pictures: bool | None = None
    say_nothing_new: bool | None = None


class Subscriptions(commands.Cog):
    """What each channel of a server gets."""

    @app_commands.command(description="Give a channel articles or digests, or change what it gets.")
    @app_commands.describe(
        channel="Where; this channel if nothing is chosen",
        sections="Only these, for example: world, sport; or all",
        deliver="Each article at once, or digests at set times",
        times="When digests come, for example: weekdays 8:00, 18:30",
        zone="The time zone of the times, for example: Lisbon",
        length="How much digests say about each story",
        publish="Show posts to those who follow an announcement channel",
        pictures="Show the articles' own pictures",
        say_nothing_new="Send a digest also where nothing is new",
    )
    @app_commands.choices(
        deliver=DELIVERIES, length=[app_commands.Choice(name=length, value=length) for length in Length]
    )
    @app_commands.autocomplete(sections=complete_sections, times=complete_times, zone=complete_zone)
    @for_managers
    async def subscribe(  # noqa: PLR0913 (the options, as people see them)
        self,
        interaction: discord.Interaction[GazetteBot],
        *,
        channel: ChannelOption | None = None,
        sections: str | None = None,
        deliver: str | None = None,
        times: str | None = None,
        zone: str | None = None,
        length: str | None = None,
        publish: bool | None = None,
        pictures: bool | None = None,
        say_nothing_new: bool | None = None,
    ) -> None:
        """Answer with what was set, and when the next digest comes."""
        await interaction.response.defer(ephemeral=True)
        typed = Typed(
            deliver=deliver,
            times=times,
            sections=sections,
            zone=zone,
            length=length,
            publish=publish,
            pictures=pictures,
            say_nothing_new=say_nothing_new,
        )
        place = await place_of(interaction, channel)
        await tell(interaction, "\n".join(await subscribed(interaction, place, typed)))

    @app_commands.command(description="Show what each channel of this server gets, and what waits.")
    @for_managers
    async def subscriptions(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with a line for each channel."""
        await interaction.response.defer(ephemeral=True)
        subscribing = interaction.client.subscribing
        found = await subscribing.of_server(interaction.guild_id or 0)
        if not found or interaction.guild is None:
            await tell(interaction, HOW_TO_BEGIN)
            return
        failed = await subscribing.failures([one.channel_id for one, _ in found])
        shown = []
        for one, waiting in found:
            trouble = trouble_in(interaction.guild, one.channel_id, failed.get(one.channel_id))
            shown.append(shown_of(one, waiting, subscribing.now, trouble))
        lines = subscription_lines(shown, EMBED_LIMIT)
        embed = discord.Embed(title="Subscriptions", description="\n".join(lines), colour=COLOUR)
        await interaction.followup.send(embed=embed, ephemeral=True)

    @app_commands.command(description="Give a channel nothing any more.")
    @app_commands.describe(channel="Which; this channel if nothing is chosen")
    @for_managers
    async def unsubscribe(
        self, interaction: discord.Interaction[GazetteBot], channel: ChannelOption | None = None
    ) -> None:
        """Ask first, with what goes with it."""
        await interaction.response.defer(ephemeral=True)
        subscribing, number = interaction.client.subscribing, channel_id_of(interaction, channel)
        found = await subscribing.of_channel(interaction.guild_id or 0, number)
        asked = question(found, await subscribing.waiting(number))
        await tell(interaction, asked, button(END, number))


async def subscribed(
    interaction: discord.Interaction[GazetteBot], place: Place, typed: Typed
) -> Sequence[str]:
    """Give a channel what was typed, and return what is told about it: ready to be sent.

    Raises ``GazetteError`` where something that was typed is wrong, or the bot may not post there.
    """
    bot, guild_id = interaction.client, place.guild.id
    look = await bot.digesting.look(guild_id)
    require_permissions(place, layout_thread=look.layout is Layout.THREAD)
    zone = None if typed.zone is None else await zone_of(typed.zone)
    sections = None if typed.sections is None else await sections_of(interaction, typed.sections)

    def choose(had: Subscription | None, theirs: Sequence[Subscription]) -> Choice:
        kept = had.sections if had and typed.sections is None else sections
        return _choice(typed, had, zone or _zone(had, theirs), kept)

    held = {one.channel_id: many for one, many in await bot.subscribing.of_server(guild_id)}
    set_now, had = await bot.subscribing.subscribe(guild_id, place.id, choose)
    now = bot.subscribing.now
    line = subscription_lines([shown_of(set_now, 0, now)])[0]
    return [
        f"{'Changed' if had else 'Subscribed'}: {line}.",
        *_notes(typed, had, set_now, place),
        *_unseen(await unseen_sections(interaction, sections if typed.sections else None)),
        *_what_comes(bot, set_now, held.get(place.id, 0)),
    ]


def _zone(had: Subscription | None, theirs: Sequence[Subscription]) -> ZoneInfo:
    """Return the channel's own zone, else that of the server's newest."""
    if had is not None:
        return had.zone
    return theirs[-1].zone if theirs else FIRST_ZONE


def _choice(
    typed: Typed, had: Subscription | None, zone: ZoneInfo, sections: tuple[str, ...] | None
) -> Choice:
    """Return what the channel had, with what was typed in its place."""
    before = Choice(zone=zone)
    if had is not None:
        before = Choice(
            zone=zone,
            length=had.length,
            publish=had.publish,
            pictures=had.look.pictures,
            say_nothing_new=had.say_nothing_new,
        )
    return Choice(
        sections=sections,
        schedule=_schedule(typed, had, zone),
        zone=zone,
        length=before.length if typed.length is None else Length(typed.length),
        publish=before.publish if typed.publish is None else typed.publish,
        pictures=before.pictures if typed.pictures is None else typed.pictures,
        say_nothing_new=before.say_nothing_new if typed.say_nothing_new is None else typed.say_nothing_new,
    )


def _schedule(typed: Typed, had: Subscription | None, zone: ZoneInfo) -> Schedule | None:
    """Return when digests come, ``None`` for each article at once. Raises ``BadSchedule``."""
    if typed.deliver == INSTANT:
        if typed.times is not None:
            raise GazetteError(
                "Times are for digests. Leave them out to get each article at once, or choose “as a digest "
                "at set times” in the option deliver."
            )
        return None
    if typed.times is not None:
        return parse(typed.times, zone)
    if had is not None and had.schedule is not None:
        return replace(had.schedule, zone=zone)
    return parse(FIRST_TIMES, zone) if typed.deliver == DIGEST else None


def _notes(typed: Typed, had: Subscription | None, now_set: Subscription, place: Place) -> list[str]:
    """Return what was decided for want of a word, and what has no effect here."""
    lines = []
    is_digest = now_set.is_digest
    if is_digest and typed.times is None and not (had and had.is_digest):
        lines.append("No times were given, so it comes daily at 08:00. The option times changes that.")
    if (
        is_digest
        and typed.zone is None
        and now_set.zone.key == FIRST_ZONE.key
        and not (had and had.is_digest)
    ):
        lines.append("The times are in UTC. The option zone changes that.")
    if typed.publish and not (isinstance(place, discord.TextChannel) and place.is_news()):
        lines.append("Only announcement channels have followers, so nothing is published from here.")
    if typed.say_nothing_new and not is_digest:
        lines.append("That nothing is new is said in digests alone.")
    return lines


def _unseen(sections: Sequence[str]) -> list[str]:
    """Return that there was no article in these sections yet."""
    if not sections:
        return []
    verb = "the section" if len(sections) == 1 else "the sections"
    names = ", ".join(cut_escaped(name, SECTION_SHOWN) for name in sections[:SECTIONS_SHOWN])
    more = len(sections) - SECTIONS_SHOWN
    names += f" and {more} more" if more > 0 else ""
    return [f"No article was seen yet in {verb} {names}. What comes there will be taken."]


def _what_comes(bot: GazetteBot, now_set: Subscription, waiting: int) -> list[str]:
    """Return what happens next."""
    now = bot.subscribing.now
    shown = shown_of(now_set, waiting, now)
    if now_set.schedule is not None:
        told = explain(now_set.schedule, now)
        what = f"What comes until {moment(shown.next_at)} is in the next digest." if shown.next_at else ""
        return [line for line in (what, told) if line]
    if (until := now_set.held_until(now)) is not None:
        return [f"What comes until {moment(until)} is held, and comes as one digest then."]
    lines = ["From now on each article is posted as it comes."]
    if waiting:
        lines.append(f"What waited for a digest, {counted(waiting, 'article')}, comes as one now.")
    return lines


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(UnsubscribeButton)
    await bot.add_cog(Subscriptions())
