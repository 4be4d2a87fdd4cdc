"""What happens in the hour, and how often: news, commands and troubles, each in its own rhythm."""

import asyncio
import random
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress

from tests.faults.busy_discord import BusyDiscord
from tests.faults.newsroom import Newsroom, Piece
from tests.faults.reckoning import KNOWN, Reckoning
from tests.faults.requests import Requests
from tests.faults.troubles import Troubles

type Act = Callable[[], Awaitable[None]]
"""Has one thing happen."""

REFUSED = 0.02
"""How often an edge refuses the message of an article, whenever it comes."""

STATUSES = (400, 403, 413, 500)

SENT = "SELECT message_id FROM deliveries WHERE state = 'sent' AND shown >= wanted AND article_id IS NOT NULL"


class Day:
    """Has each thing happen again and again, at random times around its mean."""

    def __init__(
        self,
        newsroom: Newsroom,
        requests: Requests,
        troubles: Troubles,
        reckoning: Reckoning,
        server: BusyDiscord,
        faster: float,
    ) -> None:
        self._newsroom = newsroom
        self._requests = requests
        self._troubles = troubles
        self._reckoning = reckoning
        self._server = server
        self._faster = faster
        self._chance = newsroom.chance

    async def run(self) -> None:
        """Go on until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for number, (seconds, act) in enumerate(self.acts()):
                tasks.create_task(self._again(seconds, act, random.Random(number)))  # noqa: S311

    def acts(self) -> list[tuple[float, Act]]:
        """Return everything that happens, with the seconds between two times in the mean."""
        troubles, requests = self._troubles, self._requests
        return [
            (6, self.article),
            (300, self.burst),
            (25, self.copy),
            (40, self.update),
            (45, self.correct),
            (60, self.delete_file),
            (120, self.delete_message),
            (40, requests.upload),
            (400, requests.upload_hostile),
            (45, requests.summarise),
            (300, requests.subscribe),
            (500, requests.close_channel),
            (300, requests.filter_slowly),
            (120, troubles.kill_workers),
            (400, troubles.kill_program),
            (300, troubles.stop_workers),
            (240, troubles.step_clock),
            (30, troubles.spoil_answers),
            (240, troubles.limit),
            (500, troubles.fail_discord),
            (200, troubles.close_gateway),
            (400, troubles.fill_disk),
        ]

    async def article(self) -> None:
        """Bring a new article."""
        piece = self._newsroom.write()
        if self._chance.random() < REFUSED:
            self._server.refused[piece.title] = self._chance.choice(STATUSES)

    async def burst(self) -> None:
        """Bring many at once."""
        for _ in range(self._chance.randint(15, 60)):
            self._newsroom.write()

    async def copy(self) -> None:
        """Bring another file with the text of an article."""
        if pieces := self._plain():
            self._newsroom.copy(self._chance.choice(pieces[-200:]))

    async def update(self) -> None:
        """Bring an article that says what another does, and more."""
        with suppress(sqlite3.Error):
            # One that was read after its update would be an excerpt of that, and rightly not posted.
            known = {row[0] for row in self._reckoning.ask(KNOWN)}
            if pieces := [one for one in self._plain() if one.title in known and not one.has_update]:
                self._newsroom.update(self._chance.choice(pieces[-200:]))

    async def correct(self) -> None:
        """Change an article's own file where it lies."""
        if pieces := [one for one in self._plain() if not one.is_corrected]:
            self._newsroom.correct(self._chance.choice(pieces[-200:]))

    async def delete_file(self) -> None:
        """Delete a file whose article stands wherever it has to."""
        with suppress(sqlite3.Error):
            missing = {piece.title for _, piece in self._reckoning.missing()}
            if pieces := [one for one in self._plain() if one.title not in missing]:
                self._newsroom.delete(self._chance.choice(pieces))

    async def delete_message(self) -> None:
        """Delete a message as a moderator does, of which the program knows that it was sent."""
        with suppress(sqlite3.Error):
            sent = {row[0] for row in self._reckoning.ask(SENT)}
            living = {channel.id for channel in self._reckoning.living()}
            messages = self._server.guild.messages
            if posts := [one for one in messages if one.id in sent and one.channel_id in living]:
                post = self._chance.choice(posts)
                messages.remove(post)
                self._reckoning.removed[post.channel_id, post.title] += 1

    def _plain(self) -> list[Piece]:
        """Return the articles that are no updates and whose own file was not deleted."""
        return [one for one in self._newsroom.pieces if not one.is_update and not one.is_deleted]

    async def _again(self, seconds: float, act: Act, chance: random.Random) -> None:
        while True:
            await asyncio.sleep(chance.expovariate(self._faster / seconds))
            await act()
