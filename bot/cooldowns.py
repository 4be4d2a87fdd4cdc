"""How often members may have something answered: what works hard or speaks needs a rest between."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable

from discord import app_commands

from bot.clock import Clock, utc_now
from bot.errors import GazetteError

Seconds = Callable[[], float]
"""A clock that only goes forward."""

MINUTE = 60.0
MEMBER_ANSWERS = 5
"""A minute, to one member in all servers."""
SERVER_ANSWERS = 30
"""A minute, to all members of a server; those who may manage it have as many of their own, so that members
cannot keep them from their commands."""
OPEN_ANSWERS = 1
"""A minute, in one channel: those that everybody sees."""

COMPLETED_WITHIN = 10.0
MEMBER_COMPLETIONS = 30
"""Within ten seconds: Discord asks for one as often as somebody pauses while typing."""
SERVER_COMPLETIONS = 150

MOST_REMEMBERED = 10_000
"""Members, servers or channels; beyond it the one that asked least recently is forgotten."""


class CoolingDown(GazetteError, app_commands.CheckFailure):
    """Somebody asks too often. The sentence says until when to wait."""


class Allowance:
    """So many times within so many seconds, for each of many."""

    def __init__(self, times: int, within: float) -> None:
        self._times = times
        self._within = within
        self._used: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def wait(self, key: Hashable, now: float) -> float:
        """Return for how many seconds nothing more is allowed to this one; 0 if something is now."""
        used = self._used.get(key)
        if used is None or len(used) < self._times:
            return 0.0
        return max(used[0] + self._within - now, 0.0)

    def use(self, key: Hashable, now: float) -> None:
        """Count one more time."""
        used = self._used.setdefault(key, deque(maxlen=self._times))
        used.append(now)
        self._used.move_to_end(key)
        if len(self._used) > MOST_REMEMBERED:
            self._used.popitem(last=False)


class Cooldowns:
    """Counts what is answered to each member, in each server and channel, in memory alone."""

    def __init__(self, now: Seconds = time.monotonic, clock: Clock = utc_now) -> None:
        """Build it; ``now`` counts the seconds, and ``clock`` gives the times that people are told."""
        self._now = now
        self._clock = clock
        self._members = Allowance(MEMBER_ANSWERS, MINUTE)
        self._servers = Allowance(SERVER_ANSWERS, MINUTE)
        self._channels = Allowance(OPEN_ANSWERS, MINUTE)
        self._completing_members = Allowance(MEMBER_COMPLETIONS, COMPLETED_WITHIN)
        self._completing_servers = Allowance(SERVER_COMPLETIONS, COMPLETED_WITHIN)

    def answer(
        self, member_id: int, guild_id: int, *, manages: bool = False, open_in: int | None = None
    ) -> None:
        """Count an answer to this member, which everybody sees if it is ``open_in`` a channel.

        Raises ``CoolingDown`` if it is too early; then nothing is counted.
        """
        now, server = self._now(), (guild_id, manages)
        if wait := self._members.wait(member_id, now):
            raise CoolingDown(f"You have asked {MEMBER_ANSWERS} times within a minute. {self._again(wait)}")
        if wait := self._servers.wait(server, now):
            raise CoolingDown(
                f"The members of this server have asked {SERVER_ANSWERS} times within a minute. "
                f"{self._again(wait)}"
            )
        if open_in is not None and (wait := self._channels.wait(open_in, now)):
            raise CoolingDown(
                "An answer for everybody was given in this channel less than a minute ago. "
                f"{self._again(wait)} An answer for you alone is possible now: choose `private:`, or leave "
                "`share:` out if it is about a file."
            )
        self._members.use(member_id, now)
        self._servers.use(server, now)
        if open_in is not None:
            self._channels.use(open_in, now)

    def complete(self, member_id: int, guild_id: int) -> bool:
        """Count a completion for this member; return whether it may be looked up."""
        now = self._now()
        if self._completing_members.wait(member_id, now) or self._completing_servers.wait(guild_id, now):
            return False
        self._completing_members.use(member_id, now)
        self._completing_servers.use(guild_id, now)
        return True

    def _again(self, wait: float) -> str:
        return again(self._clock, wait)


def again(clock: Clock, wait: float) -> str:
    """Return the sentence that says when something is possible again, in so many seconds."""
    return f"It is possible again <t:{math.ceil(clock().timestamp() + wait)}:R>."
