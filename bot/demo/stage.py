"""The simulated server of the demo, and the bot that runs in it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import discord

from bot.app import Gazette, build
from bot.clock import utc_now
from bot.demo.mistakes import answer_mistakes
from bot.demo.samples import EVENING, LATER, put_samples
from bot.errors import StartupError
from bot.news.reading import make_workers
from bot.news.subscriptions.subscribing import Choice
from bot.news.times.schedule_text import parse
from bot.settings import GivenSettings, Settings

if TYPE_CHECKING:
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle, GuildHandle
    from simcord.env import Env

LONGEST_COMMAND: Final = 60
"""Seconds that the simulation waits for the bot to come to rest; more than any command takes."""

MORNING: Final = 8
"""The hour of the digest, in UTC."""
COMES: Final = (
    (EVENING, timedelta(hours=10, minutes=5)),
    ("", timedelta(hours=1, minutes=20)),
    (LATER, timedelta(minutes=20)),
)
"""The parts of the samples, and how long before the digest each comes."""

NEWS, DIGESTS, REPORTS, OPERATORS = "news", "morning-digest", "reports", "operators"

OVERWRITTEN: Final = "world/tide-tables.txt"
"""A sample that becomes an empty file: so that something is refused, and operators are told."""


@dataclass(slots=True)
class Clock:
    """The demo's time: the night and the morning while the samples come, then that of the computer."""

    shift: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Return the time, aware, in UTC."""
        return utc_now() + self.shift

    async def ask(self) -> datetime:
        """Return what Discord says the time is."""
        return self()


@dataclass(slots=True)
class Stage:
    """The simulated server and the bot that runs in it."""

    env: "Env"
    guild: "GuildHandle"
    channels: dict[str, "ChannelHandle"]
    gazette: Gazette
    inbox: Path
    viewers: list["MemberActor"]
    """A reader, and an editor, who may manage the server."""
    clock: Clock = field(default_factory=Clock)

    async def quiet(self) -> None:
        """Look at the folder now, and wait until all that lies in it is dealt with."""
        self.gazette.inbox.rescan()
        await self.gazette.quiet()

    async def let_it_be(self, moment: datetime) -> None:
        """Let it be this moment for the bot, and for the simulated Discord."""
        self.clock.shift = moment - utc_now()
        await self.follow_the_clock()

    async def follow_the_clock(self) -> None:
        """Let the simulated Discord have the demo's time."""
        await self.env.advance_time(max(0.0, (self.clock() - self.env.now()).total_seconds()))


def simulation() -> ModuleType:
    """Return SimCord. Raises ``StartupError`` if it is not installed."""
    try:
        import simcord  # noqa: PLC0415 (no part of the program that people run)
    except ImportError as error:
        raise StartupError(
            "The demo needs the simulated Discord of the development set-up: run make demo in a clone."
        ) from error
    return simcord


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """Yield the bot at work in a simulated server, over a temporary folder with the samples in it.

    A morning was played: articles came, then a copy and an update, then the digest. Then it is now.
    """
    simcord = simulation()
    with tempfile.TemporaryDirectory(prefix="gazette-demo-") as folder:
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        builder = discord.Client(intents=discord.Intents(guilds=True))
        async with simcord.run(builder, settle_timeout=LONGEST_COMMAND, check_errors=False) as env:
            guild, channels, viewers = await _server(env, inbox)
            settings = _settings(Path(folder), channels)
            clock = Clock()
            async with (
                make_workers(settings) as workers,
                build(settings, workers, clock=clock, ask_time=clock.ask) as gazette,
            ):
                found = Stage(env, guild, channels, gazette, inbox, viewers, clock)
                await _play_a_morning(found)
                yield found


async def _server(
    env: "Env", inbox: Path
) -> tuple["GuildHandle", dict[str, "ChannelHandle"], list["MemberActor"]]:
    guild = env.create_guild("The Newsroom")
    channels = {
        NEWS: guild.create_text_channel(NEWS, topic=f"What lands in {inbox} appears here."),
        DIGESTS: guild.create_text_channel(DIGESTS, topic="The stories of the night, at 08:00."),
        REPORTS: guild.create_forum_channel(REPORTS),
        OPERATORS: guild.create_text_channel(OPERATORS, topic="What needs a person is told here."),
    }
    if guild.me is not None:
        await guild.me.edit(nick="Gazette")
    may_manage = discord.Permissions(manage_guild=True, view_channel=True, send_messages=True)
    editors = guild.create_role("Editors", permissions=may_manage)
    viewers = [
        guild.add_member(env.create_user("reader", global_name="A Reader")),
        guild.add_member(env.create_user("editor", global_name="An Editor"), roles=[editors]),
    ]
    return guild, channels, viewers


def _settings(folder: Path, channels: dict[str, "ChannelHandle"]) -> Settings:
    return GivenSettings.model_validate(
        {
            "articles_dir": folder / "inbox",
            "database_url": f"sqlite:///{folder}/gazette.db",
            "digest_channel_id": channels[NEWS].id,
            "operators_channel_id": channels[OPERATORS].id,
            "settle_seconds": 0.5,
            "burst_limit": 0,
            "backups_kept": 0,
        }
    )


async def _play_a_morning(found: Stage) -> None:
    """Let the samples come part by part, then the digest, then what is refused."""
    now = utc_now()
    digest_at = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if digest_at > now:
        digest_at -= timedelta(days=1)
    await found.let_it_be(digest_at - COMES[0][1])
    await found.env.restart_bot(found.gazette.bot)
    answer_mistakes(found.gazette.bot.tree)
    await _subscribe(found)
    for part, before in COMES:
        await found.let_it_be(digest_at - before)
        await asyncio.to_thread(put_samples, found.inbox, digest_at.date(), part)
        await found.quiet()
    await found.let_it_be(digest_at)
    found.gazette.scheduling.wake()
    await found.quiet()
    (found.inbox / OVERWRITTEN).write_bytes(b"")
    await found.quiet()
    found.clock.shift = timedelta()
    await found.follow_the_clock()


async def _subscribe(found: Stage) -> None:
    zone = ZoneInfo("UTC")
    subscribing = found.gazette.bot.subscribing
    digests = Choice(schedule=parse(f"daily {MORNING:02}:00", zone), zone=zone)
    await subscribing.subscribe(found.guild.id, found.channels[DIGESTS].id, digests)
    reports = Choice(sections=("science", "culture"), zone=zone)
    await subscribing.subscribe(found.guild.id, found.channels[REPORTS].id, reports)
