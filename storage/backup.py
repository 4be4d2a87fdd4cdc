"""Consistent copies of a history, also of one that a running bot writes to."""

import itertools
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from storage.private import make_file, mode_for

PAGES_AT_ONCE = 1024
"""Copied between two looks at whether to go on: about 8 MB."""

COPIES_KEPT = 3
"""Copies that were made before an update: the ways back over the last three."""

_COPY = re.compile(
    r"-before-(?:[0-9]{4}-(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:-(?P<time>[0-9]{6})(?:-(?P<number>[0-9]+))?)?"
    r"|0[0-9]{3})"
)
"""What follows the history's name in that of a copy before an update; the last form is the old one."""


def go_on() -> None:
    """Go on with a copy until it is whole."""


def back_up(history: Path, target: Path, look: Callable[[], None] = go_on) -> None:
    """Write a consistent copy of the history to ``target``, which is there whole or not at all.

    Those may read it who may read the history. ``look`` is called again and again meanwhile; what it raises
    ends the copy. Raises ``FileNotFoundError`` if there is no history, ``FileExistsError`` if something is at
    the target already, ``OSError`` and ``sqlite3.Error`` if it cannot be written.

    The copy is of one moment: a transaction that reads is open all the time. Without it SQLite begins anew at
    each commit of another connection: of 1 GB with a commit every half second nothing was done after 60 s,
    and with it all of it after 3 s.
    """
    if not history.is_file():
        raise FileNotFoundError(f"there is no history at {history}")
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    partial = target.with_name(f".{target.name}.part")
    partial.unlink(missing_ok=True)  # a killed program's
    try:
        make_file(partial, mode_for(history))
        with (
            closing(_reader(history)) as source,
            closing(sqlite3.connect(partial)) as copy,
        ):
            source.execute("BEGIN")
            source.execute("SELECT 1 FROM sqlite_master").fetchone()  # now the transaction has its moment
            source.backup(copy, pages=PAGES_AT_ONCE, progress=lambda *_: look())
        _write_through(partial)
        partial.rename(target)
        _write_through(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def copy_before_change(history: Path, version: str, now: datetime) -> Path:
    """Copy a history whose tables are about to change to this version, and return the copy's path.

    The copy lies beside the history and has the date in its name, so that it never stands in for an older
    one. Of the older ones, the newest two are kept. Raises what ``back_up`` raises.
    """
    target = _free_name(history, version, now)
    back_up(history, target)
    older = [path for path in copies_before_changes(history) if path != target]
    for path in older[COPIES_KEPT - 1 :]:
        with suppress(OSError):  # a copy too many is no reason to give up the update
            path.unlink()
    return target


def copies_before_changes(history: Path) -> list[Path]:
    """Return the copies that updates left beside the history, the newest first.

    Their names tell the order: the times of files are changed by whoever copies a folder.
    """
    found = []
    for path in history.parent.iterdir():
        if path.suffix == history.suffix and path.stem.startswith(history.stem) and path.is_file():
            name = _COPY.fullmatch(path.stem.removeprefix(history.stem))
            if name is not None:
                found.append(((name["day"] or "", name["time"] or "", int(name["number"] or 0)), path))
    return [path for _, path in sorted(found, reverse=True)]


def newest_backup(history: Path) -> Path | None:
    """Return the newest other database in the history's folder, or ``None``."""
    found = [
        path
        for path in history.parent.iterdir()
        if path.suffix in {".db", history.suffix}
        and path != history
        and not path.name.startswith(".")  # a copy that is not whole
        and _is_database(path)
    ]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _reader(history: Path) -> sqlite3.Connection:
    address = f"{history.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def _free_name(history: Path, version: str, now: datetime) -> Path:
    """Return a path that nothing lies at: with the day, else with the time too, else also with a number."""
    begin, time = f"{history.stem}-before-{version}-{now:%Y-%m-%d}", f"{now:%H%M%S}"
    ends = itertools.chain(("", f"-{time}"), (f"-{time}-{number}" for number in itertools.count(2)))
    names = (history.with_name(f"{begin}{end}{history.suffix}") for end in ends)
    return next(path for path in names if not path.exists())


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError:  # a folder, or a file that only others may read
        return False


def _write_through(path: Path) -> None:
    """Have the disk hold what was written, before anybody is told that it does."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
