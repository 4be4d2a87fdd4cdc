"""/pause, /resume and /quiet: when what comes is held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.errors import GazetteError, NotFound
from bot.news.digests.scheduling import next_digest
from bot.news.subscriptions.subscriptions import Subscription
from bot.news.times.quiet import QuietHours
from bot.news.times.schedule_text import parse_time
from bot.news.times.schedules import missed
from bot.render.text import counted
from cogs._channels import ChannelOption, Chosen, how_long, moment, named
from cogs._operators import for_managers, tell

DURATIONS = {
    "1 hour": 1,
    "4 hours": 4,
    "8 hours": 8,
    "1 day": 24,
    "3 days": 72,
    "1 week": 168,
}
"""Hours."""
MOST_LINES = 6
"""Of channels: with ten in each they fit into a message."""
EXAMPLE = "for example from 22:00 to 07:00"


async def complete_hour(
    _interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the full hours that begin with what was typed."""
    hours = [f"{hour:02}:00" for hour in range(24)]
    return [app_commands.Choice(name=one, value=one) for one in hours if one.startswith(typed.strip())]


class Pauses(commands.Cog):
    """When what comes for a channel is held."""

    @app_commands.command(description="Hold what comes for a while; it comes as one digest after that.")
    @app_commands.describe(
        duration="How long, from now on", channel="Where; in all of this server if nothing is chosen"
    )
    @app_commands.choices(duration=[app_commands.Choice(name=name, value=name) for name in DURATIONS])
    @for_managers
    async def pause(
        self,
        interaction: discord.Interaction[GazetteBot],
        duration: str,
        channel: ChannelOption | None = None,
    ) -> None:
        """Answer with until when, and when what comes meanwhile is posted."""
        await interaction.response.defer(ephemeral=True)
        subscribing, guild_id = interaction.client.subscribing, interaction.guild_id or 0
        until = subscribing.now + timedelta(hours=DURATIONS[duration])
        before = await subscribing.pause(guild_id, channel.id if channel else None, until)
        changed = await _again(interaction, before)
        lines = [
            f"Paused until {moment(until)} ({how_long(until)}): {_names(changed)}.",
            "What comes meanwhile is held. It comes as one digest:",
            *_next_digests(changed, subscribing.now),
            "`/resume` ends the pause sooner.",
        ]
        await tell(interaction, "\n".join(lines))

    @app_commands.command(description="End a pause now; what was held comes as one digest.")
    @app_commands.describe(channel="Where; in all of this server if nothing is chosen")
    @for_managers
    async def resume(
        self, interaction: discord.Interaction[GazetteBot], channel: ChannelOption | None = None
    ) -> None:
        """Answer with when what was held comes."""
        await interaction.response.defer(ephemeral=True)
        subscribing, guild_id = interaction.client.subscribing, interaction.guild_id or 0
        waiting = {one.id: many for one, many in await subscribing.of_server(guild_id)}
        now = subscribing.now
        before = await subscribing.pause(guild_id, channel.id if channel else None, None)
        paused = {one.id: one for one in before if one.paused_until and one.paused_until > now}
        if not paused:
            raise NotFound(f"Nothing is paused: {_names(before)}.")
        # As they were, but for the pause: what waited may be on its way by now.
        resumed = [replace(one, paused_until=None) for one in paused.values()]
        lines = [_resumed(one, waiting.get(one.id, 0), now) for one in resumed]
        await tell(interaction, "\n".join([f"Resumed: {_names(resumed)}.", *_first(lines)]))

    @app_commands.command(description="Hold what comes in these hours of each day; without hours, show them.")
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        start="From when, for example: 22:00",
        end="Until when, for example: 07:00",
        channel="Where; in all of this server if nothing is chosen",
        off="Hold nothing by the hour any more",
    )
    @app_commands.autocomplete(start=complete_hour, end=complete_hour)
    @for_managers
    async def quiet(
        self,
        interaction: discord.Interaction[GazetteBot],
        start: str | None = None,
        end: str | None = None,
        channel: ChannelOption | None = None,
        off: bool = False,
    ) -> None:
        """Answer with when it is quiet now, in which zone."""
        hours = _hours(start, end, off=off)
        await interaction.response.defer(ephemeral=True)
        subscribing = interaction.client.subscribing
        if hours is None and not off:
            await tell(interaction, "\n".join(await _present(interaction, channel)))
            return
        before = await subscribing.quiet(interaction.guild_id or 0, channel.id if channel else None, hours)
        changed = await _again(interaction, before)
        now = subscribing.now
        await tell(interaction, "\n".join(_off(changed, now) if hours is None else _on(changed, now)))


