"""The watched folder as the file system has it: what counts as a file of it, and reading one."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path, PurePath

from bot.news.names import is_foreign_file, is_foreign_folder, is_passed_over
from bot.news.saved_pages import is_saved_with_a_page


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands still once a file is written. It says nothing about what the file is."""

    size: int
    modified_ns: int
    changed_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file of the folder."""

    name: str
    """Its path from the folder, with ``/``; it may hold bytes that are not UTF-8 (as surrogates)."""
    signature: Signature

    @property
    def section(self) -> str | None:
        """The first subfolder on the way to it, if any."""
        parts = PurePath(self.name).parts
        return parts[0] if len(parts) > 1 else None


def real(path: Path, *, strict: bool = False) -> Path:
    """Return the path free of links, as a folder has to be that is looked through.

    With ``strict`` it raises ``OSError`` if nothing is there, or links lead round in a circle.
    """
    return Path(os.path.realpath(path, strict=strict))


def look(root: Path, name: str) -> FolderFile | None:
    """Return the file at this path as it is now, or ``None`` if no file of the folder is there.

    ``root`` is free of links. The name itself is not looked at.
    """
    return _look(root, name, _holds_files_of(root))


def look_at_each(root: Path, names: Iterable[str]) -> list[FolderFile | None]:
    """Return what ``look`` does for each of these paths, faster."""
    holds_files = _holds_files_of(root)
    return [_look(root, name, holds_files) for name in names]


def _holds_files_of(root: Path) -> Callable[[str], bool]:
    """Return what tells whether files of ``root`` lie in a folder; many files lie in few folders.

    None lie behind a linked folder, as they lie elsewhere, and none in the folder of a saved page.
    """

    @cache
    def holds_files(name: str) -> bool:
        folder = root / name
        if real(folder) != folder:
            return False
        way = takewhile(lambda one: one != root, (folder, *folder.parents))
        return not any(map(is_saved_with_a_page, way))

    return holds_files


def _look(root: Path, name: str, holds_files: Callable[[str], bool]) -> FolderFile | None:
    path = root / name
    try:
        status = path.lstat()
        if not holds_files(os.path.dirname(name)):  # noqa: PTH120 (asked for each file)
            return None
        if stat.S_ISLNK(status.st_mode):
            if not real(path).is_relative_to(root):
                return None
            status = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return FolderFile(name, Signature(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def look_at_all(root: Path, names: Iterable[str]) -> tuple[list[FolderFile], list[str]]:
    """Return which of these paths are files of the folder, and the names of those that are folders."""
    files, folders = [], []
    each = list(dict.fromkeys(names))
    for name, file in zip(each, look_at_each(root, each), strict=True):
        if file is not None:
            if not is_passed_over(name):
                files.append(file)
        elif (root / name).is_dir() and not (root / name).is_symlink():
            folders.append(name)
    return files, folders


def scan(root: Path) -> list[FolderFile]:
    """Return the files of the folder, the longest unchanged first.

    Links that lead out of it do not count, nor do linked folders: what they show lies elsewhere in it.
    Neither do files of other programs, and what a browser saved with a page.
    Raises ``OSError`` where the folder itself cannot be listed.
    """
    return sorted(each_file(root), key=by_age)


def each_file(root: Path) -> Iterator[FolderFile]:
    """Yield what ``scan`` returns, in no order, and without holding more than one at a time."""
    holds_files = _holds_files_of(root)
    for name in _names(root):
        file = _look(root, name, holds_files)
        if file is not None:
            yield file


def by_age(file: FolderFile) -> tuple[int, str]:
    """Return what puts files in the order in which they were last changed; it decides nothing else."""
    return file.signature.modified_ns, file.name


def _names(root: Path) -> Iterator[str]:
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    name = f"{folder}/{entry.name}" if folder else entry.name
                    if not entry.is_dir(follow_symlinks=False):
                        if not is_foreign_file(entry.name):
                            yield name
                    elif not is_foreign_folder(entry.name):
                        waiting.append(name)
        except OSError:  # it went away, or may not be read: the next scan looks again
            if not folder:
                raise


def too_large(limit: int) -> str:
    """Return the sentence that refuses a file of more than ``limit`` bytes."""
    return f"It is larger than {limit / 1_000_000:g} MB."


def read_whole(path: Path, limit: int) -> bytes | None:
    """Return the file's bytes, or ``None`` where there are more than ``limit``.

    Raises ``OSError`` where it is gone, may not be read, or is no ordinary file.
    """
    # Without O_NONBLOCK a pipe that took the file's name would hold the thread for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(f"not an ordinary file: {path.name!r}")
        if status.st_size > limit:
            return None
        data = file.read(limit + 1)
    return None if len(data) > limit else data
