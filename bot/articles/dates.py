"""Dates as people and machines write them, and lines that are nothing but a date.

A day and a month that could be exchanged (03/04/2024) give no date: unknown is better than wrong.
"""

# ruff: noqa: RUF001 - the letters of other scripts are meant

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import IntEnum

from bot.articles import month_names, zones
from bot.articles.text import vocabulary

_LONGEST = 120
_FIRST_YEAR, _LAST_YEAR = 1700, 2100
_MILLISECONDS = 100_000_000_000  # as seconds this is the year 5138

_ZONE = r"(?:\s?\(?([^\W\d_]{1,4})\b)?(?:\s?([+\u2212-])(\d{1,2})(?::?(\d{2}))?(?!\d))?"
_TIME = re.compile(
    r"(?<![\d.])(\d{1,2})(?:\s?(?::|h|時|时|点|시)\s?(\d{1,2})(?::\s?(\d{2})(?:[.,]\d{1,9})?)?分?"
    r"|(?:\.(\d{2}))?(?=\s?(?:[ap]\.?m|uhr|gmt|utc|bst|cet|cest|est|edt)\b))"
    r"\s?([ap]\.?m\b\.?)?" + _ZONE,
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\s?[日일]?(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|[.ºª])?[\s-]*(?:of |de )?([^\W\d_]{3,12})[.,]?"
    r"[\s-]*(?:de |del )?(\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"([^\W\d_]{3,12})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4})(?!\d)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")

_FIRST_PUT_OUT = vocabulary(
    """
    published posted created first veröffentlicht erstellt publié publicado publicada pubblicato
    gepubliceerd publicerad publisert udgivet julkaistu opublikowano publikováno опубликовано
    опубліковано yayınlanma 发布 发布时间 发布于 發布 發布時間 公開 掲載 등록 입력 نشر
    """
)
_CHANGED = vocabulary(
    """
    updated modified edited aktualisiert stand actualisé actualizado actualizada atualizado aggiornato
    bijgewerkt uppdaterad oppdatert opdateret päivitetty zaktualizowano aktualizováno обновлено оновлено
    güncellenme güncelleme 更新 更新时间 更新於 更新日 수정 تحديث
    """
)
_FILLERS = vocabulary(
    """
    t on at of the last date time publication um uhr am vom le à la de del el las a los em às alle ore
    op om in kl klo il den der г года в o clock hrs hours h mis jour monday tuesday wednesday thursday
    friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    """
)


class Says(IntEnum):
    """What a line says about its date; the higher it is, the more it is the day of publication."""

    CHANGED = 0
    NOTHING = 1
    PUBLISHED = 2


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date and what its line says about it."""

    when: date
    says: Says


def parse_date(text: str) -> date | None:
    """Return the date that the text is, or ``None`` if it is anything else or could be two dates.

    An aware ``datetime`` where a time and a zone are given, else a plain ``date``.
    """
    stamp = date_line(text)
    return stamp.when if stamp else None


def from_epoch(number: float) -> date | None:
    """Return the moment so many seconds, or milliseconds, after 1970 began, or ``None`` out of range."""
    seconds = number / 1000 if abs(number) >= _MILLISECONDS else number
    try:
        when = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    # A small number is a count of something else.
    return when if 1990 <= when.year <= _LAST_YEAR else None


def date_line(line: str) -> Stamp | None:
    """Return the date of a line that is nothing but a date, a time, a weekday and a label for them."""
    line = line.strip()
    if not line or len(line) > _LONGEST or not any(map(str.isdigit, line)):
        return None
    if compact := _COMPACT.fullmatch(line):
        when = _compact(compact)
        return Stamp(when, Says.NOTHING) if when else None
    clock = _TIME.search(line)
    rest = line[: clock.start()] + " " + line[clock.end() :] if clock else line
    day, rest = _take_day(rest)
    if day is None:
        return None
    rest = _drop_more(rest)
    left = [word.casefold() for word in _WORD.findall(rest)]
    if not all(map(_is_filler, left)):
        return None
    return Stamp(_with_time(day, clock) if clock else day, _says(left))


def _compact(match: re.Match[str]) -> date | None:
    day = _date(match[1], match[2], match[3])
    if day is None or match[4] is None:
        return day
    return _at(day, int(match[4]), int(match[5]), int(match[6]), UTC)


def _take_day(text: str) -> tuple[date | None, str]:
    """Return the first day written in the text, and the text without it."""
    if match := _YEAR_FIRST.search(text):
        return _date(match[1], match[2], match[3]), _without(text, match)
    if match := _YEAR_LAST.search(text):
        return _numeric(match), _without(text, match)
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        for match in pattern.finditer(text):
            number = month_names.month(match[month])
            if number:
                return _date(match[3], str(number), match[day]), _without(text, match)
    return None, text


def _drop_more(text: str) -> str:
    """Return the text without a second date and time, as in "…, updated 10 Feb. 2024, 9:15 am"."""
    clock = _TIME.search(text)
    text = _without(text, clock) if clock else text
    return _take_day(text)[1]


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :]


def _numeric(match: re.Match[str]) -> date | None:
    first, second = int(match[1]), int(match[3])
    # With dots the day stands first everywhere; with slashes or hyphens it depends on the country.
    if match[2] == "." or first > 12 or first == second:
        return _date(match[4], match[3], match[1])
    return _date(match[4], match[1], match[3]) if second > 12 else None


def _date(year: str, month: str, day: str) -> date | None:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _with_time(day: date, clock: re.Match[str]) -> date:
    hour, minute, second = int(clock[1]), int(clock[2] or clock[4] or 0), int(clock[3] or 0)
    half = (clock[5] or "").casefold()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return day
    naive = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - its zone is found next
    found = zones.zone(clock[6] or "", clock[7] or "", int(clock[8] or 0), int(clock[9] or 0), naive)
    return naive.replace(tzinfo=found) if found else day


def _at(day: date, hour: int, minute: int, second: int, zone: tzinfo) -> date:
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return day


def _is_filler(word: str) -> bool:
    return (
        word in _FILLERS
        or word in _FIRST_PUT_OUT
        or word in _CHANGED
        or word in zones.NAMES
        or month_names.is_weekday(word)
    )


def _says(left: list[str]) -> Says:
    for word in left:
        if word in _FIRST_PUT_OUT:
            return Says.PUBLISHED
        if word in _CHANGED:
            return Says.CHANGED
    return Says.NOTHING
