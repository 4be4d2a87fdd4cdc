"""What a new article is, seen from those that are there: a copy, an update, of a story, or new.

The rules are here; where the articles are kept is another's business (``History``).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from bot.analysis.comparison import EXCERPT, Comparison, Verdict, compare, is_template
from bot.analysis.shingles import Fingerprint, Shingled, is_only, without
from bot.analysis.terms import Terms, cosine
from bot.articles.article import Article

LEAST_SHARED = 2
"""So many indexed hashes, or indexed terms, make an old article a candidate."""
MOST_POSTINGS = 64
"""A hash that so many articles have is a phrase of the trade and leads nowhere."""
MOST_CANDIDATES = 32
"""By each of the two ways: those that share the most, then the oldest."""
BOILERPLATE = 5
"""A line that so many articles begin or end with, updates not counted, is a masthead or a sign-off.

Articles, not stories: what shares a long sign-off would become one story before it is known for one."""
SAME_EVENT = 0.41
"""Cosine of the terms, in English. Of the pairs above it 96 in 100 are about one event."""
SAME_EVENT_ELSEWHERE = 0.45
"""Without a table of how rare a word is; measured on English texts as if there were none."""
WINDOW = timedelta(hours=72)
"""Between two texts about one event, when only their terms speak for it."""
ROUNDUP_PARTS = 3
"""A text that contains articles of so many stories is a roundup."""

_ORDER = (Verdict.SAME_TEXT, Verdict.UPDATE, Verdict.TEMPLATE, Verdict.SAME_STORY, Verdict.NEW)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new article, as far as it is compared."""

    text: Shingled
    terms: Terms
    language: str | None
    published: date | None
    came_at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article of the history that a new one may belong to."""

    id: int
    """Articles are numbered as they came: the lower, the older."""
    story: int
    fingerprint: Fingerprint
    terms: Terms
    """Empty when they were pruned."""
    published: date | None
    came_at: datetime
    is_roundup: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What a new article is, and by what."""

    verdict: Verdict
    of: int | None = None
    """The article that decided, ``None`` where the new one is nothing of another's."""
    story: int | None = None
    containment: float = 0.0
    novel_words: int = 0
    cosine: float = 0.0
    is_roundup: bool = False
    nearest: int | None = None
    """The article that the figures are about, also where it decided nothing."""


class History(Protocol):
    """Where candidates come from: the database, or the memory of one command."""

    def boilerplate(self, lines: Collection[int]) -> Collection[int]:
        """Return which of these lines ``BOILERPLATE`` or more articles begin or end with."""

    def candidates(self, index: Sequence[int], terms: Sequence[int]) -> Iterable[Candidate]:
        """Return the articles that share ``LEAST_SHARED`` of these hashes or, if recent, of these terms.

        A hash with ``MOST_POSTINGS`` or more has no vote; each way gives ``MOST_CANDIDATES`` at most. Recent
        is what came within ``WINDOW``.
        """


def arrival(article: Article, text: Shingled, terms: Terms, came_at: datetime) -> Arrival:
    """Return what is compared of an article, whose shingles and terms a worker found."""
    return Arrival(text, terms, article.language, article.published, came_at)


def decide(new: Arrival, candidates: Iterable[Candidate], boilerplate: Collection[int] = ()) -> Decision:
    """Return what an article is, seen from these.

    The first of same text, update, template and same story that applies to one of them wins; within it the
    one that shares the most decides, then the oldest.
    """
    if is_only(new.text, boilerplate):  # all that it shares with others is what does not count
        return Decision(Verdict.NEW, novel_words=new.text.fingerprint.words)
    new = replace(new, text=without(new.text, boilerplate))
    words = new.text.fingerprint.words
    found = [_judged(new, old) for old in candidates]
    is_roundup = len({one.old.story for one in found if one.comparison.is_part}) >= ROUNDUP_PARTS
    # A roundup may be a copy of a roundup, and a part of one is no copy of it; nothing else holds for them.
    fits = [
        one
        for one in found
        if (not is_roundup or one.verdict is Verdict.SAME_TEXT)
        and not (one.old.is_roundup and words < EXCERPT * one.old.fingerprint.words)
    ]
    best = min(fits, key=_rank, default=None)
    if best is None:
        return Decision(Verdict.NEW, novel_words=words, is_roundup=is_roundup)
    decides = best.verdict is not Verdict.NEW
    return Decision(
        best.verdict,
        best.old.id if decides else None,
        best.old.story if decides else None,
        best.comparison.containment,
        best.comparison.novel_words,
        best.cosine,
        is_roundup,
        best.old.id,
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    old: Candidate
    comparison: Comparison
    verdict: Verdict
    cosine: float


def _judged(new: Arrival, old: Candidate) -> _Judged:
    comparison = compare(new.text, old.fingerprint)
    alike = cosine(new.terms, old.terms)
    limit = SAME_EVENT if new.language == "en" else SAME_EVENT_ELSEWHERE
    verdict = comparison.verdict
    if (
        verdict is Verdict.NEW
        and alike >= limit
        and is_near(new, old)
        and not is_template(new.text.fingerprint, old.fingerprint)
    ):
        verdict = Verdict.SAME_STORY
    return _Judged(old, comparison, verdict, alike)


def _rank(one: _Judged) -> tuple[int, float, float, int]:
    # What has no shingle in common is ordered by what it is about.
    return _ORDER.index(one.verdict), -one.comparison.containment, -one.cosine, one.old.id


def is_near(new: Arrival, old: Candidate) -> bool:
    """Tell whether the two were published within ``WINDOW``; where one does not say, whether they came so."""
    if new.published is None or old.published is None:
        return abs(new.came_at - old.came_at) <= WINDOW
    starts, ends = zip(_span(new.published), _span(old.published), strict=True)
    return max(starts) - min(ends) <= WINDOW


def _span(published: date) -> tuple[datetime, datetime]:
    """Return when the time of publication begins and ends: a date without a time is a whole day."""
    if isinstance(published, datetime):
        return published, published
    start = datetime.combine(published, time(), UTC)
    return start, start + timedelta(days=1)
