"""The discord.py bot: intents, cogs, command sync, the one error handler."""

import asyncio
import importlib.util
import logging
import pkgutil
import time
from datetime import datetime
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering import tell_error, tell_privately
from bot.cooldowns import Cooldowns
from bot.discord_time import DiscordTime
from bot.first_channel import FirstChannel
from bot.guests import serve_or_leave
from bot.news.access import Access
from bot.news.backups import Backups
from bot.news.desk import Desk
from bot.news.digests.digesting import Digesting
from bot.news.moderation import Moderation
from bot.news.operations import Operations
from bot.news.operators import Tell
from bot.news.sending.once import trace
from bot.news.sending.trying import Trying
from bot.news.subscriptions.choosing import Choosing
from bot.news.subscriptions.filtering import Filtering
from bot.news.subscriptions.pinging import Pinging
from bot.news.subscriptions.places import Places
from bot.news.subscriptions.subscribing import Subscribing
from bot.news.subscriptions.unserved import Unserved
from bot.news.telling import Telling
from bot.news.uploads import Uploads
from bot.own_channels import server_of_channel
from bot.supervisor import Supervisor
from bot.syncing import Syncing

log = logging.getLogger(__name__)

# Gazette never speaks: without this, discord.py warns at each start of what voice would need.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

ELSEWHERE = "Gazette works in servers alone, and in those that it was added to."
NOT_NAMED = "This bot does not serve this server. Whoever runs the bot can add {guild_id} to SERVERS."

LONGEST_WAIT = 30
"""Seconds that discord.py waits out a rate limit by itself; a longer one is waited for by the delivery, which
then looks whether its message stands there before it sends it again."""


