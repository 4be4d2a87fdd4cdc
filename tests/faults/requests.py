"""What members and managers ask for in the hour: subscriptions, filters, summaries, files."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from tests.faults.busy_discord import BusyDiscord
from tests.faults.interactions import Asked, Upload, owner, reader
from tests.faults.newsroom import SECTIONS, Newsroom
from tests.faults.reckoning import ACTIVE, Channel, Reckoning

MOST_CHANNELS = 6

SLOW = "(?:[a-z]+[ ,.]?)+(?:[a-z]+[ ,.]?)+qqzz{number}$"
"""A pattern that runs wild on a text of words, and fits none."""

ATTRIBUTES = 100_000

TIMES = 24
"""The most times that a schedule takes."""

ANSWERS_WITHIN = 20
"""Seconds after which a command's answer is not waited for."""


class Requests:
    """Each of its methods has somebody use a command; what came of it is counted."""

    def __init__(self, server: BusyDiscord, newsroom: Newsroom, reckoning: Reckoning, seed: int) -> None:
        self._server = server
        self._newsroom = newsroom
        self._reckoning = reckoning
        self.chance = random.Random(seed)  # noqa: S311 (it has to be repeatable)
        self.counts: Counter[str] = Counter()
        self.minutes = 60.0
        server.files["hostile.html"] = hostile_page()

    async def upload(self, *, hostile: bool = False) -> None:
        """Have one of many members send a file to be summarised."""
        name = "hostile.html" if hostile else f"upload-{self.counts['uploads']}.html"
        if not hostile:
            text = "".join(f"<p>{self._newsroom.writer.more()}</p>" for _ in range(3))
            self._server.files[name] = f"<html><body><article>{text}</article></body></html>".encode()
        file = Upload(name, len(self._server.files[name]), self._server.address(name))
        self.counts["hostile uploads" if hostile else "uploads"] += 1
        await self._answered(await self._use("summary", {"file": file}, reader_number=self._anybody()))
        if not hostile:
            self._server.files.pop(name, None)

    async def upload_hostile(self) -> None:
        """Have three members send a page with one element of very many attributes."""
        await asyncio.gather(*[self.upload(hostile=True) for _ in range(3)])

    async def summarise(self) -> None:
        """Have a member ask for an article by its title."""
        if self._newsroom.pieces:
            title = self.chance.choice(self._newsroom.pieces).title
            self.counts["summaries"] += 1
            await self._answered(
                await self._use("summary", {"article": title, "private": True}, reader_number=self._anybody())
            )

    async def subscribe(self, *, is_digest: bool | None = None) -> None:
        """Make a channel and give it a subscription, asking again until the history has it."""
        if len(self._reckoning.living()) >= MOST_CHANNELS:
            return
        channel_id = await self._server.open_channel(f"channel-{len(self._reckoning.channels)}")
        sections = self.chance.choice((None, *[(one,) for one in SECTIONS], SECTIONS[:2]))
        if is_digest is None:
            is_digest = self.chance.random() < 0.3
        options = {"channel": True, "sections": ", ".join(sections or ("all",)), "deliver": "instant"}
        if is_digest:
            options |= {"deliver": "digest", "times": often(self.minutes), "zone": "UTC"}
        while channel_id in self._server.guild.names and not self._has(channel_id):
            await self._answered(await self._use("subscribe", options, channel_id=channel_id))
            await asyncio.sleep(2)
        self.counts["channels subscribed"] += 1
        self._reckoning.channels[channel_id] = Channel(channel_id, sections, is_digest, time.monotonic())

    async def close_channel(self) -> None:
        """Delete a channel that is not the first one."""
        others = self._reckoning.living()[1:]
        if len(others) > 1:
            self.counts["channels deleted"] += 1
            await self._server.close_channel(self.chance.choice(others).id)

    async def filter_slowly(self) -> None:
        """Give a channel a filter that no article fits, and that takes long to say so."""
        channel = self.chance.choice(self._reckoning.living())
        self.counts["slow patterns"] += 1
        pattern = SLOW.replace("{number}", str(self.counts["slow patterns"]))
        options = {"action": "exclude", "by": "pattern", "text": pattern, "channel": True}
        await self._answered(await self._use("filter add", options, channel_id=channel.id))

    def _has(self, channel_id: int) -> bool:
        try:
            return any(row[0] == channel_id for row in self._reckoning.ask(ACTIVE))
        except sqlite3.Error:
            return False

    def _anybody(self) -> int:
        return self.chance.randint(1, 500)

    async def _use(
        self,
        name: str,
        options: dict[str, object],
        *,
        channel_id: int | None = None,
        reader_number: int | None = None,
    ) -> Asked:
        member = owner() if reader_number is None else reader(reader_number)
        where = self._reckoning.living()[0].id if channel_id is None else channel_id
        return await self._server.use(name, options, member=member, channel_id=where)

    async def _answered(self, asked: Asked) -> None:
        """Wait for the answer for as long as somebody would: the program may be down."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self._server.until(lambda: bool(asked.answers))
            self.counts["answers"] += 1
        except TimeoutError:
            self.counts["never answered"] += 1
        self._server.asked.pop(asked.token, None)


def often(minutes: float) -> str:
    """Return times for digests from now until some time after so many minutes, in UTC."""
    step = max(1.0, (minutes + 40) / TIMES)
    now = datetime.now(UTC)
    times = [now + timedelta(minutes=step * number) for number in range(1, TIMES + 1)]
    return ", ".join(sorted({f"{one:%H:%M}" for one in times}))


def hostile_page() -> bytes:
    """Return a page with one element that has very many attributes."""
    attributes = " ".join(f"a{number}=''" for number in range(ATTRIBUTES))
    return f"<html><body><p {attributes}>Words that nobody reads.</p></body></html>".encode()
