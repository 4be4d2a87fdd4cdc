"""Quiet hours begin and end when the clock on the wall says so."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.times.quiet import QuietHours

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def quiet(start: str, end: str, zone: str = "Europe/Berlin") -> QuietHours:
    return QuietHours(time.fromisoformat(start), time.fromisoformat(end), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("hours", "now", "end"),
    [
        (quiet("13:00", "15:00"), "2026-06-01T12:59:59+02:00", None),
        (quiet("13:00", "15:00"), "2026-06-01T13:00+02:00", "2026-06-01T15:00+02:00"),
        (quiet("13:00", "15:00"), "2026-06-01T15:00+02:00", None),
        (quiet("22:00", "07:00"), "2026-06-01T23:00+02:00", "2026-06-02T07:00+02:00"),
        (quiet("22:00", "07:00"), "2026-06-02T06:59+02:00", "2026-06-02T07:00+02:00"),
        (quiet("22:00", "07:00"), "2026-06-02T07:00+02:00", None),
        # The night of summer time is an hour shorter, that of winter time an hour longer.
        (quiet("22:00", "07:00"), "2026-03-28T22:00+01:00", "2026-03-29T07:00+02:00"),
        (quiet("22:00", "07:00"), "2026-10-24T22:00+02:00", "2026-10-25T07:00+01:00"),
        # An end that does not exist is the jump; one that comes twice is the first.
        (quiet("22:00", "02:30"), "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00"),
        (quiet("22:00", "02:30"), "2026-10-25T02:00+02:00", "2026-10-25T02:30+02:00"),
        (quiet("22:00", "02:30"), "2026-10-25T02:15+01:00", None),
        (quiet("02:15", "02:45"), "2026-03-29T03:00+02:00", None),
        # All day but half an hour, which this day does not have.
        (quiet("02:30", "02:00"), "2026-03-28T12:00+01:00", "2026-03-30T02:00+02:00"),
        # The clock goes back from 00:01 to 23:01: midnight has been already.
        (quiet("00:00", "06:00", "America/St_Johns"), "2006-10-28T23:30-03:30", "2006-10-29T06:00-03:30"),
        (quiet("22:00", "22:00"), "2026-06-01T22:00+02:00", None),
        (quiet("00:00", "00:00"), "2026-06-01T22:00+02:00", None),
    ],
)
def test_it_is_quiet_from_one_time_to_the_other(hours: QuietHours, now: str, end: str | None) -> None:
    assert hours.holds(at(now)) is (end is not None)
    assert hours.ends(at(now)) == at(end or now)


clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))
zones = st.sampled_from(
    [
        BERLIN,
        *map(ZoneInfo, ("America/St_Johns", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia", "UTC")),
    ]
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
# The nights on which these zones' clocks change, as well as any other time.
changing = st.builds(
    lambda night, ahead: night + ahead,
    st.sampled_from(
        [at("2026-03-28T18:00Z"), at("2026-10-24T18:00Z"), at("2006-10-28T20:00Z"), at("2011-12-30T06:00Z")]
    ),
    st.timedeltas(timedelta(0), timedelta(hours=12)),
)


@given(clock_times, clock_times, zones, moments | changing)
def test_it_ends_at_the_first_moment_that_is_not_quiet(
    start: time, end: time, zone: ZoneInfo, now: datetime
) -> None:
    hours = QuietHours(start, end, zone)
    ends = hours.ends(now)
    assert not hours.holds(ends)
    assert (ends > now) is hours.holds(now)
    if ends > now:
        assert hours.holds(ends - datetime.resolution)
        assert hours.ends(now + (ends - now) / 2) == ends
        assert ends - now <= timedelta(hours=50)


@given(clock_times, clock_times, st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Asia/Kolkata")]), moments)
def test_where_the_clock_never_changes_the_time_of_day_alone_decides(
    start: time, end: time, zone: ZoneInfo, now: datetime
) -> None:
    shown = now.astimezone(zone).time()
    inside = start <= shown < end if start <= end else shown >= start or shown < end
    assert QuietHours(start, end, zone).holds(now) is inside
