"""A history for one command: it is gone when the command ends."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from bot.analysis.comparison import Verdict
from bot.analysis.terms import indexed
from bot.news.stories import (
    BOILERPLATE,
    LEAST_SHARED,
    MOST_CANDIDATES,
    MOST_POSTINGS,
    Arrival,
    Candidate,
    Decision,
    Read,
    decide,
    weigh,
)


class MemoryHistory:
    """Finds candidates as the database does; numbers the articles from 0."""

    def __init__(self) -> None:
        self._articles: list[Candidate] = []
        self._wordings: dict[int, Read] = {}
        self._hashes: defaultdict[int, list[int]] = defaultdict(list)
        self._terms: defaultdict[int, list[int]] = defaultdict(list)
        self._lines: Counter[int] = Counter()
        self._texts: dict[tuple[str, ...], int] = {}

    def boilerplate(self, lines: Collection[int]) -> Collection[int]:
        """Return which of these lines enough articles begin or end with."""
        return {line for line in lines if self._lines[line] >= BOILERPLATE}

    def candidates(self, index: Sequence[int], terms: Sequence[int]) -> Iterable[Candidate]:
        """Return the articles that share enough of these hashes or terms, oldest first."""
        postings = [self._hashes.get(hash_, []) for hash_ in index]
        hashes = [numbers for numbers in postings if len(numbers) < MOST_POSTINGS]
        least = min(LEAST_SHARED, len(index))
        found = {*_sharing(hashes, least), *_sharing([self._terms.get(term, []) for term in terms])}
        return [self._articles[number] for number in sorted(found)]

    def take(self, new: Arrival) -> Decision:
        """Decide about an article and keep it, unless its text is there already."""
        words = tuple(chain.from_iterable(new.text.lines))
        equal = self._texts.get(words)
        lines = new.text.edges
        if equal is not None:
            return self._copy(Decision(Verdict.SAME_TEXT, equal, self._articles[equal].story, 1.0))
        found = self.candidates(new.text.index, indexed(new.terms))
        beside = weigh(new, found, self.boilerplate(lines))
        decision = decide(beside, {number: self._wordings[number] for number in beside.to_read})
        if decision.verdict is Verdict.SAME_TEXT:
            return self._copy(decision)
        self._texts[words] = len(self._articles)
        self._keep(new, decision, lines)
        return decision

    def _copy(self, decision: Decision) -> Decision:
        """Count a copy, so that numbers follow the order of arrival; nothing leads to it."""
        if decision.of is not None:
            self._articles.append(self._articles[decision.of])
        return decision

    def _keep(self, new: Arrival, decision: Decision, lines: Collection[int]) -> None:
        number = len(self._articles)
        self._wordings[number] = new.wording
        grouped = decision.verdict in {Verdict.UPDATE, Verdict.SAME_STORY} and decision.story is not None
        story = decision.story if grouped and decision.story is not None else number
        self._articles.append(
            Candidate(
                number,
                story,
                new.text.fingerprint,
                new.terms,
                new.published,
                new.came_at,
                decision.is_roundup,
            )
        )
        for hash_ in new.text.index:
            self._hashes[hash_].append(number)
        for term in indexed(new.terms):
            self._terms[term].append(number)
        if decision.verdict is not Verdict.UPDATE:
            self._lines.update(list(lines))  # counts them: a mapping would add its values


def _sharing(postings: Iterable[Sequence[int]], least: int = LEAST_SHARED) -> list[int]:
    """Return those with the most votes, at most ``MOST_CANDIDATES``; of equals the oldest."""
    votes = Counter(number for numbers in postings for number in numbers)
    enough = [number for number, count in votes.items() if count >= least]
    return sorted(enough, key=lambda number: (-votes[number], number))[:MOST_CANDIDATES]
