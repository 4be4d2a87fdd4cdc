"""``gazette demo``: the whole bot in a simulated Discord, with its page in the browser."""

import asyncio
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import discord

from bot.app import Gazette, build
from bot.clock import utc_now
from bot.errors import StartupError
from bot.news.reading import make_workers
from bot.printing import print_line, print_post
from bot.settings import GivenSettings
from bot.waiting import first_of

if TYPE_CHECKING:
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle
    from simcord.env import Env
    from simcord.preview import Preview

SAMPLES = Path(__file__).parents[1] / "samples"

OTHER_CHANNELS = ("morning-digest", "world", "staff")

LONGEST_COMMAND = 60
"""Seconds that the simulation waits for the bot to come to rest; more than any command takes."""

LOOK_SECONDS = 1
"""Between two looks at whether something new stands in the channel."""

QUIET_SECONDS = 2
BUSY_SECONDS = 15
"""The page shows new posts when none has come for so long, and in a stream of posts only so often: what a
person types just when the page changes is refused by it, and has to be sent again."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The simulated server and the bot that runs in it."""

    env: "Env"
    channel: "ChannelHandle"
    gazette: Gazette
    inbox: Path


async def run_demo(port: int, *, once: bool) -> None:
    """Post the samples; then print the posts and end (``once``), or serve the page until Ctrl-C.

    Raises ``StartupError`` where the simulation or the samples are not there, or the port is taken.
    """
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    print_line("Gazette reads its samples; this takes a few seconds.")
    async with stage() as demo:
        if once:
            await _first_of(demo, demo.gazette.quiet(), stopping.wait())
            for message in demo.channel.history():
                print_post(message.embeds[0])
        else:
            await _serve(demo, port, stopping)


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """Yield the bot at work in a simulated server, over a temporary folder with the samples in it."""
    simcord = _simcord()
    with tempfile.TemporaryDirectory(prefix="gazette-demo-") as folder:
        inbox = Path(folder) / "inbox"
        shutil.copytree(SAMPLES, inbox)
        builder = discord.Client(intents=discord.Intents(guilds=True))
        async with simcord.run(builder, settle_timeout=LONGEST_COMMAND, check_errors=False) as env:
            guild = env.create_guild("The Newsroom")
            channel = guild.create_text_channel("news", topic=f"What lands in {inbox} appears here.")
            for name in OTHER_CHANNELS:  # for /setup and /subscribe
                guild.create_text_channel(name)
            if guild.me is not None:
                await guild.me.edit(nick="Gazette")
            settings = GivenSettings.model_validate(
                {
                    "articles_dir": inbox,
                    "database_url": f"sqlite:///{folder}/gazette.db",
                    "digest_channel_id": channel.id,
                    "settle_seconds": 0.5,
                }
            )
            async with make_workers(settings) as workers, build(settings, workers) as gazette:
                await env.advance_time((utc_now() - env.now()).total_seconds())
                await env.restart_bot(gazette.bot)
                yield Stage(env, channel, gazette, inbox)


def _simcord() -> ModuleType:
    try:
        import simcord
    except ImportError as error:
        raise StartupError(
            "The demo needs the simulated Discord of the development set-up: run make setup."
        ) from error
    if not SAMPLES.is_dir():
        raise StartupError(f"The samples are not there: {SAMPLES}. Run the demo from a clone of the project.")
    return simcord


async def _serve(demo: Stage, port: int, stopping: asyncio.Event) -> None:
    async with _page(demo, _viewers(demo), port) as preview:
        keeping = asyncio.create_task(_keep_current(demo, preview))
        await _first_of(demo, demo.gazette.quiet(), stopping.wait())
        print_line(f"\nOpen {preview.url}")
        print_line("Type / there for the commands: /summary, /digest now, /help; as An Editor also /setup.")
        print_line(f"Drop an article into {demo.inbox} and it appears in the channel.")
        print_line("Ctrl-C ends the demo.")
        await _first_of(demo, stopping.wait())
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


def _viewers(demo: Stage) -> list["MemberActor"]:
    """Return whose eyes the page can be seen with: a member's, and one's who may manage the server."""
    guild = demo.env.guild
    may_manage = discord.Permissions(manage_guild=True, view_channel=True, send_messages=True)
    editors = guild.create_role("Editors", permissions=may_manage)
    return [
        guild.add_member(demo.env.create_user("reader", global_name="A Reader")),
        guild.add_member(demo.env.create_user("editor", global_name="An Editor"), roles=[editors]),
    ]


@asynccontextmanager
async def _page(demo: Stage, viewers: list["MemberActor"], port: int) -> AsyncIterator["Preview"]:
    """Yield the page. Raises ``StartupError`` where its port is taken."""
    from simcord import SetupError

    page = demo.env.preview(
        demo.channel, viewers=viewers, layout="channel", width=1100, height=900, port=port
    )
    try:
        preview = await page.__aenter__()
    except SetupError as error:
        raise StartupError(
            f"The page cannot be served on port {port}: {error}. Name another --port."
        ) from error
    try:
        yield preview
    finally:
        await page.close()


async def _keep_current(demo: Stage, preview: "Preview") -> None:
    """Let the simulated clock follow the real one, and show what the bot posted by itself."""
    from simcord import SetupError

    shown: object = None
    seen: object = None
    seen_at = shown_at = 0.0
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now = asyncio.get_running_loop().time()
        with suppress(SetupError):  # a command is under way: its own answer refreshes the page
            posted = [(message.id, message.edited_at) for message in demo.channel.history()]
            if posted != seen:
                seen, seen_at = posted, now
            if posted != shown and (now - seen_at >= QUIET_SECONDS or now - shown_at >= BUSY_SECONDS):
                await demo.env.advance_time(max(0.0, (utc_now() - demo.env.now()).total_seconds()))
                await preview.refresh()
                shown, shown_at = posted, now


async def _first_of(demo: Stage, *waits: Coroutine[Any, Any, object]) -> None:
    """Wait for the first of these. Raises what ends the program, if that comes first."""
    await first_of(demo.gazette.supervisor.until_failure(), *waits)
