"""From what a clock on a wall shows to the moment it shows it, also where summer time begins or ends."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

HOUR = 3600
_SECOND = timedelta(seconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the moment, in UTC, at which this is the date and the time of day in the zone.

    A time that the clock jumps over is the moment of the jump; one that comes twice is the first of the two.
    So a later date or time never gives an earlier moment.
    """
    before, after = offsets_of(day, at, zone)
    moment = datetime.combine(day, at, UTC) - before
    return moment if before >= after else change_between(datetime.combine(day, at, UTC) - after, moment, zone)


def offsets_of(day: date, at: time, zone: tzinfo) -> tuple[timedelta, timedelta]:
    """Return how far the zone is from UTC then, before and after a change of its clock.

    Both are the same where the clock does not change; the second is greater where it jumps over this time,
    and less where this time comes twice.
    """
    wall = datetime.combine(day, at, zone)
    return _known(wall.utcoffset()), _known(wall.replace(fold=1).utcoffset())


def change_between(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """Return the second after ``low`` from which on the zone is as far from UTC as it is at ``high``."""
    first, last = seconds_of(low), seconds_of(high)
    offset = _offset(last, zone)
    while last - first > 1:
        middle = (first + last) // 2
        if _offset(middle, zone) == offset:
            last = middle
        else:
            first = middle
    return _moment(last)


def next_hour(after: datetime, zone: tzinfo) -> datetime:
    """Return the first moment later than this at which the clock of the zone shows a full hour, in UTC."""
    now = seconds_of(after)
    offset = _offset(now, zone)
    hour = _hour_from(now + 1, offset)
    then = _offset(hour, zone)
    if (then - offset) % HOUR == 0:
        return _moment(hour)
    # Lord Howe's clock goes by half an hour: its next full hour is counted from there.
    return _moment(_hour_from(seconds_of(change_between(_moment(now), _moment(hour), zone)), then))


def previous_hour(before: datetime, zone: tzinfo) -> datetime:
    """Return the last moment earlier than this at which the clock of the zone shows a full hour, in UTC."""
    last = seconds_of(before - datetime.resolution)  # the last full second that is earlier
    offset = _offset(last, zone)
    hour = _hour_until(last, offset)
    then = _offset(hour, zone)
    if (then - offset) % HOUR == 0:
        return _moment(hour)
    return _moment(_hour_until(seconds_of(change_between(_moment(hour), _moment(last), zone)) - 1, then))


def _hour_from(second: int, offset: int) -> int:
    return -(-(second + offset) // HOUR) * HOUR - offset


def _hour_until(second: int, offset: int) -> int:
    return (second + offset) // HOUR * HOUR - offset


def _offset(second: int, zone: tzinfo) -> int:
    return _known(_moment(second).astimezone(zone).utcoffset()) // _SECOND


def seconds_of(moment: datetime) -> int:
    """Return how many seconds after the start of 1970 (UTC) this is, the rest of a second cut off."""
    return (moment - _EPOCH) // _SECOND


def _moment(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)


def _known(offset: timedelta | None) -> timedelta:
    if offset is None:
        raise ValueError("a time zone that knows its offset is needed")
    return offset
