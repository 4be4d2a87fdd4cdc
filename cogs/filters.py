"""/filter: which articles a channel gets, tried on the last seven days before it counts."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.errors import GazetteError, NotFound
from bot.news.subscriptions.filter_text import describe
from bot.news.subscriptions.filtering import Added, Trial
from bot.news.subscriptions.filters import Action, Kind
from bot.render.subscriptions import filter_lines, tried_lines
from bot.render.text import CONTENT_LIMIT, counted
from cogs._channels import ChannelOption, channel_id_of, require_sight
from cogs._cooldowns import bounded
from cogs._numbered import ROOM, number_of, numbered_choices
from cogs._operators import for_managers, may_manage, tell

ACTIONS = {"Only articles with it": Action.INCLUDE, "No article with it": Action.EXCLUDE}
KINDS = {
    "Words: all of them, anywhere": Kind.WORDS,
    "Phrase: these words in a row": Kind.PHRASE,
    "Person, organisation or place that is mentioned": Kind.ENTITY,
    "Source": Kind.SOURCE,
    "Language": Kind.LANGUAGE,
    "Section": Kind.SECTION,
    "Pattern: a regular expression": Kind.PATTERN,
}
ACTION_CHOICES = [app_commands.Choice(name=name, value=action) for name, action in ACTIONS.items()]
KIND_CHOICES = [app_commands.Choice(name=name, value=kind) for name, kind in KINDS.items()]


@bounded
async def complete_text(
    interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return what is known of the chosen kind and holds what was typed so far."""
    chosen = interaction.namespace.by or interaction.namespace.on
    if chosen not in list(Kind):
        return []
    found = await interaction.client.filtering.complete(Kind(chosen), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


@bounded
async def complete_filter(
    interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the channel's filters that hold what was typed so far, in their words or their number."""
    channel_id = channel_id_of(interaction, interaction.namespace.channel)
    if not may_manage(interaction):
        return []
    try:
        filters = await interaction.client.filtering.of_channel(interaction.guild_id or 0, channel_id)
    except NotFound:
        return []
    return numbered_choices(((number, describe(one)) for number, one in filters), typed)


class Filters(commands.Cog):
    """For members who may manage the server; every answer is private."""

    filters = app_commands.Group(
        name="filter",
        description="Which articles a channel gets.",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @filters.command(description="Let a channel get only some articles, or leave some out.")
    @app_commands.describe(
        action="Get only such articles, or none of them",
        by="What is looked at",
        text="The words, the name or the pattern",
        channel="Whose filter it is; this channel if none is chosen",
    )
    @app_commands.choices(action=ACTION_CHOICES, by=KIND_CHOICES)
    @app_commands.autocomplete(text=complete_text)
    @for_managers
    async def add(
        self,
        interaction: discord.Interaction[GazetteBot],
        action: str,
        by: str,
        text: str,
        channel: ChannelOption | None = None,
    ) -> None:
        """Answer with what the last seven days would have lost by it."""
        await interaction.response.defer(ephemeral=True)
        channel_id = channel_id_of(interaction, channel)
        added = await interaction.client.filtering.add(
            interaction.guild_id or 0, channel_id, Action(action), Kind(by), text
        )
        (line,) = filter_lines([(added.number, added.filter)])
        told = [
            f"<#{channel_id}> has a new filter, which counts from the next article on:",
            line,
            *added_lines(added),
            "`/filter test` shows which articles that is, `/filter remove` takes the filter away again.",
        ]
        await tell(interaction, "\n".join(told))

    @filters.command(name="list", description="Show a channel's filters.")
    @app_commands.describe(channel="Whose filters; this channel's if none is chosen")
    @for_managers
    async def list_(
        self, interaction: discord.Interaction[GazetteBot], channel: ChannelOption | None = None
    ) -> None:
        """Answer with what each filter does, and which are not used now."""
        await interaction.response.defer(ephemeral=True)
        channel_id = channel_id_of(interaction, channel)
        filtering = interaction.client.filtering
        filters = await filtering.of_channel(interaction.guild_id or 0, channel_id)
        told = [f"Filters of <#{channel_id}>:", *filter_lines(filters, CONTENT_LIMIT - ROOM)]
        if slow := filtering.given_up(filters):
            numbers = ", ".join(f"**{number}**" for number in slow)
            told.append(
                f"Took too long and not used until the bot starts again: {numbers}. Write what it looks for "
                "in a simpler way."
            )
        if late := filtering.late(interaction.guild_id or 0, filters):
            numbers = ", ".join(f"**{number}**" for number in late)
            told.append(
                f"Ran out of time in the last article: {numbers}. There each counted as not fitting. All "
                "patterns of a server share 0.05 seconds for an article: write them in a simpler way, or "
                "remove some."
            )
        ways = "`/filter test` tries them, `/filter remove` takes one away." if filters else ""
        await tell(interaction, "\n".join([*told, ways or "`/filter add` adds one."]))

    @filters.command(description="Take a filter away from a channel.")
    @app_commands.describe(
        chosen="The filter: choose it, or type its number", channel="Whose; this channel's if none is chosen"
    )
    @app_commands.rename(chosen="filter")
    @app_commands.autocomplete(chosen=complete_filter)
    @for_managers
    async def remove(
        self, interaction: discord.Interaction[GazetteBot], chosen: str, channel: ChannelOption | None = None
    ) -> None:
        """Answer with what was removed."""
        await interaction.response.defer(ephemeral=True)
        channel_id = channel_id_of(interaction, channel)
        number = number_of(chosen, "filter")
        removed = await interaction.client.filtering.remove(interaction.guild_id or 0, channel_id, number)
        (line,) = filter_lines([(number, removed)])
        told = [
            f"This filter of <#{channel_id}> is removed:",
            line,
            "It counts no more from the next article on.",
        ]
        await tell(interaction, "\n".join(told))

    @filters.command(description="Show what a channel's filters would have kept back in the last seven days.")
    @app_commands.describe(
        by="Try one more that is not added yet: what is looked at",
        text="Its words, its name or its pattern",
        action="Whether it takes only such articles, or none of them; none if nothing is chosen",
        channel="Whose filters; this channel's if none is chosen",
    )
    @app_commands.choices(action=ACTION_CHOICES, by=KIND_CHOICES)
    @app_commands.autocomplete(text=complete_text)
    @for_managers
    async def test(
        self,
        interaction: discord.Interaction[GazetteBot],
        by: str | None = None,
        text: str | None = None,
        action: str = Action.EXCLUDE,
        channel: ChannelOption | None = None,
    ) -> None:
        """Answer with the articles that would have been kept back, and why."""
        await interaction.response.defer(ephemeral=True)
        if (by is None) is not (text is None):
            raise GazetteError("To try one more filter, give both `by` and `text`.")
        filtering = interaction.client.filtering
        extra = None
        if by is not None and text is not None:
            extra = await filtering.parse(Action(action), Kind(by), text)
        number = channel_id_of(interaction, channel)
        require_sight(interaction, number)
        trial = await filtering.test(interaction.guild_id or 0, number, extra)
        await tell(interaction, "\n".join(trial_lines(trial, is_added=extra is None)))


def added_lines(added: Added) -> list[str]:
    """Return what a new filter would have changed in the last seven days."""
    if not added.articles:
        return ["No article came here in the last seven days that it could be tried on."]
    kept = f"{added.with_it}" if added.with_it else "none"
    before = f", {added.without_it or 'none'} without it" if added.with_it != added.without_it else ""
    of = counted(added.articles, "article")
    told = [f"Of {of} in the last seven days {kept} would have been kept back with it{before}."]
    if added.ran_out_of_time:
        told.append(
            "It ran out of time in some of them, where it counts as not fitting. After three such articles "
            "it is not used until the bot starts again: write it in a simpler way."
        )
    if added.filter.kind is Kind.ENTITY and not added.knows_entities:
        told.append(
            "Whom and what these articles mention is not known: entities are turned off for this bot, or it "
            "has no model for their language. As long as that is so, it fits none."
        )
    return told


def trial_lines(trial: Trial, *, is_added: bool) -> list[str]:
    """Return what filters would have kept back in the last seven days."""
    told = tried_lines(trial.tried, trial.titles, CONTENT_LIMIT - ROOM)
    if not trial.is_whole and trial.titles:
        told.append(f"More came; these are the newest {len(trial.titles):,}.")
    if not is_added:
        told.append("The filter that you tried is not added. `/filter add` adds it.")
    return told


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Filters())
