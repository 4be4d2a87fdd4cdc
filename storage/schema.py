"""The tables of the history."""

import os
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from storage.packed import Packed

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """An aware time, kept as milliseconds since 1970 so that it sorts and compares as a number."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Return what the database keeps."""
        return None if value is None else (value - EPOCH) // timedelta(milliseconds=1)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Return what the program works with."""
        return None if value is None else EPOCH + timedelta(milliseconds=value)


class Published(TypeDecorator[date]):
    """A date, or an aware time where the article gave one, kept as ISO 8601."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        """Return what the database keeps."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> date | None:
        """Return what the program works with."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


class FilePath(TypeDecorator[str]):
    """A path as the operating system's bytes: a file's name need not be valid UTF-8."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> bytes | None:
        """Return what the database keeps."""
        return None if value is None else os.fsencode(value)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> str | None:
        """Return what the program works with."""
        return None if value is None else os.fsdecode(value)


metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text_hash", LargeBinary(16), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("text", Packed, nullable=False),
    Column("byline", Text),
    Column("published", Published),
    Column("language", Text),
    Column("source", Text),
    Column("url", Text),
    Column("section", Text),
    Column("method", Text, nullable=False),
    Column("sentence_count", Integer, nullable=False),
    Column("summary", Text, nullable=False),
    Column("entities", Packed),
    Column("stored_at", Instant, nullable=False),
    Column("pruned_at", Instant),
    Column("forgotten_at", Instant),
    Column("story_id", Integer),
    Column("duplicate_of", Integer),
    Column("update_of", Integer),
    Column("news", Text),
    Column("picture", Text),
    Column("characters", Integer),
    Column("similar_to", Integer),
    sqlite_autoincrement=True,
)
"""``story_id`` is the article that began the story; ``duplicate_of`` the one that has the same text;
``similar_to`` the one that it may be a copy of, until somebody says.
``characters`` are those of the text, none where it was stored before texts were compressed."""

LENGTH = func.coalesce(articles.c.characters, func.length(articles.c.text))
"""Characters of an article's text."""

HAS_A_BODY = "pruned_at IS NULL AND forgotten_at IS NULL"

Index("articles_of_story", articles.c.story_id)
Index("articles_stored_at", articles.c.stored_at)
Index("articles_duplicate_of", articles.c.duplicate_of, sqlite_where=text("duplicate_of IS NOT NULL"))
Index("articles_copies", articles.c.stored_at, sqlite_where=text("duplicate_of IS NOT NULL"))
Index("articles_with_a_body", articles.c.stored_at, sqlite_where=text(HAS_A_BODY))

files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content_hash", LargeBinary(32), nullable=False, unique=True),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("article_id", Integer, ForeignKey("articles.id"), index=True),
    Column("first_path", FilePath, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("source", Text),
    Column("again_at", Instant),
    CheckConstraint("outcome IN ('article', 'duplicate', 'refused')", name="outcome_is_known"),
    CheckConstraint("(outcome = 'refused') = (article_id IS NULL)", name="refused_has_no_article"),
    CheckConstraint("(outcome = 'refused') = (reason IS NOT NULL)", name="refused_has_a_reason"),
)

Index("files_refused", files.c.id, sqlite_where=text("outcome = 'refused'"))
Index("files_again", files.c.id, sqlite_where=text("again_at IS NOT NULL"))

unserved = Table(
    "unserved",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
)
"""The articles that came while no channel had a subscription, for about a day."""

