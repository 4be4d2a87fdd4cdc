"""What a new article is, seen from the whole history: candidates, judgements of people, corrections."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.analysis.analysis import Analysis
from bot.analysis.comparison import COPY, Verdict, compare
from bot.analysis.details import unpack_details
from bot.analysis.differences import differences, replaces_in_titles
from bot.analysis.shingles import unpack
from bot.analysis.terms import indexed, unpack_terms
from bot.analysis.tokens import Wording
from bot.articles.article import Article
from bot.clock import Clock
from bot.errors import AnalysisFailed
from bot.news.stories import (
    BOILERPLATE,
    LEAST_SHARED,
    MOST_CANDIDATES,
    MOST_POSTINGS,
    WINDOW,
    Arrival,
    Candidate,
    Decision,
    Read,
    Weighed,
    arrival,
    decide,
    weigh,
)
from storage import articles, files, fingerprints, judgements
from storage.connection import Connection
from storage.fingerprints import Limits, StoredFingerprint, StoredText, Versions
from storage.judgements import Judgement

LIMITS = Limits(LEAST_SHARED, MOST_POSTINGS, most_terms=500, most_candidates=MOST_CANDIDATES)

News = Callable[[Article, bytes], Awaitable[tuple[str, ...]]]
"""Returns the sentences that a text has not whose fingerprint this is."""


async def no_news(_article: Article, _old: bytes) -> tuple[str, ...]:
    """Return nothing: an update then shows its whole summary."""
    return ()


@dataclass(frozen=True, slots=True)
class Found:
    """What the history has to say of a new text."""

    text_hash: bytes
    candidates: tuple[int, ...]
    boilerplate: frozenset[int]
    judged: Mapping[bytes, Judgement]
    held: int | None
    """The article whose own file the path held."""

    @property
    def articles(self) -> set[int]:
        """All the articles that it is about."""
        return {*self.candidates, *(() if self.held is None else (self.held,))}


class Grounds(NamedTuple):
    """What a decision rests on; while it stays the same, so does the decision."""

    found: Found
    versions: Versions
    """What all these articles say: a correction changes it."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A decision, with its grounds."""

    arrival: Arrival
    grounds: Grounds
    decision: Decision
    corrects: int | None = None
    """The article that this is a correction of: its file was changed in place."""
    old: bytes | None = None
    """The fingerprint of the text that an update says more than."""
    news: tuple[str, ...] = ()
    """What an update says that the older text did not, verbatim and in order."""


class Deciding:
    """Compares before the writing transaction, which looks at the grounds alone."""

    def __init__(self, clock: Clock, news: News = no_news) -> None:
        self._clock = clock
        self._news = news

    async def consider(self, connection: Connection, analysis: Analysis, path: str) -> Considered:
        """Return what the article that lies at this path is, as the history stands now, but for its news."""
        new = arrival(analysis.article, analysis.shingles, analysis.terms, self._clock())
        found = await _found(connection, new, analysis.text_hash, path)
        versions, known = await fingerprints.get(connection, found.articles)
        grounds, by_id = Grounds(found, versions), {one.article_id: one for one in known}
        beside = await connection.within(_beside, new, found, by_id)
        texts = await fingerprints.texts(connection, beside.to_read)
        return await connection.within(_considered, beside, grounds, by_id, texts)

    async def with_news(self, considered: Considered, article: Article) -> Considered:
        """Return the same, where it is an update with what it says that the older text did not."""
        if considered.old is None:
            return considered
        with suppress(AnalysisFailed):  # then the update shows its whole summary
            news = await self._news(article, considered.old)
            return replace(considered, news=_verbatim(article.text, news))
        return considered

    async def holds(
        self, connection: Connection, considered: Considered, text_hash: bytes, path: str
    ) -> bool:
        """Return whether a decision still rests on the history as it is in this transaction."""
        found = await _found(connection, considered.arrival, text_hash, path)
        return considered.grounds == Grounds(found, await fingerprints.versions(connection, found.articles))


async def _found(connection: Connection, new: Arrival, text_hash: bytes, path: str) -> Found:
    since = new.came_at - WINDOW
    found = await fingerprints.candidates(connection, new.text.index, indexed(new.terms), since, LIMITS)
    common = await fingerprints.common_edges(connection, new.text.edges, BOILERPLATE)
    judged = await judgements.judgements_on(connection, text_hash)
    by_hash = await articles.ids_of(connection, judged)
    forced = {by_hash[other] for other, said in judged.items() if said.same and other in by_hash}
    held = await files.article_at(connection, path)
    return Found(text_hash, tuple(sorted({*found, *forced})), common, judged, held)


