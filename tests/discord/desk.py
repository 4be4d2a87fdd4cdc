"""A queue of deliveries, and the channel of a simulated Discord that it fills."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.news.sending.channels import DiscordChannels
from bot.news.sending.delivery import Deliveries
from storage import articles, deliveries
from storage.database import Database
from tests.conftest import Clock, record
from tests.discord.world import simulated
from tests.news.newsroom import deliveries_over


@dataclass
class Desk:
    """A queue, the channel that it fills, and the pauses that it made."""

    env: Env
    channel: ChannelHandle
    client: discord.Client
    database: Database
    clock: Clock
    pauses: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What operators were told."""

    async def queue(self, *numbers: int, channel: int | None = None) -> None:
        async with self.database.write() as connection:
            for number in numbers:
                stored = await articles.find_text(connection, record(number).text_hash)
                article_id = stored or await articles.add(connection, record(number))
                await deliveries.enqueue(connection, article_id, [channel or self.channel.id], self.clock())

    async def deliver(self, channels: DiscordChannels | None = None) -> None:
        """Run a program that starts, sends until nothing waits, and stops."""
        queue = deliveries_over(
            channels or DiscordChannels(self.client), self.database, self.clock, self._pause, tell=self._tell
        )
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(queue.run())
            tasks.create_task(self._stop_when_idle(queue, running))

    async def _stop_when_idle(self, queue: Deliveries, running: asyncio.Task[None]) -> None:
        await queue.idle.wait()
        running.cancel()

    async def _tell(self, _channel_id: int, _cause: str, sentence: str, _way_out: str) -> None:
        self.told.append(sentence)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.clock.advance(seconds=seconds)

    def posts(self) -> list[str]:
        return [message.embeds[0].title or "" for message in self.channel.history()]

    async def states(self) -> list[str]:
        async with self.database.read() as connection:
            rows = await connection.exec_driver_sql("SELECT state FROM deliveries ORDER BY id")
            return list(rows.scalars())

    async def reason(self) -> str:
        async with self.database.read() as connection:
            rows = await connection.exec_driver_sql("SELECT reason FROM deliveries ORDER BY id")
            return str(rows.scalar())


@pytest.fixture
async def desk(database: Database, clock: Clock) -> AsyncIterator[Desk]:
    client = discord.Client(intents=discord.Intents(guilds=True))
    async with simulated(client) as env:
        yield Desk(env, env.create_guild().create_text_channel("news"), client, database, clock)
