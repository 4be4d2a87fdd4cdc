"""Ending a subscription: asked first with what goes with it, and undone for a day."""

import re
from typing import Any, Final, Self

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.news.subscriptions.subscriptions import Subscription
from bot.render.buttons import stateless
from bot.render.text import counted
from cogs._buttons import answering
from cogs._operators import may_manage

type Interaction = discord.Interaction[GazetteBot]

END: Final = "end"
UNDO: Final = "undo"
TEMPLATE: Final = rf"unsubscribe:(?P<action>{END}|{UNDO}):(?P<channel>[0-9]{{1,20}})"

LOOKS: Final = {
    END: ("Unsubscribe", discord.ButtonStyle.danger),
    UNDO: ("Undo", discord.ButtonStyle.secondary),
}


class UnsubscribeButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TEMPLATE):
    """Ends what a channel gets, or lets it go on."""

    def __init__(self, action: str, channel_id: int) -> None:
        super().__init__(button(action, channel_id))
        self.action = action
        self.channel_id = channel_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed; called by discord.py."""
        return cls(match["action"], int(match["channel"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, if whoever pressed the button may manage the server."""
        async with answering(interaction, "/unsubscribe"):
            if not may_manage(interaction):
                raise app_commands.CheckFailure
            await interaction.response.defer()
            shown = await (_end if self.action == END else _undo)(interaction, self.channel_id)
            await interaction.edit_original_response(**shown)


def button(action: str, channel_id: int) -> discord.ui.Button[Any]:
    """Return the button for a channel."""
    label, style = LOOKS[action]
    return discord.ui.Button(label=label, style=style, custom_id=f"unsubscribe:{action}:{channel_id}")


def question(subscription: Subscription, waiting: int) -> str:
    """Return what is asked before a subscription ends: what goes with it."""
    kept = [
        counted(len(what), noun)
        for what, noun in ((subscription.filters, "filter"), (subscription.pings, "ping"))
        if what
    ]
    also = f" With it {' and '.join(kept)} end." if kept else ""
    waits = f" What waits for it ({counted(waiting, 'post')}) will not come." if waiting else ""
    return (
        f"<#{subscription.channel_id}> will get nothing any more. What was posted there stays.{also}{waits} "
        "For a day it can be undone."
    )


async def _end(interaction: Interaction, channel_id: int) -> dict[str, Any]:
    await interaction.client.subscribing.unsubscribe(interaction.guild_id or 0, channel_id)
    told = (
        f"<#{channel_id}> gets nothing any more. What was posted there stays.\n"
        "**Undo** brings it back for a day, with its filters, its pings and what waited."
    )
    return {"content": told, "view": stateless(button(UNDO, channel_id))}


async def _undo(interaction: Interaction, channel_id: int) -> dict[str, Any]:
    _, waited = await interaction.client.subscribing.undo(interaction.guild_id or 0, channel_id)
    comes = " What waited for it comes." if waited else ""
    return {
        "content": f"<#{channel_id}> gets again what it got.{comes} What came meanwhile did not go there.",
        "view": None,
    }
