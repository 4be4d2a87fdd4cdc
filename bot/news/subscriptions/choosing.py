"""What members who may manage a server choose for all of it: language, length, method, colour, layout."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.analysis.analysis import Method
from bot.news.subscriptions.subscriptions import Register, Server
from bot.render.look import Layout
from storage import servers
from storage.database import Database, finished
from storage.servers import ServerRecord

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is to be otherwise in a server; ``None`` leaves it as it is."""

    language: str | None = None
    """A code of ``words.LANGUAGES``."""
    sentences: int | None = None
    method: Method | None = None
    colour: int | None = None
    """0 to 0xFFFFFF."""
    layout: Layout | None = None
    entities: bool | None = None

    def any(self) -> bool:
        """Return whether there is one."""
        return any(getattr(self, name) is not None for name in Wishes.__dataclass_fields__)


class Choosing:
    """Changes what was chosen for a server, each change in one transaction."""

    def __init__(self, database: Database, register: Register, changed: Callable[[], None]) -> None:
        """Take whom to call when something was ``changed``."""
        self._database = database
        self._register = register
        self._changed = changed

    async def chosen(self, guild_id: int) -> Server:
        """Return what was chosen for a server."""
        async with self._database.read() as connection:
            return await self._register.server(connection, guild_id)

    async def choose(self, guild_id: int, wishes: Wishes, *, afresh: bool = False) -> Server:
        """Keep what is wished, beside what was chosen before or ``afresh``, and return all that is chosen."""
        chosen = await finished(self._choose(guild_id, wishes, afresh=afresh))
        log.info("server %d chose how it wants its posts", guild_id)
        self._changed()
        return chosen

    async def _choose(self, guild_id: int, wishes: Wishes, *, afresh: bool) -> Server:
        changes = {name: getattr(wishes, name) for name in Wishes.__dataclass_fields__}
        async with self._register.changing(self._database) as connection:
            before = None if afresh else (await servers.every(connection)).get(guild_id)
            changed = {name: value for name, value in changes.items() if value is not None}
            await servers.choose(connection, guild_id, replace(before or ServerRecord(), **changed))
            self._register.forget()
            return await self._register.server(connection, guild_id)
