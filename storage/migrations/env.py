"""Alembic's entry: runs the migrations on the connection that ``storage.database`` hands over.

The transaction is the caller's, so that all pending migrations are applied together or not at all.
"""

from alembic import context

from storage.schema import metadata

FTS_SUFFIXES = ("_fts", "_fts_data", "_fts_idx", "_fts_content", "_fts_docsize", "_fts_config")


def _is_ours(name: str | None, kind: str) -> bool:
    """Full-text tables are SQLite's own and no part of the metadata: leave them out of comparisons."""
    return kind != "table" or name is None or not name.endswith(FTS_SUFFIXES)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=True,
    include_name=lambda name, kind, _parents: _is_ours(name, kind),
)
context.run_migrations()
