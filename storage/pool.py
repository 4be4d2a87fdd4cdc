"""Connections of one kind to the history."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Engine

from storage.connection import Connection


class Pool:
    """Connections of one kind, opened when they are needed and kept until the history is closed."""

    def __init__(self, engine: Engine, size: int) -> None:
        """Take the engine that they are of, and how many there are at most."""
        self.engine = engine
        self._slots = asyncio.Semaphore(size)
        self._free: list[Connection] = []
        self._opened: list[Connection] = []

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection; the next one waits while all are lent."""
        async with self._slots:
            connection = self._free.pop() if self._free else await self._open()
            try:
                yield connection
            finally:
                if connection in self._opened:
                    self._free.append(connection)

    async def close(self, *, leaves_journal: bool = False) -> None:
        """Close every connection, once all is done that was asked of it."""
        opened, self._opened, self._free = self._opened, [], []
        for connection in opened:
            if leaves_journal:
                await connection.leave_journal()
            await connection.close()
        self.engine.dispose()

    async def _open(self) -> Connection:
        connection = await Connection(self.engine).open()
        self._opened.append(connection)
        return connection
