"""At the end of a set-up: whether what came while no channel had a subscription shall be posted now."""

import re
from typing import Any, Final, Self

import discord
from discord import app_commands

from bot.client import GazetteBot
from bot.render.buttons import stateless
from bot.render.text import counted
from cogs._buttons import answering
from cogs._operators import may_manage
from cogs._setup_view import closed

type Interaction = discord.Interaction[GazetteBot]

POST: Final = "post"
LEAVE: Final = "leave"
LOOKS: Final = {
    POST: ("Post them", discord.ButtonStyle.primary),
    LEAVE: ("Leave them", discord.ButtonStyle.secondary),
}
TEMPLATE: Final = rf"unserved:(?P<action>{POST}|{LEAVE}):(?P<channel>[0-9]{{1,20}})"


def offer(closing: dict[str, Any], articles: int, channel_id: int) -> dict[str, Any]:
    """Return what a set-up shows at its end, with the question whether so many articles shall be posted."""
    embed: discord.Embed = closing["embed"]
    asked = (
        f"**{counted(articles, 'article')} came in the last 24 hours while no channel had a subscription.** "
        f"Shall they be posted in <#{channel_id}> now?"
    )
    embed.description = f"{embed.description}\n\n{asked}"
    return {"embed": embed, "view": stateless(_button(POST, channel_id), _button(LEAVE, channel_id))}


def _button(action: str, channel_id: int) -> discord.ui.Button[Any]:
    label, style = LOOKS[action]
    return discord.ui.Button(label=label, style=style, custom_id=f"unserved:{action}:{channel_id}")


class UnservedButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TEMPLATE):
    """Posts what came before any subscription, or leaves it for good."""

    def __init__(self, action: str, channel_id: int) -> None:
        super().__init__(_button(action, channel_id))
        self.action = action
        self.channel_id = channel_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return what was pressed; called by discord.py."""
        return cls(match["action"], int(match["channel"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, if whoever pressed it may manage the server and the channel has a subscription there."""
        async with answering(interaction, "/setup"):
            if not may_manage(interaction):
                raise app_commands.CheckFailure
            client: GazetteBot = interaction.client
            channel_id = self.channel_id
            await client.subscribing.of_channel(interaction.guild_id or 0, channel_id)
            await interaction.response.defer()
            told = "They are not posted. `/digest now` shows what came lately."
            if self.action == POST:
                posted = await client.unserved.post(channel_id)
                told = f"Posted in <#{channel_id}>: {counted(posted, 'article')}."
            else:
                await client.unserved.leave(channel_id)
            await interaction.edit_original_response(**closed(told, "Set-up · done"))
