"""What each channel gets, as the newsroom works with it; kept at hand, since every article asks for it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from bot.analysis.analysis import Method
from bot.news.digests.digest import Length
from bot.news.subscriptions.filters import Action, Filter, Kind, folded
from bot.news.subscriptions.pings import Condition, PingRule
from bot.news.times.quiet import QuietHours
from bot.news.times.schedule_text import parse
from bot.news.times.schedules import Schedule
from bot.render.look import DEFAULT, Layout, Look
from storage import servers, subscriptions
from storage.connection import Connection
from storage.database import Database
from storage.servers import ServerRecord
from storage.subscriptions import FilterRecord, PingRecord, StoredSubscription

INSTANT: Final = "instant"
DIGEST: Final = "digest"


@dataclass(frozen=True, slots=True)
class Server:
    """What was chosen for a server; ``None`` is as the operator has it."""

    look: Look = DEFAULT
    sentences: int | None = None
    method: Method | None = None


NOTHING_CHOSEN = Server()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one channel gets."""

    id: int
    guild_id: int | None
    """``None`` for the very first one, until the bot has logged in."""
    channel_id: int
    sections: tuple[str, ...] | None
    """``None`` for all."""
    schedule: Schedule | None
    """When its digests come; ``None`` where each article comes at once."""
    zone: ZoneInfo
    length: Length
    publish: bool
    say_nothing_new: bool
    holds_from: datetime
    last_slot: datetime | None
    created_at: datetime
    paused_until: datetime | None
    quiet: QuietHours | None
    filters: tuple[tuple[int, Filter], ...]
    """With the numbers that the history knows them by."""
    pings: tuple[PingRule, ...]
    server: Server
    look: Look

    @property
    def is_digest(self) -> bool:
        """Whether its articles come in digests."""
        return self.schedule is not None

    def wants_section(self, section: str | None) -> bool:
        """Return whether articles of this section are for it."""
        return self.sections is None or folded(section or "") in map(folded, self.sections)

    def held_until(self, now: datetime) -> datetime | None:
        """Return when a pause or quiet hours end, or ``None`` where there are none now.

        One may end within the other: then it is the later end that counts.
        """
        end = now
        while True:
            later = end
            if self.paused_until is not None and self.paused_until > later:
                later = self.paused_until
            if self.quiet is not None:
                later = self.quiet.ends(later)
            if later == end:
                return end if end > now else None
            end = later

    def holds(self, now: datetime) -> bool:
        """Return whether what comes now waits for a digest."""
        return self.is_digest or self.held_until(now) is not None


@dataclass(frozen=True, slots=True)
class _Known:
    """The subscriptions and servers as the history had them."""

    subscriptions: tuple[Subscription, ...]
    by_channel: Mapping[int, Subscription]
    servers: Mapping[int, Server]


class Register:
    """The subscriptions that have not ended, read once and again after each change.

    Whoever changes one does so within ``changing``: transactions that write follow one another, so that each
    of them sees what the one before has changed.
    """

    def __init__(self) -> None:
        self._known: _Known | None = None
        self._changes = 0
        self._lock = Lock()  # a transaction asks in the thread that it is in

    def forget(self) -> None:
        """Read them anew the next time."""
        with self._lock:
            self._known = None
            self._changes += 1

    @asynccontextmanager
    async def changing(self, database: Database) -> AsyncIterator[Connection]:
        """Open a transaction that changes subscriptions."""
        try:
            async with database.write() as connection:
                self.forget()
                yield connection
        finally:
            self.forget()

    @property
    def known(self) -> tuple[Subscription, ...] | None:
        """All of them as they were read last, the oldest first; ``None`` if they have to be read."""
        with self._lock:
            return None if self._known is None else self._known.subscriptions

    async def all(self, connection: Connection) -> tuple[Subscription, ...]:
        """Return all of them, the oldest first."""
        return (await self._read(connection)).subscriptions

    async def of_channel(self, connection: Connection, channel_id: int) -> Subscription | None:
        """Return what a channel gets, or ``None`` where it has no subscription."""
        return (await self._read(connection)).by_channel.get(channel_id)

    async def of_server(self, connection: Connection, guild_id: int) -> tuple[Subscription, ...]:
        """Return the subscriptions of a server, the oldest first."""
        return tuple(one for one in await self.all(connection) if one.guild_id == guild_id)

    async def server(self, connection: Connection, guild_id: int) -> Server:
        """Return what was chosen for a server."""
        return (await self._read(connection)).servers.get(guild_id, NOTHING_CHOSEN)

    async def _read(self, connection: Connection) -> _Known:
        with self._lock:
            known, changes = self._known, self._changes
        if known is not None:
            return known
        chosen = {number: server_of(record) for number, record in (await servers.every(connection)).items()}
        found = tuple(
            subscription_of(one, chosen.get(one.guild_id or 0, NOTHING_CHOSEN))
            for one in await subscriptions.active(connection)
        )
        known = _Known(found, {one.channel_id: one for one in found}, chosen)
        with self._lock:
            if changes == self._changes:  # else it may be from before a change
                self._known = known
        return known


def server_of(record: ServerRecord) -> Server:
    """Return what is kept of a server as the newsroom works with it."""
    look = Look(
        language=record.language or DEFAULT.language,
        colour=record.colour,
        layout=Layout(record.layout) if record.layout else Layout.POST,
        entities=record.entities is not False,
    )
    return Server(look, record.sentences, Method(record.method) if record.method else None)


def subscription_of(stored: StoredSubscription, server: Server) -> Subscription:
    """Return what is kept of a subscription as the newsroom works with it."""
    zone = ZoneInfo(stored.zone)
    quiet = None
    if stored.quiet_from is not None and stored.quiet_to is not None:
        quiet = QuietHours(time.fromisoformat(stored.quiet_from), time.fromisoformat(stored.quiet_to), zone)
    look = server.look
    return Subscription(
        id=stored.id,
        guild_id=stored.guild_id,
        channel_id=stored.channel_id,
        sections=stored.sections,
        schedule=parse(stored.schedule or "", zone) if stored.deliver == DIGEST else None,
        zone=zone,
        length=Length(stored.length),
        publish=stored.publish,
        say_nothing_new=stored.say_nothing_new,
        holds_from=stored.holds_from,
        last_slot=stored.last_slot,
        created_at=stored.created_at,
        paused_until=stored.paused_until,
        quiet=quiet,
        filters=tuple((one.id, _filter(one)) for one in stored.filters),
        pings=tuple(map(_ping, stored.pings)),
        server=server,
        look=Look(look.language, look.colour, look.layout, look.entities, pictures=stored.pictures),
    )


def filters_of(subscription: Subscription) -> Sequence[Filter]:
    """Return a subscription's filters without their numbers."""
    return [one for _, one in subscription.filters]


def _filter(record: FilterRecord) -> Filter:
    return Filter(Action(record.action), Kind(record.kind), record.text)


def _ping(record: PingRecord) -> PingRule:
    return PingRule(record.id, record.role_id, Condition(record.condition), record.text, record.pause)
