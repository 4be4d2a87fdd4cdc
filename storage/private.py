"""Who may read the history and the files beside it: nobody but their owner, whatever the umask says."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNER, GROUP, OTHERS = 0o600, 0o060, 0o007


def mode_for(history: Path) -> int:
    """Return the mode of the history and of the files beside it.

    It is 0600, and what an operator gave to a group. A file that others may read as well was made with the
    usual umask: then nobody chose that a group may read it.
    """
    try:
        mode = stat.S_IMODE(history.stat().st_mode)
    except OSError:
        return OWNER
    return OWNER if mode & OTHERS else OWNER | mode & GROUP


def make_file(path: Path, mode: int) -> None:
    """Make an empty file that has this mode from its first moment on. Raises ``OSError`` if one is there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER)
    try:
        _change(descriptor, mode)
    finally:
        os.close(descriptor)


def tighten(path: Path, mode: int) -> None:
    """Take every right from the file that this mode does not give, if it is there."""
    with suppress(OSError):
        now = stat.S_IMODE(path.stat().st_mode)
        if now & ~mode:
            _change(path, now & mode)


def tighten_history(history: Path) -> None:
    """Close the history and its journal to others, as far as this program may."""
    mode = mode_for(history)
    # The history last: its own mode tells what is meant.
    for end in ("-wal", "-shm", ""):
        tighten(history.with_name(f"{history.name}{end}"), mode)


def _change(file: int | Path, mode: int) -> None:
    # Somebody else's file, and some file systems, do not take it. The history can be used all the same.
    with suppress(OSError):
        os.chmod(file, mode)  # noqa: PTH101 (also for a descriptor)
