"""The newsroom without Discord: subscriptions in a history, and what posts over any channels."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.analysis.analysis import Method, Summary
from bot.articles.article import Article
from bot.clock import Clock as AnyClock
from bot.news.concerns import TellOf, tell_nobody_of
from bot.news.patience import Patience
from bot.news.sending.channels import Channels, Content, Sent
from bot.news.sending.composing import Composing
from bot.news.sending.delivery import Deliveries
from bot.news.sending.gate import Gate
from bot.news.sending.own_messages import OwnMessage, Wanted
from bot.news.sending.pace import Pace
from bot.news.sending.posting import Posting
from bot.news.subscriptions.subscriptions import INSTANT, Register
from storage import subscriptions
from storage.database import Database
from storage.subscriptions import SubscriptionRecord
from tests.conftest import Clock

CHANNEL = 71
SERVER = 7


async def subscribed(
    database: Database,
    clock: AnyClock,
    *channels: int,
    guild_id: int | None = SERVER,
    **chosen: Any,  # noqa: ANN401 (any column of a subscription)
) -> Register:
    """Have these channels get every article at once, or what is ``chosen``; return the register with them."""
    register = Register()
    async with register.changing(database) as connection:
        for channel in channels:
            if await register.of_channel(connection, channel) is not None:
                continue
            record = SubscriptionRecord(
                guild_id=guild_id,
                channel_id=channel,
                deliver=INSTANT,
                holds_from=clock(),
                created_at=clock(),
                **chosen,
            )
            await subscriptions.add(connection, record)
            register.forget()
    return register


async def no_summary(_article: Article, _sentences: int | None, _method: Method | None) -> Summary:
    """Make none: no server chose another than the one that is stored."""
    raise AssertionError


def posting_over(
    channels: Channels,
    database: Database,
    clock: Clock,
    sleep: Callable[[float], Awaitable[None]],
    register: Register | None = None,
) -> Posting:
    """Return what posts in these channels and waits by ``sleep`` where the history cannot be used."""

    async def pass_time(seconds: float) -> None:
        clock.advance(seconds=seconds)
        await asyncio.sleep(0)

    composing = Composing(database, register or Register(), clock, no_summary)
    pace = Pace(lambda: clock().timestamp(), pass_time)
    return Posting(database, channels, clock, composing, Patience(sleep), pace)


def deliveries_over(
    channels: Channels,
    database: Database,
    clock: Clock,
    sleep: Callable[[float], Awaitable[None]],
    register: Register | None = None,
    tell: TellOf = tell_nobody_of,
) -> Deliveries:
    """Return what empties the queue into these channels, one article after the other."""
    register = register or Register()
    gate = Gate(database, register, clock, limit=0, sleep=sleep)
    posting = posting_over(channels, database, clock, sleep, register)
    return Deliveries(database, posting, gate, clock, sleep=sleep, tell=tell)


class Everywhere:
    """Channels in which every message stands."""

    async def last_message_id(self, channel_id: int) -> int:
        return channel_id

    async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
        raise NotImplementedError

    async def find(self, channel_id: int, mark: str, after: int) -> Sent | None:
        raise NotImplementedError

    async def own_messages(self, channel_id: int, limit: int, wanted: Wanted) -> list[OwnMessage]:
        assert channel_id
        assert limit
        assert not await wanted([])
        return []

    async def edit(self, place_id: int, message_id: int, content: Content) -> None:
        raise NotImplementedError

    async def delete(self, place_id: int, message_id: int) -> None:
        raise NotImplementedError

    async def stands(self, place_id: int, message_id: int) -> bool:
        return bool(place_id and message_id)

    async def answers(self, channel_id: int) -> bool:
        raise NotImplementedError

    async def publish(self, place_id: int, message_id: int) -> None:
        raise NotImplementedError

    async def open_thread(self, place_id: int, message_id: int, name: str) -> None:
        raise NotImplementedError
