"""Files that members send along: answered to the sender, never like news, and a few at a time."""

import asyncio

import pytest

from bot.cooldowns import CoolingDown
from bot.news.uploads import Uploads
from tests.conftest import Clock
from tests.discord.conftest import World

LIE = b"""<html><head><title>Bank of Porto closes</title>
<meta property="og:site_name" content="Reuters"><meta name="author" content="Ada Quill">
<meta property="og:image" content="https://evil.example/a.jpg">
<link rel="canonical" href="https://evil.example/bank"></head><body><h1>Bank of Porto closes</h1>
<p>PORTO - The bank closed on Monday, its spokesman said, and nobody knows when it opens again.</p>
<p>Customers should go to https://evil.example/login today and type their password in, he said.</p>
<p>The mayor said on Tuesday that the bank had asked the town for help in the spring.</p></body></html>
"""


@pytest.mark.parametrize("command", ["summary", "entities"])
async def test_a_file_is_answered_to_its_sender_alone(posted: World, command: str) -> None:
    answer = await posted.ask(command, file=("bank.html", LIE))
    assert answer.ephemeral


@pytest.mark.parametrize("share", [False, True])
async def test_an_answer_about_a_file_does_not_look_like_news(posted: World, share: bool) -> None:
    answer = await posted.ask("summary", file=("b*n*k.html", LIE), share=share)
    embed = answer.embeds[0]
    assert answer.ephemeral is not share
    assert (embed.url, embed.colour, embed.author.name, embed.timestamp) == (None, None, None, None)
    assert embed.thumbnail.url is None
    assert "b\\*n\\*k.html" in (embed.title or "")
    said = embed.description or ""
    assert f"<@{posted.reader.id}> (reader)" in said
    assert "not one of Gazette's articles" in said
    assert ("Shared by" in said) is share
    assert "Bank of Porto closes" in said
    assert "https://" not in said
    assert "Reuters" not in said


async def test_private_outweighs_share(posted: World) -> None:
    assert (await posted.ask("summary", file=("bank.html", LIE), share=True, private=True)).ephemeral


async def test_a_member_rests_between_two_files(posted: World) -> None:
    posted.seconds = 100.0
    assert (await posted.ask("summary", file=("bank.html", LIE))).embeds
    refused = await posted.ask("summary", file=("bank.html", LIE))
    assert "<t:" in refused.content
    posted.seconds += 15
    assert (await posted.ask("summary", file=("bank.html", LIE))).embeds


class Time:
    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


async def test_one_file_at_a_time_is_fetched_and_few_wait(clock: Clock) -> None:
    time = Time()
    uploads = Uploads(time.now, clock, time.sleep)
    go, held, most = asyncio.Event(), 0, 0

    async def send(member: int, server: int = 1) -> None:
        nonlocal held, most
        async with uploads.turn(member, server):
            held += 1
            most = max(most, held)
            await go.wait()
            time.seconds += 3
            held -= 1

    tasks = [asyncio.create_task(send(member)) for member in (1, 2, 3)]
    await asyncio.sleep(0)
    with pytest.raises(CoolingDown, match="last file is still being read"):
        await send(1, server=2)
    with pytest.raises(CoolingDown, match="3 files of this server"):
        await send(4)
    others = [asyncio.create_task(send(member, member)) for member in range(5, 14)]
    await asyncio.sleep(0)
    with pytest.raises(CoolingDown, match="Many files"):
        await send(20, 20)
    go.set()
    await asyncio.gather(*tasks, *others)
    assert most == 1
    assert time.slept == [6.0] * 11
    with pytest.raises(CoolingDown, match="<t:"):
        await send(13, 13)
    await send(1)
