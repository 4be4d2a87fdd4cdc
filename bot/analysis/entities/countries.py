"""The names that countries go by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from bot.analysis.entities.names import fold

_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two-letter codes in CLDR that are unions, test data or "unknown"."""

_ALIASES = {
    "AE": ("United Arab Emirates", "UAE"),
    "BA": ("Bosnia and Herzegovina", "Bosnia-Herzegovina", "Bosnia"),
    "BS": ("Bahamas",),
    "CD": ("Democratic Republic of the Congo", "Democratic Republic of Congo", "DR Congo", "DRC"),
    "CG": ("Republic of the Congo", "Congo-Brazzaville"),
    "CI": ("Ivory Coast", "Côte d'Ivoire"),
    "CN": ("China", "People's Republic of China", "PRC", "Mainland China"),
    "CV": ("Cape Verde", "Cabo Verde"),
    "CZ": ("Czech Republic", "Czechia"),
    "GB": ("United Kingdom", "UK", "Britain", "Great Britain"),
    "HK": ("Hong Kong",),
    "IE": ("Ireland", "Republic of Ireland"),
    "KP": ("North Korea", "DPRK"),
    "KR": ("South Korea", "Republic of Korea"),
    "MK": ("North Macedonia", "Macedonia"),
    "MM": ("Myanmar", "Burma"),
    "MO": ("Macao", "Macau"),
    "NL": ("Netherlands", "Holland"),
    "NZ": ("New Zealand", "NZ"),
    "PS": ("Palestine", "Palestinian Territories"),
    "RU": ("Russia", "Russian Federation"),
    "SZ": ("Eswatini", "Swaziland"),
    "TL": ("East Timor", "Timor-Leste"),
    "TR": ("Turkey", "Türkiye"),
    "US": ("United States", "United States of America", "US", "USA", "America"),
    "VA": ("Vatican", "Vatican City", "Holy See"),
}
"""What English news call countries, also where CLDR has another name. The first is the one that is shown.
"Korea" and "Congo" are left out: each may be either of two."""

_SHORT_EVERYWHERE = {"us": "US", "usa": "US", "uk": "GB"}
"""Forms that stand in news of every language."""


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries in one language."""

    codes: Mapping[str, str]
    """Folded name → ISO 3166-1 alpha-2."""
    names: Mapping[str, str]
    """ISO 3166-1 alpha-2 → the name that is shown."""

    def code(self, name: str) -> str | None:
        """Return the country that goes by ``name``, however it is spelt; ``None`` where none does."""
        return self.codes.get(fold(name))


@cache
def countries(language: str) -> Countries:
    """Return the countries as ``language`` (ISO 639-1) names them; in English where CLDR does not know it.

    The names are CLDR's territories, which babel brings along.
    """
    names = _territories(language)
    codes = {fold(name): code for code, name in names.items()} | _SHORT_EVERYWHERE
    if language == "en":
        codes |= {fold(alias): code for code, aliases in _ALIASES.items() for alias in aliases}
        names |= {code: aliases[0] for code, aliases in _ALIASES.items()}
    return Countries(codes=codes, names=names)


def _territories(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return {
        code: name
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