@dataclass(frozen=True, slots=True)
class _Beside:
    """A new article beside all that it may belong to, before a text was read."""

    arrival: Arrival
    """As it came; what is weighed may lack the lines that are boilerplate."""
    weighed: Weighed
    held: StoredFingerprint | None
    """The article whose file it lies in, if it was made from that one's text."""

    @property
    def to_read(self) -> set[int]:
        """The articles whose text decides."""
        return {*self.weighed.to_read, *(() if self.held is None else (self.held.article_id,))}


def _beside(new: Arrival, found: Found, known: Mapping[int, StoredFingerprint]) -> _Beside:
    apart = {other for other, said in found.judged.items() if not said.same}
    old = [known[number] for number in found.candidates if number in known]
    allowed = [one for one in old if one.text_hash not in apart]
    weighed = weigh(new, map(to_candidate, allowed), found.boilerplate)
    held = known.get(found.held or 0)
    is_made_from_it = held is not None and (held.text_hash == found.text_hash or _is_made_from(new, held))
    return _Beside(new, weighed, held if is_made_from_it else None)


def _considered(
    beside: _Beside,
    grounds: Grounds,
    known: Mapping[int, StoredFingerprint],
    texts: Sequence[StoredText],
) -> Considered:
    new, found = beside.arrival, grounds.found
    words = {one.article_id: words_of(one) for one in texts}
    held = beside.held
    if held is not None and (
        held.text_hash == found.text_hash or not _is_other_news(new, words.get(held.article_id))
    ):
        same = Decision(Verdict.SAME_TEXT, held.article_id, held.story_id, is_roundup=held.is_roundup)
        return Considered(new, grounds, same, corrects=held.article_id)
    decision = _as_people_say(decide(beside.weighed, words), found, known)
    old = known[decision.of].data if decision.verdict is Verdict.UPDATE and decision.of is not None else None
    return Considered(new, grounds, decision, old=old)


def _as_people_say(decision: Decision, found: Found, known: Mapping[int, StoredFingerprint]) -> Decision:
    """Return a decision as people judged the two texts: what they said outweighs every score."""
    of = known.get(decision.of or 0)
    said = found.judged.get(of.text_hash) if of is not None else None
    is_hiding = decision.verdict is Verdict.SAME_TEXT or decision.is_similar
    if said is not None and said.copy is False and is_hiding:
        return replace(decision, verdict=Verdict.SAME_STORY, is_similar=False)
    for one in (known[number] for number in found.candidates if number in known):
        judged = found.judged.get(one.text_hash)
        if judged is None or not judged.same:
            continue
        number, story = one.article_id, one.story_id
        if judged.copy:
            return replace(decision, verdict=Verdict.SAME_TEXT, of=number, story=story, nearest=number)
        if decision.verdict in {Verdict.NEW, Verdict.TEMPLATE}:
            return replace(decision, verdict=Verdict.SAME_STORY, of=number, story=story, nearest=number)
    return decision


def _is_made_from(new: Arrival, held: StoredFingerprint) -> bool:
    """Return whether a text was made from the one that its file held before."""
    comparison = compare(new.text, unpack(held.data))
    return comparison.containment >= COPY and comparison.verdict is not Verdict.TEMPLATE


def _is_other_news(new: Arrival, old: Read | None) -> bool:
    """Return whether a text is other news in the form of the old one, so that it corrects nothing.

    A name or a day that is put right stands in the text; if the title has another one too, it is other news.
    """
    if not isinstance(old, Wording):
        return False
    found = differences(old, new.wording, new.language)
    return found.is_form or (found.is_no_update and replaces_in_titles(found, old, new.wording))


def words_of(stored: StoredText) -> Read | None:
    """Return what an old text is compared by; ``None`` if nothing is left of it."""
    if stored.text is not None:
        return Wording(stored.title, stored.text)
    return None if stored.details is None else unpack_details(stored.details)


def to_candidate(stored: StoredFingerprint) -> Candidate:
    """Return an article of the history as it is compared."""
    return Candidate(
        id=stored.article_id,
        story=stored.story_id,
        fingerprint=unpack(stored.data),
        terms=unpack_terms(stored.terms) if stored.terms is not None else {},
        published=stored.published,
        came_at=stored.stored_at,
        is_roundup=stored.is_roundup,
    )


def _verbatim(text: str, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sentences that stand in the text in this order: what was left out may have joined two."""
    found, end = [], 0
    for sentence in sentences:
        start = text.find(sentence, end)
        if start >= 0:
            found.append(sentence)
            end = start + len(sentence)
    return tuple(found)
