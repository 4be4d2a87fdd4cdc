"""What a delivery's message shows, as its channel and its server want it, and whom it pings."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.analysis.analysis import Method, Summary
from bot.articles.article import Article
from bot.clock import Clock
from bot.errors import AnalysisFailed
from bot.news.digests.digest import Digest
from bot.news.digests.digesting import page_of
from bot.news.history import to_article, to_entities, to_news, to_summary
from bot.news.sending.channels import Content, Unpostable
from bot.news.sending.shown import ShownPost, shown_post
from bot.news.subscriptions.filters import Subject
from bot.news.subscriptions.pings import Arrived, due
from bot.news.subscriptions.routing import Offered
from bot.news.subscriptions.subscriptions import NOTHING_CHOSEN, Register, Server, Subscription
from bot.render.digest import digest_buttons, digest_embed, missed_note
from bot.render.judgements import judgement_buttons
from bot.render.links import message_link
from bot.render.look import DEFAULT, Layout, Look
from bot.render.mark import mark
from bot.render.phrases import Words
from bot.render.post import Related, post
from bot.render.story import story_button
from bot.render.words import words_of
from storage import articles, digests, listing, stories, subscriptions
from storage.articles import StoredArticle
from storage.connection import Connection
from storage.database import Database
from storage.deliveries import Delivery
from storage.digests import DigestKind, DigestRecord

PUBLISH = "publish"
THREAD = "thread"

LATE = timedelta(minutes=5)
"""A digest that comes later than this says so."""

MOST_TRIED = 200
"""Articles of a digest by which roles are pinged, the newest."""

SUMMARIES_KEPT = 256


class NothingLeft(Unpostable):
    """Everything that a message was to show was taken back before it was posted."""


Summarise = Callable[[Article, int | None, Method | None], Awaitable[Summary]]
"""Returns a summary, of the set length and by the set method where none is named."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A message, and what is to be done with it once it stands there."""

    content: Content
    afterwards: tuple[str, ...] = ()


class Composing:
    """Composes messages from the history as it is now."""

    def __init__(self, database: Database, register: Register, clock: Clock, summarise: Summarise) -> None:
        self._database = database
        self._register = register
        self._clock = clock
        self._summaries = _Summaries(summarise)

    async def compose(self, delivery: Delivery) -> Composed:
        """Return what is to be shown now: at least the version that the delivery was read with.

        Raises ``Unpostable`` where there is nothing to show any more.
        """
        async with self._database.read() as connection:
            subscription = await self._register.of_channel(connection, delivery.channel_id)
        if delivery.article_id is None:
            return await self._digest(delivery, subscription)
        return await self._post(delivery, delivery.article_id, subscription)

    async def name(self, delivery: Delivery) -> str:
        """Return what the thread under a delivery's message is called."""
        async with self._database.read() as connection:
            stored = await articles.get(connection, delivery.article_id or 0)
        return stored.title if stored is not None and stored.title else mark(delivery.id)

    async def roles(self, connection: Connection, delivery: Delivery) -> tuple[int, ...]:
        """Return the roles that a message pings, each once, and note that their rules did so now."""
        subscription = await self._register.of_channel(connection, delivery.channel_id)
        if subscription is None or not subscription.pings:
            return ()
        last = await subscriptions.last_pings(connection, subscription.id)
        now = self._clock()
        found = {}
        for article_id in await _subjects(connection, delivery):
            stored = await articles.get(connection, article_id)
            if stored is None or not stored.has_a_body:
                continue  # it was taken back
            arrived = await _arrived(connection, stored)
            for rule in await connection.within(due, subscription.pings, arrived, last, now):
                found[rule.id] = rule.role_id
        await subscriptions.pinged(connection, found, now)
        return tuple(dict.fromkeys(found.values()))

    async def _post(self, delivery: Delivery, article_id: int, subscription: Subscription | None) -> Composed:
        look, server = _look(subscription)
        shown = await self._database.look_up(lambda c: shown_post(c, article_id, delivery.channel_id))
        stored = shown.article
        news = to_news(stored) if shown.knows_older else None
        embed = post(
            to_article(stored),
            news or await self._summaries.of(stored, server),
            to_entities(stored),
            mark=mark(delivery.id),
            copies=shown.copies,
            more_copies=shown.more_copies,
            is_update=shown.reply_to is not None and stored.similar_to is None,
            related=_related(shown, subscription),
            look=look,
        )
        buttons = []
        if shown.texts > 1:
            buttons.append(story_button(stored.story_id, shown.texts, language=look.language))
        if stored.similar_to is not None and shown.related is not None:
            buttons += judgement_buttons(stored.id, language=look.language)
        sections = frozenset(filter(None, [stored.section]))
        content = Content(embed, tuple(buttons), shown.reply_to, name=stored.title, sections=sections)
        return Composed(content, _afterwards(subscription, opens_thread=look.layout is Layout.THREAD))

    async def _digest(self, delivery: Delivery, subscription: Subscription | None) -> Composed:
        look, _ = _look(subscription)
        digest_id = delivery.digest_id or 0
        async with self._database.read() as connection:
            record = await digests.get(connection, digest_id)
            if record is None:
                raise Unpostable("The digest is no longer in the history.")
            page = await page_of(connection, digest_id, record)
        if (
            not page.digest.stories
            and delivery.message_id is None
            and not _says_nothing_new(record, subscription)
        ):
            raise NothingLeft("Everything in the digest was taken back.")
        note = _note(record, subscription, look)
        embed = digest_embed(page, mark=mark(delivery.id), note=note, look=look)
        buttons = digest_buttons(digest_id, page.number, page.of, until=record.until, language=look.language)
        name = f"{words_of(look.language).digest} · {_day(record, subscription)}"
        content = Content(embed, buttons, name=name, sections=_sections(page.digest))
        return Composed(content, _afterwards(subscription, opens_thread=False))


