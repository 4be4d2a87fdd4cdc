"""Digests that were asked for, so that their pages can be turned later."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.Column("length", sa.Text, nullable=False),
        sa.Column("section", sa.Text),
        sa.Column("stories", sa.Integer),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("digests")
