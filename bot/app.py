"""The composition root: settings → database → workers → services → client, and the order of their ends."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot.client import GazetteBot
from bot.clock import Clock, utc_now
from bot.cooldowns import Cooldowns, Seconds
from bot.discord_time import AskTime
from bot.env_file import open_to_others, slips
from bot.errors import StartupError
from bot.first_channel import FirstChannel
from bot.heartbeat import Heart, Vitals
from bot.metrics import Metrics, Now, make_metrics
from bot.news.access import Access
from bot.news.backups import Backups
from bot.news.concerns import Concerns, DiscordManagers
from bot.news.desk import Desk
from bot.news.digests.digesting import Digesting
from bot.news.digests.scheduling import Scheduling
from bot.news.history import open_history
from bot.news.inbox import Inbox, Watch, watch_folder
from bot.news.intake import Intake, Taken
from bot.news.moderation import Moderation
from bot.news.operations import Operations
from bot.news.operators import DiscordOperators, Notices
from bot.news.own_servers import servers_of
from bot.news.patience import Patience
from bot.news.pipeline import Pipeline, Unreadable
from bot.news.reading import Reader
from bot.news.rereading import Rereading
from bot.news.retention import Retention
from bot.news.sending.channels import DiscordChannels
from bot.news.sending.composing import Composing
from bot.news.sending.delivery import Deliveries
from bot.news.sending.gate import Gate
from bot.news.sending.pace import Pace
from bot.news.sending.posting import Posting
from bot.news.sending.trying import Trying
from bot.news.subscriptions.choosing import Choosing
from bot.news.subscriptions.filtering import Filtering
from bot.news.subscriptions.pinging import Pinging
from bot.news.subscriptions.places import Places
from bot.news.subscriptions.routing import Routing
from bot.news.subscriptions.subscribing import Subscribing
from bot.news.subscriptions.subscriptions import Register
from bot.news.subscriptions.unserved import Unserved
from bot.news.telling import Telling
from bot.news.timekeeping import Timekeeping
from bot.news.uploads import Uploads
from bot.news.workers import Workers
from bot.render.text import quoted
from bot.settings import RunSettings, Settings
from bot.supervisor import Service, Supervisor
from bot.syncing import Syncing, syncing_path
from storage.counts import deliveries_by_state
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
    notices: Notices
    timekeeping: Timekeeping
    retention: Retention
    scheduling: Scheduling
    supervisor: Supervisor

    async def quiet(self) -> None:
        """Wait until nothing is left to do.

        Then every file that lies in the folder is read, decided about, and posted or failed; operators are
        told of it; and what is too old is removed.
        """
        busy = (
            self.timekeeping,
            self.retention,
            self.inbox,
            self.pipeline,
            self.scheduling,
            self.deliveries,
            self.notices,
        )
        parts = [part.idle for part in busy]
        while not all(part.is_set() for part in parts):
            for part in parts:
                await part.wait()


@asynccontextmanager
async def build(  # noqa: PLR0913 (what a test puts in its place, each by its name)
    settings: Settings,
    workers: Workers,
    *,
    clock: Clock = utc_now,
    watch: Watch = watch_folder,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    pace: Pace | None = None,
    ask_time: AskTime | None = None,
    now: Seconds = time.monotonic,
) -> AsyncIterator[Gazette]:
    """Build the program around the workers and yield it; its parts are stopped in the opposite order.

    ``ask_time`` asks Discord for its time in another way than the bot does, and ``now`` counts the seconds
    between what members ask. Raises ``SettingsError`` and ``StartupError`` if it cannot be built.
    """
    check_folder(settings)
    if isinstance(settings, RunSettings):
        for warning in filter(None, [open_to_others(), *slips(Settings.model_fields)]):
            log.warning("%s", warning)
    async with AsyncExitStack() as stack:
        database = await open_history(settings)
        stack.push_async_callback(database.close)
        workers.start()
        syncing = Syncing(syncing_path(settings.database_path), sleep)
        patience = Patience(sleep)
        access = await _access(database, settings, patience)
        bot = GazetteBot(access, syncing)
        stack.push_async_callback(bot.close)
        channels = DiscordChannels(bot)
        operators = DiscordOperators(bot, settings.operators_channel_id)
        notices = Notices(database, operators, clock, sleep, patience, DiscordManagers(bot).tell)
        concerns = Concerns(
            database, servers_of(access.own_channels), notices.tell, notices.tell_managers, bot.name_of
        )
        metrics = make_metrics(settings)
        register = Register()
        routing = Routing(register)
        places = Places(database, register, clock, patience)
        desk = Desk(database, workers, settings)
        inbox = Inbox(
            settings.articles_dir,
            settle_seconds=settings.settle_seconds,
            rescan_seconds=settings.rescan_seconds,
            watch=watch,
            tell=notices.tell,
        )
        reader = Reader(workers, settings, tell=notices.tell, sleep=sleep)
        composing = Composing(database, register, clock, reader.summarize)
        gate = Gate(
            database,
            register,
            clock,
            limit=settings.burst_limit,
            incoming=lambda: inbox.ready + pipeline.waiting,
            sleep=sleep,
        )
        queue = Deliveries(
            database,
            Posting(database, channels, clock, composing, patience, pace or Pace(sleep=sleep)),
            gate,
            clock,
            sleep=sleep,
            tell=concerns.tell,
            channel_gone=places.channel_gone,
            metrics=metrics,
            patience=patience,
        )
        scheduling = Scheduling(database, register, clock, queue.wake, patience)
        rereading = Rereading(database, inbox)
        intake = Intake(
            database,
            reader,
            clock,
            max_bytes=settings.max_file_bytes,
            routing=routing,
            news=reader.news,
            tell=notices.tell,
        )
        report = _Reporter(inbox, metrics, queue.wake)
        pipeline = Pipeline(
            intake,
            lambda: inbox.root,
            report,
            at_once=settings.workers,
            metrics=metrics,
            patience=patience,
        )

        async def wake() -> None:
            queue.wake()
            await rereading.look()

        look = partial(_vitals, bot, inbox, pipeline, workers)

        def changed() -> None:
            queue.wake()
            scheduling.wake()

        timekeeping = Timekeeping(
            database,
            register,
            clock,
            ask_time or bot.discord_time,
            tell=notices.tell,
            changed=changed,
            patience=patience,
        )
        retention = Retention(database, settings.history_days, timekeeping.agreed, patience=patience)
        backups = Backups(
            settings.database_path,
            settings.backups_kept,
            clock,
            timekeeping.agreed,
            notices.tell,
        )
        subscribing = Subscribing(database, register, clock, changed)
        supervisor = Supervisor(
            {
                "inbox": partial(_read_the_inbox, inbox, pipeline, rereading, reader),
                "delivery": partial(_when_ready, bot, queue.run),
                "notices": partial(_when_ready, bot, notices.run),
                "scheduling": partial(_when_ready, bot, scheduling.run),
                "clock": partial(_when_ready, bot, timekeeping.run),
                "retention": partial(_when_ready, bot, retention.run),
                "backups": backups.run,
                "commands": bot.sync_patiently,
                "own channels": bot.find_own_channels,
                "heart": Heart(settings.database_path, look, clock, database=database).run,
            }
        )
        bot.attach(
            desk=desk,
            operations=Operations(database, settings, clock, routing, wake=wake, look=look),
            moderation=Moderation(database, channels, clock, queue.wake, reader.shingles, routing),
            telling=Telling(database),
            digesting=Digesting(database, register, clock),
            subscribing=subscribing,
            filtering=Filtering(database, register, subscribing, routing, clock),
            pinging=Pinging(database, register, subscribing),
            choosing=Choosing(database, register, changed),
            trying=Trying(database, register, channels, desk.summarize),
            places=places,
            first_channel=FirstChannel(settings.digest_channel_id, places, notices.tell),
            unserved=Unserved(database, register, clock, routing, queue.wake),
            backups=backups,
            cooldowns=Cooldowns(now, clock),
            uploads=Uploads(now, clock),
            supervisor=supervisor,
            tell=notices.tell,
        )
        await stack.enter_async_context(metrics.served(partial(_look, database, inbox, pipeline, workers)))
        await stack.enter_async_context(supervisor)
        supervisor.turn_on("heart")
        yield Gazette(
            bot, database, inbox, pipeline, queue, notices, timekeeping, retention, scheduling, supervisor
        )


async def _access(database: Database, settings: Settings, patience: Patience) -> Access:
    """Return which servers the bot serves, with what earlier runs found out."""
    own_channels = settings.operators_channel_id, settings.digest_channel_id
    access = Access(database, tuple(filter(None, own_channels)), settings.servers, patience)
    await access.remember()
    return access


def check_folder(settings: Settings) -> None:
    """Raise ``StartupError`` where the folder of articles is not there or may not be read."""
    folder = settings.articles_dir
    if folder.exists() and not folder.is_dir():
        raise StartupError(
            f"{folder.absolute()} is a file, not a folder. Name the folder of articles in ARTICLES_DIR."
        )
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


async def _look(database: Database, inbox: Inbox, pipeline: Pipeline, workers: Workers) -> Now:
    """Return how it stands, for whoever fetches the metrics."""
    async with database.read() as connection:
        found = await deliveries_by_state(connection)
    return Now(found, inbox.waiting, pipeline.waiting, workers.count, workers.calls)


class _Reporter:
    """Tells the log what became of each file, and those who wait for it."""

    def __init__(self, inbox: Inbox, metrics: Metrics, wake: Callable[[], None]) -> None:
        self._inbox = inbox
        self._metrics = metrics
        self._wake = wake
        self._told: set[str] = set()

    def __call__(self, news: Taken | Unreadable) -> None:
        if isinstance(news, Unreadable):
            self._tell_once(news)
            return
        self._told.discard(news.name)
        if news.queued:
            self._wake()
        outcome = news.outcome or "known"
        self._metrics.file(outcome)
        about = {"file": news.name, "outcome": outcome, "article": news.article_id, "queued": news.queued}
        if news.outcome is None:
            log.debug("%r is known", news.name, extra=about)
        elif news.outcome is Outcome.REFUSED:
            log.info("%r refused: %s", news.name, news.reason, extra=about)
        else:
            title = quoted(news.title)
            log.info("%r is %s %s %s", news.name, news.outcome, news.article_id, title, extra=about)

    def _tell_once(self, news: Unreadable) -> None:
        name = news.file.name
        self._inbox.offer_again(name)
        self._metrics.file("unreadable")
        if name not in self._told:
            self._told.add(name)
            log.warning(
                "%r could not be read, it is tried again at the next rescan: %s",
                name,
                news.problem,
                extra={"file": name},
            )


async def _read_the_inbox(inbox: Inbox, pipeline: Pipeline, rereading: Rereading, reader: Reader) -> None:
    await reader.ready()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(pipeline.run())
        tasks.create_task(inbox.run(pipeline.hand_over))
        tasks.create_task(rereading.run())


async def _when_ready(bot: GazetteBot, run: Service) -> None:
    await bot.in_place.wait()
    await run()


def _vitals(bot: GazetteBot, inbox: Inbox, pipeline: Pipeline, workers: Workers) -> Vitals:
    files = inbox.waiting + pipeline.waiting
    idle = bot.seconds_not_in_place
    return Vitals(bot.connected, workers.count, workers.calls, files, idle, connecting=bot.connecting)
