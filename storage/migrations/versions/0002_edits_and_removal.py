"""Posts that are edited and taken back, files that are read again, bodies that go, operators who are told."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("articles", sa.Column("pruned_at", Instant))
    op.add_column("articles", sa.Column("forgotten_at", Instant))
    has_a_body = sa.text("pruned_at IS NULL AND forgotten_at IS NULL")
    op.create_index("articles_with_a_body", "articles", ["stored_at"], sqlite_where=has_a_body)
    op.add_column("files", sa.Column("source", sa.Text))
    op.add_column("files", sa.Column("again_at", Instant))
    op.create_index("files_refused", "files", ["id"], sqlite_where=sa.text("outcome = 'refused'"))
    op.create_index("files_again", "files", ["id"], sqlite_where=sa.text("again_at IS NOT NULL"))
    _renew_deliveries()
    op.create_table(
        "notices",
        sa.Column("cause", sa.Text, primary_key=True),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("raised_at", Instant, nullable=False),
        sa.Column("told_at", Instant),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("notices")
    _restore_deliveries()
    for index in ("files_again", "files_refused"):
        op.drop_index(index, "files")
    op.drop_index("articles_with_a_body", "articles")
    for table, column in (("files", "again_at"), ("files", "source")):
        op.drop_column(table, column)
    for column in ("forgotten_at", "pruned_at"):
        op.drop_column("articles", column)


KEPT = (
    "id, article_id, channel_id, nonce, after_message_id, message_id, queued_at, sending_at, sent_at, "
    "state, reason"
)


def _renew_deliveries() -> None:
    """Make the table anew: SQLite cannot change what a table checks."""
    op.drop_index("deliveries_open", "deliveries")
    op.rename_table("deliveries", "deliveries_before")
    _create(
        "state IN ('queued', 'sending', 'sent', 'failed', 'removing', 'removed')",
        sa.Column("wanted", sa.Integer, nullable=False, server_default="1"),
        sa.Column("shown", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_before", Instant),
        sa.Column("unedited", sa.Text),
        sa.CheckConstraint("state != 'sent' OR message_id IS NOT NULL", name="sent_has_a_message"),
        sa.CheckConstraint(
            "message_id IS NULL OR state IN ('sent', 'removing', 'removed')", name="a_message_was_sent"
        ),
    )
    op.execute(
        f"INSERT INTO deliveries ({KEPT}, shown) "  # noqa: S608 (names of ours)
        f"SELECT {KEPT}, state = 'sent' FROM deliveries_before"
    )
    op.drop_table("deliveries_before")
    _index_open("state IN ('queued', 'sending', 'removing') OR (state = 'sent' AND shown < wanted)")
    op.create_index("deliveries_failed", "deliveries", ["id"], sqlite_where=sa.text("state = 'failed'"))
    op.create_index("deliveries_sent", "deliveries", ["sent_at"], sqlite_where=sa.text("state = 'sent'"))


def _restore_deliveries() -> None:
    """Make the table as it was; what was taken back counts as sent, or as failed where it never was."""
    for index in ("deliveries_sent", "deliveries_failed", "deliveries_open"):
        op.drop_index(index, "deliveries")
    op.rename_table("deliveries", "deliveries_after")
    _create(
        "state IN ('queued', 'sending', 'sent', 'failed')",
        sa.CheckConstraint("(state = 'sent') = (message_id IS NOT NULL)", name="sent_has_a_message"),
    )
    op.execute(
        f"INSERT INTO deliveries ({KEPT}) "  # noqa: S608 (names of ours)
        f"SELECT {KEPT.removesuffix('state, reason')} "
        "CASE WHEN message_id IS NOT NULL THEN 'sent' WHEN state = 'removed' THEN 'failed' "
        "WHEN state = 'removing' THEN 'sending' ELSE state END, "
        "CASE WHEN state = 'removed' AND message_id IS NULL THEN 'It was taken back.' ELSE reason END "
        "FROM deliveries_after"
    )
    op.drop_table("deliveries_after")
    _index_open("state IN ('queued', 'sending')")


def _create(known_states: str, *more: sa.Column[object] | sa.CheckConstraint) -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text),
        sa.Column("after_message_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("queued_at", Instant, nullable=False),
        sa.Column("sending_at", Instant),
        sa.Column("sent_at", Instant),
        *more,
        sa.UniqueConstraint("article_id", "channel_id"),
        sa.CheckConstraint(known_states, name="state_is_known"),
        sa.CheckConstraint(
            "state != 'sending' OR (nonce IS NOT NULL AND sending_at IS NOT NULL)", name="sending_has_a_nonce"
        ),
        sa.CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="failed_has_a_reason"),
        sqlite_autoincrement=True,
    )


def _index_open(is_open: str) -> None:
    op.create_index("deliveries_open", "deliveries", ["channel_id", "id"], sqlite_where=sa.text(is_open))
