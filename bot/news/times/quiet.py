"""Quiet hours: when what comes is held."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.news.times.walltime import moment_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of day to another, each day, in a zone; over midnight where the end is the earlier one.

    The same time twice means never. A time that the clock jumps over is the moment of the jump, and one that
    comes twice the first of the two, as for schedules.
    """

    start: time
    end: time
    zone: ZoneInfo

    def holds(self, now: datetime) -> bool:
        """Tell whether it is quiet at this moment: the start belongs to it, the end does not."""
        return self._end(now) is not None

    def ends(self, now: datetime) -> datetime:
        """Return the first moment from ``now`` on, in UTC, at which it is not quiet; it may be ``now``."""
        end = now.astimezone(UTC)
        while later := self._end(
            end
        ):  # one may end where the next begins, on a day that lacks the time between
            end = later
        return end

    def _end(self, now: datetime) -> datetime | None:
        """Return the end of the quiet hours that this moment is in."""
        if self.start == self.end:
            return None
        today = now.astimezone(self.zone).date()
        for ahead in (-1, 0, 1):  # tomorrow's may have begun already where a clock is set back over midnight
            day = today + ahead * _DAY
            end = moment_of(day if self.start < self.end else day + _DAY, self.end, self.zone)
            if moment_of(day, self.start, self.zone) <= now < end:
                return end
        return None