paths = Table(
    "paths",
    metadata,
    Column("path", FilePath, primary_key=True),
    Column("file_id", Integer, ForeignKey("files.id"), nullable=False, index=True),
    Column("seen_at", Instant, nullable=False),
    Column("dismissed_at", Instant),
    Column("before_id", Integer),
    sqlite_with_rowid=False,
)
"""``dismissed_at`` is when somebody put the refusal of what lies there aside; ``before_id`` is the article
whose own file lay there before what lies there now was refused."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id")),
    Column("channel_id", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("nonce", Text),
    Column("after_message_id", BigInteger),
    Column("message_id", BigInteger),
    Column("reason", Text),
    Column("queued_at", Instant, nullable=False),
    Column("sending_at", Instant),
    Column("sent_at", Instant),
    Column("wanted", Integer, nullable=False, server_default="1"),
    Column("shown", Integer, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("unedited", Text),
    Column("digest_id", Integer, ForeignKey("digests.id")),
    Column("place_id", BigInteger),
    Column("roles", Text),
    Column("afterwards", Text),
    UniqueConstraint("article_id", "channel_id"),
    CheckConstraint(
        "state IN ('held', 'queued', 'sending', 'sent', 'listed', 'failed', 'removing', 'removed')",
        name="state_is_known",
    ),
    CheckConstraint("article_id IS NOT NULL OR digest_id IS NOT NULL", name="it_has_a_subject"),
    CheckConstraint(
        "state != 'listed' OR (article_id IS NOT NULL AND digest_id IS NOT NULL)", name="listed_in_a_digest"
    ),
    CheckConstraint(
        "state != 'sending' OR (nonce IS NOT NULL AND sending_at IS NOT NULL)", name="sending_has_a_nonce"
    ),
    CheckConstraint("state != 'sent' OR message_id IS NOT NULL", name="sent_has_a_message"),
    CheckConstraint(
        "message_id IS NULL OR state IN ('sent', 'removing', 'removed')", name="a_message_was_sent"
    ),
    CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="failed_has_a_reason"),
    sqlite_autoincrement=True,
)
"""Of an article; or, where ``article_id`` is none, of the digest itself. For an article ``digest_id`` is the
digest that it is listed in. ``place_id`` is the forum's post that the message stands in, where it is not in
the channel itself."""

OPEN = (
    "state IN ('queued', 'sending', 'removing') "
    "OR (state = 'sent' AND (shown < wanted OR afterwards IS NOT NULL))"
)
"""Which deliveries there is something to do for. SQLite uses their index where a query says just this."""

Index("deliveries_open", deliveries.c.channel_id, deliveries.c.id, sqlite_where=text(OPEN))
Index("deliveries_failed", deliveries.c.id, sqlite_where=text("state = 'failed'"))
Index("deliveries_messages", deliveries.c.message_id, sqlite_where=text("message_id IS NOT NULL"))
Index("deliveries_sent", deliveries.c.sent_at, sqlite_where=text("state = 'sent'"))
Index("deliveries_held", deliveries.c.channel_id, deliveries.c.id, sqlite_where=text("state = 'held'"))
Index(
    "deliveries_listed",
    deliveries.c.digest_id,
    deliveries.c.state,
    sqlite_where=text("digest_id IS NOT NULL"),
)
Index(
    "deliveries_of_digests",
    deliveries.c.digest_id,
    unique=True,
    sqlite_where=text("article_id IS NULL"),
)

found_posts = Table(
    "found_posts",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False, index=True),
    Column("place_id", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("text", Text, nullable=False),
    Column("found_at", Instant, nullable=False),
)
"""What the bot's own messages show that the history did not know: it was put back from an older copy."""

