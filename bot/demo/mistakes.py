"""Mistakes of people: the bot answers them, so the simulation must not take them for crashes of the bot."""

from typing import TYPE_CHECKING, Any

from discord import app_commands

from bot.errors import GazetteError

if TYPE_CHECKING:
    import discord


def answer_mistakes(tree: app_commands.CommandTree[Any]) -> None:
    """Let a mistake of a person be answered, and nothing more; all other errors are the simulation's too.

    The simulation has put itself before the bot's own handler. What it sees there, its page shows in red.
    """
    noted = tree.on_error
    answered = type(tree).on_error

    async def on_error(
        interaction: "discord.Interaction[Any]", error: app_commands.AppCommandError, /
    ) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if isinstance(cause, GazetteError | app_commands.CheckFailure):
            await answered(tree, interaction, error)
        else:
            await noted(interaction, error)

    tree.on_error = on_error  # type: ignore[method-assign]
