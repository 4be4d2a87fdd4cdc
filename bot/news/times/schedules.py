"""When digests are due: schedules, their slots, which of them were missed. Pure; the time is handed in."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.news.times.timezones import title_of
from bot.news.times.walltime import moment_of, next_hour, offsets_of, previous_hour, seconds_of

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKENDS = EVERY_DAY - WEEKDAYS
_SETS = {EVERY_DAY: "daily", WEEKDAYS: "weekdays", WEEKENDS: "weekends"}
_DAY = timedelta(days=1)
_YEAR = 366
_SEARCHED = range(10)
"""Days: from tomorrow back to yesterday a week ago, as a zone may skip a day. One of them has a slot."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a digest comes: every hour (no times), or at these times of day on these days of the week.

    Building one sorts the times and raises ``ValueError`` where they are not whole minutes, no day is left,
    or an hourly one has days. The zone is held as an object: Python keeps few of them, and would read the
    others from disk each time.
    """

    zone: ZoneInfo
    times: tuple[time, ...] = ()
    weekdays: frozenset[int] = EVERY_DAY
    """0 is Monday, as in ``date.weekday``."""

    def __post_init__(self) -> None:
        if any(at.second or at.microsecond or at.tzinfo or at.fold for at in self.times):
            raise ValueError("a schedule's times are whole minutes of a day, without a zone of their own")
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("a schedule needs at least one day of the week, from 0 to 6")
        if not self.times and self.weekdays != EVERY_DAY:
            raise ValueError("an hourly schedule has every day")
        object.__setattr__(self, "times", tuple(sorted(set(self.times))))

    @property
    def hourly(self) -> bool:
        """Whether it comes at every full hour of the zone's clock."""
        return not self.times

    def text(self) -> str:
        """Return it as a person may type it: "hourly", "daily 08:00, 18:30", "mon, thu 07:30"."""
        if self.hourly:
            return "hourly"
        days = _SETS.get(self.weekdays) or ", ".join(DAYS[day] for day in sorted(self.weekdays))
        return f"{days} {', '.join(f'{at:%H:%M}' for at in self.times)}"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One moment at which a schedule wants a digest."""

    at: datetime
    """In UTC, a full second."""
    local: datetime
    """The same moment as the zone's clock shows it, also where that is not the time asked for."""

    @property
    def key(self) -> int:
        """The seconds since 1970, by which the history knows that this slot was made."""
        return seconds_of(self.at)


@dataclass(frozen=True, slots=True)
class Missed:
    """Slots that are due and were not made. One digest stands for all of them."""

    slot: Slot
    """The newest: the one to make."""
    first: Slot
    """The oldest; the same one where only one was missed."""

    @property
    def several(self) -> bool:
        """Whether the one digest stands for more than one slot."""
        return self.first != self.slot


def next_slot(schedule: Schedule, after: datetime) -> Slot:
    """Return the first slot strictly later than this moment, which must be aware."""
    if schedule.hourly:
        return _slot(schedule, next_hour(_aware(after), schedule.zone))
    local = _aware(after).astimezone(schedule.zone)
    day = local.date()
    # No time that the clock has shown by now has a slot to come, not even one that it shows a second time.
    shown = bisect_right(schedule.times, local.time())
    for _ in _SEARCHED:
        if day.weekday() in schedule.weekdays:
            for at in schedule.times[shown:]:
                moment = moment_of(day, at, schedule.zone)
                if moment > after:
                    return _slot(schedule, moment)
        day, shown = day + _DAY, 0
    raise AssertionError("every week has a slot")  # pragma: no cover


def previous_slot(schedule: Schedule, before: datetime) -> Slot:
    """Return the last slot strictly earlier than this moment, which must be aware."""
    if schedule.hourly:
        return _slot(schedule, previous_hour(_aware(before), schedule.zone))
    # A clock that is set back over midnight has shown the beginning of tomorrow already.
    day = _aware(before).astimezone(schedule.zone).date() + _DAY
    for _ in _SEARCHED:
        if day.weekday() in schedule.weekdays:
            for at in reversed(schedule.times):
                moment = moment_of(day, at, schedule.zone)
                if moment < before:
                    return _slot(schedule, moment)
        day -= _DAY
    raise AssertionError("every week has a slot")  # pragma: no cover


def slots_between(schedule: Schedule, after: datetime, until: datetime) -> Iterator[Slot]:
    """Yield the slots later than ``after`` and not later than ``until``, in order."""
    slot = next_slot(schedule, after)
    while slot.at <= until:
        yield slot
        slot = next_slot(schedule, slot.at)


def missed(
    schedule: Schedule, last_made: datetime | None, now: datetime, *, since: datetime
) -> Missed | None:
    """Return what is due by now and not made yet: at most one digest, however long nothing ran.

    ``last_made`` is the slot of the last digest, ``since`` the moment from which this schedule holds: what
    was due before it was set is not missed. A made slot is never due again, even if the clock was set back.
    """
    made = since if last_made is None else max(last_made, since)
    newest = previous_slot(schedule, now + datetime.resolution)
    return Missed(newest, next_slot(schedule, made)) if newest.at > made else None


def explain(schedule: Schedule, near: datetime) -> str | None:
    """Return a sentence about the first slot within a year whose time is skipped or comes twice.

    ``None`` where there is none. An hourly schedule goes by real hours and has nothing to explain.
    """
    day = _aware(near).astimezone(schedule.zone).date()
    for ahead in range(_YEAR if schedule.times else 0):
        date_then = day + ahead * _DAY
        if date_then.weekday() in schedule.weekdays and (told := _explained(schedule, date_then, near)):
            return told
    return None


def _explained(schedule: Schedule, day: date, near: datetime) -> str | None:
    skipped: list[time] = []
    twice: list[time] = []
    for at in schedule.times:
        before, after = offsets_of(day, at, schedule.zone)
        if before != after and moment_of(day, at, schedule.zone) > near:
            (skipped if before < after else twice).append(at)
    where = f"on {_day_in_words(day)} in {title_of(schedule.zone)}"
    if skipped:
        verb = "does" if len(skipped) == 1 else "do"
        jump = moment_of(day, skipped[0], schedule.zone).astimezone(schedule.zone)
        on = "" if jump.date() == day else f" on {jump.day} {jump:%B}"
        return f"{_listed(skipped)} {verb} not exist {where}; the digest comes at {jump:%H:%M}{on} then."
    if twice:
        verb = "comes" if len(twice) == 1 else "come"
        return f"{_listed(twice)} {verb} twice {where}; the digest comes the first time."
    return None


def _listed(times: list[time]) -> str:
    *others, last = (f"{at:%H:%M}" for at in times)
    return f"{', '.join(others)} and {last}" if others else last


def _day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _slot(schedule: Schedule, moment: datetime) -> Slot:
    return Slot(moment, moment.astimezone(schedule.zone))


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone is none")
    return moment.astimezone(UTC)
