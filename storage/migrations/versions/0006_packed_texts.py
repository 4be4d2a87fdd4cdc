"""Texts are compressed from now on, and beside each stands how many characters it has.

Those that are there stay as they are, and are read so: to rewrite them all would take minutes.
"""

import sqlalchemy as sa
from alembic import op

from storage.packed import unpack_text

revision = "0006"
down_revision = "0005"

AT_ONCE = 500


def upgrade() -> None:
    op.add_column("articles", sa.Column("characters", sa.Integer))


def downgrade() -> None:
    op.drop_column("articles", "characters")
    for column in ("text", "entities"):
        _unpack(column)


def _unpack(column: str) -> None:
    """Have all texts of a column as an earlier version reads them."""
    connection = op.get_bind()
    some = sa.text(
        f"SELECT id, {column} AS kept FROM articles WHERE typeof({column}) = 'blob' LIMIT {AT_ONCE}"  # noqa: S608
    )
    change = sa.text(f"UPDATE articles SET {column} = :kept WHERE id = :id")  # noqa: S608
    while rows := connection.execute(some).all():
        connection.execute(change, [{"id": row.id, "kept": unpack_text(row.kept)} for row in rows])
