"""What the program's processes hold, looked at again and again."""

from contextlib import suppress
from dataclasses import dataclass
from statistics import median

from tests.faults.endurance import megabytes
from tests.faults.program import Program

MOST_GROWTH = 20
"""Percent by which the median of the last third may be above that of the first."""


@dataclass(frozen=True, slots=True)
class Held:
    """Megabytes that the main process and the others have written to and share with none."""

    main: float
    workers: float


class Memory:
    """The looks at one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._looks: list[Held] = []

    def look(self) -> None:
        """Look now; a program that is just being started or killed is left out."""
        with suppress(OSError, StopIteration):
            pids = self._program.left()
            own = {pid: megabytes(pid, "Anonymous:") for pid in pids}
            main = own.pop(self._program.pid, None)
            if main is not None and own:
                self._looks.append(Held(main, sum(own.values())))

    def thirds(self) -> tuple[Held, Held] | None:
        """Return the medians of the first and the last third, or ``None`` where there were too few looks."""
        size = len(self._looks) // 3
        if not size:
            return None
        return _median(self._looks[:size]), _median(self._looks[-size:])

    @property
    def most(self) -> Held:
        """The most that was seen of each."""
        looks = self._looks or [Held(0, 0)]
        return Held(max(one.main for one in looks), max(one.workers for one in looks))

    @property
    def growth(self) -> float:
        """By how many percent the main process grew."""
        thirds = self.thirds()
        return 0.0 if thirds is None else 100 * (thirds[1].main / thirds[0].main - 1)


def _median(looks: list[Held]) -> Held:
    return Held(median(one.main for one in looks), median(one.workers for one in looks))
