"""The backups that lie beside a history, one of each night."""

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from storage.backup import back_up, copies_before_changes, go_on

MARGIN: Final = 64_000_000
"""Bytes that stay free on the disk beside a backup: the history goes on growing."""

_NIGHTLY = re.compile(r"-backup-(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")


class NoRoom(Exception):
    """The disk has too little room for a backup."""

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(needed, free)
        self.needed = needed
        """Bytes."""
        self.free = free


def nightly_backups(history: Path) -> dict[date, Path]:
    """Return the nightly backups beside the history, the newest first."""
    found = {}
    for path in history.parent.iterdir():
        if path.suffix != history.suffix or not path.stem.startswith(history.stem):
            continue
        name = _NIGHTLY.fullmatch(path.stem.removeprefix(history.stem))
        with suppress(ValueError):  # it looks like a day, and is none
            if name is not None and path.is_file():
                found[date.fromisoformat(name["day"])] = path
    return dict(sorted(found.items(), reverse=True))


def back_up_nightly(history: Path, day: date, look: Callable[[], None] = go_on) -> Path | None:
    """Make the backup of a day, and return its path; ``None`` if there is one already.

    Raises ``NoRoom``, and what ``back_up`` raises.
    """
    target = history.with_name(f"{history.stem}-backup-{day}{history.suffix}")
    if target.exists():
        return None
    needed = history.stat().st_size + MARGIN
    free = shutil.disk_usage(history.parent).free
    if free < needed:
        raise NoRoom(needed, free)
    back_up(history, target, look)
    return target


def remove_old(history: Path, day: date, kept: int) -> int:
    """Remove what is more than ``kept`` backups, or older than so many days; return how many it were.

    The backup of that day stays. What cannot be removed stays too.
    """
    removed = 0
    for number, (made, path) in enumerate(nightly_backups(history).items()):
        if made != day and (number >= kept or day - made > timedelta(days=kept)):
            with suppress(OSError):
                path.unlink()
                removed += 1
    return removed


def has_copies(history: Path) -> bool:
    """Return whether any nightly backup, or any copy from before an update, lies beside the history."""
    return bool(nightly_backups(history) or copies_before_changes(history))


def forget_backups(history: Path) -> list[Path]:
    """Remove every nightly backup and every copy from before an update; return them. Raises ``OSError``."""
    found = [*nightly_backups(history).values(), *copies_before_changes(history)]
    for path in found:
        path.unlink()
    return found
