"""Filters: which articles a subscription takes, and which it leaves out."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from bot.analysis.fingerprint import normal_form
from bot.articles.text import label
from bot.news.subscriptions.patterns import OutOfTime, found
from storage import folding

MOST_GIVEN_UP = 3
"""A pattern that ran out of time in so many articles of one test is tried no more in it."""


class Action(StrEnum):
    """What becomes of an article that a filter fits."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


class Kind(StrEnum):
    """What a filter looks at."""

    WORDS = "words"
    """All of them, anywhere in the title and the text."""
    PHRASE = "phrase"
    """These words, one after the other."""
    ENTITY = "entity"
    SOURCE = "source"
    LANGUAGE = "language"
    SECTION = "section"
    PATTERN = "pattern"


class Named(Protocol):
    """An entity: ``Entity`` and the one that is kept."""

    @property
    def name(self) -> str:
        """The name that it is shown under."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names in this text."""


class Filterable(Protocol):
    """What filters look at. An article of the history is one."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def text(self) -> str:
        """Its body."""

    @property
    def source(self) -> str | None:
        """The publication."""

    @property
    def language(self) -> str | None:
        """ISO 639-1."""

    @property
    def section(self) -> str | None:
        """The subfolder of the inbox."""

    @property
    def entities(self) -> Sequence[Named] | None:
        """Who and what it mentions, ``None`` where that is not known."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter, as ``bot.news.subscriptions.filter_text.filter_of`` made it."""

    action: Action
    kind: Kind
    text: str
    """For a language its code, else what was typed."""


@dataclass(frozen=True, slots=True)
class Passed:
    """No filter keeps the article from being posted."""

    undecided: tuple[Filter, ...] = ()
    """Patterns that ran out of time; they count as if they did not fit."""


@dataclass(frozen=True, slots=True)
class Held:
    """The article is not posted."""

    by: Filter | None
    """The first filter that leaves it out; ``None`` where none of those that choose articles fits."""
    undecided: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """An article that would not be posted."""

    place: int
    """Where it stands among those that were tried, from 0."""
    held: Held


@dataclass(frozen=True, slots=True)
class Tried:
    """What filters would have made of some articles."""

    lost: tuple[Lost, ...]
    undecided: tuple[Filter, ...] = ()
    """Patterns that ran out of time in one of them."""


class Subject:
    """An article as filters see it. Its normal form is made once, when the first filter asks for it."""

    def __init__(self, article: Filterable) -> None:
        self._article = article

    @cached_property
    def words(self) -> str:
        """The normal forms of title and text, between blanks; no phrase reaches from one to the other."""
        return f" {normal_form(self._article.title)} \n {normal_form(self._article.text)} "

    @cached_property
    def written(self) -> str:
        """Title and text as they were written."""
        return f"{self._article.title}\n\n{self._article.text}"

    @cached_property
    def names(self) -> frozenset[str]:
        """The folded names of its entities."""
        return frozenset(
            folded_name(name)
            for entity in self._article.entities or ()
            for name in (entity.name, *entity.aliases)
        )

    def has(self, kind: Kind, text: str) -> bool:
        """Return whether this is so of the article. Raises ``OutOfTime``, for a pattern alone."""
        match kind:
            case Kind.WORDS:
                return all(map(self._has_phrase, text.split()))
            case Kind.PHRASE:
                return self._has_phrase(text)
            case Kind.ENTITY:
                return folded_name(text) in self.names
            case Kind.PATTERN:
                return found(text, self.written)
            case Kind.SOURCE | Kind.LANGUAGE | Kind.SECTION:
                own: str | None = getattr(self._article, kind)
                return own is not None and folded(own) == folded(text)

    def _has_phrase(self, text: str) -> bool:
        form = normal_form(text)
        return bool(form) and f" {form} " in self.words


def passes(
    filters: Sequence[Filter],
    subject: Subject,
    given_up: Collection[Filter] = (),
    fits_pattern: Callable[[str], bool] | None = None,
) -> Passed | Held:
    """Return whether a subscription with these filters takes the article, and by which filter it does not.

    Any filter that leaves out and fits holds it back. Where there are filters that choose, one has to fit.
    A pattern in ``given_up`` is not run. ``fits_pattern`` tells of the others; without it they are run here,
    where each may take ``patterns.SECONDS``: off the event loop with them.
    """
    undecided: list[Filter] = []

    def fits(one: Filter) -> bool:
        try:
            if one not in given_up:
                if fits_pattern is not None and one.kind is Kind.PATTERN:
                    return fits_pattern(one.text)
                return subject.has(one.kind, one.text)
        except OutOfTime:
            pass
        undecided.append(one)
        return False

    # Patterns come last: what the others decide costs nothing.
    ordered = sorted(filters, key=lambda one: one.kind is Kind.PATTERN)
    for one in ordered:
        if one.action is Action.EXCLUDE and fits(one):
            return Held(one, tuple(undecided))
    includes = [one for one in ordered if one.action is Action.INCLUDE]
    if includes and not any(map(fits, includes)):
        return Held(None, tuple(undecided))
    return Passed(tuple(undecided))


def lost(filters: Sequence[Filter], articles: Iterable[Filterable]) -> Tried:
    """Return which of the articles these filters would hold back, in their order, and by which filter.

    What comes back names articles by their places, so that a worker can be asked without sending texts back.
    """
    times: dict[Filter, int] = {}
    held: list[Lost] = []
    for place, article in enumerate(articles):
        given_up = {one for one, count in times.items() if count >= MOST_GIVEN_UP}
        result = passes(filters, Subject(article), given_up)
        for one in result.undecided:
            times[one] = times.get(one, 0) + 1
        if isinstance(result, Held):
            held.append(Lost(place, result))
    return Tried(tuple(held), tuple(one for one in filters if one in times))


def folded(text: str) -> str:
    """Return what spellings of a source, a section or a language's code share: one line, no case."""
    return folding.folded(label(text))


def folded_name(name: str) -> str:
    """Return what spellings of a name share: no case, accents, full stops, leading "the".

    ``names.fold`` of the entities does the same, and comes with spaCy, which the bot itself does without.
    """
    parts = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in parts if not unicodedata.combining(c) and c != ".")
    return normal_form(plain).removeprefix("the ")
