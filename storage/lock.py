"""One program at a time posts from a history."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.private import mode_for, tighten


class Locked(Exception):
    """Another program holds the history. Its text is that program's process id, if it is known."""


@contextmanager
def only_one(history: Path) -> Iterator[None]:
    """Hold the history for this program. Raises ``Locked`` where another one holds it.

    The lock lies on a file beside it and is the operating system's: it ends with the process, however
    that ends, so that no stale lock keeps anybody out.
    """
    path = history.with_name(f"{history.name}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = mode_for(history)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, mode)
    tighten(path, mode)  # it may be an earlier version's
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked(file.read().strip() or "unknown") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
