"""How fast the real queue posts one article in very many channels: ``python -m tests.quality.fanout``.

200 servers with 5 subscriptions each, all of which get each article at once; the history, the queue, the
pace and the composing are the program's own, and a Discord that takes 50 ms for each request stands behind
them. So the time shows whether the program keeps up with what Discord takes.
"""

import asyncio
import sys
import tempfile
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import cast

from bot.analysis.analysis import Method, Summary
from bot.articles.article import Article
from bot.news.patience import Patience
from bot.news.sending.channels import Channels, Content, Sent
from bot.news.sending.composing import Composing
from bot.news.sending.delivery import Deliveries
from bot.news.sending.gate import Gate
from bot.news.sending.pace import Pace
from bot.news.sending.posting import Posting
from bot.news.subscriptions.routing import Offered, Routing
from bot.news.subscriptions.subscriptions import Register
from storage import articles, deliveries, stories, subscriptions
from storage.articles import ArticleRecord
from storage.database import Database
from storage.subscriptions import SubscriptionRecord

SERVERS, EACH = 200, 5
ARTICLES = 3
ANSWER_SECONDS = 0.05


class Discord:
    """Takes every post, and notes when it came."""

    def __init__(self) -> None:
        self.came: list[tuple[float, int]] = []

    async def last_message_id(self, _channel_id: int) -> int:
        return 0

    async def send(self, channel_id: int, _content: Content, _nonce: str) -> Sent:
        self.came.append((time.monotonic(), channel_id))
        await asyncio.sleep(ANSWER_SECONDS)
        return Sent(len(self.came), channel_id)


def now() -> datetime:
    return datetime.now(UTC)


async def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(Path(folder) / "history.db")
        try:
            await measure(database, many)
        finally:
            await database.close()


async def measure(database: Database, many: int) -> None:
    async with database.write() as connection:
        for number in range(SERVERS * EACH):
            record = SubscriptionRecord(
                guild_id=1 + number // EACH,
                channel_id=1000 + number,
                deliver="instant",
                holds_from=now(),
                created_at=now(),
            )
            await subscriptions.add(connection, record)
    register = Register()
    discord, patience = Discord(), Patience()
    posting = Posting(
        database,
        cast("Channels", discord),
        now,
        Composing(database, register, now, no_summary),
        patience,
        Pace(),
    )
    queue = Deliveries(database, posting, Gate(database, register, now, limit=0), now)
    lags: list[float] = []
    queued_at = time.monotonic()
    queuing = [await store(database, Routing(register), number) for number in range(many)]
    running = [asyncio.ensure_future(queue.run()), asyncio.ensure_future(watch(lags))]
    queue.wake()
    await queue.idle.wait()
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    show(discord.came, queued_at, queuing, lags)


async def store(database: Database, routing: Routing, number: int) -> float:
    """Store an article and queue it for every channel; return how many seconds queuing it took."""
    text = f"Article {number}. " + "It has some words that stand here to be shown. " * 40
    record = ArticleRecord(
        text_hash=number.to_bytes(16),
        title=f"Article {number}",
        text=text,
        byline=None,
        published=None,
        language="en",
        source=None,
        url=None,
        section=None,
        picture=None,
        method="balanced",
        sentence_count=41,
        summary=((0, 10),),
        entities=None,
        stored_at=now(),
    )
    async with database.write() as connection:
        article_id = await articles.add(connection, record)
        await stories.place(connection, article_id)
        begun = time.monotonic()
        offered = Offered(record.title, text, None, "en", None, None)
        route = await routing.wanted(connection, offered, now())
        await deliveries.enqueue(connection, article_id, route.channels, now(), held=route.held)
        return time.monotonic() - begun


async def no_summary(_article: Article, _sentences: int | None, _method: Method | None) -> Summary:
    raise AssertionError  # no server wants another one than is stored


async def watch(lags: list[float]) -> None:
    """Note how late the event loop is."""
    with suppress(asyncio.CancelledError):
        while True:
            begun = time.monotonic()
            await asyncio.sleep(0.01)
            lags.append(time.monotonic() - begun - 0.01)


def show(came: list[tuple[float, int]], queued_at: float, queuing: list[float], lags: list[float]) -> None:
    delays = sorted(at - queued_at for at, _ in came)
    cuts, late = quantiles(delays, n=100), quantiles(lags, n=100)
    rows = {
        "posts": f"{len(came):,}",
        "posts a second": f"{len(came) / delays[-1]:.1f}",
        "delay p50 / p95 / last (s)": f"{cuts[49]:.1f} / {cuts[94]:.1f} / {delays[-1]:.1f}",
        "most in any second": str(busiest([at for at, _ in came], 1)),
        "most to one channel in any 5 s": str(
            max(busiest([at for at, c in came if c == channel], 5) for channel in {c for _, c in came})
        ),
        "queuing one article for all (ms)": f"{1000 * min(queuing):.0f} to {1000 * max(queuing):.0f}",
        "event loop late p99 / most (ms)": f"{1000 * late[98]:.0f} / {1000 * max(lags):.0f}",
    }
    print("| | |\n| --- | ---: |")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


def busiest(times: list[float], seconds: float) -> int:
    """Return the most of these that lie within any such time."""
    window: deque[float] = deque()
    most = 0
    for at in times:
        window.append(at)
        while window[0] <= at - seconds:
            window.popleft()
        most = max(most, len(window))
    return most


if __name__ == "__main__":
    asyncio.run(main())
