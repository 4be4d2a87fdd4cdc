"""What each button and list of a set-up does."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

import discord

from bot.client import GazetteBot
from bot.errors import GazetteError, NotFound
from bot.news.digests.digest import Length
from bot.news.digests.scheduling import next_digest
from bot.news.sending.permissions import NAMES, missing_permissions
from bot.news.sending.trying import NotTaken
from bot.news.subscriptions.choosing import Wishes
from bot.news.subscriptions.subscriptions import Subscription
from bot.news.times.schedule_text import parse
from bot.news.times.timezones import zone_named
from bot.render.links import message_link
from bot.render.look import Layout
from bot.render.text import escape
from bot.render.words import LANGUAGES
from cogs._channels import MOST_CHOICES
from cogs._setup_draft import SCHEDULES, Draft, Step
from cogs._setup_items import DIGEST
from cogs._setup_modals import TIMES
from cogs._setup_view import CANCELLED, closed, finished
from cogs._unserved import offer

UTC: Final = ZoneInfo("UTC")

type Interaction = discord.Interaction[GazetteBot]
type Closing = dict[str, Any] | None
"""What the message shows where the set-up has come to its end."""


async def begin(interaction: Interaction) -> Draft:
    """Return the beginning of a set-up: as the server has it, where it has something."""
    client, guild_id = interaction.client, interaction.guild_id or 0
    language = (await client.choosing.chosen(guild_id)).look.language
    known = (await client.digesting.every_section())[:MOST_CHOICES]
    theirs = await client.subscribing.of_server(guild_id)
    return Draft(language=language, known=known, zone=theirs[0][0].zone if theirs else UTC)


async def act(interaction: Interaction, draft: Draft, action: str, values: Sequence[str]) -> Closing:
    """Do what was chosen; what goes wrong with it becomes the draft's notice."""
    try:
        if action in ACTIONS:
            return await ACTIONS[action](interaction, draft)
        if values:
            await CHOICES[action](interaction, draft, values)
    except NotTaken as error:
        draft.notice = f"**The test was not posted.** {escape(str(error))}"
    except GazetteError as error:
        draft.notice = str(error)
    return None


async def take_typed(draft: Draft, action: str, typed: str) -> Closing:
    """Take times or a time zone as they were typed, or note what is wrong with them."""
    try:
        if action == TIMES:
            draft.schedule = parse(typed, draft.zone)
        else:
            draft.choose_zone(await asyncio.to_thread(zone_named, typed))
    except GazetteError as error:
        draft.notice = f"**Nothing was changed.** {escape(str(error))}"
    return None


async def _back(_interaction: Interaction, draft: Draft) -> Closing:
    draft.step = Step(max(draft.step - 1, Step.CHANNEL))
    return None


async def _next(interaction: Interaction, draft: Draft) -> Closing:
    if draft.may_go_on:
        draft.step = Step(min(draft.step + 1, Step.CHECK))
    if draft.step is Step.CHECK:
        await _check(interaction, draft)
    return None


async def _cancel(_interaction: Interaction, _draft: Draft) -> Closing:
    return closed(CANCELLED)


async def _check(interaction: Interaction, draft: Draft) -> Closing:
    """Look which permissions the bot lacks in the channel now."""
    channel = await _channel_of(interaction, draft.channel_id or 0)
    if channel is None:
        draft.missing = [NAMES["view_channel"]]
        return None
    look = (await interaction.client.choosing.chosen(channel.guild.id)).look
    draft.name = channel.name
    draft.missing = missing_permissions(channel, channel.guild.me, layout_thread=look.layout is Layout.THREAD)
    return None


