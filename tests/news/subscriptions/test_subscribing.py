"""What members decide about a channel's subscription, each decision in one transaction."""

import asyncio
from zoneinfo import ZoneInfo

from bot.news.digests.digest import Length
from bot.news.subscriptions.subscribing import Choice, Subscribing
from bot.news.subscriptions.subscriptions import Subscription
from storage.database import Database
from tests.conftest import Clock
from tests.news.newsroom import CHANNEL, SERVER, subscribed


async def test_what_several_members_change_at_once_is_all_kept(database: Database, clock: Clock) -> None:
    register = await subscribed(database, clock, CHANNEL)
    subscribing = Subscribing(database, register, clock, lambda: None)

    async def change(**wished: object) -> None:
        def choose(had: Subscription | None, _: object) -> Choice:
            assert had is not None
            kept = {"length": had.length, "pictures": had.look.pictures, "publish": had.publish}
            return Choice(zone=ZoneInfo("UTC"), **{**kept, **wished})  # type: ignore[arg-type]

        await subscribing.subscribe(SERVER, CHANNEL, choose)

    await asyncio.gather(change(pictures=True), change(publish=True), change(length=Length.SHORT))
    now = await subscribing.of_channel(SERVER, CHANNEL)
    assert (now.look.pictures, now.publish, now.length) == (True, True, Length.SHORT)
