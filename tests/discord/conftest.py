"""The whole bot in a simulated Discord: a real folder, a real history, real worker processes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.app import Gazette, build
from bot.news.reading import make_workers
from bot.news.sending.pace import Pace
from bot.news.subscriptions.subscribing import Choice
from bot.news.times.schedule_text import parse
from bot.news.workers import Workers
from bot.settings import GivenSettings
from tests.conftest import Clock
from tests.discord.desk import desk
from tests.discord.world import simulated

__all__ = ["desk"]

HARBOUR = """Harbour board elects Ada Reed as its chair

By Tom Quill

PORTO, Portugal - The harbour board elected Ada Reed as its chair on Monday, ending a dispute of nine months.

Reed, a former pilot, won seven of the twelve votes in a secret ballot that lasted two hours.

She promised to publish the accounts of the last ten years before the summer.

The Atlantic Shipping Company said that it welcomed the vote and hoped for lower fees in the coming year.

"We have waited long enough," said Carlos Pinto, who speaks for the fishermen of Porto.

The port handled 14 million tonnes of goods last year, two per cent less than in the year before.
"""

TITLE = "Harbour board elects Ada Reed as its chair"
"""Of the article about the harbour."""

BRIDGE = """Old bridge at Lisbon closes for repairs

By Ines Faro

LISBON, Portugal - The old bridge over the river will close for six weeks from Friday, the city council said.

Engineers found cracks in two of its pillars during an inspection that was made in the spring.

The work will cost about three million euros, and the state railway will pay half of that sum.

Buses will take passengers across the newer bridge, which lies two kilometres further down the river.

The council expects that the bridge can be opened again before the schools return in September.
"""


class PaceTime:
    """The time by which posts are paced here: whoever waits moves it on."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += max(seconds, 0)
        await asyncio.sleep(0)


