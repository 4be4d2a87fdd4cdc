"""What the C library does with memory: of GNU's with what is freed, of any with the environment."""

import gc
import os
import sys
from contextlib import suppress

_TRIM_THRESHOLD, _ARENA_MAX = -1, -8  # M_TRIM_THRESHOLD and M_ARENA_MAX, malloc.h
_MOST_KEPT = 8 * 1024 * 1024
"""Bytes. A worker that has read a hundred articles takes 40 MB less so, and no more processor time."""


def keep_little() -> None:
    """Have all threads take memory from one place, and keep little of what is freed there.

    To be called before there are any. Else each thread gets a place of its own, which is given back only as a
    whole; Python lets one thread run at a time, so that sharing costs them nothing. And after it has freed a
    large table, the library keeps twice as much of what is freed later for itself.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 (not needed elsewhere)

    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
        ctypes.CDLL(None).mallopt(_TRIM_THRESHOLD, _MOST_KEPT)


def give_back() -> None:
    """Give back to the system what is not needed any more, also between what is."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 (not needed elsewhere)

    gc.collect()
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def forget_variable(name: str) -> None:
    """Remove a variable from the environment: no process that is started later has it.

    On Linux its value is also overwritten where the system shows with what environment this process was
    started (``/proc/PID/environ``), which every process of the same user may read.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 (not needed elsewhere)

        library = ctypes.CDLL(None)
        library.getenv.restype = ctypes.c_void_p
        place = library.getenv(os.fsencode(name))
        if place:
            ctypes.memset(place, 0, len(ctypes.string_at(place)))
    os.environ.pop(name, None)