class _Summaries:
    """Summaries as servers want them; one is made once for all channels that want the same."""

    def __init__(self, summarise: Summarise) -> None:
        self._summarise = summarise
        self._made: OrderedDict[tuple[bytes, int | None, Method | None], asyncio.Future[Summary]] = (
            OrderedDict()
        )

    async def of(self, stored: StoredArticle, server: Server) -> Summary:
        """Return the summary that the article was stored with where a server chose nothing else."""
        if server.sentences is None and server.method is None:
            return to_summary(stored)
        key = (stored.text_hash, server.sentences, server.method)
        if key not in self._made:
            work = self._summarise(to_article(stored), server.sentences, server.method)
            self._made[key] = asyncio.ensure_future(work)
            while len(self._made) > SUMMARIES_KEPT:
                self._made.popitem(last=False)
        try:
            return await asyncio.shield(self._made[key])
        except AnalysisFailed:
            self._made.pop(key, None)
            return to_summary(stored)
        except Exception:
            self._made.pop(key, None)  # the next one may be answered
            raise


async def _subjects(connection: Connection, delivery: Delivery) -> list[int]:
    """Return the articles that a message shows."""
    if delivery.article_id is not None:
        return [delivery.article_id]
    return await listing.listed_in(connection, delivery.digest_id or 0, MOST_TRIED)


async def _arrived(connection: Connection, stored: StoredArticle) -> Arrived:
    subject = Subject(Offered.in_section(stored, stored.entities, stored.section))
    with_it, before = await stories.sources(connection, stored.story_id, stored.id)
    return Arrived(subject, with_it, before)


def _related(shown: ShownPost, subscription: Subscription | None) -> Related | None:
    if shown.related is None:
        return None
    is_same = shown.article.similar_to is None
    guild_id = None if subscription is None else subscription.guild_id
    link = None
    if is_same and shown.related_at is not None and guild_id is not None:
        link = message_link(guild_id, *shown.related_at)
    return Related(shown.related.title, link, is_same)


def _look(subscription: Subscription | None) -> tuple[Look, Server]:
    return (DEFAULT, NOTHING_CHOSEN) if subscription is None else (subscription.look, subscription.server)


def _afterwards(subscription: Subscription | None, *, opens_thread: bool) -> tuple[str, ...]:
    publishes = subscription is not None and subscription.publish
    return (*([THREAD] if opens_thread else []), *([PUBLISH] if publishes else []))


def _says_nothing_new(record: DigestRecord, subscription: Subscription | None) -> bool:
    is_wanted = subscription is not None and subscription.say_nothing_new
    return is_wanted and record.kind is DigestKind.SCHEDULED


def _note(record: DigestRecord, subscription: Subscription | None, look: Look) -> str | None:
    """Return why a digest came when it did, where that is no matter of course."""
    words = words_of(look.language)
    if record.kind is DigestKind.BURST:
        return words.at_once
    if record.kind is DigestKind.HELD:
        return _why_held(record, subscription, words)
    if record.slot is None or record.until - record.slot < LATE:
        return None
    if subscription is not None and subscription.held_until(record.slot) is not None:
        return None  # it was to wait
    return missed_note(record.slot, record.missed_since, language=look.language)


def _why_held(record: DigestRecord, subscription: Subscription | None, words: Words) -> str | None:
    """Return why articles were held; ``None`` where they waited for a digest that is wanted no more."""
    if subscription is None:
        return None
    paused_until, quiet = subscription.paused_until, subscription.quiet
    if paused_until is not None and paused_until >= record.since:
        return words.while_paused
    return words.in_quiet_hours if quiet is not None and quiet.holds(record.since) else None


def _day(record: DigestRecord, subscription: Subscription | None) -> str:
    until = record.until if subscription is None else record.until.astimezone(subscription.zone)
    return words_of(DEFAULT.language if subscription is None else subscription.look.language).day_of(until)


def _sections(digest: Digest) -> frozenset[str]:
    return frozenset(section.name for section in digest.sections if section.name)
