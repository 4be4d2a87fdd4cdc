"""What is found out about an article: values that travel from a worker to the newsroom."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.articles.article import Article

if TYPE_CHECKING:
    from bot.analysis.shingles import Shingled
    from bot.analysis.terms import Terms


class Method(StrEnum):
    """How the sentences of a summary are chosen."""

    BALANCED = "balanced"
    LEXRANK = "lexrank"
    TEXTRANK = "textrank"
    LUHN = "luhn"
    LSA = "lsa"
    EDMUNDSON = "edmundson"
    REDUCTION = "reduction"


class EntityKind(StrEnum):
    """What kind of thing an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences of an article, verbatim, in the article's order."""

    sentences: tuple[str, ...]
    method: Method
    sentence_count: int
    """How many sentences the article has."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place that an article mentions."""

    name: str
    kind: EntityKind
    count: int
    """How many mentions the text holds, under any of its names."""
    aliases: tuple[str, ...] = ()
    """The other names it goes by in this text, most frequent first."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that a worker found out about one file."""

    article: Article
    summary: Summary
    entities: tuple[Entity, ...] | None
    """By count, then by first mention; ``None`` where no model speaks the article's language."""
    text_hash: bytes
    """Sixteen bytes that equal texts share, however they are wrapped, spaced or cased."""
    shingles: "Shingled"
    terms: "Terms"
