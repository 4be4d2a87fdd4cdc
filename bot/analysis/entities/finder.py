"""Article → entities: the persons, organisations and places that an article mentions."""

from collections.abc import Mapping

from bot.analysis.analysis import Entity
from bot.analysis.entities import spacy_model
from bot.analysis.entities.countries import countries
from bot.analysis.entities.detection import find_mentions
from bot.analysis.entities.linking import link
from bot.analysis.entities.naming import entity
from bot.articles.article import Article

MOST_ENTITIES = 200
"""Entities kept of one article, the most mentioned ones. The richest of 124 measured texts has 76."""


class EntityFinder:
    """Finds entities in the languages that it has a model for: English, and what the operator names.

    ``models`` names an installed spaCy model by language (ISO 639-1) and may replace the English one. All are
    loaded at once; raises ``StartupError`` where one is not there.
    """

    def __init__(self, models: Mapping[str, str] | None = None) -> None:
        named = {
            language: spacy_model.load_named(language, name) for language, name in (models or {}).items()
        }
        self._models = named if "en" in named else {"en": spacy_model.load_english(), **named}

    def find(self, article: Article) -> tuple[Entity, ...] | None:
        """Return the entities in the article's text, the most mentioned first, then in the order of the text.

        ``None`` where no model speaks the article's language: an English one finds names in others at an F1
        of 4 to 17. The title and the byline are not looked at.
        """
        if article.language is None or (nlp := self._models.get(article.language)) is None:
            return None
        known = countries(article.language)
        clusters = link(find_mentions(nlp, article), known)
        clusters.sort(key=lambda cluster: -len(cluster.mentions))
        return tuple(entity(cluster, known) for cluster in clusters[:MOST_ENTITIES])
