"""Whose the bot is, and which servers it serves, are facts of the history.

Servers that have a subscription now are served from here on as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "own_channels",
        sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
    )
    op.add_column("servers", sa.Column("admitted", sa.Boolean))
    op.execute(
        "INSERT INTO servers (guild_id, admitted) "
        "SELECT DISTINCT guild_id, 1 FROM subscriptions WHERE ended_at IS NULL AND guild_id IS NOT NULL "
        "ON CONFLICT (guild_id) DO UPDATE SET admitted = 1"
    )


def downgrade() -> None:
    op.drop_column("servers", "admitted")
    op.drop_table("own_channels")
