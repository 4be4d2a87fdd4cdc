"""Time zones by the names that people know: cities, countries, and what a clock is called in the news."""

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.articles.text import label
from bot.errors import GazetteError

SHOWN = 25
"""As many choices as Discord shows."""
TYPED_AT_MOST = 100
"""Characters; what is longer names no zone."""
_COMMON = (
    "UTC Europe/London Europe/Lisbon Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Warsaw "
    "Europe/Athens Europe/Istanbul Africa/Lagos Africa/Johannesburg Asia/Dubai Asia/Kolkata Asia/Singapore "
    "Asia/Shanghai Asia/Tokyo Australia/Sydney Pacific/Auckland America/Sao_Paulo America/New_York "
    "America/Chicago America/Denver America/Los_Angeles America/Mexico_City"
).split()
# What Americans and the British call their clocks; the database has "EST" as an old name of Panama.
_CLOCKS = {
    "utc": "UTC",
    "gmt": "UTC",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "ct": "America/Chicago",
    "cdt": "America/Chicago",
    "mt": "America/Denver",
    "mdt": "America/Denver",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "bst": "Europe/London",
}
# What people look for first, and the database does not have.
_ALSO = {
    "America/Anchorage": "usa",
    "America/Chicago": "usa houston dallas",
    "America/Denver": "usa salt lake city",
    "America/Los_Angeles": "usa san francisco seattle",
    "America/New_York": "usa washington boston philadelphia miami atlanta",
    "America/Phoenix": "usa",
    "America/Sao_Paulo": "rio de janeiro brasilia",
    "America/Toronto": "ottawa montreal",
    "Asia/Kolkata": "mumbai bombay new delhi bangalore bengaluru chennai hyderabad",
    "Asia/Shanghai": "beijing shenzhen guangzhou",
    "Australia/Sydney": "canberra",
    "Europe/Berlin": "munich hamburg frankfurt cologne",
    "Europe/London": "uk united kingdom great britain england manchester",
    "Europe/Madrid": "barcelona",
    "Europe/Rome": "milan",
    "Europe/Zurich": "geneva",
    "Pacific/Honolulu": "usa",
}
_CLOSE = 0.7


class UnknownZone(GazetteError):
    """What was typed names no time zone. The sentence says what does."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One zone as it is looked for: everything folded but the name."""

    name: str
    whole: str
    city: str
    country: str
    code: str
    """The country's two letters."""
    note: str
    """Which part of the country it is, the old names of the zone, other cities."""

    def rank(self, typed: str) -> int | None:
        """Return how well this is what was typed, 0 the best, or ``None``."""
        tests = (
            typed in {self.city, self.whole},
            typed in {self.country, self.code},
            self.city.startswith(typed),
            f" {typed}" in f" {self.city}",
            self.country.startswith(typed),
            f"{self.note} ".startswith(f"{typed} "),
            self.whole.startswith(typed),
            f" {typed}" in f" {self.note}",
            f" {typed}" in f" {self.country}",
            typed in self.whole,
        )
        return tests.index(True) if any(tests) else None


def zones(typed: str) -> list[str]:
    """Return up to 25 names of zones for what has been typed so far, the likeliest first.

    Cities, countries, parts of a large country, names such as "PST" and old names ("Calcutta") all find the
    zone under its present name. With nothing typed, a choice from around the world.
    """
    wanted = folded(typed)
    if not wanted:
        return list(_COMMON)
    if len(typed) > TYPED_AT_MOST:
        return []
    ranked = [(rank, place.name) for place in _places() if (rank := place.rank(wanted)) is not None]
    # Within a rank the zones that most people live in, then the database's order: a country's largest first.
    names = [name for _, name in sorted(ranked, key=lambda found: (found[0], found[1] not in _COMMON))]
    exact = _exact(wanted)
    return list(dict.fromkeys([exact, *names] if exact else names))[:SHOWN]


def zone_named(typed: str) -> ZoneInfo:
    """Return the zone with this name, in any case; a zone's old name, a city and "PST" will do.

    Raises ``UnknownZone`` with a sentence that names the nearest ones. Reads the zone's file the first time.
    """
    wanted = folded(typed)
    if name := _exact(wanted):
        return ZoneInfo(name)
    shown = label(typed)[:40]
    near = zones(typed)[:3] if wanted else []
    if not near:
        cities = {place.city: place.name for place in _places()}
        likest = get_close_matches(wanted.rpartition("/")[2][:40], cities, 3, _CLOSE)
        near = [cities[city] for city in likest]
    meant = f"did you mean {_or(near)}?" if near else "type a large city or a country, for example Berlin."
    raise UnknownZone(f"“{shown}” is no time zone: {meant}" if shown else f"No time zone is named: {meant}")


def title_of(zone: ZoneInfo) -> str:
    """Return what people call the zone: the city, as in "Buenos Aires"."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def folded(text: str) -> str:
    """Return the text as zones are compared: small letters without accents, blanks for underscores."""
    apart = unicodedata.normalize("NFKD", text[:TYPED_AT_MOST].casefold())
    kept = "".join(" " if c in "_-" else c for c in apart if not unicodedata.combining(c))
    return " ".join(kept.split())


def _or(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _exact(wanted: str) -> str | None:
    """Return the zone's present name, where this is the whole of one of its names."""
    return _CLOCKS.get(wanted) or _names().get(wanted)


@cache
def _places() -> tuple[_Place, ...]:
    """Return the zones that people live in; read from the package tzdata, about 30 KB, once."""
    countries = dict(line.split("\t")[:2] for line in _lines("zoneinfo/iso3166.tab"))
    old: dict[str, list[str]] = {}
    for alias, name in _aliases().items():
        old.setdefault(name, []).append(_city(alias))
    found = [_Place("UTC", "utc", "utc", "", "", "universal gmt greenwich zulu")]
    for line in _lines("zoneinfo/zone.tab"):
        code, _, name, *notes = line.split("\t")
        note = folded(" ".join([*notes, *old.get(name, ()), _ALSO.get(name, "")]).replace("(", " "))
        found.append(_Place(name, folded(name), _city(name), folded(countries[code]), code.casefold(), note))
    return tuple(found)


@cache
def _names() -> dict[str, str]:
    """Return the present name for every name that a zone has or had, and for its city alone, folded."""
    present = {place.name for place in _places()}
    aliases = _aliases()
    names = {place.city: place.name for place in _places()}
    for name in (name for name in _lines("zones") if name != "Factory"):
        now = name if name in present else aliases.get(name, name)
        names[folded(name)] = "UTC" if now in {"Etc/UTC", "Etc/GMT"} else now
    return names


@cache
def _aliases() -> dict[str, str]:
    links = (line.split() for line in _lines("zoneinfo/tzdata.zi") if line.startswith("L "))
    return {alias: name for _, name, alias in links}


def _city(name: str) -> str:
    return folded(name.rpartition("/")[2])


def _lines(name: str) -> list[str]:
    text = files("tzdata").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
