"""A history with posts and digests in every state, before there were subscriptions and after, and back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event

from storage.database import MIGRATIONS

OLD_STATES = ("queued", "sending", "sent", "failed", "removing", "removed")


def migrate(path: Path, revision: str) -> None:
    """Bring a history to this revision, from wherever it is."""
    engine = create_engine(f"sqlite:///{path}", isolation_level="AUTOCOMMIT")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        forward = (connection.exec_driver_sql("SELECT name FROM sqlite_master").scalar() is None) or (
            (connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "") < revision
        )
        (command.upgrade if forward else command.downgrade)(config, revision)
        connection.exec_driver_sql("COMMIT")
    engine.dispose()


def run(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run these on a history, and return what the last one gives."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in statements:
            found = connection.execute(statement).fetchall()
        connection.commit()
    return found


def article(number: int) -> str:
    return (
        "INSERT INTO articles (id, text_hash, title, text, method, sentence_count, summary, stored_at) "  # noqa: S608
        f"VALUES ({number}, x'{number:032x}', 't', 'x', 'balanced', 1, '[]', 1)"
    )


def delivery(number: int, state: str) -> str:
    message = number + 900 if state in {"sent", "removing", "removed"} else "NULL"
    reason = "'No.'" if state == "failed" else "NULL"
    return (
        "INSERT INTO deliveries (id, article_id, channel_id, state, nonce, sending_at, message_id, reason, "  # noqa: S608
        f"queued_at) VALUES ({number}, {number}, 5, '{state}', 'n', 1, {message}, {reason}, 1)"
    )


def digest(number: int) -> str:
    return f"INSERT INTO digests (id, guild_id, since, until, length) VALUES ({number}, 7, 1, 2, 'medium')"  # noqa: S608


def before(path: Path) -> None:
    """Make a history of the version before, with a delivery in each state."""
    migrate(path, "0004")
    statements = []
    for number, state in enumerate(OLD_STATES, start=1):
        statements += [article(number), delivery(number, state)]
    run(path, *statements, digest(3), digest(9), "DELETE FROM digests WHERE id = 9")


def test_posts_and_digests_stay_as_they_are_and_no_number_is_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    before(path)
    kept = "SELECT id, article_id, channel_id, state, nonce, message_id, reason, wanted FROM deliveries"
    posts = run(path, kept)
    migrate(path, "0005")
    assert run(path, kept) == posts
    assert run(path, "SELECT id, kind, channel_id FROM digests") == [(3, "asked", None)]
    new = "INSERT INTO digests (guild_id, since, until, length) VALUES (7, 1, 2, 'short') RETURNING id"
    assert run(path, new) == [(10,)]
    assert run(path, "PRAGMA foreign_key_check") == []


def test_the_way_back_posts_what_waited_and_repeats_nothing(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    before(path)
    migrate(path, "0005")
    run(
        path,
        "INSERT INTO digests (id, guild_id, since, until, length, kind, channel_id, slot) "
        "VALUES (20, 7, 1, 2, 'medium', 'scheduled', 5, 2)",
        article(30),
        article(31),
        "INSERT INTO deliveries (id, article_id, channel_id, state, queued_at) VALUES (30, 30, 5, 'held', 1)",
        "INSERT INTO deliveries (id, article_id, digest_id, channel_id, state, queued_at) "
        "VALUES (31, 31, 20, 5, 'listed', 1)",
        "INSERT INTO deliveries (id, digest_id, channel_id, state, message_id, queued_at) "
        "VALUES (32, 20, 5, 'sent', 999, 1)",
        "INSERT INTO subscriptions (guild_id, channel_id, deliver, zone, length, publish, pictures, "
        "say_nothing_new, holds_from, created_at) VALUES (7, 5, 'instant', 'UTC', 'medium', 0, 0, 0, 1, 1)",
    )
    migrate(path, "0004")
    found = run(path, "SELECT id, state FROM deliveries ORDER BY id")
    assert found == [*enumerate(OLD_STATES, start=1), (30, "queued"), (31, "removed")]
    new = run(path, article(40), delivery(40, "queued").replace("(40,", "(NULL,") + " RETURNING id")
    assert new == [(33,)]  # the mark of the digest's message is not another's
    assert run(path, "PRAGMA foreign_key_check") == []
    migrate(path, "0005")
    assert len(run(path, "SELECT id FROM deliveries")) == len(OLD_STATES) + 3
