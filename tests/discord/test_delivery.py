"""Delivery against a simulated Discord: every answer that it can give, and every place to be stopped at."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import discord
import pytest

from bot.errors import StartupError
from bot.news.sending.channels import Content, DiscordChannels, Sent
from storage import found_posts, sending
from storage.database import Database
from storage.deliveries import State
from storage.found_posts import FoundPost
from tests.conftest import record
from tests.discord.desk import Desk
from tests.news.newsroom import deliveries_over


class Faulty(DiscordChannels):
    """Channels that lose the answer to a request, before or after Discord has acted on it."""

    def __init__(self, client: discord.Client, *, applied: bool, times: int = 1) -> None:
        super().__init__(client)
        self.applied = applied
        self.times = times
        self.nonces: list[str] = []

    async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
        self.nonces.append(nonce)
        if self.times:
            self.times -= 1
            if self.applied:
                await super().send(channel_id, content, nonce)
            raise aiohttp.ServerDisconnectedError
        return await super().send(channel_id, content, nonce)


def title(number: int) -> str:
    return record(number).title


async def test_what_is_queued_is_posted_once_and_in_order(desk: Desk) -> None:
    await desk.queue(3, 1, 2)
    await desk.deliver()
    await desk.deliver()
    assert desk.posts() == [title(3), title(1), title(2)]
    assert await desk.states() == ["sent"] * 3


async def test_a_post_bears_its_mark_and_calls_nobody(desk: Desk) -> None:
    await desk.queue(1)
    await desk.deliver()
    message = desk.channel.last_message
    assert message is not None
    assert (message.embeds[0].footer.text or "").startswith("#1 · ")
    (request,) = [r for r in desk.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
    assert request.json is not None
    assert request.json["allowed_mentions"]["parse"] == []
    assert request.json["enforce_nonce"] is True
    assert len(request.json["nonce"]) <= 25


@pytest.mark.parametrize("status", [500, 503, 408, 429])
async def test_what_discord_cannot_take_now_is_tried_again(desk: Desk, status: int) -> None:
    desk.env.inject_error("POST", "/channels/*/messages", status=status, times=2)
    await desk.queue(1, 2)
    await desk.deliver()
    assert desk.posts() == [title(1), title(2)]
    assert desk.pauses == [1, 2]


async def test_a_try_again_keeps_its_nonce(desk: Desk) -> None:
    faulty = Faulty(desk.client, applied=False, times=3)
    await desk.queue(1)
    await desk.deliver(faulty)
    assert len(faulty.nonces) == 4
    assert len(set(faulty.nonces)) == 1


async def test_pauses_grow_to_a_bound(desk: Desk) -> None:
    await desk.queue(1)
    await desk.deliver(Faulty(desk.client, applied=False, times=12))
    assert desk.pauses == [1, 2, 5, 10, 30, 60, 120, 300, 300, 300, 300, 300]


@pytest.mark.parametrize("stopped", ["before the request", "after the request"])
async def test_a_program_that_was_stopped_while_sending_makes_one_message(desk: Desk, stopped: str) -> None:
    class Stop(BaseException):
        """Stands for SIGKILL: nothing of ours runs after it."""

    class Killed(DiscordChannels):
        async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
            if stopped == "after the request":
                await super().send(channel_id, content, nonce)
            raise Stop

    await desk.queue(1, 2)
    with pytest.raises(BaseExceptionGroup):
        await desk.deliver(Killed(desk.client))
    assert await desk.states() == ["sending", "queued"]
    desk.clock.advance(days=1)
    await desk.deliver()
    assert desk.posts() == [title(1), title(2)]


async def test_an_answer_that_was_lost_long_ago_is_found_by_its_mark(desk: Desk) -> None:
    """Discord has forgotten the nonce: the simulation never knew it."""
    faulty = Faulty(desk.client, applied=True)
    await desk.queue(1)

    async def a_long_pause(_seconds: float) -> None:
        desk.clock.advance(minutes=10)

    queue = deliveries_over(faulty, desk.database, desk.clock, a_long_pause)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(queue.run())
        tasks.create_task(desk._stop_when_idle(queue, running))
    assert desk.posts() == [title(1)]
    assert len(faulty.nonces) == 1


async def test_a_channel_whose_history_is_hidden_gets_its_posts(desk: Desk) -> None:
    blind = discord.PermissionOverwrite(read_message_history=False)
    guild = desk.env.guild
    channel = guild.create_text_channel("blind", overwrites={guild.default_role: blind})
    await desk.queue(1, channel=channel.id)
    await desk.deliver()
    assert len(channel.history()) == 1


async def test_another_member_with_the_same_mark_is_not_taken_for_the_post(desk: Desk) -> None:
    await desk.queue(1)
    async with desk.database.write() as connection:
        await sending.begin(connection, 1, "nonce", 0, desk.clock())
    guild = desk.env.guild
    imitator = guild.create_webhook(desk.channel, name="imitator")
    await imitator.send(embeds=[discord.Embed(title="Not ours").set_footer(text="#1 · balanced")])
    await desk.deliver()
    assert desk.posts() == ["Not ours", title(1)]


@pytest.mark.parametrize("is_older", [True, False])
async def test_without_the_right_to_read_the_history_the_delivery_waits(
    desk: Desk, caplog: pytest.LogCaptureFixture, *, is_older: bool
) -> None:
    """If it may stand there, or another channel tells that this history was put back from an older copy."""
    blind = discord.PermissionOverwrite(read_message_history=False)
    guild = desk.env.guild
    channel = guild.create_text_channel("blind", overwrites={guild.default_role: blind})
    await desk.queue(1, channel=channel.id)
    async with desk.database.write() as connection:
        if is_older:
            elsewhere = [FoundPost(1, 5, "A title", None, "")]
            await found_posts.keep(connection, 5, elsewhere, 1, desk.clock())
        else:
            await sending.begin(connection, 1, "nonce", 0, desk.clock())
    waited = asyncio.Event()

    async def pause(_seconds: float) -> None:
        waited.set()
        await asyncio.Event().wait()

    queue = deliveries_over(DiscordChannels(desk.client), desk.database, desk.clock, pause)
    running = asyncio.create_task(queue.run())
    await waited.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert "Read Message History" in caplog.text
    assert channel.history() == []
    assert await desk.states() == ["queued" if is_older else "sending"]


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (403, 50013, "Send Messages"),
        (403, 50001, "View Channel"),
        (404, 10003, "does not exist"),
        (400, 50035, "Discord refused it"),
    ],
)
async def test_what_discord_refuses_for_good_fails_alone(
    desk: Desk, status: int, code: int, told: str
) -> None:
    desk.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
    await desk.queue(1, 2)
    await desk.deliver()
    assert desk.posts() == [title(2)]
    assert await desk.states() == ["failed", "sent"]
    assert told in await desk.reason()
    assert desk.pauses == []


async def test_a_channel_that_is_not_there_costs_the_others_nothing(desk: Desk) -> None:
    await desk.queue(1, channel=4_000_000_000_000_000)
    await desk.queue(1)
    await desk.deliver()
    assert await desk.states() == ["failed", "sent"]
    assert desk.posts() == [title(1)]


async def test_a_channel_that_takes_no_messages_fails_with_its_kind(desk: Desk) -> None:
    category = desk.env.guild.create_category("Section")
    await desk.queue(1, channel=category.id)
    await desk.deliver()
    assert "category channel" in await desk.reason()


async def test_a_proxys_refusal_is_no_verdict(desk: Desk) -> None:
    """What stands in front of Discord answers 403 with a page of its own, without Discord's error code."""
    desk.env.inject_error("POST", "/channels/*/messages", status=403, code=0, message="<html>blocked</html>")
    await desk.queue(1)
    await desk.deliver()
    assert await desk.states() == ["sent"]


