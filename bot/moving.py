"""``gazette settings``: what channels get and what servers chose, from one installation to another."""

from pathlib import Path

from bot.clock import utc_now
from bot.errors import StartupError
from bot.news.history import open_history
from bot.news.subscriptions.moving import Moved, collected, put
from bot.news.subscriptions.portable import LONGEST, from_yaml, to_yaml
from bot.settings import Settings
from storage.lock import Locked, only_one


async def export_settings(settings: Settings) -> str:
    """Return the file. Raises ``StartupError`` if there is no history."""
    if not settings.database_path.is_file():
        raise StartupError(f"There is no history at {settings.database_path.absolute()}.")
    database = await open_history(settings)
    try:
        return to_yaml(await collected(database))
    finally:
        await database.close()


async def import_settings(settings: Settings, file: Path) -> Moved:
    """Let the history have what the file says, and return what was changed.

    Raises ``StartupError`` if the file is wrong, or a bot runs on the history.
    """
    portable = from_yaml(_read(file))
    try:
        with only_one(settings.database_path):
            database = await open_history(settings)
            try:
                return await put(database, portable, utc_now)
            finally:
                await database.close()
    except Locked as error:
        raise StartupError(f"Gazette runs on this history (process {error}). Stop it first.") from error


def _read(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as opened:
            return opened.read(LONGEST + 1)
    except UnicodeDecodeError as error:
        raise StartupError(f"The file {file} is no UTF-8 text.") from error
    except OSError as error:
        raise StartupError(f"The file {file} cannot be read: {error.strerror}.") from error
