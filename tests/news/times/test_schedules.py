"""A schedule's slots over a year, and over summer time's edges: each once, none missing, at its time."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.times.schedules import (
    EVERY_DAY,
    WEEKDAYS,
    WEEKENDS,
    Missed,
    Schedule,
    explain,
    missed,
    next_slot,
    previous_slot,
    slots_between,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
YEARS = {
    "Europe/Berlin": 2025,
    "America/New_York": 2025,
    "America/St_Johns": 2006,  # its clock was changed at one minute past midnight
    "America/Havana": 2025,  # midnight is skipped, and comes twice
    "Asia/Kolkata": 2025,
    "Asia/Kathmandu": 2025,
    "Asia/Tehran": 2025,
    "Australia/Lord_Howe": 2025,  # half an hour of summer time
    "Africa/Casablanca": 2025,  # the clock goes back for Ramadan
    "Pacific/Apia": 2011,  # had no 30 December
    "UTC": 2025,
}
CHANGES = {"Asia/Kolkata": 0, "Asia/Kathmandu": 0, "Asia/Tehran": 0, "UTC": 0, "Pacific/Apia": 3}
KINDS = (
    ((), EVERY_DAY),
    ((time(8),), EVERY_DAY),
    ((time(0), time(2), time(2, 30), time(3), time(23, 45)), EVERY_DAY),
    ((time(0, 30), time(1, 30), time(1, 45)), WEEKENDS),
    ((time(7, 30), time(18)), frozenset({0, 3})),
    ((time(2, 15),), frozenset({6})),
    ((time(9),), frozenset({4})),
    ((time(8),), WEEKDAYS),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def daily(zone: str, *times: str, weekdays: frozenset[int] = EVERY_DAY) -> Schedule:
    return Schedule(ZoneInfo(zone), tuple(time.fromisoformat(each) for each in times), weekdays)


def start_of(zone: str) -> datetime:
    return datetime(YEARS[zone], 1, 1, tzinfo=UTC)


type Ticks = list[tuple[datetime, datetime, datetime]]


@cache
def ticks(zone: str) -> Ticks:
    """Return the year of a zone, a quarter of an hour apart as all times of these schedules are."""
    return walk(ZoneInfo(zone), start_of(zone), 366, 15 * MINUTE)


def walk(place: ZoneInfo, start: datetime, days: int, stride: timedelta) -> Ticks:
    """Return moments, what the clock shows then, and what it would show if it went on as before.

    They are a minute apart on days near a change, else by the stride.
    """
    moment, found = start, list[tuple[datetime, datetime, datetime]]()
    shown = (moment - MINUTE).astimezone(place).replace(tzinfo=None)
    step = MINUTE
    for day in (start + number * DAY for number in range(days)):
        steady = (day - DAY).astimezone(place).utcoffset() == (day + 2 * DAY).astimezone(place).utcoffset()
        while moment < day + DAY:
            local = moment.astimezone(place).replace(tzinfo=None)
            found.append((moment, local, shown + step))
            shown, step = local, stride if steady else MINUTE
            moment += step
    return found


def by_watching(schedule: Schedule, clock: Ticks | None = None) -> list[datetime]:
    """Watch the clock for a year and note when it shows a time for the first time, or jumps over it."""

    def wanted(wall: datetime) -> bool:
        return wall > latest and wall.time() in schedule.times and wall.weekday() in schedule.weekdays

    clock = clock or ticks(schedule.zone.key)
    if schedule.hourly:
        return [moment for moment, local, _ in clock if not local.minute]
    latest, found = clock[0][1] - MINUTE, []  # the latest that the clock has shown
    for moment, local, due in clock:
        skipped = (due + ahead * MINUTE for ahead in range((local - due) // MINUTE))
        if wanted(local) or any(map(wanted, skipped)):
            found.append(moment)
        latest = max(latest, local)
    return found


@pytest.mark.parametrize("zone", YEARS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_year_from_slot_to_slot_is_what_the_clock_on_the_wall_says(
    zone: str, kind: tuple[tuple[time, ...], frozenset[int]]
) -> None:
    schedule = Schedule(ZoneInfo(zone), *kind)
    start, expected = start_of(zone), by_watching(schedule)
    slots = list(slots_between(schedule, start - MINUTE, start + 366 * DAY - MINUTE))
    assert [slot.at for slot in slots] == expected
    assert len({slot.key for slot in slots}) == len(expected) > 50
    backwards = [previous_slot(schedule, slots[-1].at + MINUTE)]
    while backwards[-1].at > slots[0].at:
        backwards.append(previous_slot(schedule, backwards[-1].at))
    assert backwards[::-1] == slots


@pytest.mark.parametrize("zone", YEARS)
def test_the_years_hold_the_changes_that_they_are_here_for(zone: str) -> None:
    changes = [local for _, local, due in ticks(zone) if local != due]
    assert len(changes) == CHANGES.get(zone, 2)


def test_a_time_that_the_clock_jumps_over_comes_at_the_jump() -> None:
    slots = list(
        slots_between(daily("Europe/Berlin", "02:30"), at("2026-03-28T12:00Z"), at("2026-03-30T12:00Z"))
    )
    assert [str(slot.local) for slot in slots] == ["2026-03-29 03:00:00+02:00", "2026-03-30 02:30:00+02:00"]


def test_times_that_one_jump_skips_are_one_slot() -> None:
    schedule = daily("Europe/Berlin", "02:00", "02:30", "03:00")
    slots = list(slots_between(schedule, at("2026-03-28T12:00Z"), at("2026-03-29T12:00Z")))
    assert [slot.at for slot in slots] == [at("2026-03-29T01:00Z")]


def test_a_time_that_comes_twice_is_one_slot_the_first_time() -> None:
    slots = list(
        slots_between(daily("Europe/Berlin", "02:30"), at("2026-10-24T12:00Z"), at("2026-10-26T00:00Z"))
    )
    assert [str(slot.local) for slot in slots] == ["2026-10-25 02:30:00+02:00"]


def test_a_day_that_a_country_skipped_comes_when_the_next_begins() -> None:
    friday = daily("Pacific/Apia", "08:00", weekdays=frozenset({4}))
    slot = next_slot(friday, at("2011-12-28T00:00Z"))
    assert str(slot.local) == "2011-12-31 00:00:00+14:00"
    assert str(next_slot(friday, slot.at).local) == "2012-01-06 08:00:00+14:00"


def test_an_hourly_one_comes_25_times_on_the_long_day_and_23_times_on_the_short() -> None:
    schedule = daily("America/New_York")
    for day, hours in ((date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 6, 1), 24)):
        start = datetime.combine(day, time(), schedule.zone).astimezone(UTC)
        end = datetime.combine(day + timedelta(days=1), time(), schedule.zone).astimezone(UTC)
        assert len(list(slots_between(schedule, start, end))) == hours


def test_hours_are_the_full_ones_of_a_clock_half_an_hour_apart() -> None:
    assert next_slot(daily("Asia/Kolkata"), at("2026-03-01T12:00Z")).at == at("2026-03-01T12:30Z")
    assert next_slot(daily("Asia/Kathmandu"), at("2026-03-01T12:15Z")).at == at("2026-03-01T13:15Z")
    # 01:00 +11:00, then 02:00 becomes 01:30 +10:30, then 02:00 +10:30.
    assert next_slot(daily("Australia/Lord_Howe"), at("2026-04-04T14:00Z")).at == at("2026-04-04T15:30Z")


def test_midnight_has_been_where_the_clock_goes_back_over_it() -> None:
    schedule = daily("America/St_Johns", "00:00")
    midnight, half_past_eleven_again = at("2006-10-29T02:30Z"), at("2006-10-29T03:00Z")
    assert previous_slot(schedule, half_past_eleven_again).at == midnight
    assert next_slot(schedule, half_past_eleven_again).at == at("2006-10-30T03:30Z")


def test_a_slot_is_strictly_later_and_strictly_earlier_to_the_microsecond() -> None:
    for schedule in (daily("Europe/Berlin", "08:00"), daily("Europe/Berlin")):
        slot = next_slot(schedule, at("2026-03-01T06:30Z"))
        assert slot.at == at("2026-03-01T07:00Z")
        tick = datetime.resolution
        assert next_slot(schedule, slot.at - tick) == slot == previous_slot(schedule, slot.at + tick)
        assert next_slot(schedule, slot.at).at > slot.at > previous_slot(schedule, slot.at).at


zones = st.sampled_from([ZoneInfo(name) for name in (*YEARS, "America/Santiago", "Antarctica/Troll")])
clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
schedules = st.one_of(
    st.builds(Schedule, zones),
    st.builds(
        Schedule,
        zones,
        st.lists(clock_times, min_size=1, max_size=24).map(tuple),
        st.frozensets(st.integers(0, 6), min_size=1),
    ),
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(schedules, moments)
def test_next_and_previous_undo_each_other(schedule: Schedule, moment: datetime) -> None:
    later, earlier = next_slot(schedule, moment), previous_slot(schedule, moment)
    assert earlier.at < moment < later.at
    assert next_slot(schedule, earlier.at).at in {moment, later.at}
    assert previous_slot(schedule, later.at).at in {moment, earlier.at}
    assert later.local == later.at
    assert later.local.utcoffset() == later.at.astimezone(schedule.zone).utcoffset()
    assert later.at <= moment + timedelta(days=8)


@given(schedules, moments, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_a_later_moment_has_no_earlier_slot(schedule: Schedule, moment: datetime, more: timedelta) -> None:
    assert next_slot(schedule, moment).at <= next_slot(schedule, moment + more).at
    assert previous_slot(schedule, moment).at <= previous_slot(schedule, moment + more).at


@given(schedules, moments, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_what_was_missed_is_the_newest_slot_since_the_last_one(
    schedule: Schedule, moment: datetime, away: timedelta
) -> None:
    made = previous_slot(schedule, moment).at
    due = list(slots_between(schedule, made, moment + away))
    found = missed(schedule, made, moment + away, since=datetime(1980, 1, 1, tzinfo=UTC))
    assert (found and (found.first, found.slot, found.several)) == (
        (due[0], due[-1], len(due) > 1) if due else None
    )


type Runs = list[tuple[timedelta, timedelta]]
"""For how long the program was off, by its clock, and how long it then ran. Less than none: set back."""


def digests(schedule: Schedule, since: datetime, runs: Runs) -> list[Missed]:
    """Make digests as a program does that sleeps from slot to slot, is stopped and started again."""
    made, last, now = list[Missed](), None, since
    for off, lasts in runs:
        now += off
        end = now + lasts
        while now <= end:
            found = missed(schedule, last, now, since=since)
            if found is not None:
                made.append(found)
                last = found.slot.at
            now = next_slot(schedule, now).at
        now = end
    return made


offs = st.one_of(
    st.timedeltas(timedelta(0), timedelta(days=3)), st.timedeltas(timedelta(hours=-3), timedelta(minutes=5))
)
runs = st.lists(st.tuples(offs, st.timedeltas(timedelta(0), timedelta(days=4))), max_size=8)


@given(schedules, moments, runs)
def test_each_slot_stands_for_one_digest_through_restarts_and_clocks_set_back(
    schedule: Schedule, since: datetime, runs: Runs
) -> None:
    latest = now = since
    for off, lasts in runs:
        now += off + lasts
        latest = max(latest, now)
    made = digests(schedule, since, [*runs, (max(latest - now, timedelta(0)), timedelta(0))])
    stands_for = [
        slot
        for each in made
        for slot in slots_between(schedule, each.first.at - datetime.resolution, each.slot.at)
    ]
    assert stands_for == list(slots_between(schedule, since, latest))


def test_one_digest_is_made_for_a_weekend_away_and_none_again_after_a_restart() -> None:
    schedule, since = daily("Europe/Berlin", "08:00", "18:00"), at("2026-01-01T00:00Z")
    found = missed(schedule, at("2026-06-05T16:00Z"), at("2026-06-08T05:00Z"), since=since)
    assert found is not None
    assert (found.first.at, found.slot.at) == (at("2026-06-06T06:00Z"), at("2026-06-07T16:00Z"))
    assert missed(schedule, found.slot.at, at("2026-06-08T05:00Z"), since=since) is None


def test_a_slot_is_due_at_its_very_moment_and_not_when_the_clock_was_set_back() -> None:
    schedule, since = daily("Europe/Berlin", "08:00"), at("2026-01-01T00:00Z")
    slot = at("2026-06-05T06:00Z")
    found = missed(schedule, slot - timedelta(days=1), slot, since=since)
    assert found is not None
    assert found.slot.at == slot
    assert not found.several
    assert missed(schedule, slot - timedelta(days=1), slot - datetime.resolution, since=since) is None
    assert missed(schedule, slot, slot - timedelta(hours=3), since=since) is None


def test_nothing_was_missed_before_the_schedule_was_set() -> None:
    schedule = daily("UTC", "08:00")
    assert missed(schedule, None, at("2026-06-05T09:00Z"), since=at("2026-06-05T08:30Z")) is None
    changed = missed(
        schedule, at("2026-06-01T08:00Z"), at("2026-06-05T09:00Z"), since=at("2026-06-04T12:00Z")
    )
    assert changed is not None
    assert changed.first == changed.slot


@pytest.mark.parametrize(
    ("schedule", "near", "told"),
    [
        (
            daily("Europe/Berlin", "02:30"),
            "2026-03-01T00:00Z",
            "02:30 does not exist on 29 March 2026 in Berlin; the digest comes at 03:00 then.",
        ),
        (
            daily("Europe/Berlin", "02:30"),
            "2026-03-29T02:00Z",
            "02:30 comes twice on 25 October 2026 in Berlin; the digest comes the first time.",
        ),
        (
            daily("America/New_York", "02:00", "02:30", "08:00"),
            "2026-03-01T00:00Z",
            "02:00 and 02:30 do not exist on 8 March 2026 in New York; the digest comes at 03:00 then.",
        ),
        (
            daily("America/New_York", "01:00", "01:30"),
            "2026-10-01T00:00Z",
            "01:00 and 01:30 come twice on 1 November 2026 in New York; the digest comes the first time.",
        ),
        (
            daily("Pacific/Apia", "08:00"),
            "2011-12-01T00:00Z",
            (
                "08:00 does not exist on 30 December 2011 in Apia; "
                "the digest comes at 00:00 on 31 December then."
            ),
        ),
        (daily("Europe/Berlin", "08:00"), "2026-03-01T00:00Z", None),
        (daily("Europe/Berlin", "02:30", weekdays=WEEKDAYS), "2026-03-01T00:00Z", None),
        (daily("Europe/Berlin"), "2026-03-01T00:00Z", None),
        (daily("Asia/Kolkata", "02:30"), "2026-03-01T00:00Z", None),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_explained(
    schedule: Schedule, near: str, told: str | None
) -> None:
    assert explain(schedule, at(near)) == told


def test_a_schedule_that_cannot_be_is_refused() -> None:
    zone = ZoneInfo("UTC")
    for times, days in (((time(8, 0, 1),), EVERY_DAY), ((time(8),), frozenset[int]()), ((), WEEKDAYS)):
        with pytest.raises(ValueError, match="schedule"):
            Schedule(zone, times, days)
    with pytest.raises(ValueError, match="zone"):
        next_slot(Schedule(zone), datetime(2026, 1, 1))  # noqa: DTZ001