notices = Table(
    "notices",
    metadata,
    Column("cause", Text, primary_key=True),
    Column("sentence", Text, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("told_at", Instant),
    sqlite_with_rowid=False,
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("terms", LargeBinary),
    Column("is_roundup", Boolean, nullable=False),
    Column("details", LargeBinary),
)
"""``details`` are kept of a text whose body was removed."""

Index("fingerprints_with_terms", fingerprints.c.article_id, sqlite_where=text("terms IS NOT NULL"))

shingles = Table(
    "shingles",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

terms = Table(
    "terms",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Of the last days alone."""

edges = Table(
    "edges",
    metadata,
    Column("line", BigInteger, primary_key=True, autoincrement=False),
    Column("many", Integer, nullable=False),
    Column("seen_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""First and last lines of articles, and how many have them."""

comparisons = Table(
    "comparisons",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("of_id", Integer, ForeignKey("articles.id"), nullable=False),
    Column("containment", Float, nullable=False),
    Column("novel_words", Integer, nullable=False),
    Column("cosine", Float, nullable=False),
    Column("replaced", Text),
)
"""``replaced`` is a JSON list of what a text has in the place of words of the other."""

judgements = Table(
    "judgements",
    metadata,
    Column("first_hash", LargeBinary(16), primary_key=True),
    Column("second_hash", LargeBinary(16), primary_key=True),
    Column("same", Boolean, nullable=False),
    Column("judged_at", Instant, nullable=False),
    Column("copy", Boolean),
    sqlite_with_rowid=False,
)
"""``same`` says whether two texts are of one story, ``copy`` whether they are one text, if somebody said."""

Index("judgements_second", judgements.c.second_hash)

digests = Table(
    "digests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("length", Text, nullable=False),
    Column("section", Text),
    Column("stories", Integer),
    Column("kind", Text, nullable=False, server_default="asked"),
    Column("channel_id", BigInteger),
    Column("slot", Instant),
    Column("missed_since", Instant),
    CheckConstraint("kind IN ('asked', 'scheduled', 'held', 'burst')", name="kind_is_known"),
    CheckConstraint("(kind = 'asked') = (channel_id IS NULL)", name="asked_for_in_no_channel"),
    CheckConstraint("(kind = 'scheduled') = (slot IS NOT NULL)", name="scheduled_has_a_slot"),
    sqlite_autoincrement=True,
)

Index(
    "digests_of_channels",
    digests.c.channel_id,
    digests.c.until,
    sqlite_where=text("channel_id IS NOT NULL"),
)
Index("digests_asked", digests.c.until, sqlite_where=text("kind = 'asked'"))

servers = Table(
    "servers",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text),
    Column("sentences", Integer),
    Column("method", Text),
    Column("colour", Integer),
    Column("layout", Text),
    Column("entities", Boolean),
    Column("left_at", Instant),
    Column("admitted", Boolean),
)
"""What members who may manage a server chose; what is not set is as the operator has it. ``admitted`` are
those that were served before only some servers were."""

own_channels = Table(
    "own_channels",
    metadata,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
)
"""The channels that the settings name, each with its server: that is known after one was deleted, too."""

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("guild_id", BigInteger, index=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("sections", Text),
    Column("deliver", Text, nullable=False),
    Column("schedule", Text),
    Column("zone", Text, nullable=False),
    Column("length", Text, nullable=False),
    Column("publish", Boolean, nullable=False),
    Column("pictures", Boolean, nullable=False),
    Column("say_nothing_new", Boolean, nullable=False),
    Column("holds_from", Instant, nullable=False),
    Column("last_slot", Instant),
    Column("paused_until", Instant),
    Column("quiet_from", Text),
    Column("quiet_to", Text),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_reason", Text),
    CheckConstraint("deliver IN ('instant', 'digest')", name="deliver_is_known"),
    CheckConstraint("deliver = 'instant' OR schedule IS NOT NULL", name="a_digest_has_a_schedule"),
    CheckConstraint("(quiet_from IS NULL) = (quiet_to IS NULL)", name="quiet_from_and_to"),
    CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name="ended_has_a_reason"),
    sqlite_autoincrement=True,
)
"""``guild_id`` is not known of the first one before the bot has logged in. ``sections`` is a JSON list, or
none for all."""

Index(
    "subscriptions_active",
    subscriptions.c.channel_id,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
)

waited = Table(
    "waited",
    metadata,
    Column("delivery_id", Integer, ForeignKey("deliveries.id"), primary_key=True),
    Column("subscription_id", Integer, ForeignKey("subscriptions.id"), nullable=False),
    Column("state", Text, nullable=False),
)
"""What waited for a subscription that was ended on purpose, and how: for about a day."""

filters = Table(
    "filters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscription_id", Integer, ForeignKey("subscriptions.id"), nullable=False, index=True),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,
)

pings = Table(
    "pings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscription_id", Integer, ForeignKey("subscriptions.id"), nullable=False, index=True),
    Column("role_id", BigInteger, nullable=False),
    Column("condition", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("pause", Integer, nullable=False),
    Column("last_at", Instant),
    sqlite_autoincrement=True,
)
