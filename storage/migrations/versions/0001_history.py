"""The history: articles, the files they came in, and their deliveries."""

import sqlalchemy as sa
from alembic import op

from storage.schema import FilePath, Instant, Published

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_articles()
    _create_files()
    _create_deliveries()
    _create_title_search()


def downgrade() -> None:
    op.execute("DROP TABLE articles_fts")
    for table in ("deliveries", "paths", "files", "articles"):
        op.drop_table(table)


def _create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text_hash", sa.LargeBinary(16), nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("byline", sa.Text),
        sa.Column("published", Published),
        sa.Column("language", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("section", sa.Text),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("sentence_count", sa.Integer, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("entities", sa.Text),
        sa.Column("stored_at", Instant, nullable=False),
        sqlite_autoincrement=True,
    )


def _create_files() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id")),
        sa.Column("first_path", FilePath, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.CheckConstraint("outcome IN ('article', 'duplicate', 'refused')", name="outcome_is_known"),
        sa.CheckConstraint("(outcome = 'refused') = (article_id IS NULL)", name="refused_has_no_article"),
        sa.CheckConstraint("(outcome = 'refused') = (reason IS NOT NULL)", name="refused_has_a_reason"),
    )
    op.create_index("ix_files_article_id", "files", ["article_id"])
    op.create_table(
        "paths",
        sa.Column("path", FilePath, primary_key=True),
        sa.Column("file_id", sa.Integer, sa.ForeignKey("files.id"), nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_paths_file_id", "paths", ["file_id"])


def _create_deliveries() -> None:
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
        sa.UniqueConstraint("article_id", "channel_id"),
        sa.CheckConstraint("state IN ('queued', 'sending', 'sent', 'failed')", name="state_is_known"),
        sa.CheckConstraint(
            "state != 'sending' OR (nonce IS NOT NULL AND sending_at IS NOT NULL)", name="sending_has_a_nonce"
        ),
        sa.CheckConstraint("(state = 'sent') = (message_id IS NOT NULL)", name="sent_has_a_message"),
        sa.CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="failed_has_a_reason"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "deliveries_open",
        "deliveries",
        ["channel_id", "id"],
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
    )


def _create_title_search() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE articles_fts USING fts5("
        "title, content='articles', content_rowid='id', "
        "tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')"
    )
    op.execute(
        "CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN "
        "INSERT INTO articles_fts(rowid, title) VALUES (new.id, new.title); END"
    )
    op.execute(
        "CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN "
        "INSERT INTO articles_fts(articles_fts, rowid, title) VALUES ('delete', old.id, old.title); END"
    )
    op.execute(
        "CREATE TRIGGER articles_fts_update AFTER UPDATE OF title ON articles BEGIN "
        "INSERT INTO articles_fts(articles_fts, rowid, title) VALUES ('delete', old.id, old.title); "
        "INSERT INTO articles_fts(rowid, title) VALUES (new.id, new.title); END"
    )
