"""Files that somebody asked to have read once more."""

import asyncio

from bot.news.inbox import Inbox
from storage import files
from storage.database import Database

LOOK_SECONDS = 30
"""Between two looks when nobody calls: the command line may have asked, in a program of its own."""


class Rereading:
    """Has the inbox offer them again, each once for each time that it was asked for."""

    def __init__(self, database: Database, inbox: Inbox) -> None:
        self._database = database
        self._inbox = inbox
        self._offered: frozenset[str] = frozenset()

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Look now."""
        async with self._database.read() as connection:
            asked = frozenset(await files.to_be_read_again(connection))
        new = asked - self._offered
        self._offered = asked
        for name in new:
            self._inbox.offer_again(name)
        if new:
            self._inbox.rescan()
