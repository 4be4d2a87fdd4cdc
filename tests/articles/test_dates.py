# ruff: noqa: RUF001 - the letters of other scripts are meant

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.dates import Says, date_line, from_epoch, parse_date

DAY = date(2024, 2, 9)


def at(hour: int, minute: int, offset: float) -> datetime:
    return datetime(2024, 2, 9, hour, minute, tzinfo=timezone(timedelta(hours=offset)))


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-09",
        "20240209",
        "2024/02/09",
        "2024-02-09 14:05:00",
        "2024-02-09T14:05",
        "Feb. 9, 2024",
        "February 9, 2024",
        "February 9th, 2024",
        "9 February 2024",
        "9th of February 2024",
        "09-Feb-2024",
        "Friday, February 9, 2024",
        "Fri Feb  9 14:05:00 2024",
        "9. Februar 2024, 14:05 Uhr",
        "09.02.2024",
        "vendredi 9 février 2024 à 14h05",
        "9 de febrero de 2024",
        "9 февраля 2024 г.",
        "2024年2月9日 14:05",
        "2024년 2월 9일",
        "٩ فبراير ٢٠٢٤",
    ],
)
def test_a_day_without_a_zone_is_a_plain_date(text: str) -> None:
    found = parse_date(text)
    assert found == DAY
    assert not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2024-02-09T14:05:00Z", at(14, 5, 0)),
        ("20240209T140500Z", at(14, 5, 0)),
        ("2024-02-09T14:05:00.123+01:00", at(14, 5, 1)),
        ("2024-02-09 14:05 -0530", at(14, 5, -5.5)),
        ("Fri, 09 Feb 2024 14:05:00 +0100", at(14, 5, 1)),
        ("Fri, 09 Feb 2024 14:05:00 GMT", at(14, 5, 0)),
        ("Fri Feb 09 2024 14:05:00 GMT+0100 (CET)", at(14, 5, 1)),
        ("Published: 9 Feb 2024, 14:05 GMT", at(14, 5, 0)),
        ("Fri 9 Feb 2024 14.05 GMT", at(14, 5, 0)),
        ("Feb. 9, 2024 2:05 p.m. EST", at(14, 5, -5)),
        ("Feb. 9, 2024 12:05 am ET", at(0, 5, -5)),
        ("9 Feb 2024 - 2pm CET", at(14, 0, 1)),
    ],
)
def test_a_time_with_a_zone_is_an_aware_moment(text: str, when: datetime) -> None:
    found = parse_date(text)
    assert found == when
    assert isinstance(found, datetime)
    assert found.utcoffset() == when.utcoffset()


def test_a_zone_with_two_meanings_gives_the_day_alone() -> None:
    assert parse_date("9 Feb 2024 14:05 IST") is None or not isinstance(
        parse_date("9 Feb 2024 14:05 IST"), datetime
    )


@pytest.mark.parametrize("text", ["13/04/2024", "04/13/2024"])
def test_a_number_over_twelve_tells_the_day_from_the_month(text: str) -> None:
    assert parse_date(text) == date(2024, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2024",
        "3-4-2024",
        "31 February 2024",
        "February 2024",
        "Feb 9",
        "2024",
        "14:05",
        "9 Feb 2567",
        "yesterday",
        "",
        "On 9 February 2024 the mayor resigned",
        "9 February 2024: a day to remember",
        "9 Febtober 2024",
    ],
)
def test_what_could_be_two_dates_or_none_is_unknown(text: str) -> None:
    assert parse_date(text) is None


def test_a_line_says_whether_it_dates_the_article_or_a_change() -> None:
    lines = ["Published 9 Feb 2024", "9 Feb 2024", "Last updated: 9 Feb 2024"]
    assert [stamp.says for stamp in map(date_line, lines) if stamp] == [
        Says.PUBLISHED,
        Says.NOTHING,
        Says.CHANGED,
    ]


def test_the_first_of_two_dates_in_a_line_counts() -> None:
    assert parse_date("Published 9 Feb 2024, updated 10 Feb 2024 9:15 am") == DAY


def test_seconds_and_milliseconds_since_1970_are_moments() -> None:
    assert from_epoch(1707487500) == from_epoch(1707487500000) == datetime(2024, 2, 9, 14, 5, tzinfo=UTC)
    assert from_epoch(42) is None
    assert from_epoch(float("inf")) is None


@given(
    st.dates(date(1800, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day


@given(st.datetimes(datetime(1800, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_moment_in_iso_8601_is_read_back_to_the_second(when: datetime) -> None:
    assert parse_date(when.isoformat()) == when.replace(microsecond=0)


@given(st.text(max_size=130))
def test_any_line_is_a_date_or_none(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), date)
