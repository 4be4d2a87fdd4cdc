"""Discord learns the slash commands: only if they changed, and however long it asks to wait."""

import asyncio
import hashlib
import json
import logging
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What Discord knows."""

    fingerprint: str
    ids: dict[str, int]
    """Of the commands, by their names."""


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
        self.ids: dict[str, int] = {}
        """The ids of the commands by their names, once Discord has told them."""

    async def once(self, tree: app_commands.CommandTree[Any]) -> bool:
        """Tell Discord the commands unless it knows them; return False if it asks to wait."""
        wanted = _fingerprint(tree)
        known = await asyncio.to_thread(self._told)
        if known is not None and known.fingerprint == wanted:
            self.ids = known.ids
            return True
        try:
            told = await tree.sync()
        except discord.RateLimited as limited:
            self._wait = limited.retry_after
            log.warning(
                "Discord asks to wait %d s before it takes the commands; waiting.", math.ceil(self._wait)
            )
            return False
        self.ids = {command.name: command.id for command in told}
        await asyncio.to_thread(self._keep, _Told(wanted, self.ids))
        return True

    async def patiently(self, tree: app_commands.CommandTree[Any]) -> None:
        """Wait for as long as Discord asked, then tell it the commands; wait again if it asks again."""
        await self._sleep(self._wait)
        while not await self.once(tree):
            await self._sleep(self._wait)

    def _told(self) -> _Told | None:
        with suppress(OSError, ValueError, TypeError):  # it may be an earlier version's
            return _Told(**json.loads(self._path.read_text(encoding="utf-8")))
        return None

    def _keep(self, told: _Told) -> None:
        partial = self._path.with_name(f"{self._path.name}.part")
        try:
            partial.write_text(json.dumps(asdict(told)), encoding="utf-8")
            partial.replace(self._path)
        except OSError as error:  # it costs one more sync at the next start
            log.debug("it cannot be noted which commands Discord knows: %s", error)


def _fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """Return what stands for these commands of this application: the same if Discord would get the same."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    told = json.dumps([tree.client.application_id, payload], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
