"""An article into the history: stored as what it is, and queued for the channels that never got its text."""

from dataclasses import dataclass
from datetime import datetime

from bot.analysis.analysis import Analysis
from bot.analysis.comparison import Verdict
from bot.news.deciding import Considered
from bot.news.history import spans_of, to_comparison, to_fingerprint, to_record
from bot.news.subscriptions.matching import NOTHING_TRIED, Matches
from bot.news.subscriptions.routing import Offered, Route, Routing
from storage import articles, comparisons, deliveries, files, fingerprints, stories, unserved
from storage.connection import Connection
from storage.database import Database
from storage.files import Outcome


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a text."""

    decision: files.Decision
    changed: int | None = None
    """The article whose posts, and those of its copies, show something else now."""
    as_before: bool = False
    """Whether it is what its file had said before."""
    is_new: bool = False
    """Whether it has come into the history just now, so that nothing there can be about it."""

    @property
    def is_known(self) -> bool:
        """Whether the file is the article's own and was so before, corrected or not."""
        return self.as_before or (self.changed is not None and self.changed == self.decision.article_id)


class Filing:
    """Stores and queues within the caller's transaction."""

    def __init__(self, routing: Routing | None) -> None:
        """Take where articles go; nowhere, as in an import, no post changes."""
        self._routing = routing

    async def file(
        self,
        connection: Connection,
        analysis: Analysis,
        considered: Considered | None,
        name: str,
        now: datetime,
    ) -> Filed:
        """Store an article. Without a decision about it, its very words are in the history already."""
        record, source = to_record(analysis, now), analysis.article.source
        known = await articles.find_text(connection, analysis.text_hash)
        if considered is not None and considered.corrects is not None:
            corrected = await self._file_correction(connection, record, considered, known, now)
            if corrected is not None:
                return corrected
        if known is not None or considered is None:
            own = known is not None and await files.article_at(connection, name) == known
            if known is not None and await self.lacks_its_body(connection, known, record.section):
                await articles.revive(connection, known, record)
            outcome = Outcome.ARTICLE if own else Outcome.DUPLICATE
            return Filed(files.Decision(outcome, known, source=source), as_before=own)
        if considered.decision.verdict is Verdict.SAME_TEXT and considered.decision.of is not None:
            return await self._file_copy(connection, record, considered)
        return await self._file_article(connection, record, considered, now)

    async def queue(
        self,
        connection: Connection,
        filed: Filed,
        offered: Offered | None,
        now: datetime,
        *,
        shown: bool,
        matches: Matches = NOTHING_TRIED,
    ) -> int:
        """Queue an article for the channels that never got its text; return how much there is to do now.

        Without an article that is ``offered`` only posts are changed. Raises ``Untried`` if a pattern is not
        among the ``matches``.

        Where ``shown``, the posts of a text that came once more are changed, so that they name the new copy.
        An article whose file was saved anew is posted where it had failed alone: it may be of an old import.
        """
        article_id = filed.decision.article_id
        if article_id is None or self._routing is None:
            return 0
        if filed.is_new:
            return await self._queue_new(connection, self._routing, filed, offered, now, matches)
        first = await stories.first_of(connection, article_id)
        same = stories.sharing(first)
        if await articles.is_forgotten(connection, first):
            return 0
        served = await deliveries.served(connection, same)
        route = Route()
        if offered is not None:
            route = await self._routing.wanted(connection, offered, now, matches)
        missing = [channel for channel in route.channels if channel not in served]
        if filed.is_known:
            failed = await deliveries.failed_in(connection, same)
            missing = [channel for channel in missing if channel in failed]
        queued = await deliveries.enqueue(connection, article_id, missing, now, held=route.held)
        await deliveries.take_over(connection, article_id, same, missing)
        if filed.changed is not None:
            queued += await deliveries.renew(connection, stories.sharing(filed.changed))
        if filed.is_known and not filed.as_before:
            queued += await deliveries.renew_digests(connection, same, only_whole=True)
        if filed.decision.outcome is Outcome.DUPLICATE and shown:
            queued += await deliveries.renew(connection, same)
        return queued

    async def matches(self, database: Database, offered: Offered | None) -> Matches:
        """Return what members' patterns make of an article that is offered."""
        if offered is None or self._routing is None:
            return NOTHING_TRIED
        return await self._routing.matches(database, offered)

    async def _queue_new(
        self,
        connection: Connection,
        routing: Routing,
        filed: Filed,
        offered: Offered | None,
        now: datetime,
        matches: Matches,
    ) -> int:
        """Queue an article that no channel can have got before."""
        route = Route() if offered is None else await routing.wanted(connection, offered, now, matches)
        number = filed.decision.article_id or 0
        if not await routing.channels(connection):
            await unserved.add(connection, number)
        queued = await deliveries.enqueue(connection, number, route.channels, now, held=route.held)
        if filed.changed is not None:
            queued += await deliveries.renew(connection, stories.sharing(filed.changed))
        return queued

    async def lacks_its_body(self, connection: Connection, article_id: int, section: str | None) -> bool:
        """Return whether a channel never got the article, whose body was removed for its age meanwhile.

        It has come once more, in this section.
        """
        stored = await articles.get(connection, article_id)
        if stored is None or stored.pruned_at is None or stored.forgotten_at is not None:
            return False
        if self._routing is None:
            return False
        same = stories.sharing(await stories.first_of(connection, article_id))
        served = await deliveries.served(connection, same)
        return not served.issuperset(await self._routing.may_want(connection, section))

    async def is_version(self, connection: Connection, article_id: int, path: str) -> bool:
        """Return whether an article is, or has the text of, the one whose own file lies at this path."""
        held = await files.article_at(connection, path)
        return held is not None and await stories.first_of(connection, article_id) == held

    async def _file_correction(
        self,
        connection: Connection,
        record: articles.ArticleRecord,
        considered: Considered,
        known: int | None,
        now: datetime,
    ) -> Filed | None:
        """Let an article say what its file says now; ``None`` where another one says just that."""
        number = considered.corrects or 0
        decision = files.Decision(Outcome.ARTICLE, number, source=record.source)
        if known == number and await articles.says(connection, number, record):
            return Filed(decision, as_before=True)
        if known is not None and known != number:
            is_copy = await stories.first_of(connection, known) == number
            if not is_copy or not await stories.absorb(connection, known, number):
                return None
        await articles.correct(connection, number, record)
        await self._keep_fingerprint(connection, number, considered, now)
        return Filed(decision, number)

    async def _file_copy(
        self, connection: Connection, record: articles.ArticleRecord, considered: Considered
    ) -> Filed:
        """Store a text that another has but for a few words; of one that was taken back nothing is kept."""
        first_id = await stories.first_of(connection, considered.decision.of or 0)
        first = await articles.get(connection, first_id)
        if first is None or first.forgotten_at is not None:
            return Filed(files.Decision(Outcome.DUPLICATE, first_id, source=record.source))
        number = await articles.add(connection, record)
        await stories.place(connection, number, story_id=first.story_id, duplicate_of=first_id)
        await self._keep_comparison(connection, number, considered)
        return Filed(files.Decision(Outcome.DUPLICATE, number, source=record.source))

    async def _file_article(
        self,
        connection: Connection,
        record: articles.ArticleRecord,
        considered: Considered,
        now: datetime,
    ) -> Filed:
        number = await articles.add(connection, record)
        decision = considered.decision
        story_id, update_of = number, None
        if decision.of is not None and decision.verdict in {Verdict.UPDATE, Verdict.SAME_STORY}:
            story_id = await stories.story_of(connection, decision.of) or number
            if decision.verdict is Verdict.UPDATE:
                update_of = await stories.first_of(connection, decision.of)
        similar_to = None
        if decision.is_similar and decision.of is not None:
            similar_to = await stories.first_of(connection, decision.of)
        news = spans_of(record.text, considered.news) if update_of and considered.news else None
        await stories.place(
            connection, number, story_id=story_id, update_of=update_of, similar_to=similar_to, news=news
        )
        await self._keep_fingerprint(connection, number, considered, now)
        await self._keep_comparison(connection, number, considered)
        lead = number if story_id == number else await stories.lead(connection, story_id)
        # It leads itself where it began the story, or where all before it was taken back.
        changed = None if lead == number else lead
        found = files.Decision(Outcome.ARTICLE, number, source=record.source)
        return Filed(found, changed, is_new=True)

    async def _keep_fingerprint(
        self, connection: Connection, number: int, considered: Considered, now: datetime
    ) -> None:
        """Keep what a text is compared by; the lines of an update or a correction were counted before."""
        decision = considered.decision
        once_more = decision.verdict is Verdict.UPDATE or considered.corrects is not None
        fingerprint = to_fingerprint(
            considered.arrival, is_roundup=decision.is_roundup, counts_edges=not once_more
        )
        await fingerprints.put(connection, number, fingerprint, now)

    async def _keep_comparison(self, connection: Connection, number: int, considered: Considered) -> None:
        if considered.decision.nearest is not None:
            await comparisons.compared(connection, number, to_comparison(considered.decision))
