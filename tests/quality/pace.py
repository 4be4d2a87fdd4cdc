"""How long posts wait for Discord's limits on a busy day: ``python -m tests.quality.pace``.

200 servers with five subscriptions each, 2,000 articles in 20 sections, a whole day in virtual time through
the real ``Pace``: about 500,000 posts, a minute or two. The articles come at random moments that follow a
curve with a peak in the morning (UTC), and fall on all sections alike. As in the program, the next post of a
channel asks for its turn when the one before it was answered; an answer is assumed to take 0.2 s. A delay is
from queued until the request goes. Nothing is gathered into a digest where much comes at once: that only
shortens waits.
"""

import asyncio
import random
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from bot.news.sending.pace import TO_ONE_SECONDS, Pace
from bot.news.times.schedules import Schedule, next_slot
from tests.virtual import now, run

SERVERS, ARTICLES, SECTIONS = 200, 2_000, 20
KINDS = (
    "all articles at once",
    "two sections at once",
    "two sections at once",
    "one section at once",
    "digest",
)
DIGEST_AT = time(8)
ZONES = ("Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo")
CURVE = (1, 1, 1, 1, 2, 4, 8, 9, 8, 6, 5, 5, 5, 4, 4, 4, 4, 5, 4, 3, 3, 2, 2, 1)
"""How many articles come in each hour, in proportion."""
HOUR, DAY = 3600, 86_400
ANSWER_SECONDS = 0.2
HEAP = 60
START = datetime(2027, 3, 2, tzinfo=UTC)
SEED = 1
WAY_SECONDS = (0.02, 0.12)
"""How long a request is on its way to Discord, at least and at most."""

type Numbers = np.ndarray[Any, Any]


@dataclass(slots=True)
class Log:
    """The requests that went, in order."""

    queued: list[float] = field(default_factory=list)
    went: list[float] = field(default_factory=list)
    channel: list[int] = field(default_factory=list)


class Sender:
    """Sends what is queued: in order within a channel, channels beside each other."""

    def __init__(self) -> None:
        self.log = Log()
        self._pace = Pace(now)
        self._queues: dict[int, deque[float]] = defaultdict(deque)
        self._tasks: set[asyncio.Task[None]] = set()

    def queue(self, channels: Iterable[int]) -> None:
        """Queue a post for each of these channels."""
        at = now()
        for channel in channels:
            queue = self._queues[channel]
            queue.append(at)
            if len(queue) == 1:
                task = asyncio.create_task(self._empty(channel, queue))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _empty(self, channel: int, queue: deque[float]) -> None:
        while queue:
            await self._pace.turn(channel)
            self.log.queued.append(queue[0])
            self.log.went.append(now())
            self.log.channel.append(channel)
            await asyncio.sleep(ANSWER_SECONDS)
            queue.popleft()

    async def done(self) -> Log:
        """Return the log when all is sent."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
        return self.log


def kind(channel: int) -> str:
    """Return what a channel has subscribed to; five channels in a row are one server's."""
    return KINDS[channel % len(KINDS)]


def events(chance: random.Random) -> list[tuple[float, list[int]]]:
    """Return at which second of the day something is queued, and for which channels."""
    wanted: list[list[int]] = [[] for _ in range(SECTIONS)]
    found: list[tuple[float, list[int]]] = []
    for channel in range(SERVERS * len(KINDS)):
        if kind(channel) == "digest":
            zone = ZoneInfo(ZONES[channel // len(KINDS) % len(ZONES)])
            at = next_slot(Schedule(zone, (DIGEST_AT,)), START).at
            found.append(((at - START).total_seconds(), [channel]))
            continue
        count = {"all": SECTIONS, "two": 2, "one": 1}[kind(channel).split()[0]]
        for section in chance.sample(range(SECTIONS), count):
            wanted[section].append(channel)
    hours = chance.choices(range(24), CURVE, k=ARTICLES)
    found.extend((HOUR * (hour + chance.random()), chance.choice(wanted)) for hour in hours)
    return sorted(found)


async def day(found: list[tuple[float, list[int]]]) -> Log:
    """Send what these events queue."""
    sender = Sender()
    for at, channels in found:
        await asyncio.sleep(at - now())
        sender.queue(channels)
    return await sender.done()


def most(times: Numbers, seconds: float) -> int:
    """Return how many of these times, which are sorted, the fullest window of so many seconds holds.

    It is a nanosecond shorter, as sums are rounded.
    """
    before = np.searchsorted(times, times - seconds + 1e-9, side="right")
    return int((np.arange(len(times)) - before).max()) + 1


def row(name: str, delays: Numbers) -> str:
    """Return a row of the table."""
    shown = (f"{value:.1f}" for value in (*np.percentile(delays, (50, 95, 99)), delays.max()))
    return f"| {name} | {len(delays):,} | {' | '.join(shown)} |"


def table(delays: Numbers, place: Numbers, hour: int, busy: Numbers) -> list[str]:
    """Return a row for each kind of subscription, for the whole day and for its busiest hour."""
    lines = ["| | posts | p50 | p95 | p99 | max |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for when, chosen in (("", busy | True), (f", {hour:02}:00–{hour + 1:02}:00 UTC", busy)):
        lines.append(row(f"**all**{when}", delays[chosen]))
        for name in dict.fromkeys(KINDS):
            places = [number for number, other in enumerate(KINDS) if other == name]
            of_kind = chosen & np.isin(place, places)
            if of_kind.any():
                lines.append(row(f"{name}{when}", delays[of_kind]))
    return lines


def loads(went: Numbers, channel: Numbers) -> list[str]:
    """Return what the log of the requests says about the fullest windows."""
    to_one = max(most(went[channel == one], TO_ONE_SECONDS) for one in np.unique(channel))
    low, high = WAY_SECONDS
    arrived = np.sort(went + np.random.default_rng(SEED).uniform(low, high, len(went)))
    return [
        f"- requests in the busiest second: {most(went, 1)}",
        f"- arriving in the busiest second, were each {low} to {high} s on its way: {most(arrived, 1)}",
        f"- requests to one channel in its busiest five seconds: {to_one}",
    ]


def main() -> None:
    log = run(day(events(random.Random(SEED))))  # noqa: S311  # the same day each time
    queued, went, channel = np.array(log.queued), np.array(log.went), np.array(log.channel)
    hour = int(np.bincount((queued // HOUR).astype(int)).argmax())
    busy = queued // HOUR == hour
    print(
        f"{SERVERS} servers with {len(KINDS)} subscriptions, {ARTICLES:,} articles, {SECTIONS} sections, ",
        end="",
    )
    print(f"{len(went):,} posts, seed {SEED}. Seconds from queued to sent:\n")
    print(*table(went - queued, channel % len(KINDS), hour, busy), sep="\n")
    once = run(day([(0.0, list(range(SERVERS * len(KINDS))))]))
    print(row("one article for all channels at once", np.array(once.went)))
    alone = np.array(run(day([(0.0, [0])] * HEAP)).went)
    print(row(f"{HEAP} articles for one channel at once", alone))
    print("\nFrom the log of the day's requests:\n")
    print(*loads(went, channel), sep="\n")
    print(f"- the same where {HEAP} articles come for it at once: {most(alone, TO_ONE_SECONDS)}")


if __name__ == "__main__":
    main()
