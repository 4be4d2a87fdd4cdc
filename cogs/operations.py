"""/status, /retry and /inbox: for members who may manage the server. Every answer is private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.buttons import stateless
from bot.render.operations import hidden_lines, retried_line, status_text
from bot.render.post import COLOUR
from bot.render.refusals import dismissed_line, refused_lines
from bot.render.subscriptions import EMBED_LIMIT, subscription_lines
from cogs._channels import shown_of
from cogs._dismiss import DismissButton, dismiss_button
from cogs._hidden import PostButton, post_button
from cogs._operators import answer, for_operators
from cogs._refused import complete_refused


class Operations(commands.Cog):
    """What operators ask and do in Discord."""

    inbox = app_commands.Group(
        name="inbox",
        description="The folder of articles.",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @app_commands.command(description="Show what waits, what was sent, and what failed and why.")
    @for_operators
    async def status(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with how it stands."""
        await interaction.response.defer(ephemeral=True)
        bot = interaction.client
        status = await bot.operations.status()
        buttons = [dismiss_button(one.path) for one in status.refusals]
        await interaction.followup.send(
            status_text(status, bot.name_of),
            embeds=await _subscriptions(interaction),
            view=stateless(*buttons) if buttons else discord.utils.MISSING,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    @app_commands.command(description="Try once more what failed: posts and refused files.")
    @app_commands.describe(
        mark="One post, by its mark, such as #k3f9",
        path="One refused file, by its path in the folder; without either all that failed",
    )
    @for_operators
    async def retry(
        self, interaction: discord.Interaction[GazetteBot], mark: str | None = None, path: str | None = None
    ) -> None:
        """Answer with how much is tried once more."""
        await interaction.response.defer(ephemeral=True)
        await answer(interaction, [retried_line(await interaction.client.operations.retry(mark, path))])

    @inbox.command(description="List the files that were refused, and why.")
    @for_operators
    async def failed(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with the newest refused files."""
        await interaction.response.defer(ephemeral=True)
        await answer(interaction, refused_lines(*await interaction.client.operations.refused()))

    @inbox.command(description="List a refused file no longer, until it changes and is refused again.")
    @app_commands.describe(path="One refused file, by its path in the folder; without it all of them")
    @app_commands.autocomplete(path=complete_refused)
    @for_operators
    async def dismiss(self, interaction: discord.Interaction[GazetteBot], path: str | None = None) -> None:
        """Answer with how many are listed no longer."""
        await interaction.response.defer(ephemeral=True)
        await answer(interaction, [dismissed_line(await interaction.client.operations.dismiss(path))])

    @inbox.command(description="List the articles of the last seven days that were hidden as near copies.")
    @for_operators
    async def hidden(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with what differs in each, and a button that posts it."""
        await interaction.response.defer(ephemeral=True)
        found, total = await interaction.client.operations.hidden()
        buttons = [post_button(one.id, number) for number, one in enumerate(found, start=1)]
        await answer(interaction, hidden_lines(found, total), *buttons)


async def _subscriptions(interaction: discord.Interaction[GazetteBot]) -> list[discord.Embed]:
    """Return what each channel of the server gets, with its next digest, its pause and its quiet hours."""
    subscribing = interaction.client.subscribing
    found = await subscribing.of_server(interaction.guild_id or 0)
    lines = subscription_lines([shown_of(one, waits, subscribing.now) for one, waits in found], EMBED_LIMIT)
    if not lines:
        return []
    return [discord.Embed(title="Subscriptions", description="\n".join(lines), colour=COLOUR)]


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(PostButton, DismissButton)
    await bot.add_cog(Operations())
