"""What a person is told who used a command or a button and it did not go well: they alone are told."""

import logging
import secrets
from typing import Any, Final

import discord
from discord import app_commands

from bot.errors import GazetteError
from bot.news.article_names import SeveralFit
from bot.render import text
from bot.render.choices import CHOOSABLE, choices_view
from storage.trouble import trouble

log = logging.getLogger(__name__)

OPEN: Final = "open"
"""Among the extras of an interaction: everybody sees that its answer is on the way."""


async def acknowledge(interaction: discord.Interaction[Any], *, is_open: bool) -> None:
    """Tell Discord that an answer comes, which everybody sees if it is open."""
    interaction.extras[OPEN] = is_open
    await interaction.response.defer(ephemeral=not is_open)


async def tell_error(interaction: discord.Interaction[Any], error: Exception, name: str) -> None:
    """Tell whoever used what has this name what went wrong there; what nobody can mend is logged."""
    view: discord.ui.View = discord.utils.MISSING
    if isinstance(error, SeveralFit) and name in CHOOSABLE:
        view = choices_view(name, error.choices)
    if isinstance(error, GazetteError):
        answer = str(error)
    elif (problem := trouble(error)) is not None:
        answer = f"The history cannot be used now: {problem}."
    elif isinstance(error, app_commands.MissingPermissions):
        answer = "You may not use this: it is for members who may manage the server."
    elif isinstance(error, app_commands.CheckFailure):
        answer = (
            "You may not use this here: it is for members who may manage the server, and of the server that "
            "this bot belongs to."
        )
    else:
        sign = secrets.token_hex(3)
        log.error("%s went wrong (%s)", name, sign, exc_info=error, extra={"command": name, "sign": sign})
        answer = f"Something went wrong. The bot's log has the details under {sign}."
    await tell_privately(interaction, answer, view)


async def tell_privately(
    interaction: discord.Interaction[Any], answer: str, view: discord.ui.View = discord.utils.MISSING
) -> None:
    """Answer so that nobody else sees it, also if everybody sees already that an answer is on the way.

    What answers a command that was acknowledged takes the place of the acknowledgement, and is as open as
    that is. So the acknowledgement is made a message, and goes, before the answer comes.
    """
    answer = text.cut(answer, text.CONTENT_LIMIT)
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(answer, ephemeral=True, view=view)
            return
        if interaction.extras.pop(OPEN, False):
            await interaction.edit_original_response(content=text.ELLIPSIS)
            await interaction.delete_original_response()
        await interaction.followup.send(answer, ephemeral=True, view=view)
    except discord.HTTPException as error:
        log.warning("an answer could not be given: %s", error)
