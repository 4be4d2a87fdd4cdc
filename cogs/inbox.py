"""The watch over the folder of articles: on while this cog is loaded."""

from discord.ext import commands

from bot.client import GazetteBot


class Inbox(commands.Cog):
    """Turns the watch on and off; what it does belongs to the newsroom."""

    def __init__(self, bot: GazetteBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin to watch."""
        self.bot.supervisor.turn_on("inbox")

    async def cog_unload(self) -> None:
        """End the watch; what arrives meanwhile is found when the cog is loaded again."""
        self.bot.supervisor.turn_off("inbox")


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Inbox(bot))
