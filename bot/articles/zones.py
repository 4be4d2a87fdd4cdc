"""Names of time zones as articles write them."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Hours from UTC. Names that stand for more than one zone (IST, CST, AST) are left out on purpose.
_HOURS = {
    "z": 0.0,
    "utc": 0.0,
    "gmt": 0.0,
    "bst": 1.0,
    "wet": 0.0,
    "west": 1.0,
    "cet": 1.0,
    "cest": 2.0,
    "mez": 1.0,
    "mesz": 2.0,
    "eet": 2.0,
    "eest": 3.0,
    "msk": 3.0,
    "мск": 3.0,
    "jst": 9.0,
    "kst": 9.0,
    "hkt": 8.0,
    "sgt": 8.0,
    "aest": 10.0,
    "aedt": 11.0,
    "nzst": 12.0,
    "nzdt": 13.0,
    "est": -5.0,
    "edt": -4.0,
    "cdt": -5.0,
    "mst": -7.0,
    "mdt": -6.0,
    "pst": -8.0,
    "pdt": -7.0,
}
# American papers write "ET" all year round; the date decides which offset that is.
_PLACES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
NAMES = frozenset(_HOURS) | frozenset(_PLACES)


def zone(name: str, sign: str, hours: int, minutes: int, when: datetime) -> tzinfo | None:
    """Return the zone with this name and offset from it, as in "GMT", "+01:00" or "UTC+2".

    ``when`` decides about summer time. ``None`` where the name says nothing or the offset is none.
    """
    if sign:
        delta = timedelta(hours=hours, minutes=minutes)
        possible = (
            minutes < 60 and delta <= timedelta(hours=14) and name.casefold() in {"", "z", "utc", "gmt"}
        )
        return timezone(-delta if sign in "-\u2212" else delta) if possible else None
    known = _HOURS.get(name.casefold())
    if known is not None:
        return timezone(timedelta(hours=known)) if known else UTC
    return _of_place(name, when)


def _of_place(name: str, when: datetime) -> tzinfo | None:
    place = _PLACES.get(name.casefold())
    if place is None:
        return None
    try:
        offset = when.replace(tzinfo=ZoneInfo(place)).utcoffset()
    except ZoneInfoNotFoundError:  # a system without its own time zone data
        return None
    return timezone(offset) if offset is not None else None
