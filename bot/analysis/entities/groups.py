"""Which names of organisations and places mean the same one."""

from collections.abc import Iterable, Mapping

from bot.analysis.entities.countries import Countries
from bot.analysis.entities.names import initials, is_acronym

_PREPOSITIONS = frozenset({"for", "of", "at", "in", "on"})
_LONGEST_COUNTRY = 3
"""Words that a country's name may have before an organisation's: "United Arab Emirates"."""


class Same:
    """Sets of names that mean the same (a disjoint-set forest)."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def root(self, name: str) -> str:
        """Return the name that stands for everything joined with ``name``."""
        while (parent := self._parents.get(name, name)) != name:
            self._parents[name] = self._parents.get(parent, parent)
            name = parent
        return name

    def join(self, name: str, other: str) -> None:
        """Let ``name`` and ``other`` mean the same; the root of ``name`` is the root of both."""
        self._parents[self.root(other)] = self.root(name)


def same_groups(forms: Mapping[str, Iterable[str]], countries: Countries) -> Same:
    """Return which folded names of organisations and places mean the same.

    ``forms`` says how each is written in the text. Joined are "ECB" with "European Central Bank", "Navy
    Board" with "US Navy Board", and "Nobel Foundation" with "Nobel Foundation of Stockholm"; the longer one
    is the root.
    """
    same = Same()
    _join_acronyms(forms, same)
    for name in forms:
        for shorter in (_without_country(name, countries), *_before_prepositions(name)):
            if shorter in forms:
                same.join(name, shorter)
    return same


def _join_acronyms(forms: Mapping[str, Iterable[str]], same: Same) -> None:
    long_forms: dict[str, str] = {}
    for name, written in forms.items():
        for form in written:
            for letters in initials(form):
                long_forms.setdefault(letters, name)
    for name, written in forms.items():
        if name in long_forms and any(is_acronym(form) for form in written):
            same.join(long_forms[name], name)


def _without_country(name: str, countries: Countries) -> str:
    """Return what follows the country that ``name`` begins with, where that is several words; else ""."""
    words = name.split(" ")
    for count in range(1, min(_LONGEST_COUNTRY, len(words) - 2) + 1):
        if countries.code(" ".join(words[:count])):
            return " ".join(words[count:])
    return ""


def _before_prepositions(name: str) -> list[str]:
    """Return what stands before "for", "of" and the like in ``name``, where that is several words."""
    words = name.split(" ")
    return [" ".join(words[:i]) for i in range(2, len(words) - 1) if words[i] in _PREPOSITIONS]