class World:
    """A server with a channel and a member, and the bot that was started last."""

    def __init__(self, env: Env, folder: Path, workers: Workers) -> None:
        self.env = env
        self.workers = workers
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        self.history = folder / "gazette.db"
        self.guild = env.create_guild()
        self.channel = self.guild.create_text_channel("news")
        self.reader = self.guild.add_member(env.create_user("reader"))
        self.owner = env.create_user("owner")
        self.clock = Clock()
        self.discord_time: Callable[[], datetime] | None = self.clock
        """What Discord says the time is; ``None`` if it does not answer."""
        self.gazette: Gazette | None = None
        self.seconds: float | None = None
        """What counts the rest between answers; if not set, a minute passes between two answers."""

    def put(self, name: str, text: str | bytes) -> Path:
        """Drop a file as a careful program does: written under a hidden name, then moved into place."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        hidden = path.with_name(f".{path.name}")
        hidden.write_bytes(text if isinstance(text, bytes) else text.encode())
        return hidden.rename(path)

    @asynccontextmanager
    async def bot(self, **changes: Any) -> AsyncIterator[Gazette]:  # noqa: ANN401 (any setting)
        """Run the bot, and stop it as ``gazette run`` does."""
        settings = GivenSettings.model_validate(
            {
                "articles_dir": self.inbox,
                "database_url": f"sqlite:///{self.history}",
                "digest_channel_id": self.channel.id,
                "settle_seconds": 0.05,
                "entities": False,
                "burst_limit": 0,
                "backups_kept": 0,
                "servers": "any",
                **changes,
            }
        )
        time = PaceTime()
        pace = Pace(time.now, time.sleep)
        async with build(
            settings, self.workers, clock=self.clock, pace=pace, ask_time=self.ask_time, now=self.now
        ) as gazette:
            self._give_an_owner(gazette.bot)
            await self.env.restart_bot(gazette.bot)
            self.gazette = gazette
            yield gazette

    async def ask_time(self) -> datetime | None:
        """Return the time that Discord says it is."""
        return None if self.discord_time is None else self.discord_time()

    def _give_an_owner(self, bot: discord.Client) -> None:
        """Let the application belong to a person: in the simulation it belongs to the bot itself."""
        ask = bot.application_info

        async def owned_by_a_person() -> discord.AppInfo:
            application = await ask()
            application.owner = await bot.fetch_user(self.owner.id)
            return application

        vars(bot)["application_info"] = owned_by_a_person

    def now(self) -> float:
        """Return the seconds by which the rest between answers is counted."""
        if self.seconds is not None:
            return self.seconds
        return 61.0 * sum(request.path.endswith("/callback") for request in self.env.http_requests)

    async def quiet(self) -> None:
        """Look at the folder now, and wait until all that lies in it is dealt with."""
        assert self.gazette is not None
        self.gazette.inbox.rescan()
        await self.gazette.quiet()

    async def subscribe(
        self,
        channel: ChannelHandle,
        *,
        at: str | None = None,
        zone: str = "UTC",
        **choice: Any,  # noqa: ANN401 (any part of a choice)
    ) -> None:
        """Have a channel get articles at once, or in digests ``at`` these times."""
        assert self.gazette is not None
        where = ZoneInfo(zone)
        chosen = Choice(schedule=None if at is None else parse(at, where), zone=where, **choice)
        await self.gazette.bot.subscribing.subscribe(self.guild.id, channel.id, chosen)

    async def later(self, **span: float) -> None:
        """Let time pass, and wait until all that is due by then is done."""
        assert self.gazette is not None
        self.clock.advance(**span)
        self.gazette.scheduling.wake()
        await self.gazette.quiet()

    async def ask(self, command: str, **options: Any) -> ResponseMessage:  # noqa: ANN401 (any option)
        """Have the member use a slash command, and return the answer."""
        result = await self.reader.slash(self.channel, command, **options)
        answer = result.response or result.followups[-1]
        assert answer is not None
        return answer

    async def manage(
        self,
        command: str,
        guild: GuildHandle | None = None,
        channel: ChannelHandle | None = None,
        **options: Any,  # noqa: ANN401 (any option)
    ) -> ResponseMessage:
        """Have a member who may manage the server use a command; the answer is for that member alone."""
        editor = self._editor(guild or self.guild)
        answer: object = (await editor.slash(channel or self.channel, command, **options)).response
        assert isinstance(answer, ResponseMessage)
        assert answer.ephemeral
        return answer

    async def forget(self, title: str) -> ResponseMessage:
        """Have a member who may manage the server take an article back, and return the answer."""
        editor = self._editor(self.guild)
        asked = (await editor.slash(self.channel, "forget", article=title)).response
        answer: object = (await editor.click(asked, label="Take it back")).response
        assert isinstance(answer, ResponseMessage)
        return answer

    async def unsubscribe(self, channel: ChannelHandle) -> ResponseMessage:
        """Have a member who may manage the server end what a channel gets, and return the answer."""
        editor = self._editor(self.guild)
        asked = (await editor.slash(self.channel, "unsubscribe", channel=channel)).response
        answer: object = (await editor.click(asked, label="Unsubscribe")).response
        assert isinstance(answer, ResponseMessage)
        return answer

    def _editor(self, guild: GuildHandle) -> Any:  # noqa: ANN401 (SimCord's actor)
        powers = discord.Permissions(manage_guild=True, view_channel=True)
        role = guild.create_role("Editors", permissions=powers)
        return guild.add_member(self.env.create_user("editor"), roles=[role])

    def told_to_the_owner(self) -> list[str]:
        """Return what the owner of the application was told in direct messages."""
        return [message.content for message in self.owner.dm_channel.history()]

    def posts(self) -> list[discord.Embed]:
        return [message.embeds[0] for message in self.channel.history() if not message.flags.ephemeral]

    def titles(self) -> list[str]:
        return [post.title or "" for post in self.posts()]


@pytest.fixture(scope="session")
def readers() -> Iterator[Workers]:
    """Worker processes for all tests that need readers and summaries alone."""
    workers = make_workers(GivenSettings.model_validate({"entities": False}))
    yield workers
    asyncio.run(workers.stop())


@pytest.fixture
async def world(tmp_path: Path, readers: Workers) -> AsyncIterator[World]:
    async with simulated(discord.Client(intents=discord.Intents.none())) as env:
        yield World(env, tmp_path, readers)


@pytest.fixture
async def posted(world: World) -> AsyncIterator[World]:
    """A server where one article stands in the channel."""
    world.put("world/harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        yield world
