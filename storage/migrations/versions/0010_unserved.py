"""The articles that came while no channel had a subscription."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "unserved",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
    )


def downgrade() -> None:
    op.drop_table("unserved")
