"""``gazette import``: a folder into the history, without posting."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.clock import utc_now
from bot.errors import StartupError
from bot.news import folder
from bot.news.folder import FolderFile
from bot.news.history import open_history
from bot.news.intake import Intake, Taken
from bot.news.pipeline import Pipeline, Unreadable
from bot.news.reading import Reader, make_workers
from bot.settings import Settings
from storage.files import Outcome


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. What is in none of the counts was known already."""

    files: int
    articles: int
    duplicates: int
    refused: int
    unreadable: int
    """Files that could not be read or stored; the history knows nothing of them."""
    seconds: float

    @property
    def known(self) -> int:
        """How many files the history knew already."""
        return self.files - self.articles - self.duplicates - self.refused - self.unreadable


async def import_folder(
    settings: Settings, root: Path, told: Callable[[int, Taken | Unreadable], None]
) -> Imported:
    """Read every file below ``root`` into the history, and tell of each, with how many there are.

    Files that the history knows are passed over, so an import that was interrupted can be run again.
    Raises ``StartupError`` where the folder or the history cannot be used.
    """
    begun = time.monotonic()
    base, found = await asyncio.to_thread(_found, settings, root)
    outcomes: Counter[Outcome | type[Unreadable] | None] = Counter()

    def report(news: Taken | Unreadable) -> None:
        outcomes[news.outcome if isinstance(news, Taken) else Unreadable] += 1
        told(len(found), news)

    await _take_all(settings, base, found, report)
    return Imported(
        len(found),
        outcomes[Outcome.ARTICLE],
        outcomes[Outcome.DUPLICATE],
        outcomes[Outcome.REFUSED],
        outcomes[Unreadable],
        round(time.monotonic() - begun, 3),
    )


async def _take_all(
    settings: Settings, base: Path, found: list[FolderFile], report: Callable[[Taken | Unreadable], None]
) -> None:
    inbox = folder.real(settings.articles_dir)

    def name_of(file: FolderFile) -> str:
        """Name a file as the bot does where it lies in its folder, else in full."""
        path = base / file.name
        return str(path.relative_to(inbox) if path.is_relative_to(inbox) else path)

    database = await open_history(settings)
    try:
        async with make_workers(settings) as workers:
            await workers.ready()
            reader = Reader(workers, settings)
            intake = Intake(database, reader, utc_now, max_bytes=settings.max_file_bytes, news=reader.news)
            pipeline = Pipeline(intake, lambda: base, report, at_once=settings.workers, name_of=name_of)
            async with asyncio.TaskGroup() as tasks:
                deciding = tasks.create_task(pipeline.run())
                for file in found:
                    await pipeline.hand_over(file)
                await pipeline.idle.wait()
                deciding.cancel()
    finally:
        await database.close()


def _found(settings: Settings, root: Path) -> tuple[Path, list[FolderFile]]:
    """Return the files below ``root``, and the folder that their names and sections start from."""
    root = folder.real(root)
    try:
        found = folder.scan(root)
    except OSError as error:
        raise StartupError(f"The folder {root} cannot be read: {error.strerror}.") from error
    inbox = folder.real(settings.articles_dir)
    if not root.is_relative_to(inbox):
        return root, found
    way = root.relative_to(inbox)
    return inbox, [replace(file, name=str(way / file.name)) for file in found]
