"""Subscriptions and what servers chose, out of a history and into another one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.analysis.analysis import Method
from bot.clock import Clock
from bot.news.digests.digest import Length
from bot.news.subscriptions.filters import Action, Kind
from bot.news.subscriptions.pings import Condition
from bot.news.subscriptions.portable import (
    Portable,
    PortableFilter,
    PortablePing,
    PortableServer,
    PortableSubscription,
)
from bot.news.subscriptions.settings_file import BadFile
from bot.news.subscriptions.subscribing import MOST_OF_A_SERVER
from bot.news.subscriptions.subscriptions import DIGEST, INSTANT, Register
from bot.news.times.schedule_text import parse, parse_time
from bot.render.look import Layout
from storage import deliveries, servers, subscriptions
from storage.connection import Connection
from storage.database import Database
from storage.servers import ServerRecord
from storage.subscriptions import StoredSubscription, SubscriptionRecord


@dataclass(frozen=True, slots=True)
class Moved:
    """What was changed by a file."""

    servers: int
    subscriptions: int


async def collected(database: Database) -> Portable:
    """Return all that a history holds of it.

    Left out are subscriptions whose server is not known, and servers that the bot left or that chose nothing.
    """
    async with database.read() as connection:
        here = await servers.known(connection)
        chosen = {n: one for n, one in (await servers.every(connection)).items() if n in here}
        active = await subscriptions.active(connection)
    chose = {number for number, record in chosen.items() if record != ServerRecord()}
    ids = sorted(chose.union(one.guild_id for one in active if one.guild_id is not None))
    return Portable(servers=[_server(number, chosen.get(number), active) for number in ids])


async def put(database: Database, portable: Portable, clock: Clock) -> Moved:
    """Let servers and channels have what the file says, in one transaction; return what was changed.

    Channels that the file does not name keep what they have. Raises ``BadFile``, before anything is changed,
    if a channel is another server's or a server would have too many.
    """
    moved_servers = moved_subscriptions = 0
    async with Register().changing(database) as connection:
        chosen = await servers.every(connection)
        active = {one.channel_id: one for one in await subscriptions.active(connection)}
        _require_room(portable, active)
        for server in portable.servers:
            record = _record(server)
            if record != chosen.get(server.id, ServerRecord()):
                await servers.choose(connection, server.id, record)
                moved_servers += 1
            for one in map(_as_kept, server.subscriptions):
                had = active.get(one.channel)
                if had is None or had.guild_id != server.id or not _alike(_subscription(had), one):
                    await _put(connection, server.id, one, had, clock())
                    moved_subscriptions += 1
    return Moved(moved_servers, moved_subscriptions)


def _require_room(portable: Portable, active: Mapping[int, StoredSubscription]) -> None:
    many = Counter(one.guild_id for one in active.values())
    mistakes = []
    for server in portable.servers:
        for one in server.subscriptions:
            had = active.get(one.channel)
            if had is None or had.guild_id is None:
                many[server.id] += 1
            elif had.guild_id != server.id:
                mistakes.append(f"the channel {one.channel} is one of the server {had.guild_id}")
        if many[server.id] > MOST_OF_A_SERVER:
            mistakes.append(
                f"the server {server.id} would have {many[server.id]} subscriptions, and may have "
                f"{MOST_OF_A_SERVER}"
            )
    if mistakes:
        raise BadFile(mistakes)


def _alike(one: PortableSubscription, other: PortableSubscription) -> bool:
    """Return whether two say the same; the order of filters and pings decides nothing."""
    without: dict[str, Any] = {"filters": [], "pings": []}
    return (
        one.model_copy(update=without) == other.model_copy(update=without)
        and set(one.filters) == set(other.filters)
        and set(one.pings) == set(other.pings)
    )


def _server(number: int, record: ServerRecord | None, active: list[StoredSubscription]) -> PortableServer:
    kept = record or ServerRecord()
    return PortableServer(
        id=number,
        language=kept.language,
        sentences=kept.sentences,
        method=Method(kept.method) if kept.method else None,
        colour=kept.colour,
        layout=Layout(kept.layout) if kept.layout else None,
        entities=kept.entities,
        subscriptions=[_subscription(one) for one in active if one.guild_id == number],
    )


def _record(server: PortableServer) -> ServerRecord:
    values = {name: getattr(server, name) for name in ServerRecord.__dataclass_fields__}
    return ServerRecord(**{name: None if value is None else _plain(value) for name, value in values.items()})


def _plain(value: Any) -> Any:  # noqa: ANN401 (what a column holds)
    return value.value if isinstance(value, Method | Layout) else value


def _subscription(one: StoredSubscription) -> PortableSubscription:
    """Return what is kept of a subscription as the file has it."""
    quiet = [one.quiet_from, one.quiet_to] if one.quiet_from and one.quiet_to else None
    return PortableSubscription(
        channel=one.channel_id,
        sections=None if one.sections is None else list(one.sections),
        times=one.schedule if one.deliver == DIGEST else None,
        zone=one.zone,
        length=Length(one.length),
        publish=one.publish,
        pictures=one.pictures,
        say_nothing_new=one.say_nothing_new,
        quiet=quiet,
        paused_until=one.paused_until,
        filters=[*_filters_of(one)],
        pings=[*_pings_of(one)],
    )


def _as_kept(one: PortableSubscription) -> PortableSubscription:
    """Return a subscription of a file with its times, filters and pings written as they are kept."""
    filters = [kept.filter() for kept in one.filters]
    rules = [kept.rule() for kept in one.pings]
    return one.model_copy(
        update={
            "times": None if one.times is None else parse(one.times, ZoneInfo(one.zone)).text(),
            "quiet": None if one.quiet is None else [f"{parse_time(text):%H:%M}" for text in one.quiet],
            "paused_until": None if one.paused_until is None else _in_milliseconds(one.paused_until),
            "filters": [PortableFilter(action=f.action, kind=f.kind, text=f.text) for f in filters],
            "pings": [
                PortablePing(role=r.role_id, condition=r.condition, text=r.text, pause=r.pause) for r in rules
            ],
        }
    )


def _in_milliseconds(moment: datetime) -> datetime:
    """Return a moment as the history keeps it."""
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


async def _put(
    connection: Connection,
    guild_id: int,
    one: PortableSubscription,
    had: StoredSubscription | None,
    now: datetime,
) -> None:
    quiet_from, quiet_to = one.quiet or (None, None)
    values: dict[str, Any] = {
        "guild_id": guild_id,
        "deliver": INSTANT if one.times is None else DIGEST,
        "schedule": one.times,
        "zone": one.zone,
        "sections": None if one.sections is None else tuple(one.sections),
        "length": one.length.value,
        "publish": one.publish,
        "pictures": one.pictures,
        "say_nothing_new": one.say_nothing_new,
    }
    if had is None:
        record = SubscriptionRecord(channel_id=one.channel, holds_from=now, created_at=now, **values)
        number = await subscriptions.add(connection, record)
    else:
        number = had.id
        if (_subscription(had).times, had.zone) != (one.times, one.zone):
            values["holds_from"] = now  # no digest was missed before
        await subscriptions.change(connection, number, **values)
        await deliveries.ask_again(connection, one.channel)
    held = {"paused_until": one.paused_until, "quiet_from": quiet_from, "quiet_to": quiet_to}
    await subscriptions.change(connection, number, **held)
    await _put_filters(connection, number, _filters_of(had), one.filters)
    await _put_pings(connection, number, _pings_of(had), one.pings)


async def _put_filters(
    connection: Connection, number: int, had: Mapping[PortableFilter, int], wanted: Sequence[PortableFilter]
) -> None:
    """Remove and add filters; one that stays keeps the number that members were told."""
    for gone in had.keys() - set(wanted):
        await subscriptions.remove_filter(connection, number, had[gone])
    for new in wanted:
        if new not in had:
            await subscriptions.add_filter(connection, number, new.action.value, new.kind.value, new.text)


async def _put_pings(
    connection: Connection, number: int, had: Mapping[PortablePing, int], wanted: Sequence[PortablePing]
) -> None:
    """Remove and add pings; one that stays keeps its number, and rests as long as it would have."""
    for gone in had.keys() - set(wanted):
        await subscriptions.remove_ping(connection, number, had[gone])
    for new in wanted:
        if new not in had:
            typed = new.condition.value, new.text, new.pause
            await subscriptions.add_ping(connection, number, new.role, *typed)


def _filters_of(one: StoredSubscription | None) -> dict[PortableFilter, int]:
    """Return the filters of a subscription with their numbers."""
    return {
        PortableFilter(action=Action(kept.action), kind=Kind(kept.kind), text=kept.text): kept.id
        for kept in (one.filters if one else ())
    }


def _pings_of(one: StoredSubscription | None) -> dict[PortablePing, int]:
    """Return the pings of a subscription with their numbers."""
    return {
        PortablePing(role=p.role_id, condition=Condition(p.condition), text=p.text, pause=p.pause): p.id
        for p in (one.pings if one else ())
    }
