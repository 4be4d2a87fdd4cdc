"""Refused files, as lines that Discord and a terminal can both show."""

from collections.abc import Sequence

from bot.render.text import counted, one_line
from storage.refusals import RefusedFile

NONE_REFUSED = "No file is refused."


def refused_lines(refused: Sequence[RefusedFile], total: int) -> list[str]:
    """Return the refused files with their reasons, the newest first; the others are counted."""
    if not refused:
        return [NONE_REFUSED]
    lines = [
        f"{one_line(file.path)} {file.seen_at:%Y-%m-%d %H:%M} UTC: {one_line(file.reason)}"
        for file in refused
    ]
    more = total - len(lines)
    return [*lines, f"and {more} more"] if more > 0 else lines


def dismissed_line(number: int) -> str:
    """Return how many refused files are listed no longer."""
    if not number:
        return NONE_REFUSED
    again = "Once it changes and is refused again, it is listed again."
    return f"Dismissed: {counted(number, 'refused file')}. {again}"
