"""Which files wait to stand still, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.news.folder import FolderFile, Signature
from bot.news.saved_pages import may_be_saved_with

WITH_A_PAGE = 15
"""Times as long does a folder wait that may have been saved with a page which has not come yet.

By default that is a quarter of a minute in which nothing of the folder changes. Browsers and copying programs
write the page within a second of the last of its files. Other sections of such a name get their posts later.
"""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file that has not stood still for long enough yet."""

    signature: Signature
    due: float
    companion: str | None
    """The folder that may have been saved with a page: the file waits for as long as the folder does."""


class Settling:
    """Keeps the files that were seen to change until they have stood still."""

    def __init__(self, settle_seconds: float, clock: Callable[[], float]) -> None:
        self._settle_seconds = settle_seconds
        self._clock = clock
        self._candidates: dict[str, _Candidate] = {}
        self._companions: dict[str, float] = {}
        """When the folders that may have been saved with a page are due."""

    def __len__(self) -> int:
        """Return how many files wait."""
        return len(self._candidates)

    @property
    def ready(self) -> int:
        """How many files stand still."""
        return len(self.due())

    def due(self) -> list[tuple[str, Signature]]:
        """Return the files that stand still, in the order in which they changed."""
        now = self._clock()
        return [(name, one.signature) for name, one in self._candidates.items() if self._due(one) <= now]

    def first_due(self) -> float | None:
        """Return when the next file will have stood still; ``None`` if none waits."""
        return min(map(self._due, self._candidates.values()), default=None)

    def add(self, file: FolderFile) -> bool:
        """Wait for a file, or for longer if it has changed; return whether it is new or has changed."""
        known = self._candidates.get(file.name)
        if known is not None and known.signature == file.signature:
            return False
        now = self._clock()
        companion = may_be_saved_with(file.name)
        if companion is not None:
            self._companions[companion] = now + WITH_A_PAGE * self._settle_seconds
        self._candidates[file.name] = _Candidate(file.signature, now + self._settle_seconds, companion)
        return True

    def remove(self, name: str) -> None:
        """Wait for a file no longer."""
        self._candidates.pop(name, None)
        if not self._candidates:
            self._companions.clear()

    def clear(self) -> None:
        """Wait for no file."""
        self._candidates.clear()
        self._companions.clear()

    def _due(self, one: _Candidate) -> float:
        return one.due if one.companion is None else max(one.due, self._companions[one.companion])
