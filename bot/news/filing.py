"""An article into the history: stored as what it is, and queued for the channels that never got its text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.analysis.analysis import Analysis
from bot.analysis.comparison import Verdict
from bot.news.deciding import Considered
from bot.news.history import spans_of, to_comparison, to_fingerprint, to_record
from storage import articles, deliveries, files, fingerprints, stories
from storage.deliveries import State
from storage.files import Outcome


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a text."""

    decision: files.Decision
    changed: tuple[int, ...] = ()
    """The articles whose posts show something else now."""


class Filing:
    """Stores and queues within the caller's transaction."""

    def __init__(self, channels: Sequence[int]) -> None:
        """Take the channels that articles are posted in; without any, as in an import, no post changes."""
        self._channels = channels

    async def file(
        self, connection: AsyncConnection, analysis: Analysis, considered: Considered | None, now: datetime
    ) -> Filed:
        """Store an article. Without a decision about it, its very words are in the history already."""
        record, source = to_record(analysis, now), analysis.article.source
        known = await articles.find_text(connection, analysis.text_hash)
        if known is not None or considered is None:
            if known is not None and await self.lacks_its_body(connection, known):
                await articles.revive(connection, known, record)
            return Filed(files.Decision(Outcome.DUPLICATE, known, source=source))
        if considered.corrects is not None:
            await articles.correct(connection, considered.corrects, record)
            await self._keep_fingerprint(connection, considered.corrects, considered, now)
            decision = files.Decision(Outcome.ARTICLE, considered.corrects, source=source)
            return Filed(decision, (considered.corrects,))
        if considered.decision.verdict is Verdict.SAME_TEXT and considered.decision.of is not None:
            return await self._file_copy(connection, record, considered)
        return await self._file_article(connection, record, considered, now)

    async def queue(self, connection: AsyncConnection, filed: Filed, now: datetime, *, shown: bool) -> int:
        """Queue an article for the channels that never got its text; return how much there is to do now.

        Where ``shown``, the posts of a text that came once more are changed, so that they name the new copy.
        """
        article_id = filed.decision.article_id
        if article_id is None:
            return 0
        same = await stories.same_texts(connection, article_id)
        first = await articles.get(connection, same[0])
        if first is None or first.forgotten_at is not None:
            return 0
        have = [one for number in same for one in await deliveries.of_article(connection, number)]
        served = {delivery.channel_id for delivery in have if delivery.state is not State.FAILED}
        missing = [channel for channel in self._channels if channel not in served]
        queued = await deliveries.enqueue(connection, article_id, missing, now)
        changed = set(filed.changed)
        if filed.decision.outcome is Outcome.DUPLICATE and shown:
            changed.update(same)
        return queued + await self._renew(connection, changed)

    async def lacks_its_body(self, connection: AsyncConnection, article_id: int) -> bool:
        """Return whether a channel never got the article, whose body was removed for its age meanwhile."""
        stored = await articles.get(connection, article_id)
        if stored is None or stored.pruned_at is None or stored.forgotten_at is not None:
            return False
        have = {delivery.channel_id for delivery in await deliveries.of_article(connection, article_id)}
        return not have.issuperset(self._channels)

    async def _renew(self, connection: AsyncConnection, article_ids: Iterable[int]) -> int:
        """Have the posts of these articles changed, where an import does not and their texts are kept."""
        renewed = 0
        for number in sorted(article_ids if self._channels else ()):
            stored = await articles.get(connection, number)
            if stored is not None and stored.has_a_body:
                renewed += await deliveries.renew(connection, number)
        return renewed

    async def _file_copy(
        self, connection: AsyncConnection, record: articles.ArticleRecord, considered: Considered
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
        connection: AsyncConnection,
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
        news = spans_of(record.text, considered.news) if update_of and considered.news else None
        await stories.place(connection, number, story_id=story_id, update_of=update_of, news=news)
        await self._keep_fingerprint(connection, number, considered, now)
        await self._keep_comparison(connection, number, considered)
        lead = await stories.lead(connection, story_id) if story_id != number else None
        changed = () if lead is None else await stories.same_texts(connection, lead)
        return Filed(files.Decision(Outcome.ARTICLE, number, source=record.source), changed)

    async def _keep_fingerprint(
        self, connection: AsyncConnection, number: int, considered: Considered, now: datetime
    ) -> None:
        """Keep what a text is compared by; the lines of an update or a correction were counted before."""
        decision = considered.decision
        once_more = decision.verdict is Verdict.UPDATE or considered.corrects is not None
        fingerprint = to_fingerprint(
            considered.arrival, is_roundup=decision.is_roundup, counts_edges=not once_more
        )
        await fingerprints.put(connection, number, fingerprint, now)

    async def _keep_comparison(
        self, connection: AsyncConnection, number: int, considered: Considered
    ) -> None:
        if considered.decision.nearest is not None:
            await stories.compared(connection, number, to_comparison(considered.decision))
