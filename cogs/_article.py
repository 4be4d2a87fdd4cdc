"""The choice that several commands share: an article of the history, or a file that comes along."""

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.errors import NotFound
from bot.news.article_names import reference
from bot.news.desk import Chosen
from bot.render.post import UNTITLED
from bot.render.text import CHOICE_LIMIT, cut, one_line
from cogs._cooldowns import bounded
from cogs._server import viewer_of
from cogs._uploads import uploaded

NOTHING_NAMED = "Name an article, or attach a file with one."


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
    if article is not None:
        return await interaction.client.desk.find(article, viewer_of(interaction))
    if file is None:
        raise NotFound(NOTHING_NAMED)
    return await uploaded(interaction, file)


def require_one(article: str | None, file: discord.Attachment | None) -> None:
    """Raise ``NotFound`` unless either an article is named or a file is sent."""
    if article is not None and file is not None:
        raise NotFound("Name an article or attach a file, not both.")
    if article is None and file is None:
        raise NotFound(NOTHING_NAMED)
