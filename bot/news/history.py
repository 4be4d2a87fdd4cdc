"""Between the newsroom's values and the history's records; and how the history is opened."""

import sqlite3
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.analysis.analysis import Analysis, Entity, EntityKind, Method, Summary
from bot.analysis.shingles import pack
from bot.analysis.terms import indexed, pack_terms
from bot.articles.article import Article
from bot.errors import StartupError
from bot.news.stories import Arrival, Decision
from bot.settings import Settings
from storage.articles import ArticleRecord, EntityRecord, StoredArticle
from storage.backup import newest_backup
from storage.comparisons import ComparisonRecord
from storage.database import Database, NewerHistory
from storage.fingerprints import FingerprintRecord
from storage.trouble import trouble

MOST_REPLACED = 8
"""Substitutions that are kept of a comparison: enough to see what differs."""


async def open_history(settings: Settings) -> Database:
    """Return the opened history. Raises ``StartupError`` where its file cannot be used."""
    try:
        return await Database.open(settings.database_path)
    except NewerHistory as error:
        raise StartupError(
            f"The history {settings.database_path} was made by a newer Gazette. Update this one."
        ) from error
    except (OSError, SQLAlchemyError, sqlite3.Error) as error:
        cause = getattr(error, "orig", None) or error
        if "locked" in str(cause):
            raise StartupError(
                f"Another program holds the history {settings.database_path}. End it, then start again."
            ) from error
        if isinstance(cause, sqlite3.DatabaseError) and _is_damage(cause):
            raise StartupError(_damaged(settings)) from error
        raise StartupError(
            f"The history {settings.database_path} cannot be opened: {trouble(cause) or cause}. "
            "DATABASE_URL must name a file in a folder that Gazette may write to."
        ) from error


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _damaged(settings: Settings) -> str:
    backup = newest_backup(settings.database_path)
    way_out = (
        f"The newest backup beside it is {backup}: stop Gazette, put it in the history's place without the "
        f"files {settings.database_path.name}-wal and -shm, which belong to the damaged one, start again."
        if backup
        else "There is no backup beside it. Move it away to begin a new history."
    )
    return f"The history {settings.database_path} is damaged or no database. Nothing was changed. {way_out}"


def to_record(analysis: Analysis, now: datetime) -> ArticleRecord:
    """Return what the history keeps of an analysis."""
    article = analysis.article
    return ArticleRecord(
        text_hash=analysis.text_hash,
        title=article.title,
        text=article.text,
        byline=article.byline,
        published=article.published,
        language=article.language,
        source=article.source,
        url=article.url,
        picture=article.picture,
        section=article.section,
        method=analysis.summary.method,
        sentence_count=analysis.summary.sentence_count,
        summary=spans_of(article.text, analysis.summary.sentences),
        entities=None if analysis.entities is None else tuple(map(_entity_record, analysis.entities)),
        stored_at=now,
    )


def to_article(stored: StoredArticle) -> Article:
    """Return the article as it was read."""
    return Article(
        title=stored.title,
        text=stored.text,
        byline=stored.byline,
        published=stored.published,
        language=stored.language,
        source=stored.source,
        url=stored.url,
        picture=stored.picture,
        section=stored.section,
    )


def to_summary(stored: StoredArticle) -> Summary:
    """Return the summary that the article was stored with."""
    sentences = tuple(stored.text[start:end] for start, end in stored.summary)
    return Summary(sentences, Method(stored.method), stored.sentence_count)


def to_entities(stored: StoredArticle) -> tuple[Entity, ...] | None:
    """Return the article's entities, or ``None`` where no model spoke its language."""
    if stored.entities is None:
        return None
    return tuple(Entity(e.name, EntityKind(e.kind), e.count, e.aliases) for e in stored.entities)


def to_news(stored: StoredArticle) -> Summary | None:
    """Return what is new in an update, or ``None`` where the article is none."""
    if stored.news is None:
        return None
    sentences = tuple(stored.text[start:end] for start, end in stored.news)
    return Summary(sentences, Method(stored.method), stored.sentence_count)


def to_fingerprint(
    arrival: Arrival, *, is_roundup: bool = False, counts_edges: bool = True
) -> FingerprintRecord:
    """Return what the history keeps of a text for comparison."""
    return FingerprintRecord(
        data=pack(arrival.text.fingerprint),
        terms=pack_terms(arrival.terms) if arrival.terms else None,
        is_roundup=is_roundup,
        shingles=arrival.text.index,
        indexed_terms=indexed(arrival.terms),
        edges=tuple(arrival.text.edges) if counts_edges else (),
    )


def to_comparison(decision: Decision) -> ComparisonRecord:
    """Return what the history keeps of a decision for which an article was looked at."""
    return ComparisonRecord(
        decision.verdict,
        decision.nearest or decision.of or 0,
        decision.containment,
        decision.novel_words,
        decision.cosine,
        tuple((one.detail.value, one.old, one.new) for one in decision.replaced[:MOST_REPLACED]),
    )


def _entity_record(entity: Entity) -> EntityRecord:
    return EntityRecord(entity.name, entity.kind, entity.count, entity.aliases)


def spans_of(text: str, sentences: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where the sentences stand: they are verbatim and in order, so that is all there is to keep."""
    spans = []
    end = 0
    for sentence in sentences:
        start = text.index(sentence, end)
        end = start + len(sentence)
        spans.append((start, end))
    return tuple(spans)
