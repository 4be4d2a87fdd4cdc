"""From the last byte of a file written to the request that posts it: the real program, Discord over loopback.

The program has its default settings: one worker, entities on, one second until a file stands still, which is
taken off the idle figures. Its watch gathers events for 100 ms of what is left.
"""

import asyncio
import time
from collections.abc import Iterable, Sequence
from functools import partial

from benchmarks.articles import Press, put
from benchmarks.asked import Asked
from benchmarks.figures import Bound, Figure, Row, percentile
from benchmarks.live import MANY, drop_all, many, running, settled

GROUP = "Drop to post"
SETTLE = 1_000
"""Milliseconds; the default."""
LIMIT = 1.0
"""Posts a second that Discord takes for one channel: 5 in 5 seconds."""


def rows(asked: Asked) -> Iterable[Row]:
    """Return the rows of the idle bot and of the busy one."""
    return asyncio.run(_rows(asked))


async def _rows(asked: Asked) -> list[Row]:
    seconds = 10 if asked.quick else 30
    beyond = [ms - SETTLE for ms in await _idle(4 if asked.quick else 24)]
    found = [
        Row(GROUP, "idle, beyond the settle time, p50", "ms", Figure.of(beyond), bound=Bound(1_000, "ours")),
        Row(GROUP, "idle, beyond the settle time, p95", "ms", Figure.of([percentile(beyond, 95)])),
    ]
    unlimited = await _busy(seconds, BURST_LIMIT="0", UNPACED="1")
    paced = await _busy(seconds, BURST_LIMIT="0")
    note = f"{MANY:,} files come at once and are read for {seconds} s; posts count from the first one on"
    found += [
        Row(
            GROUP,
            f"{MANY:,} files waiting, Discord without limits",
            "posts/s",
            Figure.of([unlimited.rate]),
            "stored",
            Figure.of([unlimited.stored]),
            unlimited.rate / unlimited.stored,
            note=note,
        ),
        Row(
            GROUP,
            f"{MANY:,} files waiting, BURST_LIMIT=0",
            "posts/s",
            Figure.of([paced.rate]),
            "Discord's limit",
            Figure.of([LIMIT]),
            paced.rate / LIMIT,
        ),
        Row(GROUP, "… until the first of them is posted", "s", Figure.of([paced.first])),
    ]
    if asked.quick:
        return found
    burst = await _busy(80, BURST_LIMIT="10")
    found.append(
        Row(GROUP, f"{MANY:,} files waiting, BURST_LIMIT=10, first message", "s", Figure.of([burst.first]))
    )
    found.append(Row(GROUP, "… messages within 80 s", "", Figure.of([burst.messages])))
    return found


async def _idle(count: int) -> list[float]:
    """Return the milliseconds of so many files that come one by one."""
    press, found = Press(seed=7), []
    async with running() as (program, discord):
        await settled(program, discord, press)
        for number in range(count):
            text, before = press.article().text, len(discord.came)
            written = put(program.inbox / f"{number}.txt", text)
            await program.while_running(discord.until(partial(_has_come, discord.came, before)))
            found.append(1000 * (discord.came[before][0] - written))
    return found


def _has_come(came: Sequence[object], before: int) -> bool:
    return len(came) > before


class _Busy:
    """What was posted and stored in a time of many files."""

    def __init__(self, dropped: float, came: list[float], stored: int, ended: float) -> None:
        self.messages = len(came)
        self.first = came[0] - dropped if came else ended - dropped
        since = came[0] if came else dropped
        self.rate = max(len(came) - 1, 0) / (ended - since)
        self.stored = stored / (ended - dropped)


async def _busy(seconds: float, **settings: str) -> _Busy:
    async with running(**settings) as (program, discord):
        await settled(program, discord, Press(seed=8))
        before, stored = len(discord.came), program.stored()
        dropped = await asyncio.to_thread(drop_all, many(), program.inbox)
        await program.while_running(asyncio.sleep(seconds))
        came = [at for at, _ in discord.came[before:]]
        return _Busy(dropped, came, program.stored() - stored, time.monotonic())
