"""The disk fills up, another program holds the history, a migration is killed: nothing is lost."""

import resource
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event

from storage.backup import copies_before_changes
from storage.database import MIGRATIONS, Database
from tests.faults.answers import Fault
from tests.faults.articles import Writer
from tests.faults.discord_server import DiscordServer
from tests.faults.launcher import CHANGES
from tests.faults.program import Program

WAITS = "the history cannot be used, files and posts wait"
GOES_ON = "the history can be used again"

OTHER_FILES = 20_000
"""Bytes that the log may grow by while the history may not: the limit is one for all files of a process."""


@contextmanager
def full_disk(program: Program) -> Iterator[None]:
    """Let no file of the program's grow beyond the history's, as a disk does that has no room left."""
    limit = program.history.with_name("gazette.db-wal").stat().st_size
    assert limit > len(program.log) + OTHER_FILES
    _, most = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (limit, most))
    try:
        yield
    finally:
        if program.running:
            resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (most, most))


@contextmanager
def held_by_another(history: Path) -> Iterator[None]:
    """Hold the history's lock as another program's transaction does."""
    with closing(sqlite3.connect(history, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def all_stand_once(program: Program, writer: Writer, titles: list[str]) -> None:
    """Have it run with one more article, which is added: what it would lose or repeat comes before that."""
    titles += writer.fill(program.inbox, 1)
    if not program.running:
        await program.start()
    await program.while_running(program.server.until(lambda: titles[-1] in program.server.titles))
    assert sorted(program.server.titles) == sorted(titles)


async def test_files_that_come_while_the_disk_is_full_wait_until_there_is_room(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 3)
    await program.start()
    await program.posted(3)
    with full_disk(program):
        titles += writer.fill(program.inbox, 30)
        await program.logged(WAITS)
        await server.gateway.close(4000)  # the rest of the program goes on meanwhile
        await program.while_running(server.until(lambda: server.gateway.has_resumed(1)))
        titles += writer.fill(program.inbox, 5)
    await program.posted(len(titles))
    await all_stand_once(program, writer, titles)
    assert program.starts == 1
    await program.logged(GOES_ON)
    assert program.log.count(WAITS) == program.log.count(GOES_ON) == 1
    assert program.log.count("could not be read") == 0
    assert "Traceback" not in program.log
    await program.stop()
    await all_stand_once(program, writer, titles)


async def test_a_program_that_is_killed_while_the_disk_is_full_loses_nothing(
    program: Program, writer: Writer
) -> None:
    titles = writer.fill(program.inbox, 3)
    await program.start()
    await program.posted(3)
    with full_disk(program):
        titles += writer.fill(program.inbox, 10)
        await program.logged(WAITS)
        await program.kill()
    await all_stand_once(program, writer, titles)


async def test_a_post_whose_answer_cannot_be_stored_stands_once(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    """The disk fills up between the request and its answer; once the program is even killed meanwhile."""
    server.nonce_seconds = 0  # it takes longer than Discord remembers a nonce
    titles = writer.fill(program.inbox, 3)
    await program.start()
    await program.posted(3)
    for is_killed in (False, True):
        server.release.clear()
        server.inject(Fault.HELD)
        asked = server.requests["POST messages"]
        titles += writer.fill(program.inbox, 1)
        await program.while_running(server.until(lambda: server.requests["POST messages"] > asked))  # noqa: B023
        with full_disk(program):
            told = program.log.count("disk")
            server.release.set()
            await program.logged("disk", times=told + 1)
            assert server.titles == titles
            if is_killed:
                await program.kill()
        await all_stand_once(program, writer, titles)
    assert "Traceback" not in program.log


async def test_files_wait_while_another_program_holds_the_history(program: Program, writer: Writer) -> None:
    titles = writer.fill(program.inbox, 3)
    await program.start()
    await program.posted(3)
    with held_by_another(program.history):
        titles += writer.fill(program.inbox, 10)
        await program.logged(WAITS)
        await program.logged("another program holds it")
    await program.posted(len(titles))
    await all_stand_once(program, writer, titles)
    assert program.starts == 1
    await program.logged(GOES_ON)
    assert program.log.count(WAITS) == program.log.count(GOES_ON) == 1
    assert "Traceback" not in program.log


async def test_a_history_that_is_held_at_the_start_loses_nothing(program: Program, writer: Writer) -> None:
    """It ends with one line where its tables have to change first; else it starts, and its files wait."""
    titles: list[str] = []
    await all_stand_once(program, writer, titles)
    await program.stop()
    _, first = _revisions()
    _take_back(program.history, first)
    titles += writer.fill(program.inbox, 3)
    with held_by_another(program.history):
        before = program.log
        await program.start()
        assert await program.ended() == 2
    (told,) = program.log.removeprefix(before).splitlines()
    assert "Another program holds the history" in told
    await all_stand_once(program, writer, titles)
    await program.stop()
    titles += writer.fill(program.inbox, 3)
    with held_by_another(program.history):
        await program.start()
        await program.logged(WAITS)
        await program.logged("another program holds it")
    await all_stand_once(program, writer, titles)
    await program.logged(GOES_ON)
    assert program.log.count(WAITS) == program.log.count(GOES_ON) == 1


async def test_a_killed_migration_of_a_history_with_articles_loses_and_repeats_nothing(
    program: Program, writer: Writer
) -> None:
    """The history is real, and taken back to the first revision; files came while the bot was down."""
    titles = writer.fill(program.inbox, 5)
    await all_stand_once(program, writer, titles)
    await program.stop()
    head, first = _revisions()
    _take_back(program.history, first)
    last = await _changes_of_the_migration(program.history)
    titles += writer.fill(program.inbox, 3)
    in_the_copy, in_the_tables = (1, 2), (3, last // 2, last)
    for passing in (*in_the_copy, *in_the_tables):
        await program.start("in a migration", passing)
        assert await program.ended() == -signal.SIGKILL
        assert _revision(program.history) == first
    await all_stand_once(program, writer, titles)
    assert _revision(program.history) == head
    copy = copies_before_changes(program.history)[0]
    assert _revision(copy) == first
    assert _articles(copy) == 6
    assert not list(program.history.parent.glob(".gazette*"))


def _revisions() -> tuple[str, str]:
    """Return the newest revision and the first one."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    head, first = scripts.get_current_head(), scripts.get_base()
    assert head is not None
    assert first is not None
    return head, first


def _take_back(history: Path, revision: str) -> None:
    engine = create_engine(f"sqlite:///{history}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()
    assert _revision(history) == revision


async def _changes_of_the_migration(history: Path) -> int:
    """Return how many changes a migration of this history makes, counted on a copy of it."""
    copy = Path(shutil.copy(history, history.parents[1]))
    changes: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().startswith(CHANGES):
            changes.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    await (await Database.open(copy)).close()
    event.remove(Engine, "before_cursor_execute", count)
    return len(changes)


def _revision(history: Path) -> str:
    with closing(sqlite3.connect(history)) as connection:
        found: tuple[str] = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return found[0]


def _articles(history: Path) -> int:
    with closing(sqlite3.connect(history)) as connection:
        found: tuple[int] = connection.execute("SELECT count(*) FROM articles").fetchone()
    return found[0]
