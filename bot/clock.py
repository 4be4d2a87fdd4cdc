"""The one clock of the program, injected wherever time is asked for, and how far it is trusted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

AGREES = timedelta(hours=1)
"""A clock that differs from Discord's by no more agrees with it: what is kept is kept for days."""

BELIEVED_AHEAD = timedelta(days=1)
"""A stored time that is further in the future was written by a clock that was wrong.

A clock that is set back by less, as after another time zone or a mistake of NTP, takes nothing back: a slot
that was made then would be made a second time.
"""


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)
