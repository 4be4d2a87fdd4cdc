"""Digests on demand: what was asked for is kept, so that the pages can be turned later."""

from collections.abc import Collection
from datetime import timedelta

from bot.clock import Clock
from bot.errors import NotFound
from bot.news.digest import DigestArticle, Length, Page, digest_of, pages
from storage import digests
from storage.database import Database, finished
from storage.digests import DigestRecord, PeriodArticle

MOST_ARTICLES = 1000
"""Of a period, the newest."""

COMPLETIONS = 25


class Digesting:
    """Makes digests from the history."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def now(
        self,
        guild_id: int,
        channels: Collection[int],
        period: timedelta,
        *,
        length: Length,
        section: str | None,
        stories: int | None,
    ) -> tuple[int, Page]:
        """Return the id and the first page of a digest of what came in a period until now.

        Links lead to posts in these channels of the server.
        """
        until = self._clock()
        record = DigestRecord(guild_id, until - period, until, length, section, stories)
        digest_id = await finished(self._add(record))
        return digest_id, await self._page(record, channels, 1)

    async def page(self, digest_id: int, number: int, guild_id: int, channels: Collection[int]) -> Page:
        """Return a page of a digest that was made in this server. Raises ``NotFound``."""
        async with self._database.read() as connection:
            record = await digests.get(connection, digest_id)
        if record is None or record.guild_id != guild_id:
            raise NotFound("That digest is no longer known. `/digest now` makes a new one.")
        return await self._page(record, channels, number)

    async def sections(self, typed: str) -> list[str]:
        """Return up to 25 sections that begin with what was typed."""
        async with self._database.read() as connection:
            return await digests.sections(connection, typed.strip(), COMPLETIONS)

    async def _add(self, record: DigestRecord) -> int:
        async with self._database.write() as connection:
            return await digests.add(connection, record)

    async def _page(self, record: DigestRecord, channels: Collection[int], number: int) -> Page:
        async with self._database.read() as connection:
            found = await digests.articles_of(connection, record, channels, MOST_ARTICLES)
        told = [to_digest_article(one, record.guild_id) for one in found]
        digest = digest_of(told, record.since, record.until, Length(record.length), record.stories)
        every = pages(digest)
        return every[min(max(number, 1), len(every)) - 1]


def to_digest_article(stored: PeriodArticle, guild_id: int) -> DigestArticle:
    """Return an article as a digest shows it."""
    place = f"{guild_id}/{stored.channel_id}/{stored.message_id}"
    return DigestArticle(
        id=stored.id,
        story=stored.story_id,
        title=stored.title,
        source=stored.source,
        url=stored.url,
        section=stored.section,
        published=stored.published,
        stored_at=stored.stored_at,
        summary=tuple(stored.text[start:end] for start, end in stored.summary),
        words=stored.text.count(" ") + 1,
        news=tuple(stored.text[start:end] for start, end in stored.news),
        copy_of=stored.duplicate_of,
        post=None if stored.message_id is None else f"https://discord.com/channels/{place}",
    )
