"""Whether a file is still the one that was opened."""

import os
from enum import Enum
from pathlib import Path


class Loss(Enum):
    """What became of a file under the program that has it open."""

    REMOVED = "removed"
    REPLACED = "replaced"


class Anchor:
    """Knows a file by its device and number.

    On Linux the file is held meanwhile: a network mount that makes up its numbers keeps the number of a file
    that is held. Elsewhere the file may pass for another one on such a mount.
    """

    def __init__(self, path: Path) -> None:
        """Hold the file at ``path``. Raises ``OSError``."""
        self._path = path
        self._descriptor: int | None = None
        if hasattr(os, "O_PATH"):
            # Any other descriptor that is closed would take SQLite's locks from this program.
            self._descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        self._first = path.stat()

    def loss(self) -> Loss | None:
        """Return what became of the file, or ``None`` if it is in its place or the disk does not answer."""
        try:
            now = self._path.stat()
        except FileNotFoundError:
            return Loss.REMOVED
        except OSError:
            return None
        return None if os.path.samestat(now, self._held()) else Loss.REPLACED

    def close(self) -> None:
        """Hold the file no longer."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _held(self) -> os.stat_result:
        if self._descriptor is not None:
            try:
                return os.fstat(self._descriptor)
            except OSError:  # a server that forgot the file says nothing of it
                pass
        return self._first
