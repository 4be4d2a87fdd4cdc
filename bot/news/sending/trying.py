"""A test post: what an article will look like in a channel, before anything is subscribed."""

from dataclasses import dataclass, replace
from typing import Final

from bot.analysis.analysis import Method, Summary
from bot.articles.article import Article
from bot.errors import AnalysisFailed, GazetteError
from bot.news.history import to_article, to_entities, to_summary
from bot.news.sending.channels import Channels, Content
from bot.news.sending.composing import Summarise
from bot.news.sending.discord_errors import refusal
from bot.news.subscriptions.subscriptions import Register, Server
from bot.render.look import Layout, Look
from bot.render.post import post
from storage import articles
from storage.articles import StoredArticle
from storage.database import Database

TEST: Final = "Test"
"""Stands in the footer, where a post has its mark."""

_SENTENCES = (
    "This is a test: the article is invented, because no article has come yet.",
    "An article stands here with its title, some of its sentences, and where it comes from.",
    "The sentences are those of the article itself; none is written anew.",
)
SAMPLE = Article(title="A test of Gazette", text=" ".join(_SENTENCES), source="Gazette", language="en")
SAMPLE_SUMMARY = Summary(_SENTENCES, Method.BALANCED, len(_SENTENCES))


class NotTaken(GazetteError):
    """Discord did not take the test post. The sentence says why."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A test post that stands in a channel."""

    message_id: int
    place_id: int
    """The channel, or the forum's post, that it stands in."""
    is_invented: bool
    """Whether it shows the sample, as there was no article."""


class Trying:
    """Posts an article of the history as a channel would get it."""

    def __init__(
        self, database: Database, register: Register, channels: Channels, summarise: Summarise
    ) -> None:
        self._database = database
        self._register = register
        self._channels = channels
        self._summarise = summarise

    async def post(
        self, guild_id: int, channel_id: int, nonce: str, *, language: str, pictures: bool
    ) -> Tried:
        """Post the longest article in the server's look, with the language and the pictures given here.

        A second call with the ``nonce`` makes no second post. Raises ``NotTaken``.
        """
        async with self._database.read() as connection:
            stored = await articles.longest(connection)
            server = await self._register.server(connection, guild_id)
        look = replace(server.look, language=language, pictures=pictures)
        content = await self._content(stored, server, look)
        try:
            sent = await self._channels.send(channel_id, content, nonce)
            if look.layout is Layout.THREAD:
                await self._channels.open_thread(sent.place_id, sent.message_id, content.name)
        except Exception as error:
            told = refusal(error) or "Discord did not take it just now. Try again in a moment."
            raise NotTaken(told) from error
        return Tried(sent.message_id, sent.place_id, stored is None)

    async def _content(self, stored: StoredArticle | None, server: Server, look: Look) -> Content:
        if stored is None:
            return Content(post(SAMPLE, SAMPLE_SUMMARY, None, mark=TEST, look=look), name=SAMPLE.title)
        summary = await self._summary(stored, server)
        embed = post(to_article(stored), summary, to_entities(stored), mark=TEST, look=look)
        return Content(embed, name=stored.title, sections=frozenset(filter(None, [stored.section])))

    async def _summary(self, stored: StoredArticle, server: Server) -> Summary:
        if server.sentences is None and server.method is None:
            return to_summary(stored)
        try:
            return await self._summarise(to_article(stored), server.sentences, server.method)
        except AnalysisFailed:
            return to_summary(stored)
