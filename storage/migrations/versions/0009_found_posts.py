"""The bot's own messages that an older history does not know, found after it was put back."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "found_posts",
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("place_id", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("found_at", sa.BigInteger, nullable=False),
    )
    op.create_index(
        "deliveries_messages", "deliveries", ["message_id"], sqlite_where=sa.text("message_id IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("deliveries_messages", "deliveries")
    op.drop_table("found_posts")
