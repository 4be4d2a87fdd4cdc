"""Subscriptions and what servers chose, out of a history and into another one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.analysis.analysis import Method
from bot.clock import Clock
from bot.news.digests.digest import Length
from bot.news.subscriptions.filters import Action, Kind
from bot.news.subscriptions.pings import Condition, ping_rule
from bot.news.subscriptions.portable import (
    Portable,
    PortableFilter,
    PortablePing,
    PortableServer,
    PortableSubscription,
)
from bot.news.subscriptions.subscriptions import DIGEST, INSTANT
from bot.news.times.schedule_text import parse, parse_time
from bot.render.look import Layout
from storage import servers, subscriptions
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
    """Return all that a history holds of it; subscriptions whose server is not known are left out."""
    async with database.read() as connection:
        chosen = await servers.every(connection)
        active = await subscriptions.active(connection)
    ids = sorted({*chosen, *(one.guild_id for one in active if one.guild_id is not None)})
    return Portable(servers=[_server(number, chosen.get(number), active) for number in ids])


async def put(database: Database, portable: Portable, clock: Clock) -> Moved:
    """Let servers and channels have what the file says, in one transaction; return what was changed.

    Channels that the file does not name keep what they have.
    """
    moved_servers = moved_subscriptions = 0
    async with database.write() as connection:
        chosen = await servers.every(connection)
        active = {one.channel_id: one for one in await subscriptions.active(connection)}
        for server in portable.servers:
            record = _record(server)
            if record != chosen.get(server.id, ServerRecord()):
                await servers.choose(connection, server.id, record)
                moved_servers += 1
            for one in server.subscriptions:
                had = active.get(one.channel)
                if had is None or had.guild_id != server.id or _subscription(had) != _as_kept(one):
                    await _put(connection, server.id, _as_kept(one), had, clock())
                    moved_subscriptions += 1
    return Moved(moved_servers, moved_subscriptions)


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
        filters=[
            PortableFilter(action=Action(kept.action), kind=Kind(kept.kind), text=kept.text)
            for kept in one.filters
        ],
        pings=[
            PortablePing(role=p.role_id, condition=Condition(p.condition), text=p.text, pause=p.pause)
            for p in one.pings
        ],
    )


def _as_kept(one: PortableSubscription) -> PortableSubscription:
    """Return a subscription of a file with its times, filters and pings written as they are kept."""
    filters = [kept.filter() for kept in one.filters]
    rules = [ping_rule(0, p.role, p.condition, p.text, p.pause) for p in one.pings]
    return one.model_copy(
        update={
            "times": None if one.times is None else parse(one.times, ZoneInfo(one.zone)).text(),
            "quiet": None if one.quiet is None else [f"{parse_time(text):%H:%M}" for text in one.quiet],
            "paused_until": None if one.paused_until is None else one.paused_until.astimezone(UTC),
            "filters": [PortableFilter(action=f.action, kind=f.kind, text=f.text) for f in filters],
            "pings": [
                PortablePing(role=r.role_id, condition=r.condition, text=r.text, pause=r.pause) for r in rules
            ],
        }
    )


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
        if had.schedule != one.times:
            values["holds_from"] = now
        await subscriptions.change(connection, number, **values)
        for kept in had.filters:
            await subscriptions.remove_filter(connection, number, kept.id)
        for rule in had.pings:
            await subscriptions.remove_ping(connection, number, rule.id)
    held = {"paused_until": one.paused_until, "quiet_from": quiet_from, "quiet_to": quiet_to}
    await subscriptions.change(connection, number, **held)
    for new in one.filters:
        await subscriptions.add_filter(connection, number, new.action.value, new.kind.value, new.text)
    for ping in one.pings:
        typed = ping.condition.value, ping.text, ping.pause
        await subscriptions.add_ping(connection, number, ping.role, *typed)
