"""A flood: files come faster than posts go, without an end, and readers see digests all the same."""

import asyncio
import itertools
from typing import TYPE_CHECKING

from bot.news.patience import Patience
from bot.news.sending.channels import Content, Sent
from bot.news.sending.delivery import Deliveries
from bot.news.sending.gate import Gate
from bot.news.subscriptions.subscriptions import INSTANT, Register
from storage import articles, deliveries, subscriptions
from storage.database import Database
from storage.subscriptions import SubscriptionRecord
from tests.conftest import Clock, record
from tests.news.newsroom import Everywhere, posting_over

if TYPE_CHECKING:
    from datetime import datetime

CHANNEL = 7
A_SECOND = 50
"""Articles that are stored; Discord takes one a second."""


class Noted(Everywhere):
    """A channel that notes when it got what."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.got: list[tuple[datetime, str]] = []
        self.enough = asyncio.Event()

    async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:  # noqa: ARG002 (the interface)
        self.got.append((self.clock(), content.embed.title or ""))
        if len(self.got) == 4:
            self.enough.set()
        return Sent(len(self.got), channel_id)


async def test_a_digest_comes_each_minute_while_files_come_without_an_end(
    database: Database, clock: Clock
) -> None:
    register, channels = Register(), Noted(clock)
    begun, stored = clock(), 0

    async def fill(many: int) -> None:
        nonlocal stored
        async with database.write() as connection:
            for number in range(stored, stored + many):
                article_id = await articles.add(connection, record(number))
                await deliveries.enqueue(connection, article_id, [CHANNEL], clock())
        stored += many

    async def sleep(seconds: float) -> None:
        before = int((clock() - begun).total_seconds())
        clock.advance(seconds=seconds)
        whole = int((clock() - begun).total_seconds()) - before
        if whole:
            await fill(whole * A_SECOND)

    async with register.changing(database) as connection:
        await subscriptions.add(
            connection,
            SubscriptionRecord(
                guild_id=1, channel_id=CHANNEL, deliver=INSTANT, holds_from=begun, created_at=begun
            ),
        )
    await fill(A_SECOND)
    gate = Gate(database, register, clock, limit=10, incoming=lambda: 1000, sleep=sleep)
    posting = posting_over(channels, database, clock, sleep, register)
    queue = Deliveries(database, posting, gate, clock, sleep=sleep, patience=Patience(sleep))
    running = asyncio.create_task(queue.run())
    await channels.enough.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    times = [begun, *[at for at, _ in channels.got]]
    assert all("igest" in title for _, title in channels.got)
    assert all((later - at).total_seconds() <= 60 for at, later in itertools.pairwise(times))
