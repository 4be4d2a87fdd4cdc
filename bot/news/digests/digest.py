"""What a digest holds: the stories of a period, ranked, and which of them stand on which page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import exp2, log2

from bot.articles.text import label
from storage.folding import folded

SHORTEST_HALF_LIFE = timedelta(hours=1)
HALF_A_STORY = 50
"""Words. A notice of so many weighs half of what a long article does."""


class Length(StrEnum):
    """How much a digest says about each story."""

    SHORT = "short"
    """Its title alone."""
    MEDIUM = "medium"
    """One sentence."""
    DETAILED = "detailed"
    """Up to three."""


SENTENCES = {Length.SHORT: 0, Length.MEDIUM: 1, Length.DETAILED: 3}
STORIES_ON_A_PAGE = {Length.SHORT: 8, Length.MEDIUM: 6, Length.DETAILED: 4}
"""Fixed, so that a page holds the same stories whenever it is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestArticle:
    """An article, as far as a digest shows it."""

    id: int
    """Articles are numbered as they came."""
    story: int
    title: str
    source: str | None
    url: str | None
    section: str | None
    published: date | None
    stored_at: datetime
    summary: tuple[str, ...]
    words: int
    news: tuple[str, ...] = ()
    """The sentences that an update adds to what it is an update of."""
    copy_of: int | None = None
    """The first article that has the same text, if it came before."""
    is_in_doubt: bool = False
    """Whether it may be another's text or other news: it is told for itself, so that nothing is hidden."""
    post: str | None = None
    """The link to its post in this channel."""
    was_shown: bool = False
    """Whether an earlier digest of this channel counted it."""


@dataclass(frozen=True, slots=True)
class DigestSource:
    """One of the sources of a story, with the first of its articles."""

    name: str | None
    url: str | None
    post: str | None


@dataclass(frozen=True, slots=True)
class DigestStory:
    """A story as a digest shows it."""

    id: int
    lead: DigestArticle
    sentences: tuple[str, ...]
    """Of the lead, word by word."""
    sources: tuple[DigestSource, ...]
    """Each once, the lead's first, the others as they came."""
    articles: tuple[int, ...]
    """The ids of all that it stands for, copies too: what this digest has shown once it is sent."""
    texts: int
    """How many articles are new; copies are not counted."""
    is_again: bool
    """Whether an earlier digest had it: it comes with what is new alone."""
    at: datetime
    """When the newest of its articles appeared."""
    score: float


@dataclass(frozen=True, slots=True)
class Section:
    """The stories under one heading."""

    name: str | None
    stories: tuple[DigestStory, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The stories of a period, the first in rank first."""

    since: datetime
    until: datetime
    length: Length
    stories: tuple[DigestStory, ...]
    left_out: int = 0
    """Stories beyond the number that was asked for."""

    @property
    def articles(self) -> int:
        """How many articles its stories are made from."""
        return sum(story.texts for story in self.stories)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All stories under their headings."""
        return sections(self.stories)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a digest. Each story of the digest stands on one of its pages."""

    digest: Digest
    number: int
    """From 1."""
    of: int
    sections: tuple[Section, ...]


def digest_of(
    articles: Iterable[DigestArticle],
    since: datetime,
    until: datetime,
    length: Length = Length.MEDIUM,
    count: int | None = None,
) -> Digest:
    """Return the digest of these articles, whatever order they come in; of ``count`` stories at most.

    Given are the articles of the period, and those of their stories that an earlier digest has shown. A story
    comes again with the articles after that alone, and not at all for a copy.
    """
    by_story: defaultdict[int, list[DigestArticle]] = defaultdict(list)
    every = sorted(articles, key=lambda one: one.id)
    alone = {article.id for article in every if article.is_in_doubt}
    for article in every:
        first = article.copy_of or article.id
        by_story[first if first in alone else article.story].append(article)
    found = [_story(some, since, until, length) for some in by_story.values()]
    ranked = sorted((one for one in found if one is not None), key=lambda one: (-one.score, one.id))
    shown = tuple(ranked[:count])
    return Digest(since, until, length, shown, len(ranked) - len(shown))


def pages(digest: Digest) -> tuple[Page, ...]:
    """Return the pages: the first stories in rank on page one, the next on page two, each under its headings.

    A digest of nothing has one page.
    """
    size = STORIES_ON_A_PAGE[digest.length]
    parts = [digest.stories[start : start + size] for start in range(0, len(digest.stories), size)] or [()]
    return tuple(
        Page(digest, number, len(parts), sections(part)) for number, part in enumerate(parts, start=1)
    )


def sections(stories: Sequence[DigestStory]) -> tuple[Section, ...]:
    """Return the stories under their leads' sections, these in the order of their first; without one last."""
    found: dict[str | None, list[DigestStory]] = {}
    for story in stories:
        found.setdefault(story.lead.section or None, []).append(story)
    ordered = sorted(found.items(), key=lambda pair: pair[0] is None)
    return tuple(Section(name, tuple(some)) for name, some in ordered)


def score(sources: int, age: timedelta, words: int, period: timedelta) -> float:
    """Return how far up a story of so many sources stands, and of so many words in its lead.

    Coverage counts by log2(1 + sources): three sources are two times one, seven three times. The half-life is
    the period: a story as old as a weekly digest needs three sources to stand beside one of this minute with
    one, and so does one as old as an hourly digest.
    """
    half_life = max(period, SHORTEST_HALF_LIFE)
    freshness = exp2(-max(age, timedelta()) / half_life)
    return log2(1 + sources) * freshness * words / (words + HALF_A_STORY)


def _story(
    articles: Sequence[DigestArticle], since: datetime, until: datetime, length: Length
) -> DigestStory | None:
    """Return what is new in a story, or ``None`` where nothing is. The articles come by their ids."""
    there = {article.id for article in articles}
    # A copy of what is not here is the only one there is of its text.
    texts = [
        one for one in articles if not one.was_shown and (one.copy_of is None or one.copy_of not in there)
    ]
    if not texts:
        return None
    new = {one.id for one in texts}
    copies = [one for one in articles if not one.was_shown and one.copy_of in new and one.id not in new]
    everything = sorted([*texts, *copies], key=lambda one: one.id)
    lead = _lead(texts)
    is_again = any(one.was_shown for one in articles)
    said = (lead.news if is_again else ()) or lead.summary
    at = max(map(_appeared, texts))
    found = _sources([lead, *(one for one in everything if one is not lead)])
    return DigestStory(
        lead.story,
        lead,
        said[: SENTENCES[length]],
        found,
        tuple(one.id for one in everything),
        len(texts),
        is_again,
        at,
        score(len(found), until - at, lead.words, until - since),
    )


def _lead(texts: Sequence[DigestArticle]) -> DigestArticle:
    """Return the newest update, which says what was said and more; else the first that has a summary."""
    updates = [one for one in texts if one.news]
    return updates[-1] if updates else next((one for one in texts if one.summary), texts[0])


def _sources(articles: Iterable[DigestArticle]) -> tuple[DigestSource, ...]:
    """Return the sources, each once however it is cased; those without a name are one."""
    found: dict[str, DigestSource] = {}
    for one in articles:
        name = label(one.source or "")
        found.setdefault(folded(name), DigestSource(name or None, one.url, one.post))
    return tuple(found.values())


def _appeared(article: DigestArticle) -> datetime:
    """Return when an article was published, a day at its end; never later than it came."""
    published = article.published
    if published is None:
        return article.stored_at
    if not isinstance(published, datetime):
        published = datetime.combine(published, time.max, UTC)
    return min(published, article.stored_at)
