"""Messages that are not taken though nobody says why: one alone fails, an outage is waited for."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.news.sending.channels import Content, DiscordChannels, Sent
from tests.discord.desk import Desk
from tests.discord.test_delivery import title

BEHIND = range(2, 22)


def page(status: int) -> discord.HTTPException:
    """Return what discord.py raises for a page of something that stands before Discord."""
    answer: Any = SimpleNamespace(status=status, reason="")
    kind = discord.Forbidden if status == 403 else discord.HTTPException
    return (discord.DiscordServerError if status >= 500 else kind)(answer, "<html>no</html>")


class Picky(DiscordChannels):
    """Channels before which something does not let some messages through."""

    def __init__(self, client: discord.Client, fault: Callable[[], Exception], *titles: str) -> None:
        super().__init__(client)
        self.fault = fault
        self.titles = titles
        self.applied = False
        self.passes_after: int | None = None
        self.channel_answers = True
        self.tried: list[str] = []

    async def answers(self, channel_id: int) -> bool:
        return self.channel_answers and await super().answers(channel_id)

    async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
        name = content.embed.title or ""
        self.tried.append(name)
        is_over = self.passes_after is not None and len(self.tried) > self.passes_after
        if name in self.titles and not is_over:
            if self.applied and self.tried.count(name) == 1:
                await super().send(channel_id, content, nonce)
            raise self.fault()
        return await super().send(channel_id, content, nonce)


@pytest.mark.parametrize(
    "fault",
    [
        lambda: page(403),
        lambda: page(400),
        lambda: page(413),
        lambda: page(502),
        lambda: page(503),
        aiohttp.ServerDisconnectedError,
    ],
    ids=["403", "400", "413", "502", "503", "dropped"],
)
async def test_one_message_that_is_not_taken_fails_alone(desk: Desk, fault: Callable[[], Exception]) -> None:
    await desk.queue(1, *BEHIND)
    await desk.deliver(Picky(desk.client, fault, title(1)))
    assert sorted(desk.posts()) == sorted(map(title, BEHIND))
    assert (await desk.states())[0] == "failed"
    assert "others were" in await desk.reason()
    assert sum("was not posted" in told for told in desk.told) == 1


async def test_two_such_messages_hold_up_nobody(desk: Desk) -> None:
    await desk.queue(1, *BEHIND)
    await desk.deliver(Picky(desk.client, lambda: page(403), title(1), title(2)))
    assert sorted(desk.posts()) == sorted(map(title, BEHIND[1:]))
    assert (await desk.states())[:3] == ["failed", "failed", "sent"]


@pytest.mark.parametrize("channel_answers", [True, False])
@pytest.mark.parametrize("status", [403, 503])
async def test_an_outage_fails_nothing(desk: Desk, status: int, channel_answers: bool) -> None:
    picky = Picky(desk.client, lambda: page(status), *map(title, range(1, 22)))
    picky.passes_after = 60
    picky.channel_answers = channel_answers
    await desk.queue(1, *BEHIND)
    await desk.deliver(picky)
    in_order = [title(number) for number in (1, *BEHIND)]
    assert sorted(desk.posts()) == sorted(in_order)
    assert set(await desk.states()) == {"sent"}
    if not channel_answers:
        assert desk.posts() == in_order


async def test_a_message_that_was_taken_after_all_does_not_fail(desk: Desk) -> None:
    """Discord applied it; every answer since is an error."""
    picky = Picky(desk.client, lambda: page(502), title(1))
    picky.applied = True
    await desk.queue(1, *BEHIND)
    await desk.deliver(picky)
    assert sorted(desk.posts()) == sorted(map(title, (1, *BEHIND)))
    assert set(await desk.states()) == {"sent"}


async def test_a_message_that_nobody_waits_behind_fails_if_its_channel_answers(desk: Desk) -> None:
    await desk.queue(1)
    await desk.deliver(Picky(desk.client, lambda: page(403), title(1)))
    assert await desk.states() == ["failed"]


async def test_a_message_that_nobody_waits_behind_waits_while_its_channel_does_not_answer(desk: Desk) -> None:
    picky = Picky(desk.client, lambda: page(403), title(1))
    picky.passes_after = 20
    picky.channel_answers = False
    await desk.queue(1)
    await desk.deliver(picky)
    assert await desk.states() == ["sent"]


async def test_a_channel_that_stands_still_for_ten_minutes_is_told(desk: Desk) -> None:
    picky = Picky(desk.client, lambda: page(503), *map(title, range(1, 4)))
    picky.passes_after = 30
    await desk.queue(1, 2, 3)
    await desk.deliver(picky)
    told = [one for one in desk.told if "For 10 minutes nothing could be posted" in one]
    assert told
    assert f"<#{desk.channel.id}>" in told[0]


async def test_what_cannot_be_deleted_now_holds_up_nobody(desk: Desk) -> None:
    await desk.queue(1)
    await desk.deliver()
    async with desk.database.write() as connection:
        await connection.exec_driver_sql("UPDATE deliveries SET state = 'removing'")
    desk.env.inject_error("DELETE", "/channels/*/messages/*", status=403, code=0, message="<html>", times=3)
    await desk.queue(2)
    await desk.deliver()
    assert title(2) in desk.posts()
    assert desk.pauses == []
