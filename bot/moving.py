"""``gazette settings``: what channels get and what servers chose, from one installation to another."""

import os
from contextlib import suppress
from pathlib import Path

from bot.clock import utc_now
from bot.errors import StartupError
from bot.news.history import open_history
from bot.news.subscriptions.moving import Moved, collected, put
from bot.news.subscriptions.settings_file import from_yaml, to_yaml
from bot.news.subscriptions.yaml_lines import MOST_BYTES
from bot.settings import Settings
from storage.lock import Locked, only_one
from storage.private import OWNER, make_file


async def export_settings(settings: Settings) -> str:
    """Return the file. Raises ``StartupError`` if there is no history, or more in it than a file takes."""
    if not settings.database_path.is_file():
        raise StartupError(f"There is no history at {settings.database_path.absolute()}.")
    database = await open_history(settings)
    try:
        told = to_yaml(await collected(database))
    finally:
        await database.close()
    if (size := len(told.encode())) > MOST_BYTES:
        raise StartupError(
            f"The settings take {size / 1_000_000:.1f} MB; a file that can be imported has no more than "
            f"{MOST_BYTES // 1_000_000} MB. Take the whole history instead: gazette backup FILE."
        )
    return told


def write_settings(told: str, file: Path) -> None:
    """Write the file, which only its owner may read then. It is there whole or not at all.

    Raises ``StartupError`` if it is there already or cannot be written.
    """
    partial = file.with_name(f".{file.name}.part")
    try:
        if file.exists():
            raise StartupError(f"The file {file} is there already.")
        partial.unlink(missing_ok=True)  # a killed program's
        make_file(partial, OWNER)
        with partial.open("wb") as opened:
            opened.write(told.encode())
            opened.flush()
            os.fsync(opened.fileno())
        partial.rename(file)
    except OSError as error:
        raise StartupError(f"The file {file} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            partial.unlink()


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
    except OSError as error:
        history = settings.database_path.absolute()
        raise StartupError(f"The history {history} cannot be opened: {error.strerror}.") from error


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise StartupError(f"The file {file} cannot be read: {error.strerror}.") from error
