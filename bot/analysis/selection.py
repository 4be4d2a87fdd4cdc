"""From rated sentences to a summary: which of them, with what they lean on, and none twice."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.analysis.standalone import Standing

NEAR_EQUAL = 0.7
"""Cosine above which two sentences tell the same."""


@dataclass(frozen=True, slots=True)
class Vector:
    """How often each word stands in a sentence, and how long that makes it as a vector."""

    counts: Counter[str]
    length: float

    @classmethod
    def of(cls, words: Iterable[str]) -> "Vector":
        """Return the vector of these words."""
        counts = Counter(words)
        return cls(counts, math.sqrt(sum(count * count for count in counts.values())))

    def cosine(self, other: "Vector") -> float:
        """Return how much both share, from 0 to 1; 0 where one has no words."""
        shared = sum(
            count * other.counts[word] for word, count in self.counts.items() if word in other.counts
        )
        return shared / (self.length * other.length) if shared else 0.0


def groups(standings: Sequence[Standing]) -> list[tuple[int, ...]]:
    """Return for each sentence what must be shown with it: itself, and back to one that stands alone.

    Empty where it may not be shown: for itself, for one that it leans on, or as nothing stands before it.
    """
    found: list[tuple[int, ...]] = []
    for place, standing in enumerate(standings):
        if standing is Standing.ALONE:
            found.append((place,))
        elif standing is Standing.LEANS and place and found[-1]:
            found.append((*found[-1], place))
        else:
            found.append(())
    return found


def choose(
    ratings: Sequence[float],
    group_of: Sequence[tuple[int, ...]],
    likeness: Callable[[int, int], float],
    count: int,
) -> list[int]:
    """Return the places of at most ``count`` sentences, in order.

    The best rated come in first, each with its whole group or not at all. A sentence that is nearly equal to
    a chosen one, by what ``likeness`` says of their places, stays out together with those that lean on it.
    """
    chosen: list[int] = []
    for place in sorted(range(len(ratings)), key=lambda place: -ratings[place]):
        wanted = [member for member in group_of[place] if member not in chosen]
        if not wanted or len(chosen) + len(wanted) > count:
            continue
        together = [*chosen, *wanted]
        if not any(likeness(one, other) > NEAR_EQUAL for one in wanted for other in together if one != other):
            chosen = together
    return sorted(chosen)
