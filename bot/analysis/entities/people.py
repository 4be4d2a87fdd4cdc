"""Which full name a surname stands for."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum

from bot.analysis.entities.names import SMALL_WORDS

_LONGEST_FULL_NAME = 6
"""Words. Longer ones are lists that the model took for one person; the cost grows with the square."""


class _Part(IntEnum):
    """Which part of a full name a short form is, the likeliest first."""

    END = 0
    """Surnames: "Putin"."""
    BOTH_ENDS = 1
    """Without middle names and initials: "Gabriel Márquez"."""
    BEGINNING = 2
    """First names, and surnames where they come first: "Xi"."""
    MIDDLE = 3
    """The first of two surnames: "García"."""


class FullNames:
    """The persons whose full name stands in a text, found again by a part of it.

    Takes, for every full name in its folded form, the places where it stands, in order.
    """

    def __init__(self, places: Mapping[str, Sequence[int]]) -> None:
        parts = {name: list(_parts(name)) for name in places}
        within_another = {part for found in parts.values() for part, _ in found}
        self._owners: dict[tuple[str, _Part], list[tuple[int, str]]] = defaultdict(list)
        for name in places:
            if name not in within_another:
                for part, which in parts[name]:
                    self._owners[part, which].extend((place, name) for place in places[name])
        for owners in self._owners.values():
            owners.sort()

    def of(self, part: str, place: int) -> str | None:
        """Return the full name, folded, that ``part`` means at ``place``; ``None`` if none has this part.

        It is the nearest one before, or if none is before (a surname in the first line), the first after.
        """
        for which in _Part:
            owners = self._owners.get((part, which))
            if owners:
                before = bisect_right(owners, place, key=lambda owner: owner[0])
                return owners[max(before - 1, 0)][1]
        return None


def _parts(name: str) -> Iterator[tuple[str, _Part]]:
    """Yield the shorter forms of ``name``: its first and last word, and every run of words in it."""
    words = name.split(" ")
    count = len(words)
    if count > _LONGEST_FULL_NAME:
        return
    if count > 2:
        yield f"{words[0]} {words[-1]}", _Part.BOTH_ENDS
    for first in range(count):
        for behind in range(first + 1, count + 1):
            part = " ".join(words[first:behind])
            if behind - first < count and part not in SMALL_WORDS:
                yield part, _Part.END if behind == count else _Part.BEGINNING if first == 0 else _Part.MIDDLE
