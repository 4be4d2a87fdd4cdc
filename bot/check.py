"""``gazette check``: what a new operator got wrong, found before the bot runs."""

import asyncio
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.app import check_folder
from bot.check_discord import channels, token
from bot.env_file import open_to_others, slips
from bot.errors import GazetteError
from bot.findings import Finding
from bot.first_channel import SETTING
from bot.news import folder
from bot.news.reading import make_workers
from bot.render.served import NOBODY, not_used
from bot.settings import Settings, not_set
from storage import peek
from storage.lock import is_held

LITTLE_ROOM: Final = 256_000_000
"""Bytes. With less the history's journal is kept short, and some large files fill the rest."""


@dataclass(frozen=True, slots=True)
class Served:
    """Which channels a history serves."""

    now: tuple[int, ...] = ()
    """Those that have a subscription, the oldest subscription first."""
    before: frozenset[int] = frozenset()
    """Those that had one."""


async def check(settings: Settings, mistakes: dict[str, str]) -> AsyncIterator[Finding]:
    """Yield what was found in all that ``gazette run`` needs.

    The settings have defaults in the place of those that are ``mistakes``: sentences by the settings' fields.
    """
    for finding in _settings(settings, mistakes):
        yield finding
    if "articles_dir" not in mistakes:
        yield _folder(settings)
    if not mistakes.keys() & {"entities", "spacy_models"}:
        yield await asyncio.to_thread(_models, settings)
    served = Served()
    if "database_url" not in mistakes:
        for finding in await asyncio.to_thread(_history, settings.database_path):
            yield finding
        served = await asyncio.to_thread(_served, settings.database_path)
    if settings.metrics_port and not is_held(settings.database_path):
        yield _metrics_port(settings)
    for finding in _subscribed(settings, served):
        yield finding
    if settings.discord_token is not None:
        async for finding in _discord(settings, settings.discord_token.get_secret_value(), served):
            yield finding


def _settings(settings: Settings, mistakes: dict[str, str]) -> Iterator[Finding]:
    for mistake in mistakes.values():
        yield Finding(False, mistake)
    for field in ("discord_token", "digest_channel_id"):
        if getattr(settings, field) is None and field not in mistakes:
            yield Finding(False, not_set(field))
    for warning in filter(None, [open_to_others(), *slips(Settings.model_fields)]):
        yield Finding(True, warning, is_warning=True)


async def _discord(settings: Settings, secret: str, served: Served) -> AsyncIterator[Finding]:
    async with token(secret) as (finding, client):
        yield finding
        if client is not None:
            async for of_channel in channels(client, settings, served.now):
                yield of_channel


def _folder(settings: Settings) -> Finding:
    try:
        check_folder(settings)
    except GazetteError as error:
        return Finding(False, str(error))
    named, real = settings.articles_dir.absolute(), folder.real(settings.articles_dir)
    where = f"{named}" if named == real else f"{named}, which is really {real}"
    return Finding(True, f"The folder of articles is {where}.")


def _models(settings: Settings) -> Finding:
    if not settings.entities:
        return Finding(True, "Entities are turned off.")
    try:
        make_workers(settings)
    except GazetteError as error:
        return Finding(False, str(error))
    languages = ", ".join(["en", *settings.spacy_models])
    return Finding(True, f"Entities are found in these languages: {languages}.")


def _history(path: Path) -> Iterator[Finding]:
    yield history(path)
    with_room = next((one for one in path.absolute().parents if one.is_dir()), None)
    if with_room is not None and (free := shutil.disk_usage(with_room).free) < LITTLE_ROOM:
        yield Finding(
            True,
            f"Only {free / 1_000_000:,.0f} MB are free on the disk of the history {path.absolute()}. "
            "If it gets full, new articles wait until there is room.",
            is_warning=True,
        )
    if is_held(path):
        yield Finding(True, "A Gazette runs on this history now.")


def history(path: Path) -> Finding:
    """Return whether the history can be written, leaving nothing behind if there is none yet."""
    path = path.absolute()
    try:
        if path.exists():
            with closing(sqlite3.connect(path, timeout=1)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            return Finding(True, f"The history {path} can be written.")
        parent = next(parent for parent in path.parents if parent.exists())
        with tempfile.TemporaryFile(dir=parent):
            pass
    except (OSError, sqlite3.Error) as error:
        return Finding(
            False,
            f"The history {path} cannot be written: {error}. "
            "DATABASE_URL must name a file in a folder that Gazette may write to.",
        )
    return Finding(True, f"The history {path} will be made at the first run.")


def _served(path: Path) -> Served:
    try:
        now, before = peek.subscribed(path)
    except sqlite3.Error:  # why is told by what looks at the history itself
        return Served()
    return Served(tuple(now), frozenset(before))


def _subscribed(settings: Settings, served: Served) -> Iterator[Finding]:
    """Yield what is wrong with which channels get something."""
    chosen = settings.digest_channel_id
    if served.now and chosen is not None and chosen not in served.now:
        yield Finding(True, not_used(SETTING, chosen, served.now), is_warning=True)
    elif not served.now and chosen is not None and chosen in served.before:
        yield Finding(False, NOBODY)


def _metrics_port(settings: Settings) -> Finding:
    where = f"{settings.metrics_host}:{settings.metrics_port}"
    try:
        family = socket.AF_INET6 if ":" in settings.metrics_host else socket.AF_INET
        with socket.create_server((settings.metrics_host, settings.metrics_port), family=family):
            pass
    except OSError as error:
        return Finding(
            False,
            f"Metrics cannot be served on {where}: {error.strerror}. Name another METRICS_PORT, or "
            "another METRICS_HOST.",
        )
    return Finding(True, f"Metrics can be served on {where}.")
