"""Schedules and times of day as people type them."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import GazetteError
from bot.news.times.schedule_text import BadSchedule, parse, parse_time
from bot.news.times.schedules import Schedule

ZONE = ZoneInfo("Europe/Berlin")
clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
schedules = st.one_of(
    st.just(Schedule(ZONE)),
    st.builds(
        Schedule,
        st.just(ZONE),
        st.lists(clock_times, min_size=1, max_size=24).map(tuple),
        st.frozensets(st.integers(0, 6), min_size=1),
    ),
)


def parsed(typed: str) -> Schedule | str:
    try:
        return parse(typed, ZONE)
    except GazetteError as error:
        return str(error)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("hourly", "hourly"),
        ("Every hour", "hourly"),
        ("8:00", "daily 08:00"),
        ("8", "daily 08:00"),
        ("0830", "daily 08:30"),
        ("18:30 8.00,8h", "daily 08:00, 18:30"),
        ("every day at 8:00 and 18:30", "daily 08:00, 18:30"),
        ("weekdays 8:00", "weekdays 08:00"),
        ("MON-FRI 8 am, 6 P.M.", "weekdays 08:00, 18:00"),
        ("Sat/Sun 10", "weekends 10:00"),
        ("mon 9:00", "mon 09:00"),
        ("mon,thu 07:30 18:00", "mon, thu 07:30, 18:00"),
        ("thurs & tues; 8 a.m.", "tue, thu 08:00"),
        ("8am on Mondays", "mon 08:00"),
        ("weekly Mon: 8:00", "mon 08:00"),
        ("fri – mon noon", "mon, fri, sat, sun 12:00"),
        ("12am 12pm midnight", "daily 00:00, 12:00"),
        ("\uff18\uff1a\uff10\uff10", "daily 08:00"),
        ("mon tue wed thu fri sat sun 8:00", "daily 08:00"),
    ],
)
def test_people_type_schedules_in_many_ways(typed: str, text: str) -> None:
    assert parse(typed, ZONE).text() == text


@given(schedules)
def test_a_schedule_is_read_back_from_its_text(schedule: Schedule) -> None:
    assert parse(schedule.text(), ZONE) == schedule
    assert len(schedule.text()) <= 200


@given(schedules)
def test_case_and_separators_do_not_matter(schedule: Schedule) -> None:
    few = Schedule(ZONE, schedule.times[:9], schedule.weekdays)  # however it is typed, it is not too long
    typed = few.text()
    for separator in (" ", ", ", " / ", ";", "\n"):
        loose = typed.replace(", ", separator).replace(" ", "  ")
        assert parse(loose.upper(), ZONE) == few


@given(st.text(max_size=220) | st.text(alphabet="mon tue0128:.,-apm hourly", max_size=60))
def test_whatever_is_typed_is_a_schedule_or_a_sentence_with_an_example(typed: str) -> None:
    read = parsed(typed)
    if isinstance(read, Schedule):
        assert parse(read.text(), ZONE) == read
    else:
        assert "type, for example, “" in read
        assert "\n" not in read
        assert len(read) < 200


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "A time of day is missing"),
        ("mon", "A time of day is missing"),
        ("hourly mon", "An hourly schedule takes no days and no times"),
        ("25:00", "“25:00” is no time of day, as a day goes from 00:00 to 23:59"),
        ("8:60", "“8:60” is no time of day, as a day goes from 00:00 to 23:59"),
        ("13 pm", "“13pm” is no time of day, as pm goes with 1 to 12"),
        ("mon 9:00 fri 18:00", "All days of a schedule share the same times"),
        ("weekly 8:00", "A weekly schedule needs one day of the week"),
        ("tomorrow 8:00", "“tomorrow” is no day and no time of day"),
        ("8:00:00", "“8:00:00” is no time of day"),
        ("t 8:00", "“t” is no day and no time of day"),
        (" ".join(f"{n % 24}:{n}" for n in range(10, 35)), "A day takes at most 24 times"),
        ("8:00 " * 50, "A schedule has at most 200 characters"),
    ],
)
def test_what_is_no_schedule_is_explained_in_one_sentence(typed: str, reason: str) -> None:
    with pytest.raises(BadSchedule) as refused:
        parse(typed, ZONE)
    example = "mon 9:00" if "weekly" in typed else "weekdays 8:00, 18:30"
    assert str(refused.value) == f"{reason}: type, for example, “{example}”."


def test_the_example_that_errors_show_is_one() -> None:
    assert parse("weekdays 8:00, 18:30", ZONE).text() == "weekdays 08:00, 18:30"


@given(clock_times)
def test_a_time_alone_is_read_with_24_hours_and_with_12(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == at
    assert parse_time(f"{at.hour % 12 or 12}:{at:%M} {'PM' if at.hour >= 12 else 'a.m.'}") == at


@pytest.mark.parametrize("typed", ["", "mon", "8:00 9:00", "24", "soon"])
def test_what_is_no_time_is_explained(typed: str) -> None:
    with pytest.raises(BadSchedule, match="type, for example, “22:00”"):
        parse_time(typed)
