"""The discord.py bot: intents, cogs, command sync, the one error handler."""

import importlib.util
import logging
import pkgutil
import secrets

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import GazetteError
from bot.news.desk import Desk
from bot.news.operations import Operations
from bot.render.text import CONTENT_LIMIT, cut
from bot.supervisor import Supervisor

log = logging.getLogger(__name__)

# Gazette never speaks: without this, discord.py warns at each start of what voice would need.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

LONGEST_WAIT = 30
"""Seconds that discord.py waits out a rate limit by itself; a longer one is waited for by the delivery, which
then looks whether its message stands there before it sends it again."""

PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, read_message_history=True
)
"""What the bot needs in the channel it posts in, and all that its invitation asks for."""

PERMISSION_NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}


class GazetteBot(commands.Bot):
    """Gazette in Discord. The cogs find all that they need on it."""

    def __init__(self, desk: Desk, operations: Operations, supervisor: Supervisor) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=Commands,
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        self.desk = desk
        self.operations = operations
        self.supervisor = supervisor

    async def setup_hook(self) -> None:
        """Load every cog and tell Discord the commands; called once by discord.py after login."""
        for name in cog_names():
            if name not in self.extensions:
                await self.load_extension(name)
        await self.tree.sync()
        self.supervisor.turn_on("delivery")


def cog_names() -> list[str]:
    """Return the modules of the cogs' folder; those that begin with an underscore are helpers."""
    package = importlib.util.find_spec("cogs")
    places = package.submodule_search_locations if package else None
    return [
        f"cogs.{module.name}" for module in pkgutil.iter_modules(places) if not module.name.startswith("_")
    ]


class Commands(app_commands.CommandTree[GazetteBot]):
    """The slash commands, with the one place that answers when one goes wrong."""

    async def on_error(
        self, interaction: discord.Interaction[GazetteBot], error: app_commands.AppCommandError
    ) -> None:
        """Tell the person what went wrong and what to do.

        Only they see it, unless the command has already begun a public answer: Discord keeps that public.
        """
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if isinstance(cause, GazetteError):
            answer = str(cause)
        elif isinstance(cause, app_commands.CheckFailure):
            answer = "You may not use this command here: it is for members who may manage the server."
        else:
            sign = secrets.token_hex(3)
            name = interaction.command.qualified_name if interaction.command else "a command"
            log.error("/%s went wrong (%s)", name, sign, exc_info=cause)
            answer = f"Something went wrong. The bot's log has the details under {sign}."
        await _tell(interaction, answer)


async def _tell(interaction: discord.Interaction[GazetteBot], answer: str) -> None:
    answer = cut(answer, CONTENT_LIMIT)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(answer, ephemeral=True)
        else:
            await interaction.response.send_message(answer, ephemeral=True)
    except discord.HTTPException as error:
        log.warning("an answer could not be given: %s", error)
