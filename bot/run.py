"""``gazette run``: log in, stay, and stop cleanly."""

import asyncio
import logging
import math
import signal
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

import aiohttp
import discord

from bot.app import build, check_folder
from bot.client import GazetteBot
from bot.errors import GazetteError, StartupError
from bot.glibc import keep_little
from bot.logs import name_places
from bot.news.reading import make_workers
from bot.news.sending.discord_errors import TOKEN_REVOKED
from bot.settings import RunSettings
from bot.version import version
from bot.waiting import first_of
from storage.lock import Locked, only_one

log = logging.getLogger(__name__)

DELAYS = (2, 5, 15, 30, 60)
"""Seconds between tries to reach Discord at the start; the last one is kept."""

TOKEN_WRONG = (
    "Discord did not accept the token. Copy it again from the Bot page of the Discord developer portal "
    "(Reset Token shows a new one) and put it into DISCORD_TOKEN."
)

AUTHENTICATION_FAILED = 4004
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""


async def run(settings: RunSettings) -> None:
    """Run the bot until SIGTERM or Ctrl-C. Raises ``GazetteError`` where it cannot start or go on."""
    keep_little()
    loop = asyncio.get_running_loop()
    serving = asyncio.create_task(_serve(settings))
    stopping = asyncio.Event()

    def stop() -> None:
        if not stopping.is_set():  # a second signal must not interrupt the end
            stopping.set()
            log.info("stopping")
            serving.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        await serving
    except asyncio.CancelledError:
        if not stopping.is_set():
            raise
        log.info("stopped")


async def _serve(settings: RunSettings) -> None:
    with _alone(settings):
        async with make_workers(settings) as workers, build(settings, workers) as gazette:
            await first_of(_log_in_and_stay(gazette.bot, settings), gazette.supervisor.until_failure())


async def _log_in_and_stay(bot: GazetteBot, settings: RunSettings) -> None:
    await log_in(bot, settings.discord_token.get_secret_value())
    name_places(bot.place_name)
    folder, history = settings.articles_dir.absolute(), settings.database_path.absolute()
    log.info(
        "running as %s; Gazette %s, folder %s, history %s, workers: %d",
        *(bot.user, version(), folder, history, settings.workers),
        extra={
            "version": version(),
            "user": bot.user,
            "folder": folder,
            "history": history,
            "workers": settings.workers,
        },
    )
    await stay_connected(bot)


def _alone(settings: RunSettings) -> ExitStack:
    """Hold the history for this bot until the stack is left. Raises ``StartupError`` where that cannot be."""
    check_folder(settings)
    history = settings.database_path
    stack = ExitStack()
    try:
        stack.enter_context(only_one(history))
    except Locked as error:
        raise StartupError(
            f"Gazette runs already on the history {history} (process {error}). Stop that one first."
        ) from error
    except OSError as error:
        raise StartupError(f"The history {history} cannot be opened: {error}.") from error
    return stack


async def stay_connected(bot: GazetteBot) -> None:
    """Connect and stay connected until the bot is closed. Raises ``GazetteError`` where Discord ends it."""
    tries = 0
    while True:
        try:
            await bot.connect()
        except discord.ConnectionClosed as error:
            if error.code == AUTHENTICATION_FAILED:
                raise StartupError(TOKEN_REVOKED) from error
            # Not the operator's to mend: a service manager starts the program again after any exit but 2.
            raise GazetteError(f"Discord closed the connection (code {error.code}).") from error
        except AttributeError:
            # discord.py wants to resume whatever failed, also a first connection, of which it has nothing.
            connection: object = bot.ws  # None before the first one, whatever its type says
            if connection is not None:
                raise
            delay = DELAYS[min(tries, len(DELAYS) - 1)]
            log.warning("Discord's gateway cannot be reached, trying again in %d s", delay)
            tries += 1
            await asyncio.sleep(delay)
        else:
            return


async def log_in(
    bot: GazetteBot, token: str, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Log in, however long the network takes. Raises ``StartupError`` if the token is wrong."""
    tries = 0
    while True:
        try:
            await bot.login(token)
        except discord.LoginFailure as error:
            raise StartupError(TOKEN_WRONG) from error
        except discord.RateLimited as error:
            delay = math.ceil(error.retry_after)
            log.warning("Discord asks to wait %d s before logging in; waiting.", delay)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            delay = DELAYS[min(tries, len(DELAYS) - 1)]
            log.warning("Discord cannot be reached, trying again in %d s: %s", delay, error)
            tries += 1
        else:
            return
        # A login that failed leaves a session open, and its connector in the way of the next one.
        await bot.http.close()
        bot.http.connector = discord.utils.MISSING
        await sleep(delay)