async def test_two_programs_on_one_history_make_one_message(desk: Desk, tmp_path: Path) -> None:
    other = await Database.open(tmp_path / "history" / "gazette.db")
    both_read = asyncio.Barrier(2)

    class AtOnce(DiscordChannels):
        async def last_message_id(self, channel_id: int) -> int:
            await both_read.wait()
            return await super().last_message_id(channel_id)

    await desk.queue(1)
    second = Desk(desk.env, desk.channel, desk.client, other, desk.clock)
    await asyncio.gather(desk.deliver(AtOnce(desk.client)), second.deliver(AtOnce(desk.client)))
    await other.close()
    assert desk.posts() == [title(1)]


async def test_a_token_that_is_revoked_ends_the_program(desk: Desk) -> None:
    desk.env.inject_error("POST", "/channels/*/messages", status=401)
    await desk.queue(1)
    with pytest.raises(ExceptionGroup) as caught:
        await desk.deliver()
    assert caught.group_contains(StartupError, match="no longer accepts the token", depth=2)
    assert await desk.states() == ["sending"]


async def test_an_article_that_is_gone_fails_its_delivery(desk: Desk, tmp_path: Path) -> None:
    await desk.queue(1)
    with closing(sqlite3.connect(tmp_path / "history" / "gazette.db")) as connection:
        connection.execute("DELETE FROM articles")
        connection.commit()
    await desk.deliver()
    assert "no longer in the history" in await desk.reason()


async def test_channels_do_not_wait_for_each_other(desk: Desk) -> None:
    other = desk.env.guild.create_text_channel("other")
    held = asyncio.Event()

    class OneIsSlow(DiscordChannels):
        async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
            if channel_id == desk.channel.id:
                await held.wait()
            else:
                held.set()
            return await super().send(channel_id, content, nonce)

    await desk.queue(1)
    await desk.queue(1, channel=other.id)
    await desk.deliver(OneIsSlow(desk.client))
    assert await desk.states() == [State.SENT, State.SENT]
