"""The composition root: settings → database → workers → services → client, and the order of their ends."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot.client import GazetteBot
from bot.clock import Clock, utc_now
from bot.errors import StartupError
from bot.news.channels import DiscordChannels
from bot.news.delivery import Deliveries
from bot.news.desk import Desk
from bot.news.history import open_history
from bot.news.inbox import Inbox, Watch, watch_folder
from bot.news.intake import Intake, Taken
from bot.news.operations import Operations
from bot.news.pipeline import Pipeline, Unreadable
from bot.news.reading import Reader
from bot.news.workers import Workers
from bot.settings import Settings
from bot.supervisor import Service, Supervisor
from storage.database import Database
from storage.files import Outcome

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gazette:
    """The whole program, built and not yet logged in."""

    bot: GazetteBot
    database: Database
    inbox: Inbox
    pipeline: Pipeline
    deliveries: Deliveries
    supervisor: Supervisor

    async def quiet(self) -> None:
        """Wait until every file that lies in the folder is read, decided about, and posted or failed."""
        parts = (self.inbox.idle, self.pipeline.idle, self.deliveries.idle)
        while not all(part.is_set() for part in parts):
            for part in parts:
                await part.wait()


@asynccontextmanager
async def build(
    settings: Settings,
    workers: Workers,
    *,
    clock: Clock = utc_now,
    watch: Watch = watch_folder,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Gazette]:
    """Build the program around the workers and yield it; its parts are stopped in the opposite order.

    Raises ``SettingsError`` and ``StartupError`` where it cannot be built.
    """
    check_folder(settings)
    async with AsyncExitStack() as stack:
        database = await open_history(settings)
        stack.push_async_callback(database.close)
        workers.start()
        inbox = Inbox(
            settings.articles_dir,
            settle_seconds=settings.settle_seconds,
            rescan_seconds=settings.rescan_seconds,
            watch=watch,
        )
        report = _Reporter(inbox)
        intake = Intake(
            database,
            Reader(workers, settings),
            clock,
            max_bytes=settings.max_file_bytes,
            channels=[settings.digest_channel_id] if settings.digest_channel_id else [],
        )
        pipeline = Pipeline(intake, inbox.root, report, at_once=settings.workers)
        services: dict[str, Service] = {
            "inbox": partial(_read_the_inbox, inbox, pipeline, workers),
            "delivery": lambda: _deliver(gazette),
        }
        supervisor = Supervisor(services)
        operations = Operations(database, settings, clock)
        bot = GazetteBot(Desk(database, workers, settings), operations, supervisor)
        stack.push_async_callback(bot.close)
        queue = Deliveries(database, DiscordChannels(bot), clock, sleep)
        report.wake = operations.wake = queue.wake
        await stack.enter_async_context(supervisor)
        gazette = Gazette(bot, database, inbox, pipeline, queue, supervisor)
        yield gazette


def check_folder(settings: Settings) -> None:
    """Raise ``StartupError`` where the folder of articles is not there or may not be read."""
    folder = settings.articles_dir
    if not folder.is_dir():
        raise StartupError(
            f"The folder of articles {folder.absolute()} is not there. "
            "Make it, or name another one in ARTICLES_DIR."
        )
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise StartupError(
            f"The folder of articles {folder.absolute()} cannot be read: {error.strerror}."
        ) from error


class _Reporter:
    """Tells the log what became of each file, and those who wait for it."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._told: set[str] = set()
        self.wake: Callable[[], None] = lambda: None

    def __call__(self, news: Taken | Unreadable) -> None:
        if isinstance(news, Unreadable):
            self._tell_once(news)
            return
        self._told.discard(news.name)
        if news.queued:
            self.wake()
        if news.outcome is Outcome.REFUSED:
            log.info("%r refused: %s", news.name, news.reason)
        elif news.outcome is not None:
            log.info("%r is %s %s", news.name, news.outcome, news.article_id)

    def _tell_once(self, news: Unreadable) -> None:
        name = news.file.name
        self._inbox.offer_again(name)
        if name not in self._told:
            self._told.add(name)
            log.warning("%r could not be read, it is tried again at the next rescan: %s", name, news.problem)


async def _read_the_inbox(inbox: Inbox, pipeline: Pipeline, workers: Workers) -> None:
    await workers.ready()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(pipeline.run())
        tasks.create_task(inbox.run(pipeline.hand_over))


async def _deliver(gazette: Gazette) -> None:
    await gazette.bot.wait_until_ready()
    await gazette.deliveries.run()
