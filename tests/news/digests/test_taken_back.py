"""What becomes of digests, and of updates, of an article that was taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.news.subscriptions.subscribing import Choice
from bot.news.times.schedule_text import parse
from bot.news.times.timezones import zone_named
from tests.conftest import Clock
from tests.news.digests.happenings import body_of
from tests.news.digests.program import Program
from tests.news.digests.remembered import Remembered

SERVER, CHANNEL = 7, 71


@pytest.fixture
def channels(clock: Clock) -> Remembered:
    return Remembered(clock)


@pytest.fixture
async def program(tmp_path: Path, clock: Clock, channels: Remembered) -> AsyncIterator[Program]:
    started = Program(tmp_path / "inbox", tmp_path / "gazette.db", channels, clock)
    await started.start()
    yield started
    await started.close()


async def test_it_goes_from_a_digest_once_the_bot_may_write_there_again(
    program: Program, channels: Remembered, clock: Clock
) -> None:
    zone = zone_named("UTC")
    await program.subscribing.subscribe(SERVER, CHANNEL, Choice(schedule=parse("hourly", zone), zone=zone))
    for name in ("Ferry", "Bridge"):
        program.put(f"{name}.txt", f"{name} news of today are here.")
        await program.take(f"{name}.txt")
    clock.advance(hours=1)
    await program.serve()
    channels.refusing.add(CHANNEL)
    await program.moderation.forget("article:1")
    await program.serve()
    (message,) = channels.standing(CHANNEL)
    assert "Ferry" in message.text
    channels.refusing.clear()
    clock.advance(hours=1)
    await program.serve()
    assert "Ferry" not in message.text
    assert "Bridge" in message.text


async def test_a_digest_that_is_made_just_now_is_edited(
    program: Program, channels: Remembered, clock: Clock
) -> None:
    zone = zone_named("UTC")
    await program.subscribing.subscribe(SERVER, CHANNEL, Choice(schedule=parse("hourly", zone), zone=zone))
    for name in ("Ferry", "Bridge"):
        program.put(f"{name}.txt", f"{name} news of today are here.")
        await program.take(f"{name}.txt")
    clock.advance(hours=1)
    channels.meanwhile = lambda: program.moderation.forget("article:1")
    await program.serve()
    (message,) = channels.standing(CHANNEL)
    assert "Ferry" not in message.text
    assert "Bridge" in message.text


async def test_an_update_of_it_is_posted(program: Program, channels: Remembered) -> None:
    await program.subscribing.subscribe(SERVER, CHANNEL, Choice(zone=zone_named("UTC")))
    program.put("first.txt", f"{body_of(0)}.")
    await program.take("first.txt")
    await program.moderation.forget("article:1")
    program.put("update.txt", f"{body_of(0)} {body_of(1)}.")
    await program.take("update.txt")
    await program.serve()
    (message,) = channels.standing(CHANNEL)
    assert body_of(1, 1) in message.text
