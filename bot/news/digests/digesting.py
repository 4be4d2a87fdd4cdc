"""The pages of digests: what a digest holds is kept, so that they can be turned later."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.errors import NotFound
from bot.news.digests.digest import DigestArticle, Length, Page, digest_of, pages
from bot.news.digests.making import since_of
from bot.news.subscriptions.filters import folded
from bot.news.subscriptions.subscriptions import Register, Subscription
from bot.news.viewer import Viewer
from bot.render.digest import digest_sign
from bot.render.links import message_link
from bot.render.look import Look
from storage import digests
from storage.connection import Connection
from storage.database import Database, finished
from storage.digests import DigestKind, DigestRecord, PeriodArticle

MOST_ARTICLES = 1000
"""Of a period, the newest."""

COMPLETIONS = 25
MOST_SECTIONS_KNOWN = 1000


class Digesting:
    """Makes digests on demand, and turns the pages of all."""

    def __init__(self, database: Database, register: Register, clock: Clock) -> None:
        self._database = database
        self._register = register
        self._clock = clock

    async def now(
        self,
        viewer: Viewer,
        period: timedelta,
        *,
        length: Length,
        section: str | None,
        stories: int | None,
    ) -> tuple[int, Page]:
        """Return the id and the first page of a digest of what the viewer sees of a period until now."""
        until = self._clock()
        record = DigestRecord(viewer.guild_id, until - period, until, length, section, stories)
        digest_id = await finished(self._add(record))
        async with self._database.read() as connection:
            return digest_id, await page_of(connection, digest_id, record, viewer)

    async def page(self, digest_id: int, number: int, viewer: Viewer, *, sign: str | None = None) -> Page:
        """Return a page of a digest that the viewer sees. Raises ``NotFound``, also if its sign is another.

        One that was asked for shows each viewer what that one sees. One that is posted is shown to who sees
        its channel.
        """
        async with self._database.read() as connection:
            record = await digests.get(connection, digest_id)
        is_another = record is not None and sign not in {None, digest_sign(record.until)}
        if record is None or is_another or not _is_for(record, viewer):
            raise NotFound("That digest is no longer known. `/digest now` makes a new one.")
        async with self._database.read() as connection:
            return await page_of(connection, digest_id, record, viewer, number)

    async def preview(self, subscription: Subscription) -> Page:
        """Return the first page of what a subscription's next digest would hold if it came now."""
        now, channel_id = self._clock(), subscription.channel_id
        async with self._database.read() as connection:
            since = await since_of(connection, subscription, now)
            found = await digests.articles_held(connection, channel_id, now)
        record = DigestRecord(subscription.guild_id or 0, since, now, subscription.length)
        return await asyncio.to_thread(_page, record, found, 1)

    async def look(self, guild_id: int) -> Look:
        """Return how a server wants its digests to look."""
        async with self._database.read() as connection:
            return (await self._register.server(connection, guild_id)).look

    async def sections(self, typed: str, viewer: Viewer) -> list[str]:
        """Return up to 25 sections that begin with what was typed, in any case, and hold what is seen."""
        begins = folded(typed).strip()
        known = await self.seen_sections(viewer)
        return [name for name in known if folded(name).startswith(begins)][:COMPLETIONS]

    async def seen_sections(self, viewer: Viewer) -> list[str]:
        """Return the sections that recent articles lie in which the viewer sees."""
        async with self._database.read() as connection:
            return await digests.sections(connection, MOST_SECTIONS_KNOWN, viewer.only)

    async def every_section(self) -> list[str]:
        """Return the sections that recent articles lie in, for those who choose what a channel gets."""
        async with self._database.read() as connection:
            return await digests.sections(connection, MOST_SECTIONS_KNOWN)

    async def _add(self, record: DigestRecord) -> int:
        async with self._database.write() as connection:
            return await digests.add(connection, record)


async def page_of(
    connection: Connection,
    digest_id: int,
    record: DigestRecord,
    viewer: Viewer | None = None,
    number: int = 1,
) -> Page:
    """Return a page of a digest, the last one if it has fewer.

    Of one that was asked for it shows what the ``viewer`` sees; one that is posted shows what it lists.
    """
    if record.kind is DigestKind.ASKED:
        viewer = viewer or Viewer(record.guild_id)
        found = await digests.articles_of(connection, record, viewer.channels, MOST_ARTICLES, viewer.only)
    else:
        found = await digests.articles_listed(connection, digest_id)
    return await asyncio.to_thread(_page, record, found, number)


def _is_for(record: DigestRecord, viewer: Viewer) -> bool:
    if record.guild_id != viewer.guild_id:
        return False
    return record.channel_id is None or viewer.sees_all or record.channel_id in viewer.channels


def _page(record: DigestRecord, found: Sequence[PeriodArticle], number: int) -> Page:
    told = [to_digest_article(one, record.guild_id) for one in found]
    digest = digest_of(told, record.since, record.until, Length(record.length), record.stories)
    every = pages(digest)
    return every[min(max(number, 1), len(every)) - 1]


def to_digest_article(stored: PeriodArticle, guild_id: int) -> DigestArticle:
    """Return an article as a digest shows it."""
    place_id, message_id = stored.place_id, stored.message_id
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
        is_in_doubt=stored.similar_to is not None,
        was_shown=stored.was_shown,
        post=None if message_id is None else message_link(guild_id, place_id or 0, message_id),
    )
