"""/help: what Gazette does, and its commands."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from bot.render.help import MANAGERS, READERS, TEMPLATE, help_button, help_buttons, help_page
from cogs._buttons import answering
from cogs._cooldowns import paced
from cogs._operators import may_manage


class Help(commands.Cog):
    """The first thing that a stranger types."""

    @app_commands.command(description="Show what Gazette does and which commands it has.")
    @app_commands.guild_only()
    @paced
    async def help(self, interaction: discord.Interaction[GazetteBot]) -> None:
        """Answer with what readers can ask; who may manage the server can turn to the rest."""
        await interaction.response.send_message(
            embed=_page(interaction.client, READERS),
            view=help_buttons(READERS) if may_manage(interaction) else discord.utils.MISSING,
            ephemeral=True,
        )


class HelpButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TEMPLATE):
    """Turns to the other page, also of answers of earlier runs."""

    def __init__(self, page: str) -> None:
        super().__init__(help_button(page))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed; called by discord.py."""
        return cls(match["page"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page, if whoever pressed the button may see it."""
        async with answering(interaction, "/help"):
            if self.page == MANAGERS and not may_manage(interaction):
                raise app_commands.CheckFailure
            embed = _page(interaction.client, self.page)
            await interaction.response.edit_message(embed=embed, view=help_buttons(self.page))


def _page(bot: GazetteBot, page: str) -> discord.Embed:
    every = (one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command))
    return help_page(page, {one.qualified_name: one.description for one in every}, bot.command_ids)


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(HelpButton)
    await bot.add_cog(Help())
