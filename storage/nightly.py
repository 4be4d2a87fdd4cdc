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

_PARTIAL = re.compile(r"-(?P<kind>backup|before)-[0-9-]{4,40}\.[^.]{1,20}\.part(?:-journal)?")
"""What follows the history's name in that of a copy that is not whole, or of its journal."""


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

    What a killed program left of an earlier one is removed first: it is as large as a backup. Raises
    ``NoRoom``, and what ``back_up`` raises.
    """
    target = history.with_name(f"{history.stem}-backup-{day}{history.suffix}")
    if target.exists():
        return None
    needed = history.stat().st_size + MARGIN
    free = shutil.disk_usage(history.parent).free
    if free < needed:
        raise NoRoom(needed, free)
    for path in partial_copies(history, "backup"):
        path.unlink(missing_ok=True)
    back_up(history, target, look)
    return target


def remove_old(history: Path, day: date, kept: int) -> int:
    """Remove every backup that was made ``kept`` days before this day or earlier; return how many it were.

    A backup of a day to come goes too: it was made while the clock was ahead, and would stay for longer than
    was promised. The backup of that day stays. What cannot be removed stays too.
    """
    removed = 0
    for made, path in nightly_backups(history).items():
        if made > day or (made != day and day - made >= timedelta(days=kept)):
            with suppress(OSError):
                path.unlink()
                removed += 1
    return removed


def has_copies(history: Path) -> bool:
    """Return whether any nightly backup, or any copy from before an update, lies beside the history."""
    return bool(nightly_backups(history) or copies_before_changes(history))


def forget_backups(history: Path) -> list[Path]:
    """Remove every nightly backup and every copy from before an update; return them. Raises ``OSError``.

    One that is being made meanwhile is removed too, so that it does not get done.
    """
    copies = [*nightly_backups(history).values(), *copies_before_changes(history)]
    found = [*partial_copies(history, "backup", "before"), *copies]
    for path in found:
        path.unlink(missing_ok=True)
    return found


def partial_copies(history: Path, *kinds: str) -> list[Path]:
    """Return the copies beside the history that are not whole: being made, or left by a killed program.

    The kinds are ``backup`` for those of a night, ``before`` for those from before an update.
    """
    begin = f".{history.stem}"
    found = []
    for path in history.parent.iterdir():
        if path.name.startswith(begin):
            name = _PARTIAL.fullmatch(path.name.removeprefix(begin))
            if name is not None and name["kind"] in kinds and path.is_file():
                found.append(path)
    return found
