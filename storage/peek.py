"""What can be read of a history that is not opened: its tables may be those of an earlier version."""

import sqlite3
from contextlib import closing
from pathlib import Path


def subscribed(history: Path) -> tuple[list[int], set[int]]:
    """Return the channels that have a subscription, the oldest first, and those that had one.

    Both are empty if there is no history, or its version has no subscriptions. Raises ``sqlite3.Error``.
    """
    if not history.is_file():
        return [], set()
    with closing(
        sqlite3.connect(f"{history.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
    ) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'subscriptions'").fetchone():
            return [], set()
        query = "SELECT channel_id, ended_at IS NULL FROM subscriptions ORDER BY id"
        rows = connection.execute(query).fetchall()
    return [number for number, lives in rows if lives], {number for number, lives in rows if not lives}
