"""py3langid's model in 18 MB instead of 70: the same numbers, with each repetition kept once.

Its two tables are mostly repetition. Four of five weights are the least that their language has, and of the
runs of 16 next states one in eleven is like no other.
"""

# py3langid has no types.
# mypy: allow-untyped-calls

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from struct import iter_unpack

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

_RUN = 16
_HIGH = bytes(byte // _RUN for byte in range(256))
_LOW = bytes(byte % _RUN for byte in range(256))

# What stands in a text is nearly always known to more languages than these. Such rows are kept whole: that
# takes 2 MB, and putting them together would take as long again as all the rest.
_FEW = 40


class CompactIdentifier(LanguageIdentifier):
    """Answers as py3langid does, from the smaller tables."""

    __slots__ = ("_moves",)

    def __init__(self) -> None:
        """Load the model; it takes most of a second, and 130 MB for that long."""
        weights, prior, classes, next_states, rows, features = load_model(MODEL_DIR / MODEL_FILE)
        self._moves = Moves(next_states, rows, features)
        super().__init__(Weights(weights), prior, classes, (), (), norm_probs=True, tk_row=())

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return each language and how sure it is, the surest first."""
        ranked: list[tuple[str, float]] = super().rank(text)
        return ranked

    def _raw_score(self, text: bytes) -> NDArray[np.float32]:
        seen = self._moves.seen(text)
        if not seen:
            return np.zeros(len(self.nb_classes), dtype=np.float32)
        score: NDArray[np.float32] = self._sparse_score(seen, self.nb_ptc)
        return score


class Moves:
    """What the automaton does: which state a byte leads to, and which feature is seen there."""

    def __init__(self, next_states: array[int], rows: Iterable[int], features: Iterable[int]) -> None:
        """Take 256 next states a row, the row of each state, and the feature of each (or -1)."""
        number: defaultdict[bytes, int] = defaultdict()
        number.default_factory = number.__len__
        runs = (number[run] for (run,) in iter_unpack(f"{_RUN * next_states.itemsize}s", next_states))
        # All are places in the next table rather than numbers: that saves work at each byte.
        self._runs = array("I", (run * _RUN for run in runs))
        self._next = array(next_states.typecode, b"".join(number))
        self._row = array("I", (row * (256 // _RUN) for row in rows))
        self._feature = array("i", features)
        number.default_factory = None  # it refers to itself, and would stay until the next collection

    def seen(self, text: bytes) -> Counter[int]:
        """Return which features are seen in a text, and how often."""
        runs, after, row = self._runs, self._next, self._row
        state = 0
        states = [
            state := after[runs[row[state] + high] + low]
            for high, low in zip(text.translate(_HIGH), text.translate(_LOW), strict=True)
        ]
        found = Counter(map(self._feature.__getitem__, states))
        del found[-1]
        return found


class Weights:
    """A table with a row for each feature and a column for each language."""

    def __init__(self, table: NDArray[np.float16]) -> None:
        """Take the whole table."""
        least = table.min(axis=0)
        above = table != least
        common = np.count_nonzero(above, axis=1) > _FEW
        self._whole = np.concatenate((least[np.newaxis], table[common]))
        self._base = np.zeros(len(table), dtype=np.uint32)
        self._base[common] = np.arange(1, len(self._whole))
        above[common] = False
        self._columns = np.nonzero(above)[1].astype(np.min_scalar_type(table.shape[1]))
        self._values = table[above]
        self._counts = np.count_nonzero(above, axis=1).astype(np.uint8)  # at most _FEW
        self._ends = np.cumsum(self._counts, dtype=np.int32)

    def __getitem__(self, rows: NDArray[np.intp]) -> NDArray[np.float16]:
        """Return these rows as they stood in the table."""
        found = self._whole[self._base[rows]]
        counts = self._counts[rows]
        ends = np.cumsum(counts, dtype=np.intp)
        places = np.arange(ends[-1]) + np.repeat(self._ends[rows] - ends, counts)
        found[np.repeat(np.arange(len(rows)), counts), self._columns[places]] = self._values[places]
        return found
