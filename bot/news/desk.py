"""What the commands ask: find an article, summarise it, name its entities."""

from dataclasses import dataclass

from bot.analysis import analyse
from bot.analysis.analysis import Entity, Method, Summary
from bot.articles.article import Article
from bot.errors import NotFound, Refused
from bot.news.article_names import NOT_THERE, article_id_of, fitting
from bot.news.asking import Asking
from bot.news.folder import too_large
from bot.news.history import to_article, to_entities
from bot.news.viewer import Viewer
from bot.news.workers import Workers
from bot.settings import Settings
from storage import articles
from storage.database import Database
from storage.titles import TitleMatch


@dataclass(frozen=True, slots=True)
class Chosen:
    """The article that a person asks about."""

    article: Article
    entities: tuple[Entity, ...] | None
    """Those that it was stored with, if any were looked for."""


class Desk:
    """Answers about articles of the history, and about files that people send along."""

    def __init__(self, database: Database, workers: Workers, settings: Settings) -> None:
        self._database = database
        self._asking = Asking(workers, settings.file_seconds)
        self._settings = settings

    async def complete(self, typed: str, viewer: Viewer) -> list[TitleMatch]:
        """Return up to 25 articles that the viewer sees and whose titles fit what was typed, newest first."""
        async with self._database.read() as connection:
            return await fitting(connection, typed, viewer.only)

    async def find(self, wanted: str, viewer: Viewer) -> Chosen:
        """Return the article that was picked, or the one whose title fits what was typed.

        Raises ``NotFound`` if there is none that the viewer sees, or more than one.
        """
        async with self._database.read() as connection:
            stored = await articles.get(connection, await article_id_of(connection, wanted, viewer.only))
        if stored is None:
            raise NotFound(NOT_THERE)
        if not stored.has_a_body:
            raise NotFound(
                "That article was taken back."
                if stored.forgotten_at
                else "The text of that article is no longer kept: it is older than HISTORY_DAYS."
            )
        return Chosen(to_article(stored), to_entities(stored))

    async def read(self, data: bytes, name: str) -> Chosen:
        """Return the article in a file that someone sent. Raises ``Refused`` and ``AnalysisFailed``."""
        self.check_size(len(data))
        return Chosen(await self._asking.run(analyse.read_file, data, name, None), None)

    def check_size(self, size: int) -> None:
        """Raise ``Refused`` where a file of this many bytes is not read."""
        if size > self._settings.max_file_bytes:
            raise Refused(too_large(self._settings.max_file_bytes))

    async def summarize(self, article: Article, sentences: int | None, method: Method | None) -> Summary:
        """Return a summary, of the set length and by the set method where none is named."""
        return await self._asking.run(
            analyse.summarize_article,
            article,
            sentences or self._settings.summary_sentences,
            method or self._settings.summary_method,
        )

    async def entities(self, chosen: Chosen) -> tuple[Entity, ...]:
        """Return the article's entities. Raises ``NotFound`` where no model speaks its language."""
        if chosen.entities is not None:
            return chosen.entities
        if not self._settings.entities:
            raise NotFound("Entities are turned off for this bot (ENTITIES=off in its settings).")
        found = await self._asking.run(analyse.find_entities, chosen.article)
        if found is None:
            raise NotFound(_no_model(chosen.article.language))
        return found


def _no_model(language: str | None) -> str:
    if language is None:
        return "The language of this article is not known, so its entities cannot be found."
    return (
        f"There is no model for this article's language ({language}), so its entities cannot be found. "
        "The operator of the bot can name one in SPACY_MODELS."
    )
