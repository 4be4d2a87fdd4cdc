"""Schedules and times of day as people type them."""

import re
import unicodedata
from datetime import time
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.articles.text import label
from bot.errors import GazetteError
from bot.news.times.schedules import EVERY_DAY, WEEKDAYS, WEEKENDS, Schedule

TYPED_AT_MOST = 200
"""Characters; a schedule for every day with 24 times takes 160."""
TIMES_AT_MOST = 24
_SHOWN = 40
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SETS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "weekday": WEEKDAYS,
    "weekdays": WEEKDAYS,
    "weekend": WEEKENDS,
    "weekends": WEEKENDS,
}
_NAMED_TIMES = {"noon": time(12), "midnight": time(0)}
_HOURLY = frozenset({"hourly", "hour", "hours"})
_FILLERS = frozenset({"", "at", "on", "and", "every", "each", "day", "days", "the", "all", "weekly", "week"})
# Both are matched against one word of a text of at most 200 characters.
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?h?([ap]m)?")
_FIGURES = re.compile(r"([0-9]{2})([0-9]{2})")
_SEPARATORS = re.compile(r"[\s,;/&+]+")
_HALF = re.compile(r"(?<=[0-9])\s?([ap])\.?m\b\.?")
_DASH = re.compile(r"\s?[-–—]\s?")


class BadSchedule(GazetteError):
    """What was typed is no schedule or no time of day. The sentence says why and shows one that is."""


def parse(text: str, zone: ZoneInfo) -> Schedule:
    """Return the schedule that a person typed: "hourly", "8:00, 18:30", "weekdays 8am", "mon,thu 07:30".

    Raises ``BadSchedule``. ``parse(schedule.text(), schedule.zone)`` is the schedule again.
    """
    words = _words(text)
    meant = [word for word in words if word not in _FILLERS]
    if any(word in _HOURLY for word in meant):
        if any(word not in _HOURLY for word in meant):
            raise _wrong("An hourly schedule takes no days and no times")
        return Schedule(zone)
    days: set[int] = set()
    times: set[time] = set()
    kinds = []
    for word in meant:
        named = _days(word)
        days.update(named)
        if not named:
            times.add(_time(word))
        kinds.append(bool(named))
    order = [kind for kind, _ in groupby(kinds)]
    if not times:
        raise _wrong("A time of day is missing")
    if len(order) > 2:
        raise _wrong("All days of a schedule share the same times")
    if "weekly" in words and len(days) != 1:
        raise _wrong("A weekly schedule needs one day of the week", "mon 9:00")
    if len(times) > TIMES_AT_MOST:
        raise _wrong(f"A day takes at most {TIMES_AT_MOST} times")
    return Schedule(zone, tuple(times), frozenset(days) or EVERY_DAY)


def parse_time(text: str) -> time:
    """Return the time of day that a person typed: "22:00", "10 pm", "7". Raises ``BadSchedule``."""
    words = [word for word in _words(text) if word not in _FILLERS]
    if len(words) != 1:
        raise _wrong(f"“{_shown(text)}” is no time of day" if words else "A time of day is missing", "22:00")
    return _time(words[0], "22:00")


def _words(text: str) -> list[str]:
    if len(text) > TYPED_AT_MOST:
        raise _wrong(f"A schedule has at most {TYPED_AT_MOST} characters")
    # One blank at most between two words, so that the patterns stay simple.
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    plain = _DASH.sub("-", _HALF.sub(r"\1m ", plain))
    return [word.strip(".:") for word in _SEPARATORS.split(plain)]


def _days(word: str) -> frozenset[int]:
    """Return the days that the word names: a day, a set of days, or from one to another; else none."""
    if word in _SETS:
        return _SETS[word]
    first, dash, last = word.partition("-")
    start, end = _day(first), _day(last) if dash else _day(first)
    if start is None or end is None:
        return frozenset()
    return frozenset((start + ahead) % 7 for ahead in range((end - start) % 7 + 1))


def _day(word: str) -> int | None:
    for number, full in enumerate(_FULL_DAYS):
        if len(word) > 1 and (
            full.startswith(word) or (len(word) > 3 and full.startswith(word.removesuffix("s")))
        ):
            return number
    return None


def _time(word: str, example: str | None = None) -> time:
    if word in _NAMED_TIMES:
        return _NAMED_TIMES[word]
    match = _TIME.fullmatch(word) or _FIGURES.fullmatch(word)
    if match is None:
        kind = "time of day" if example or word[:1].isdigit() else "day and no time of day"
        raise _wrong(f"“{_shown(word)}” is no {kind}", example)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3] if match.re is _TIME else None
    if half and not 1 <= hour <= 12:
        raise _wrong(f"“{_shown(word)}” is no time of day, as {half} goes with 1 to 12", example)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise _wrong(f"“{_shown(word)}” is no time of day, as a day goes from 00:00 to 23:59", example)
    return time(hour, minute)


def _shown(typed: str) -> str:
    line = label(typed)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _wrong(what: str, example: str | None = None) -> BadSchedule:
    shown = example or "weekdays 8:00, 18:30"
    return BadSchedule(f"{what}: type, for example, “{shown}”.")
