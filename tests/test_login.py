"""Logging in and telling Discord the commands, over real sockets, if Discord asks to wait."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import discord.http
import pytest
from aiohttp import web

from bot.app import Gazette, build
from bot.news.workers import Limits, Workers
from bot.run import log_in
from bot.settings import GivenSettings
from tests.faults.answers import limited
from tests.faults.discord_server import TOKEN, DiscordServer
from tests.faults.objects import APPLICATION, NEWS_ID

LOGIN = "/api/v10/users/@me"


class Slept(list[float]):
    """The pauses that were made, each of them over at once."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        await asyncio.sleep(0)


class LimitingDiscord(DiscordServer):
    """A Discord that asks to wait so many seconds before it does what it is asked."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.waits: dict[str, list[float]] = {}
        self.syncs = 0

    @web.middleware
    async def _gate(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        waits = self.waits.get(request.path)
        if waits:
            return limited(globally=False, seconds=waits.pop(0))
        return await super()._gate(request, handler)

    async def _sync(self, request: web.Request) -> web.Response:
        self.syncs += 1
        return await super()._sync(request)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LimitingDiscord]:
    async with LimitingDiscord() as server:
        monkeypatch.setattr(discord.http.Route, "BASE", f"{server.url}/api/v10")
        yield server


@pytest.fixture
def slept() -> Slept:
    return Slept()


type Running = Callable[[], AbstractAsyncContextManager[Gazette]]


@pytest.fixture
def running(tmp_path: Path, slept: Slept) -> Running:
    """Returns programs on one history, not logged in."""
    return partial(_running, tmp_path, slept)


@asynccontextmanager
async def _running(folder: Path, slept: Slept) -> AsyncIterator[Gazette]:
    given = {
        "articles_dir": folder,
        "database_url": f"sqlite:///{folder}/data/gazette.db",
        "digest_channel_id": NEWS_ID,
        "entities": False,
    }
    settings = GivenSettings.model_validate(given)
    async with Workers(1, Limits()) as workers, build(settings, workers, sleep=slept) as gazette:
        yield gazette


async def test_a_login_that_has_to_wait_long_says_for_how_long_and_is_tried_again(
    server: LimitingDiscord, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    server.waits[LOGIN] = [45, 31.5]
    slept = Slept()
    async with running() as gazette:
        await log_in(gazette.bot, TOKEN, slept)
    assert slept == [45, 32]
    told = [message for message in caplog.messages if message.startswith("Discord asks")]
    assert told == [f"Discord asks to wait {n} s before logging in; waiting." for n in (45, 32)]
    assert server.syncs == 1


async def test_the_bot_logs_in_although_the_commands_have_to_wait(
    server: LimitingDiscord, running: Running, slept: Slept, caplog: pytest.LogCaptureFixture
) -> None:
    server.waits[f"/api/v10/applications/{APPLICATION['id']}/commands"] = [3600, 40]
    async with running() as gazette:
        await log_in(gazette.bot, TOKEN, slept)
        assert not server.commands
        await server.until(lambda: bool(server.syncs))
    assert slept == [3600, 40]
    assert "Discord asks to wait 3600 s before it takes the commands; waiting." in caplog.messages
    assert server.commands


async def test_commands_that_discord_knows_are_not_told_again(
    server: LimitingDiscord, running: Running
) -> None:
    for _ in range(3):
        async with running() as gazette:
            await log_in(gazette.bot, TOKEN)
    assert server.syncs == 1


async def test_the_ids_of_the_commands_are_known_also_if_they_are_not_told_again(
    server: LimitingDiscord, running: Running
) -> None:
    async with running() as gazette:
        await log_in(gazette.bot, TOKEN)
        told = gazette.bot.command_ids
    assert sorted(told) == sorted(command["name"] for command in server.commands)
    async with running() as gazette:
        assert gazette.bot.command_ids == {}
        await log_in(gazette.bot, TOKEN)
        assert gazette.bot.command_ids == told
    assert server.syncs == 1


async def test_a_change_of_the_commands_is_told(server: LimitingDiscord, running: Running) -> None:
    async with running() as gazette:
        await log_in(gazette.bot, TOKEN)
    async with running() as gazette:
        gazette.bot.tree.command(name="weather", description="Tell the weather")(_weather)
        await log_in(gazette.bot, TOKEN)
    assert server.syncs == 2
    assert "weather" in [command["name"] for command in server.commands]


async def _weather(interaction: discord.Interaction) -> None:
    pass


async def test_another_application_is_told_the_commands(
    server: LimitingDiscord, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as gazette:
        await log_in(gazette.bot, TOKEN)
    monkeypatch.setitem(APPLICATION, "id", "600000000000000006")
    async with running() as gazette:
        await log_in(gazette.bot, TOKEN)
    assert server.syncs == 2


async def test_a_note_that_is_lost_or_damaged_costs_one_more_telling(
    server: LimitingDiscord, running: Running, tmp_path: Path
) -> None:
    note = tmp_path / "data" / "gazette.db.commands"
    for damage in (lambda: None, note.unlink, lambda: note.write_bytes(b"\xff"), note.touch):
        async with running() as gazette:
            damage()
            await log_in(gazette.bot, TOKEN)
    assert server.syncs == 3
