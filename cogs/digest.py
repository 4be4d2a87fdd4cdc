"""/digest: the stories of a period, what the next digest of a channel holds, the buttons that turn pages."""

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering import acknowledge
from bot.client import GazetteBot
from bot.errors import NotFound
from bot.news.digests.digest import Length, Page
from bot.news.digests.scheduling import next_digest
from bot.news.subscriptions.filters import folded
from bot.news.subscriptions.subscriptions import Subscription
from bot.render.buttons import stateless
from bot.render.digest import DIGEST_TEMPLATE, digest_buttons, digest_embed
from bot.render.look import Look
from bot.render.text import CHOICE_LIMIT, cut_escaped, one_line
from cogs._buttons import answering
from cogs._channels import ChannelOption, channel_id_of, how_long, moment, require_sight
from cogs._cooldowns import bounded, cool_down, paced
from cogs._operators import for_managers, tell
from cogs._server import viewer_of

PERIODS = {
    "1 hour": 1,
    "6 hours": 6,
    "12 hours": 12,
    "1 day": 24,
    "3 days": 72,
    "1 week": 168,
}
"""Hours."""

MOST_STORIES = 50

NEAR_SECTIONS = 5
"""Named to somebody who types one that is not there."""


@bounded
async def complete_section(
    interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the sections that begin with what was typed so far."""
    found = await interaction.client.digesting.sections(typed, viewer_of(interaction))
    return [app_commands.Choice(name=name, value=name) for name in found if len(name) <= CHOICE_LIMIT]


class Digest(commands.Cog):
    """Digests on demand."""

    digest = app_commands.Group(name="digest", description="Stories at a glance.", guild_only=True)

    @digest.command(description="Show the stories of the last hours or days, those with most sources first.")
    @app_commands.describe(
        period="How far back; a day if nothing is chosen",
        section="Only what lies in this subfolder",
        count="At most so many stories, 1 to 50",
        length="How much is said about each story",
        share="Show the answer to everybody here",
    )
    @app_commands.choices(
        period=[app_commands.Choice(name=name, value=name) for name in PERIODS],
        length=[app_commands.Choice(name=length, value=length) for length in Length],
    )
    @app_commands.autocomplete(section=complete_section)
    @paced
    async def now(
        self,
        interaction: discord.Interaction[GazetteBot],
        period: str = "1 day",
        section: str | None = None,
        count: app_commands.Range[int, 1, MOST_STORIES] | None = None,
        length: str = Length.MEDIUM,
        share: bool = False,
    ) -> None:
        """Answer with the first page."""
        if section is not None:
            section = await section_named(interaction, section)
        await acknowledge(interaction, is_open=share)
        digest_id, page = await interaction.client.digesting.now(
            viewer_of(interaction),
            timedelta(hours=PERIODS[period]),
            length=Length(length),
            section=section,
            stories=count,
        )
        look = await interaction.client.digesting.look(interaction.guild_id or 0)
        await interaction.followup.send(**_shown(digest_id, page, look))

    @digest.command(description="Show what the next digest of a channel would hold now, and when it comes.")
    @app_commands.describe(channel="Which; this channel if nothing is chosen")
    @for_managers
    async def preview(
        self, interaction: discord.Interaction[GazetteBot], channel: ChannelOption | None = None
    ) -> None:
        """Answer with its first page."""
        await interaction.response.defer(ephemeral=True)
        bot, number = interaction.client, channel_id_of(interaction, channel)
        require_sight(interaction, number)
        subscription = await bot.subscribing.of_channel(interaction.guild_id or 0, number)
        page = await bot.digesting.preview(subscription)
        told = _when_next(subscription, bot.subscribing.now)
        if not page.digest.stories:
            await tell(interaction, f"{told} Nothing waits there now.")
            return
        many = f" Of its {page.of} pages this is the first." if page.of > 1 else ""
        embed = digest_embed(page, look=subscription.look)
        await interaction.followup.send(
            f"{told} If it came now, it would hold this.{many}", embed=embed, ephemeral=True
        )


async def section_named(interaction: discord.Interaction[GazetteBot], typed: str) -> str:
    """Return the section that was typed, as articles spell it.

    Raises ``NotFound``, with the nearest names, if nothing that the member sees lies in it.
    """
    seen = await interaction.client.digesting.seen_sections(viewer_of(interaction))
    known = {folded(name): name for name in seen}
    if folded(typed) in known:
        return known[folded(typed)]
    shown = cut_escaped(one_line(typed), CHOICE_LIMIT)
    # A thousand long names take a third of a second, so that they are compared beside the event loop.
    near = [known[name] for name in await asyncio.to_thread(_nearest, folded(typed), list(known))]
    named = near or seen[:NEAR_SECTIONS]
    names = ", ".join(cut_escaped(one_line(name), CHOICE_LIMIT) for name in named)
    way_out = (
        f"Did you mean: {names}?" if near else f"There are: {names}." if names else "There are none yet."
    )
    raise NotFound(f"No recent article lies in a section “{shown}”. {way_out}")


def _nearest(typed: str, names: Sequence[str]) -> list[str]:
    """Return the names that are spelled most like what was typed; none if that is longer than a name."""
    if len(typed) > CHOICE_LIMIT:
        return []
    return get_close_matches(typed, [name for name in names if len(name) <= CHOICE_LIMIT], NEAR_SECTIONS)


class PageButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=DIGEST_TEMPLATE):
    """Shows another page to whoever presses it, also of digests of earlier runs."""

    def __init__(self, custom_id: str, digest_id: int, number: int, sign: str | None) -> None:
        super().__init__(discord.ui.Button(label="Page", custom_id=custom_id))
        self.digest_id = digest_id
        self.number = number
        self.sign = sign

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed; called by discord.py."""
        return cls(match[0], int(match["digest"]), int(match["page"]), match["sign"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Turn a private answer's page; beside a public one, show the page to this member alone."""
        async with answering(interaction, "a page of a digest"):
            await cool_down(interaction)
            private = interaction.message is not None and interaction.message.flags.ephemeral
            await interaction.response.defer(ephemeral=True, thinking=not private)
            viewer = viewer_of(interaction)
            page = await interaction.client.digesting.page(
                self.digest_id, self.number, viewer, sign=self.sign
            )
            look = await interaction.client.digesting.look(interaction.guild_id or 0)
            shown = _shown(self.digest_id, page, look)
            if private:
                await interaction.edit_original_response(**shown)
            else:
                await interaction.followup.send(ephemeral=True, **shown)


def _when_next(subscription: Subscription, now: datetime) -> str:
    """Return when the next digest of a channel comes, if one does."""
    channel, at = f"<#{subscription.channel_id}>", next_digest(subscription, now)
    if at is None:
        return f"{channel} gets each article at once."
    when = f"{moment(at)} ({how_long(at)})"
    if subscription.schedule is None:
        return f"What comes for {channel} is held now, and comes as one digest {when}."
    return f"The next digest of {channel} comes {when}."


def _shown(digest_id: int, page: Page, look: Look) -> dict[str, Any]:
    """Return what a message shows of a page."""
    buttons = digest_buttons(digest_id, page.number, page.of, until=page.digest.until, language=look.language)
    return {"embed": digest_embed(page, look=look), **({"view": stateless(*buttons)} if buttons else {})}


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(PageButton)
    await bot.add_cog(Digest())
