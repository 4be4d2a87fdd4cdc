"""Lists of lines that fit into one message: shortened first, then left out as whole lines."""

from collections.abc import Callable, Sequence

from bot.render.text import length

MORE_ROOM = 20
"""Kept for "and 99999 more"."""


def shortened(lines: Callable[[int], list[str]], sizes: Sequence[int], limit: int) -> list[str]:
    """Return the lines made with the first of the sizes with which all fit, else with the last."""
    made: list[str] = []
    for size in sizes:
        made = lines(size)
        if sum(length(line) + 1 for line in made) <= limit - MORE_ROOM:
            break
    return made


def fitting(lines: Sequence[str], limit: int, total: int | None = None) -> list[str]:
    """Return as many lines as fit, and how many of all are left out."""
    shown: list[str] = []
    room = limit - MORE_ROOM
    for line in lines:
        room -= length(line) + 1
        if room < 0:
            break
        shown.append(line)
    more = (len(lines) if total is None else total) - len(shown)
    return [*shown, f"and {more} more"] if more else shown