class GazetteBot(commands.Bot):
    """Gazette in Discord. The cogs find all that they need on it."""

    desk: Desk
    operations: Operations
    moderation: Moderation
    telling: Telling
    digesting: Digesting
    subscribing: Subscribing
    filtering: Filtering
    pinging: Pinging
    choosing: Choosing
    trying: Trying
    places: Places
    first_channel: FirstChannel
    unserved: Unserved
    backups: Backups
    cooldowns: Cooldowns
    uploads: Uploads
    supervisor: Supervisor

    def __init__(self, access: Access, syncing: Syncing) -> None:
        """Build the bot: ``access`` knows which servers it serves, ``syncing`` tells Discord the commands."""
        self._time = DiscordTime()
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=Commands,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            max_ratelimit_timeout=LONGEST_WAIT,
            http_trace=self._time.listen(trace()),
        )
        self.access = access
        self._syncing = syncing
        self.connected = False
        """Whether it is connected to Discord now."""
        self._connected_at: float | None = None
        self.in_place = asyncio.Event()
        """Set once the history knows in which servers the bot is."""

    def attach(  # noqa: PLR0913 (the parts of the newsroom, each by its name)
        self,
        *,
        desk: Desk,
        operations: Operations,
        moderation: Moderation,
        telling: Telling,
        digesting: Digesting,
        subscribing: Subscribing,
        filtering: Filtering,
        pinging: Pinging,
        choosing: Choosing,
        trying: Trying,
        places: Places,
        first_channel: FirstChannel,
        unserved: Unserved,
        backups: Backups,
        cooldowns: Cooldowns,
        uploads: Uploads,
        supervisor: Supervisor,
        tell: Tell,
    ) -> None:
        """Give it the newsroom that its commands speak with; called once, before it logs in."""
        self.desk = desk
        self.operations = operations
        self.moderation = moderation
        self.telling = telling
        self.digesting = digesting
        self.subscribing = subscribing
        self.filtering = filtering
        self.pinging = pinging
        self.choosing = choosing
        self.trying = trying
        self.places = places
        self.first_channel = first_channel
        self.unserved = unserved
        self.backups = backups
        self.cooldowns = cooldowns
        self.uploads = uploads
        self.supervisor = supervisor
        self._tell = tell

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (discord.py's own)
        """Tell of an event; called by discord.py, which may get ready once it is closed."""
        if event_name != "ready" or not self.is_closed():
            super().dispatch(event_name, *args, **kwargs)

    @property
    def seconds_not_in_place(self) -> int:
        """For how many seconds it has been connected and does not deliver yet."""
        if self.in_place.is_set() or not self.connected or self._connected_at is None:
            return 0
        return int(time.monotonic() - self._connected_at)

    @property
    def command_ids(self) -> dict[str, int]:
        """The ids of the commands by their names, as far as Discord has told them."""
        return self._syncing.ids

    @property
    def connecting(self) -> bool:
        """Whether it has not been connected since it started."""
        return self._connected_at is None

    async def on_connect(self) -> None:
        """Note that Discord is there; called by discord.py."""
        if not self.connected:
            self._connected_at = time.monotonic()
        self.connected = True

    async def on_resumed(self) -> None:
        """Note that Discord is there again; called by discord.py."""
        self.connected = True

    async def on_disconnect(self) -> None:
        """Note that Discord is gone; called by discord.py."""
        self.connected = False

    async def on_ready(self) -> None:
        """Note in which servers the bot is; called by discord.py."""
        of_channels = {c.id: guild.id for guild in self.guilds for c in (*guild.channels, *guild.threads)}
        await self.access.found(of_channels)
        await self.places.there_are([guild.id for guild in self.guilds], of_channels)
        self.in_place.set()
        await self.first_channel.tell(self)
        if self.access.unknown:
            self.supervisor.turn_on("own channels")
        for guild in self.guilds:
            await serve_or_leave(guild, self.access, self._tell)

    async def find_own_channels(self) -> None:
        """Ask Discord for the servers of channels in the settings that it did not tell of; the service ends.

        A thread that is archived is one of these. Nothing waits for the answer.
        """
        for channel_id in self.access.unknown:
            guild_id = await server_of_channel(self, channel_id)
            if guild_id is not None:
                await self.access.found({channel_id: guild_id})
                await self.places.found({channel_id: guild_id})
        for guild in self.guilds:
            await serve_or_leave(guild, self.access, self._tell)
        self.supervisor.turn_off("own channels")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that the bot came into a server; called by discord.py."""
        await self.places.joined(guild.id)
        await serve_or_leave(guild, self.access, self._tell)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """End what the bot had in a server; called by discord.py."""
        await self.places.left(guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End what a channel got; called by discord.py."""
        await self.places.channel_gone(channel.id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """End what a thread got; called by discord.py."""
        await self.places.channel_gone(payload.thread_id)

    async def discord_time(self) -> datetime | None:
        """Return Discord's time now; ``None`` if it is not known."""
        return await self._time.ask(self)

    def is_operators(self, guild: discord.Guild | None) -> bool:
        """Return whether a server is the operators': the bot may stand in others that have no say over it."""
        return guild is not None and guild.id in self.access.operators

    def not_served(self, interaction: discord.Interaction[Any]) -> str | None:
        """Return why the bot does nothing for who used a command, a button or a list; ``None`` if it does.

        Discord is told that commands are for servers alone. That is no proof that nobody uses one elsewhere.
        """
        guild_id = interaction.guild_id
        by_user = interaction.is_user_integration() and not interaction.is_guild_integration()
        if guild_id is None or by_user or self.get_guild(guild_id) is None:
            return ELSEWHERE
        return None if self.access.allows(guild_id) else NOT_NAMED.format(guild_id=guild_id)

    def name_of(self, guild_id: int) -> str:
        """Return what a server is called, its id if the bot does not see it. Its managers chose the name."""
        guild = self.get_guild(guild_id)
        return str(guild_id) if guild is None else guild.name

    def place_name(self, kind: str, number: int) -> str | None:
        """Return the name of a ``"channel"`` or a ``"server"``, ``None`` if the bot does not see it."""
        if kind == "server":
            guild = self.get_guild(number)
            return None if guild is None else guild.name
        channel = self.get_channel(number)
        if channel is None or isinstance(channel, discord.abc.PrivateChannel):
            return None
        return f"#{channel.name}"

    async def setup_hook(self) -> None:
        """Load every cog and tell Discord the commands; called by discord.py after each login."""
        await self.first_channel.begin(self)  # before the first file is read: else nobody would get it
        for name in cog_names():
            if name not in self.extensions:
                await self.load_extension(name)
        if not await self._syncing.once(self.tree):  # posts need not wait for it
            self.supervisor.turn_on("commands")
        for service in ("clock", "retention", "delivery", "notices", "scheduling", "backups"):
            self.supervisor.turn_on(service)

    async def sync_patiently(self) -> None:
        """Tell Discord the commands once it allows that; the service ends with it."""
        await self._syncing.patiently(self.tree)
        self.supervisor.turn_off("commands")


def cog_names() -> list[str]:
    """Return the modules of the cogs' folder; those that begin with an underscore are helpers."""
    package = importlib.util.find_spec("cogs")
    places = package.submodule_search_locations if package else None
    return [
        f"cogs.{module.name}" for module in pkgutil.iter_modules(places) if not module.name.startswith("_")
    ]


class Commands(app_commands.CommandTree[GazetteBot]):
    """The slash commands, with the one place that answers when one goes wrong."""

    async def interaction_check(self, interaction: discord.Interaction[GazetteBot], /) -> bool:
        """Return whether the bot does something for whoever uses a command, or types an option of one."""
        refused = interaction.client.not_served(interaction)
        if refused is None:
            return True
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await tell_privately(interaction, refused)
        return False

    async def on_error(
        self, interaction: discord.Interaction[GazetteBot], error: app_commands.AppCommandError
    ) -> None:
        """Tell the person what went wrong and what to do; only they see it."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        name = f"/{interaction.command.qualified_name}" if interaction.command else "a command"
        await tell_error(interaction, cause, name)
