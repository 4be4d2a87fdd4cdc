"""What texts are compared by, which are the same, and which belong to one story."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0003"
down_revision = "0002"

COLUMNS = ("story_id", "duplicate_of", "update_of")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("articles", sa.Column(name, sa.Integer))
    op.add_column("articles", sa.Column("news", sa.Text))
    op.execute("UPDATE articles SET story_id = id")
    op.create_index("articles_of_story", "articles", ["story_id"])
    op.create_index("articles_stored_at", "articles", ["stored_at"])
    is_duplicate = sa.text("duplicate_of IS NOT NULL")
    op.create_index("articles_duplicate_of", "articles", ["duplicate_of"], sqlite_where=is_duplicate)
    op.create_table(
        "fingerprints",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("terms", sa.LargeBinary),
        sa.Column("is_roundup", sa.Boolean, nullable=False),
    )
    has_terms = sa.text("terms IS NOT NULL")
    op.create_index("fingerprints_with_terms", "fingerprints", ["article_id"], sqlite_where=has_terms)
    for table, value in (("shingles", "hash"), ("terms", "term")):
        op.create_table(
            table,
            sa.Column(value, sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column("article_id", sa.Integer, primary_key=True, autoincrement=False),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "edges",
        sa.Column("line", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("many", sa.Integer, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comparisons",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("of_id", sa.Integer, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("containment", sa.Float, nullable=False),
        sa.Column("novel_words", sa.Integer, nullable=False),
        sa.Column("cosine", sa.Float, nullable=False),
    )
    op.create_table(
        "judgements",
        sa.Column("first_hash", sa.LargeBinary(16), primary_key=True),
        sa.Column("second_hash", sa.LargeBinary(16), primary_key=True),
        sa.Column("same", sa.Boolean, nullable=False),
        sa.Column("judged_at", Instant, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("judgements_second", "judgements", ["second_hash"])


def downgrade() -> None:
    for table in ("judgements", "comparisons", "edges", "terms", "shingles", "fingerprints"):
        op.drop_table(table)
    for index in ("articles_duplicate_of", "articles_stored_at", "articles_of_story"):
        op.drop_index(index, "articles")
    for name in ("news", *reversed(COLUMNS)):
        op.drop_column("articles", name)
