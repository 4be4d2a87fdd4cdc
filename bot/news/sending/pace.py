"""How fast posts go out: never faster than Discord takes them, neither to one channel nor in all.

Discord takes 50 requests a second from one bot and names that number in no header, so discord.py waits only
once it was refused. What one channel takes stands in the headers, 5 in 5 seconds, and discord.py heeds it. It
is counted here too, as a request that is held back in there would go at another time than it was counted.

No library is used: two limiters taken one after the other are exact for neither, as the room found in the
first grows old while the second is waited for, and of those at hand aiolimiter lets a burst go on top of the
limit (89 requests in a second where 45 are asked for) and pyrate-limiter holds up all behind one that waits.
"""

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from itertools import count

IN_ALL, IN_ALL_SECONDS = 5, 0.112
"""Requests in any 0.112 seconds, so 45 in any second: the rest is for edits and answers to commands.

45 at once each second would do by the clock here, but not at Discord: where requests are 20 to 120 ms on
their way, 65 of them come in one second. Of these no more than 50 come in any, wherever they were held up.
"""

TO_ONE, TO_ONE_SECONDS = 5, 5.0
"""Requests to one channel in any five seconds."""


class Pace:
    """Says when a request may go.

    Both limits hold for any window of time, wherever it begins. Of the requests that may go, the one that
    came first goes first; one that waits for its own channel holds up no other. Only channels that wait, or
    got something in the last seconds, are remembered.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take a clock in seconds that never goes back, and what waits by it."""
        self._now = now
        self._sleep = sleep
        self._numbers = count()
        self._went: deque[float] = deque()
        """When requests went, in all; only the last ones."""
        self._went_to: OrderedDict[int, deque[float]] = OrderedDict()
        """The same for each channel, the one that has been quiet for longest first."""
        self._queues: dict[int, deque[tuple[int, asyncio.Future[None]]]] = {}
        self._shut: list[tuple[float, int, int]] = []
        """A heap of the channels whose window is full: until when, the number of the first in line, which."""
        self._open: list[tuple[int, int]] = []
        """A heap of the other channels with somebody in line. Each channel stands in one of the two, once."""
        self._waiting = 0
        self._alarm: asyncio.Task[None] | None = None
        self._rings = math.inf

    async def turn(self, channel_id: int) -> None:
        """Return when a request to this channel may go, which it then must at once, as it is counted.

        One that is cancelled gives its place in line up.
        """
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue = self._queues.setdefault(channel_id, deque())
        queue.append((next(self._numbers), turn))
        if len(queue) == 1:
            self._line_up(channel_id)
        self._waiting += 1
        try:
            self._let_go()
            await turn
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._rest()

    def _line_up(self, channel_id: int) -> None:
        """Put a channel, whose first in line is a new one, among those that wait."""
        queue = self._queues[channel_id]
        if not queue:
            del self._queues[channel_id]
            return
        went = self._went_to.get(channel_id)
        opens = went[0] + TO_ONE_SECONDS if went and len(went) == TO_ONE else -math.inf
        heappush(self._shut, (opens, queue[0][0], channel_id))

    def _let_go(self) -> None:
        """Let go all that may, and come back when the next may."""
        now = self._now()
        self._forget(now)
        while self._has_open(now) and len(self._went) < IN_ALL:
            _, channel_id = heappop(self._open)
            _, turn = self._queues[channel_id].popleft()
            if not turn.done():  # nobody has given it up
                turn.set_result(None)
                self._went.append(now)
                self._went_to.setdefault(channel_id, deque(maxlen=TO_ONE)).append(now)
                self._went_to.move_to_end(channel_id)
            self._line_up(channel_id)
        if self._queues:
            self._ring_at(self._went[0] + IN_ALL_SECONDS if self._open else self._shut[0][0])

    def _has_open(self, now: float) -> bool:
        """Return whether a channel is open by now that somebody waits for."""
        while self._shut and self._shut[0][0] <= now:
            _, number, channel_id = heappop(self._shut)
            heappush(self._open, (number, channel_id))
        return bool(self._open)

    def _forget(self, now: float) -> None:
        while self._went and self._went[0] + IN_ALL_SECONDS <= now:
            self._went.popleft()
        while self._went_to and next(iter(self._went_to.values()))[-1] + TO_ONE_SECONDS <= now:
            self._went_to.popitem(last=False)

    def _ring_at(self, due: float) -> None:
        """Look again at this time, or earlier where that is planned already."""
        if due >= self._rings:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._rings = due
        self._alarm = asyncio.create_task(self._ring())

    async def _ring(self) -> None:
        await self._sleep(max(0.0, self._rings - self._now()))
        self._alarm, self._rings = None, math.inf
        self._let_go()

    def _rest(self) -> None:
        """Leave nothing behind: nobody waits, at most such as have given up stand in line."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm, self._rings = None, math.inf
        for places in (self._queues, self._shut, self._open):
            places.clear()
