"""What the C library does with memory, where it is GNU's; elsewhere these do nothing."""

import gc
import sys
from contextlib import suppress

_ARENA_MAX = -8  # M_ARENA_MAX, malloc.h


def keep_to_one_arena() -> None:
    """Have all threads take memory from one place; to be called before there are any.

    Else each thread gets a place of its own, which is given back only as a whole. Python lets one thread run
    at a time, so that sharing costs them nothing.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 (not needed elsewhere)

    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give back to the system what is not needed any more.

    After it has freed a large table, the C library keeps as much of what is freed later for itself.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 (not needed elsewhere)

    gc.collect()
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