async def _test(interaction: Interaction, draft: Draft) -> Closing:
    await _check(interaction, draft)
    if not draft.may_go_on:
        return None
    tried = await interaction.client.trying.post(
        interaction.guild_id or 0,
        draft.channel_id or 0,
        str(interaction.id),
        language=draft.language,
        pictures=draft.choice(draft.current).pictures,
    )
    link = message_link(interaction.guild_id, tried.place_id, tried.message_id)
    what = (
        "It is invented, as no article has come yet." if tried.is_invented else "It is the longest article."
    )
    shorter = " A digest shows less of it." if draft.is_digest else ""
    draft.notice = f"**The test is posted:** {link}\n{what}{shorter} You may delete it."
    return None


async def _save(interaction: Interaction, draft: Draft) -> Closing:
    await _check(interaction, draft)
    if not draft.may_go_on:
        return None
    client, guild_id = interaction.client, interaction.guild_id or 0
    channel_id = draft.channel_id or 0
    subscription, _ = await client.subscribing.subscribe(
        guild_id, channel_id, lambda had, _: draft.choice(had)
    )
    if (await client.choosing.chosen(guild_id)).look.language != draft.language:
        await client.choosing.choose(guild_id, Wishes(language=draft.language))
    closing = finished(draft, next_digest(subscription, client.subscribing.now))
    unserved = await client.unserved.offered_to(channel_id)
    return offer(closing, unserved, channel_id) if unserved else closing


async def _channel(interaction: Interaction, draft: Draft, values: Sequence[str]) -> None:
    draft.choose_channel(int(values[0]), await _current(interaction, int(values[0])))
    await _check(interaction, draft)


async def _sections(_interaction: Interaction, draft: Draft, values: Sequence[str]) -> None:
    draft.choose_sections(values)


async def _language(_interaction: Interaction, draft: Draft, values: Sequence[str]) -> None:
    draft.language = values[0] if values[0] in LANGUAGES else draft.language


async def _deliver(_interaction: Interaction, draft: Draft, values: Sequence[str]) -> None:
    draft.is_digest = values[0] == DIGEST


async def _schedule(_interaction: Interaction, draft: Draft, values: Sequence[str]) -> None:
    if values[0] in SCHEDULES:  # else it is the one that was typed, which is chosen already
        draft.schedule = parse(values[0], draft.zone)


async def _zone(_interaction: Interaction, draft: Draft, values: Sequence[str]) -> None:
    draft.choose_zone(await asyncio.to_thread(zone_named, values[0]))


async def _length(_interaction: Interaction, draft: Draft, values: Sequence[str]) -> None:
    draft.length = Length(values[0])


ACTIONS: dict[str, Callable[[Interaction, Draft], Awaitable[Closing]]] = {
    "back": _back,
    "next": _next,
    "cancel": _cancel,
    "recheck": _check,
    "test": _test,
    "save": _save,
}
"""What buttons do, by the actions in their custom ids."""

CHOICES: dict[str, Callable[[Interaction, Draft, Sequence[str]], Awaitable[None]]] = {
    "channel": _channel,
    "sections": _sections,
    "language": _language,
    "deliver": _deliver,
    "schedule": _schedule,
    "zone": _zone,
    "length": _length,
}
"""What is done with what was chosen in a list, likewise."""


async def _current(interaction: Interaction, channel_id: int) -> Subscription | None:
    try:
        return await interaction.client.subscribing.of_channel(interaction.guild_id or 0, channel_id)
    except NotFound:
        return None


async def _channel_of(
    interaction: Interaction, channel_id: int
) -> discord.abc.GuildChannel | discord.Thread | None:
    """Return a channel of this server, ``None`` where the bot may not see it. Raises ``NotFound``."""
    guild = interaction.guild
    if guild is None:
        raise NotFound("This is for servers.")
    channel = guild.get_channel_or_thread(channel_id)
    if channel is not None:
        return channel
    try:  # a thread that is archived, or one in a channel that the bot does not see
        return await guild.fetch_channel(channel_id)
    except discord.Forbidden:
        return None
    except discord.NotFound as error:
        raise NotFound("That channel is not there any more. Choose another one.") from error
