"""What was refused: the files that operators are shown, told of, and may dismiss."""

import asyncio
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from bot.clock import Clock
from bot.errors import NotFound
from bot.news import folder
from bot.news.names import is_passed_over
from bot.render.text import escape, one_line
from storage import refusals
from storage.database import Database, finished
from storage.refusals import RefusedFile

LOOKED_AT = 5000
"""The newest refused files are looked for in the folder when somebody asks; older ones are only counted."""

NOT_REFUSED = "No file at that path was refused. `/inbox failed` lists those that were."


class Refusals:
    """Lists refused files from the history, without those that the folder no longer holds."""

    def __init__(self, database: Database, inbox: Path, clock: Clock) -> None:
        self._database = database
        self._inbox = inbox
        self._clock = clock

    async def listed(self) -> tuple[list[RefusedFile], int]:
        """Return the refused files, the newest first, and how many there are in all."""
        async with self._database.read() as connection:
            found = await refusals.listed(connection, LOOKED_AT)
            total = len(found) if len(found) < LOOKED_AT else await refusals.count(connection)
        there = await asyncio.to_thread(_still_there, self._inbox, found)
        return there, total - len(found) + len(there)

    async def paths(self) -> list[str]:
        """Return the paths of the refused files."""
        return [one.path for one in (await self.listed())[0]]

    async def dismiss(self, path: str | None = None, *, key: str | None = None) -> int:
        """List the refused file at this path, or with this key, no longer, or none of them; return how many.

        Each is listed again once it has changed and is refused again. Raises ``NotFound`` if the file that
        is named is not listed.
        """
        listed = [path] if path is not None else await self.paths()
        at = [one for one in listed if key in (None, key_of(one))]
        number = await finished(self._dismiss(at))
        if (path is not None or key is not None) and not number:
            raise NotFound(NOT_REFUSED)
        return number

    async def _dismiss(self, at: Sequence[str]) -> int:
        async with self._database.write() as connection:
            return await refusals.dismiss(connection, at, self._clock())


def key_of(path: str) -> str:
    """Return what stands for a path where that would be too long: 32 hexadecimal digits."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]


def overwritten(name: str, reason: str) -> tuple[str, str]:
    """Return the cause and the sentence that tell operators of a file that held an article before."""
    cause = f"refused {key_of(name)}"
    shown = escape(one_line(name))
    return cause, f"{shown} was read before and is now refused: {escape(reason)} Its post stays as it was."


def _still_there(inbox: Path, found: list[RefusedFile]) -> list[RefusedFile]:
    """Return those that can be read: a file that is gone, or passed over by now, cannot be mended."""
    root = folder.real(inbox)
    if not root.is_dir():
        return found  # nothing can be said while the folder is away
    within = [one.path for one in found if not os.path.isabs(one.path)]  # noqa: PTH117
    looked_at = folder.look_at_each(root, within)
    there = {name for name, file in zip(within, looked_at, strict=True) if file and not is_passed_over(name)}
    return [one for one in found if one.path in there or _lies_elsewhere(one.path)]


def _lies_elsewhere(path: str) -> bool:
    """Return whether a file is there that was imported from another folder."""
    return os.path.isabs(path) and Path(path).is_file()  # noqa: PTH117 (asked for each file)
