"""One program at a time posts from a history."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.private import mode_for, tighten


class Locked(Exception):
    """Another program holds the history. Its text is that program's process id, if it is known."""


TRIES = 10
PAUSE = 0.05
"""Seconds between two tries: whoever asks whether the history is held, holds it for a moment."""


def is_held(history: Path) -> bool:
    """Return whether a program holds the history now; one that was killed holds nothing.

    If this user may not look, one is taken to hold it.
    """
    path = history.with_name(f"{history.name}.lock")
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        return not isinstance(error, FileNotFoundError)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return isinstance(error, BlockingIOError)
    finally:
        os.close(descriptor)
    return False


def _try_again(descriptor: int, holder: str) -> None:
    for _ in range(TRIES):
        time.sleep(PAUSE)
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
    raise Locked(holder or "unknown")


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
            _try_again(descriptor, file.read().strip())
            file.seek(0)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
