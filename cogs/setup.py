"""/setup: what a channel gets, chosen step by step in one private message."""

import re
from typing import Any, Final, Self, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import GazetteBot
from cogs._buttons import answering
from cogs._operators import for_managers, may_manage
from cogs._setup_actions import Closing, act, begin, take_typed
from cogs._setup_modals import MODALS, modal_of, typed_in
from cogs._setup_sessions import TEMPLATE, Session, Sessions
from cogs._setup_view import ENDED, closed
from cogs._unserved import UnservedButton

type Interaction = discord.Interaction[GazetteBot]

NAME: Final = "/setup"
_IDS = re.compile(TEMPLATE)


class Setup(commands.Cog):
    """For members who may manage the server; the message is private."""

    def __init__(self) -> None:
        self.sessions = Sessions()

    @app_commands.command(description="Choose, step by step, what a channel gets and when.")
    @for_managers
    async def setup(self, interaction: Interaction) -> None:
        """Show the first page."""
        await interaction.response.defer(ephemeral=True)
        session = await self.sessions.begin(interaction, await begin(interaction))
        await session.show(interaction, interaction.client.subscribing.now)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take what was typed in a modal of a set-up, also of one that has ended."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Any = interaction.data or {}
        found = _IDS.fullmatch(data.get("custom_id", ""))
        if found is None:
            return
        async with answering(interaction, NAME):
            session = _session(interaction, found["session"])
            if session is None:
                await interaction.response.edit_message(**closed(ENDED))
            else:
                await self._deal(interaction, session, found, [typed_in(interaction)])

    async def cog_unload(self) -> None:
        """Forget the set-ups that are under way; called by discord.py."""
        self.sessions.end_all()

    async def use(self, interaction: Interaction, session: Session, item: re.Match[str]) -> None:
        """Do what an item of the message is for."""
        if item["action"] in MODALS:
            modal = modal_of(item["action"], session.id_of(item["action"]), session.draft)
            await interaction.response.send_modal(modal)
            return
        data: Any = interaction.data or {}
        await self._deal(interaction, session, item, [str(value) for value in data.get("values", ())])

    async def _deal(
        self, interaction: Interaction, session: Session, item: re.Match[str], values: list[str]
    ) -> None:
        """Do it if it stood on the page that is shown now, and show how it stands then."""
        await interaction.response.defer()
        async with session.turn:
            if session.closing is None and int(item["revision"]) == session.revision:
                self.sessions.touch(session, interaction)
                closing = await self._done(interaction, session, item["action"], values)
                if closing is not None:
                    self.sessions.end(session, closing)
            await session.show(interaction, interaction.client.subscribing.now)

    async def _done(
        self, interaction: Interaction, session: Session, action: str, values: list[str]
    ) -> Closing:
        if action in MODALS:
            return await take_typed(session.draft, action, values[0])
        return await act(interaction, session.draft, action, values)


class SetupItem(discord.ui.DynamicItem[discord.ui.Item[Any]], template=TEMPLATE):
    """Whatever is pressed or chosen in a set-up, also in one of an earlier run."""

    def __init__(self, item: discord.ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return what was pressed; called by discord.py."""
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it is for, if whoever pressed it may."""
        async with answering(interaction, NAME):
            session = _session(interaction, self.match["session"])
            if session is None:
                await interaction.response.edit_message(**closed(ENDED))
            else:
                await _cog(interaction).use(interaction, session, self.match)


def _session(interaction: Interaction, session_id: str) -> Session | None:
    """Return what this person has begun, ``None`` where it has ended. Raises ``CheckFailure``."""
    if not may_manage(interaction):
        raise app_commands.CheckFailure
    return _cog(interaction).sessions.find(session_id, interaction.user.id, interaction.guild_id or 0)


def _cog(interaction: Interaction) -> Setup:
    return cast("Setup", interaction.client.get_cog(Setup.__cog_name__))


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    bot.add_dynamic_items(SetupItem, UnservedButton)
    await bot.add_cog(Setup())
