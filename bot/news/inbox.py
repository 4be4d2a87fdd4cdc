"""Which files are ready: the system's events, a rescan beside them, and a wait until a file stands still."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from itertools import batched
from pathlib import Path

from watchfiles import Change, awatch

from bot.news import folder
from bot.news.folder import FolderFile, Signature
from bot.news.names import may_hold_files
from bot.news.operators import Tell, tell_nobody
from bot.news.settling import Settling

log = logging.getLogger(__name__)

DEBOUNCE_MS = 100
"""Events are gathered this long: long enough for one burst, short against the settling."""

LOOKED_AT_ONCE = 100
"""Files that are looked at in one turn before they are handed over."""

LOOK_LASTS = 1
"""Seconds after which a file that was seen to stand still has to be looked at again."""

type Identity = tuple[Path, int, int]
"""Where a folder really is, its device and its number there."""

Watch = Callable[[Path, asyncio.Event], AsyncIterator[Iterable[str]]]
"""Yields the paths that changed below a folder, until the event is set or the folder is gone from there.

Raises ``OSError``.
"""


async def watch_folder(root: Path, stop: asyncio.Event) -> AsyncIterator[Iterable[str]]:
    """Yield the paths that the operating system says have changed."""
    changes = awatch(
        root,
        watch_filter=None,
        debounce=DEBOUNCE_MS,
        step=20,
        rust_timeout=1000,
        stop_event=stop,
        ignore_permission_denied=True,
    )
    try:
        async with aclosing(changes):
            async for batch in changes:
                yield [path for _, path in batch]
                if (Change.deleted, str(root)) in batch:
                    return  # no more is told: what is there now is another folder, maybe with its number
    except ExceptionGroup as group:  # it cannot tell of a name that is no UTF-8, and watches no longer
        raise OSError(f"the watch broke: {group.exceptions[0]}") from group


class Inbox:
    """Hands over each file of a folder once it stands still, and again when it changed since.

    System events never come on some network file systems and container mounts, so that a rescan finds
    every file as well; the events only make it sooner.
    """

    def __init__(
        self,
        root: Path,
        *,
        settle_seconds: float,
        rescan_seconds: float,
        watch: Watch = watch_folder,
        clock: Callable[[], float] = time.monotonic,
        tell: Tell = tell_nobody,
    ) -> None:
        self._named = root.absolute()
        self.root = folder.real(root)
        """Where the folder really is: its name may be a link, and may be another one tomorrow."""
        self._rescan_seconds = rescan_seconds
        self._watch_folder = watch
        self._clock = clock
        self._tell_operators = tell
        self._settling = Settling(settle_seconds, clock)
        self._handed_over: dict[str, int] = {}
        """The hash of each file's signature: it takes 30 bytes, a signature 190, and there are many files."""
        self._changed = asyncio.Event()
        self._rescan_now = asyncio.Event()
        self._watch_stop = asyncio.Event()
        self._identity: Identity | None = None
        """Of the folder that is watched."""
        self._seen: Identity | None = None
        """Of the folder that was there last."""
        self._scanning = False
        self._events_missed = False
        self._told: str | None = None
        self.idle = asyncio.Event()
        """Set while no file of the folder waits to stand still; unset until the first scan is over."""

    async def run(self, hand_over: Callable[[FolderFile], Awaitable[None]]) -> None:
        """Watch until cancelled, and await ``hand_over`` with each file that is ready, in order."""
        self.idle.clear()
        self._handed_over.clear()  # a stop may have come between two files: offer them all again
        self._settling.clear()
        self._identity = None
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._scan_again_and_again())
                tasks.create_task(self._follow_events())
                tasks.create_task(self._settle(hand_over))
        finally:
            self._watch_stop.set()

    @property
    def waiting(self) -> int:
        """How many files wait to stand still."""
        return len(self._settling)

    @property
    def ready(self) -> int:
        """How many files stand still and wait to be handed over."""
        return self._settling.ready

    def offer_again(self, name: str) -> None:
        """Have the next rescan offer this file once more: it could not be read."""
        self._handed_over.pop(name, None)

    def rescan(self) -> None:
        """Look at the whole folder now."""
        self.idle.clear()
        self._rescan_now.set()

    async def _scan_again_and_again(self) -> None:
        while True:
            self._rescan_now.clear()
            self._scanning = True
            await self._scan()
            self._scanning = False
            self._changed.set()
            try:
                async with asyncio.timeout(self._rescan_seconds):
                    await self._rescan_now.wait()
            except TimeoutError:
                continue

    async def _scan(self) -> None:
        try:
            identity = await asyncio.to_thread(self._identify)
            self.root = identity[0]
            found, gone = await asyncio.to_thread(self._look_through, set(self._handed_over))
        except OSError as error:
            problem = (
                f"the folder {self._named} cannot be read ({error.strerror}); waiting for it to come back"
            )
            if problem != self._told:
                self._tell(problem)
                await self._tell_operators("folder", f"New articles wait: {problem}.")
            self._identity = None
            self._settling.clear()
        else:
            self._tell(None)
            self._look_anew(identity)
            for name in gone:
                self._handed_over.pop(name, None)
            for file in found:
                self._consider(file)

    def _identify(self) -> Identity:
        """Return which folder has the name now. Raises ``OSError`` if none has."""
        root = folder.real(self._named, strict=True)
        status = root.stat()
        return root, status.st_dev, status.st_ino

    def _look_through(self, known: set[str]) -> tuple[list[FolderFile], set[str]]:
        """Return the files to consider, and which of the known names are gone.

        A folder may hold very many files: nothing is kept of those that were handed over as they are.
        """
        found = []
        for file in folder.each_file(self.root):
            known.discard(file.name)
            if self._handed_over.get(file.name) != hash(file.signature):
                found.append(file)
        return sorted(found, key=folder.by_age), known

    def _look_anew(self, identity: Identity) -> None:
        """Watch anew where another folder has taken the place of the one that was watched."""
        if identity == self._identity:
            return
        if self._seen not in {None, identity}:
            log.warning(
                "the folder %s is another one now, %s: it is watched from now on",
                self._named,
                identity[0],
                extra={"folder": self._named},
            )
        self._identity = self._seen = identity
        self._watch_stop.set()

    async def _follow_events(self) -> None:
        while True:
            await self._watch_stop.wait()
            self._watch_stop.clear()
            root = self.root  # its events have its name, also once another folder has come in its place
            try:
                async for paths in self._watch_folder(root, self._watch_stop):
                    await self._notice(root, paths)
            except (OSError, RuntimeError) as error:  # watchfiles raises the second where its own part fails
                if not self._events_missed:
                    log.warning("no events from %s (%s): the rescan finds new files", root, error)
                self._events_missed = True
                self._identity = None  # the next scan tries to watch again
            else:
                self._events_missed = False
                if not self._watch_stop.is_set():
                    self._identity = None
                    self.rescan()

    async def _notice(self, root: Path, paths: Iterable[str]) -> None:
        names = [os.path.relpath(path, root) for path in paths]  # noqa: ASYNC240 (it touches no disk)
        names = [name for name in names if may_hold_files(name)]
        files, folders = await asyncio.to_thread(folder.look_at_all, root, names)
        if root != self.root:
            return
        for file in sorted(files, key=folder.by_age):  # events of one moment come in no order
            self._consider(file)
        if folders:
            self.rescan()  # a whole folder came in at once: its files need not have events
        self._changed.set()

    def _consider(self, file: FolderFile) -> None:
        if self._handed_over.get(file.name) == hash(file.signature):
            return
        if self._settling.add(file):
            self.idle.clear()

    async def _settle(self, hand_over: Callable[[FolderFile], Awaitable[None]]) -> None:
        while True:
            await self._until_due()
            self._changed.clear()
            for some in batched(self._settling.due(), LOOKED_AT_ONCE):
                if not await self._hand_over_if_still(some, hand_over):
                    break
            if not (self._settling or self._scanning or self._rescan_now.is_set()):
                self.idle.set()

    async def _until_due(self) -> None:
        """Wait until the first candidate is due, or something has changed."""
        first = self._settling.first_due()
        try:
            async with asyncio.timeout(None if first is None else max(0.0, first - self._clock())):
                await self._changed.wait()
        except TimeoutError:
            return

    async def _hand_over_if_still(
        self,
        due: Sequence[tuple[str, Signature]],
        hand_over: Callable[[FolderFile], Awaitable[None]],
    ) -> bool:
        """Return whether all of them were dealt with; the others have to be looked at once more."""
        looked_at = self._clock()
        files = await asyncio.to_thread(folder.look_at_each, self.root, [name for name, _ in due])
        for (name, signature), file in zip(due, files, strict=True):
            if self._clock() - looked_at > LOOK_LASTS:
                return False
            if file is None or file.signature == signature:
                self._settling.remove(name)
            if file is None:
                continue
            if file.signature != signature:
                self._consider(file)
                continue
            self._handed_over[name] = hash(signature)
            await hand_over(file)
        return True

    def _tell(self, problem: str | None) -> None:
        """Log a problem, and once when it is over."""
        if problem is not None:
            log.error("%s", problem, extra={"folder": self._named})
        elif self._told is not None:
            log.info("the folder %s is back", self._named, extra={"folder": self._named})
        self._told = problem
