"""Subscriptions and what belongs to them; digests that are posted; pictures."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0005"
down_revision = "0004"

KEPT = (
    "id, article_id, channel_id, nonce, after_message_id, message_id, queued_at, sending_at, sent_at, "
    "state, reason, wanted, shown, not_before, unedited"
)


def upgrade() -> None:
    op.add_column("articles", sa.Column("picture", sa.Text))
    _renew_digests()
    _renew_deliveries()
    _create_subscriptions()


def downgrade() -> None:
    for table in ("pings", "filters", "subscriptions", "servers"):
        op.drop_table(table)
    _restore_deliveries()
    _restore_digests()
    op.drop_column("articles", "picture")


def _renew_digests() -> None:
    op.rename_table("digests", "digests_before")
    _create_digests(
        sa.Column("kind", sa.Text, nullable=False, server_default="asked"),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("slot", Instant),
        sa.Column("missed_since", Instant),
        sa.CheckConstraint("kind IN ('asked', 'scheduled', 'held', 'burst')", name="kind_is_known"),
        sa.CheckConstraint("(kind = 'asked') = (channel_id IS NULL)", name="asked_for_in_no_channel"),
        sa.CheckConstraint("(kind = 'scheduled') = (slot IS NOT NULL)", name="scheduled_has_a_slot"),
    )
    _move("digests", "digests_before", "id, guild_id, since, until, length, section, stories")
    in_channel = sa.text("channel_id IS NOT NULL")
    op.create_index("digests_of_channels", "digests", ["channel_id", "until"], sqlite_where=in_channel)
    op.create_index("digests_asked", "digests", ["until"], sqlite_where=sa.text("kind = 'asked'"))


def _restore_digests() -> None:
    for index in ("digests_asked", "digests_of_channels"):
        op.drop_index(index, "digests")
    op.rename_table("digests", "digests_after")
    _create_digests()
    _move("digests", "digests_after", "id, guild_id, since, until, length, section, stories")


def _create_digests(*more: sa.Column[object] | sa.CheckConstraint) -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.Column("length", sa.Text, nullable=False),
        sa.Column("section", sa.Text),
        sa.Column("stories", sa.Integer),
        *more,
        sqlite_autoincrement=True,
    )


def _renew_deliveries() -> None:
    """Make the table anew: SQLite cannot change what a table checks."""
    for index in ("deliveries_sent", "deliveries_failed", "deliveries_open"):
        op.drop_index(index, "deliveries")
    op.rename_table("deliveries", "deliveries_before")
    _create_deliveries(
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id")),
        "state IN ('held', 'queued', 'sending', 'sent', 'listed', 'failed', 'removing', 'removed')",
        sa.Column("digest_id", sa.Integer, sa.ForeignKey("digests.id")),
        sa.Column("place_id", sa.BigInteger),
        sa.Column("roles", sa.Text),
        sa.Column("afterwards", sa.Text),
        sa.CheckConstraint("article_id IS NOT NULL OR digest_id IS NOT NULL", name="it_has_a_subject"),
        sa.CheckConstraint(
            "state != 'listed' OR (article_id IS NOT NULL AND digest_id IS NOT NULL)",
            name="listed_in_a_digest",
        ),
    )
    _move("deliveries", "deliveries_before", KEPT)
    _index_deliveries(
        "state IN ('queued', 'sending', 'removing') "
        "OR (state = 'sent' AND (shown < wanted OR afterwards IS NOT NULL))"
    )
    for name, columns, where in (
        ("deliveries_held", ["channel_id", "id"], "state = 'held'"),
        ("deliveries_listed", ["digest_id", "state"], "digest_id IS NOT NULL"),
    ):
        op.create_index(name, "deliveries", columns, sqlite_where=sa.text(where))
    is_a_digest = sa.text("article_id IS NULL")
    op.create_index(
        "deliveries_of_digests", "deliveries", ["digest_id"], unique=True, sqlite_where=is_a_digest
    )


def _restore_deliveries() -> None:
    """Make the table as it was, without digests; what waited for one is queued, what was in one is done."""
    for index in ("of_digests", "listed", "held", "sent", "failed", "open"):
        op.drop_index(f"deliveries_{index}", "deliveries")
    op.rename_table("deliveries", "deliveries_after")
    _create_deliveries(
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), nullable=False),
        "state IN ('queued', 'sending', 'sent', 'failed', 'removing', 'removed')",
    )
    chosen = KEPT.replace(
        "state, reason",
        "CASE state WHEN 'held' THEN 'queued' WHEN 'listed' THEN 'removed' ELSE state END, reason",
    )
    _move("deliveries", "deliveries_after", KEPT, chosen, "WHERE article_id IS NOT NULL")
    _index_deliveries("state IN ('queued', 'sending', 'removing') OR (state = 'sent' AND shown < wanted)")


def _create_deliveries(
    article_id: sa.Column[object], known_states: str, *more: sa.Column[object] | sa.CheckConstraint
) -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True),
        article_id,
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text),
        sa.Column("after_message_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("queued_at", Instant, nullable=False),
        sa.Column("sending_at", Instant),
        sa.Column("sent_at", Instant),
        sa.Column("wanted", sa.Integer, nullable=False, server_default="1"),
        sa.Column("shown", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_before", Instant),
        sa.Column("unedited", sa.Text),
        *more,
        sa.UniqueConstraint("article_id", "channel_id"),
        sa.CheckConstraint(known_states, name="state_is_known"),
        sa.CheckConstraint(
            "state != 'sending' OR (nonce IS NOT NULL AND sending_at IS NOT NULL)", name="sending_has_a_nonce"
        ),
        sa.CheckConstraint("state != 'sent' OR message_id IS NOT NULL", name="sent_has_a_message"),
        sa.CheckConstraint(
            "message_id IS NULL OR state IN ('sent', 'removing', 'removed')", name="a_message_was_sent"
        ),
        sa.CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="failed_has_a_reason"),
        sqlite_autoincrement=True,
    )


def _index_deliveries(is_open: str) -> None:
    op.create_index("deliveries_open", "deliveries", ["channel_id", "id"], sqlite_where=sa.text(is_open))
    op.create_index("deliveries_failed", "deliveries", ["id"], sqlite_where=sa.text("state = 'failed'"))
    op.create_index("deliveries_sent", "deliveries", ["sent_at"], sqlite_where=sa.text("state = 'sent'"))


def _move(table: str, old: str, columns: str, chosen: str | None = None, where: str = "") -> None:
    op.execute(f"INSERT INTO {table} ({columns}) SELECT {chosen or columns} FROM {old} {where}")  # noqa: S608
    # Numbers that were given once stand in messages: none is given again.
    op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")  # noqa: S608
    op.execute(
        f"INSERT INTO sqlite_sequence (name, seq) SELECT '{table}', seq FROM sqlite_sequence "  # noqa: S608
        f"WHERE name = '{old}'"
    )
    op.drop_table(old)


def _create_subscriptions() -> None:
    op.create_table(
        "servers",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.Text),
        sa.Column("sentences", sa.Integer),
        sa.Column("method", sa.Text),
        sa.Column("colour", sa.Integer),
        sa.Column("layout", sa.Text),
        sa.Column("entities", sa.Boolean),
        sa.Column("left_at", Instant),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, index=True),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("sections", sa.Text),
        sa.Column("deliver", sa.Text, nullable=False),
        sa.Column("schedule", sa.Text),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("length", sa.Text, nullable=False),
        sa.Column("publish", sa.Boolean, nullable=False),
        sa.Column("pictures", sa.Boolean, nullable=False),
        sa.Column("say_nothing_new", sa.Boolean, nullable=False),
        sa.Column("holds_from", Instant, nullable=False),
        sa.Column("last_slot", Instant),
        sa.Column("paused_until", Instant),
        sa.Column("quiet_from", sa.Text),
        sa.Column("quiet_to", sa.Text),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("ended_reason", sa.Text),
        sa.CheckConstraint("deliver IN ('instant', 'digest')", name="deliver_is_known"),
        sa.CheckConstraint("deliver = 'instant' OR schedule IS NOT NULL", name="a_digest_has_a_schedule"),
        sa.CheckConstraint("(quiet_from IS NULL) = (quiet_to IS NULL)", name="quiet_from_and_to"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name="ended_has_a_reason"),
        sqlite_autoincrement=True,
    )
    is_active = sa.text("ended_at IS NULL")
    op.create_index(
        "subscriptions_active", "subscriptions", ["channel_id"], unique=True, sqlite_where=is_active
    )
    op.create_table(
        "filters",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_subscription(),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pings",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_subscription(),
        sa.Column("role_id", sa.BigInteger, nullable=False),
        sa.Column("condition", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("pause", sa.Integer, nullable=False),
        sa.Column("last_at", Instant),
        sqlite_autoincrement=True,
    )


def _of_subscription() -> sa.Column[int]:
    return sa.Column(
        "subscription_id", sa.Integer, sa.ForeignKey("subscriptions.id"), nullable=False, index=True
    )
