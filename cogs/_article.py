"""The choice that several commands share: an article of the history, or a file that comes along."""

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.errors import NotFound
from bot.news.desk import Chosen, reference
from bot.render.post import UNTITLED
from bot.render.text import CHOICE_LIMIT, cut, one_line
from cogs._cooldowns import bounded
from cogs._server import viewer_of
from cogs._uploads import uploaded


@bounded
async def complete_article(
    interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the articles that fit what was typed so far, newest first."""
    found = await interaction.client.desk.complete(typed, viewer_of(interaction))
    return [
        app_commands.Choice(name=cut(one_line(match.title), CHOICE_LIMIT) or UNTITLED, value=reference(match))
        for match in found
    ]


async def chosen_article(
    interaction: discord.Interaction[GazetteBot], article: str | None, file: discord.Attachment | None
) -> Chosen:
    """Return the article that was named or sent. Raises ``NotFound`` and ``Refused``."""
    desk = interaction.client.desk
    if article is not None and file is not None:
        raise NotFound("Name an article or attach a file, not both.")
    if article is not None:
        return await desk.find(article, viewer_of(interaction))
    if file is None:
        raise NotFound("Name an article, or attach a file with one.")
    return await uploaded(interaction, file)
