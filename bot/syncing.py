"""Discord learns the slash commands: only if they changed, and however long it asks to wait."""

import asyncio
import hashlib
import json
import logging
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

log = logging.getLogger(__name__)


def syncing_path(history: Path) -> Path:
    """Return the file that tells which commands Discord knows from the bot on this history.

    If it is deleted, Discord is told the commands once more.
    """
    return history.with_name(f"{history.name}.commands")


class Syncing:
    """Tells Discord the commands and keeps a fingerprint of those it was told.

    Discord limits how often that may be done in a day, and a bot that is started again and again would
    reach the limit.
    """

    def __init__(self, path: Path, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._path = path
        self._sleep = sleep
        self._wait = 0.0
        """Seconds that Discord asked to wait."""

    async def once(self, tree: app_commands.CommandTree[Any]) -> bool:
        """Tell Discord the commands unless it knows them; return False if it asks to wait."""
        wanted = _fingerprint(tree)
        if await asyncio.to_thread(self._told) == wanted:
            return True
        try:
            await tree.sync()
        except discord.RateLimited as limited:
            self._wait = limited.retry_after
            log.warning(
                "Discord asks to wait %d s before it takes the commands; waiting.", math.ceil(self._wait)
            )
            return False
        await asyncio.to_thread(self._keep, wanted)
        return True

    async def patiently(self, tree: app_commands.CommandTree[Any]) -> None:
        """Wait for as long as Discord asked, then tell it the commands; wait again if it asks again."""
        await self._sleep(self._wait)
        while not await self.once(tree):
            await self._sleep(self._wait)

    def _told(self) -> str | None:
        with suppress(OSError, UnicodeDecodeError):
            return self._path.read_text(encoding="utf-8")
        return None

    def _keep(self, told: str) -> None:
        partial = self._path.with_name(f"{self._path.name}.part")
        try:
            partial.write_text(told, encoding="utf-8")
            partial.replace(self._path)
        except OSError as error:  # it costs one more sync at the next start
            log.debug("it cannot be noted which commands Discord knows: %s", error)


def _fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """Return what stands for these commands of this application: the same if Discord would get the same."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    told = json.dumps([tree.client.application_id, payload], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
