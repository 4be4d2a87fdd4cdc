"""What is similar is told apart from copies, and refusals can end.

Nothing has to be moved: what was stored before has none of these, and is read so.
"""

import sqlalchemy as sa
from alembic import op

from storage.schema import Instant

revision = "0007"
down_revision = "0006"

_COLUMNS = (
    ("articles", sa.Column("similar_to", sa.Integer)),
    ("comparisons", sa.Column("replaced", sa.Text)),
    ("fingerprints", sa.Column("details", sa.LargeBinary)),
    ("judgements", sa.Column("copy", sa.Boolean)),
    ("paths", sa.Column("dismissed_at", Instant)),
    ("paths", sa.Column("before_id", sa.Integer)),
)


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.add_column(table, column)
    op.create_index(
        "articles_copies", "articles", ["stored_at"], sqlite_where=sa.text("duplicate_of IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("articles_copies", "articles")
    for table, column in reversed(_COLUMNS):
        op.drop_column(table, column.name)
