"""A story, told: which articles belong to it, where they are posted, what each adds."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotFound
from bot.news.article_names import NOT_THERE, article_id_of
from bot.news.viewer import Viewer
from bot.render.links import message_link
from storage import deliveries, stories
from storage.database import Database
from storage.stories import Member

MOST = 25
"""Articles of a story that are shown; the others are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a story, as it is told."""

    title: str
    source: str | None
    at: datetime
    link: str | None
    """To its post in this server."""
    adds: str
    """A sentence that the articles before it have not, or the first of its summary."""


class Telling:
    """Tells stories."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_article(self, wanted: str, viewer: Viewer) -> tuple[list[Told], int]:
        """Return the story that an article belongs to, and how many articles it has. Raises ``NotFound``."""
        async with self._database.read() as connection:
            article_id = await article_id_of(connection, wanted, viewer.only)
            story_id = await stories.story_of(connection, article_id)
        if story_id is None:
            raise NotFound(NOT_THERE)
        return await self.of_story(story_id, viewer)

    async def of_story(self, story_id: int, viewer: Viewer) -> tuple[list[Told], int]:
        """Return what the viewer sees of a story: articles, and how many they are.

        Links lead to posts in the channels that the viewer sees. Raises ``NotFound``.
        """
        channels = viewer.channels
        async with self._database.read() as connection:
            found = await stories.members(connection, story_id, MOST, viewer.only)
            total = await stories.size(connection, story_id, viewer.only)
            links = {}
            for member in found:
                links[member.id] = await deliveries.posted_in(
                    connection, stories.sharing(member.id), channels
                )
        if not found:
            raise NotFound("Nothing of that story is in the history, or in a channel that you can see.")
        told = []
        for member in found:
            posted = links[member.id]
            link = None if posted is None else message_link(viewer.guild_id, *posted)
            told.append(Told(member.title, member.source, member.stored_at, link, _adds(member)))
        return told, total


def _adds(member: Member) -> str:
    spans = member.news or member.summary
    return member.text[spans[0][0] : spans[0][1]] if spans and member.text else ""
