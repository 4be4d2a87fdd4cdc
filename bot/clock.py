"""The one clock of the program, injected wherever time is asked for, and how far it is trusted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

AGREES = timedelta(hours=1)
"""A clock that differs from Discord's by no more agrees with it: what is kept is kept for days."""

BELIEVED_AHEAD = timedelta(days=1)
"""A stored time that is further in the future was written by a clock that was wrong. Of other zones, and of
waits that somebody asked for, none is that far ahead."""

SLOTS_AHEAD = timedelta(minutes=15)
"""The same for the slot of a channel's last digest. A digest is made once its time has come: a slot that lies
ahead of the clock and of Discord's time was made while the clock was wrong."""


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)