async def _again(
    interaction: discord.Interaction[GazetteBot], before: Sequence[Subscription]
) -> list[Subscription]:
    """Return subscriptions as they are now that they were changed."""
    numbers = {one.id for one in before}
    found = await interaction.client.subscribing.of_server(interaction.guild_id or 0)
    return [one for one, _ in found if one.id in numbers]


async def _present(interaction: discord.Interaction[GazetteBot], channel: Chosen) -> list[str]:
    """Return the quiet hours as they are."""
    subscribing, guild_id = interaction.client.subscribing, interaction.guild_id or 0
    if channel is not None:
        found = [await subscribing.of_channel(guild_id, channel.id)]
    else:
        found = [one for one, _ in await subscribing.of_server(guild_id)]
    lines = [
        f"<#{one.channel_id}>: from {one.quiet.start:%H:%M} to {one.quiet.end:%H:%M} ({one.quiet.zone.key})."
        for one in found
        if one.quiet is not None
    ]
    if not lines:
        return [f"There are no quiet hours. Set them with from and to, {EXAMPLE}."]
    return [*_first(lines), "`/quiet off:True` turns them off."]


def _hours(start: str | None, end: str | None, *, off: bool) -> QuietHours | None:
    """Return the hours that were typed, ``None`` for none. Raises ``GazetteError``."""
    if start is None and end is None:
        return None
    if off:
        raise GazetteError(f"Type either from and to, {EXAMPLE}, or off.")
    if start is None or end is None:
        raise GazetteError(f"Quiet hours need from and to, {EXAMPLE}. The option off turns them off.")
    hours = QuietHours(parse_time(start), parse_time(end), ZoneInfo("UTC"))  # each has a zone of its own
    if hours.start == hours.end:
        raise GazetteError(f"From and to are the same time: type two times, {EXAMPLE}.")
    return hours


def _names(subscriptions: Sequence[Subscription]) -> str:
    return named([one.channel_id for one in subscriptions])


def _next_digests(subscriptions: Sequence[Subscription], now: datetime) -> list[str]:
    """Return when digests come, a line for the channels that get theirs at the same time."""
    by_time: dict[datetime, list[Subscription]] = {}
    for one in subscriptions:
        if (at := next_digest(one, now)) is not None:
            by_time.setdefault(at, []).append(one)
    return _first([f"{_names(some)} {moment(at)}" for at, some in sorted(by_time.items())])


def _resumed(subscription: Subscription, waiting: int, now: datetime) -> str:
    """Return when what a channel's pause has held comes."""
    channel = f"<#{subscription.channel_id}>"
    held = f"what waited, {counted(waiting, 'article')}," if waiting else "nothing waits"
    if (until := subscription.held_until(now)) is not None:
        return f"{channel}: its quiet hours hold what comes until {moment(until)}."
    if subscription.schedule is None:
        comes = f"{held} comes as one digest now, then" if waiting else "from now on"
        return f"{channel}: {comes} each article at once."
    schedule, last, since = subscription.schedule, subscription.last_slot, subscription.holds_from
    if missed(schedule, last, now, since=since) is not None:
        return f"{channel}: {held} comes as one digest now." if waiting else f"{channel}: {held}."
    at = moment(next_digest(subscription, now) or now)
    return f"{channel}: {held} comes in the next digest {at}." if waiting else f"{channel}: next digest {at}."


def _off(subscriptions: Sequence[Subscription], now: datetime) -> list[str]:
    """Return that there are no quiet hours any more."""
    lines = [f"No quiet hours any more: {_names(subscriptions)}."]
    paused = [one for one in subscriptions if one.held_until(now) is not None]
    lines.append(f"Still paused: {_names(paused)}." if paused else "What was held in them comes now.")
    return lines


def _on(subscriptions: Sequence[Subscription], now: datetime) -> list[str]:
    """Return when it is quiet, a line for each zone, and what happens to what comes then."""
    by_zone: dict[str, list[Subscription]] = {}
    for one in subscriptions:
        by_zone.setdefault(one.zone.key, []).append(one)
    lines = [
        f"Quiet from {some[0].quiet.start:%H:%M} to {some[0].quiet.end:%H:%M} ({zone}) each day: "
        f"{_names(some)}."
        for zone, some in by_zone.items()
        if some[0].quiet is not None
    ]
    lines = [*_first(lines), "What comes then is held, and comes as one digest when they end."]
    held = [one for one in subscriptions if one.held_until(now) is not None]
    if held:
        lines += ["That is so now; the next digest comes:", *_next_digests(held, now)]
    return [*lines, "The zone is that of the subscription; `/subscribe` changes it."]


def _first(lines: Sequence[str]) -> list[str]:
    """Return the first lines of many, and how many more there are."""
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([f"and {more} more"] if more > 0 else [])]


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Pauses())
