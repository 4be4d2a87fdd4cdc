"""The real program asks Discord for the time before it removes anything."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta

from tests.faults.articles import Writer
from tests.faults.discord_server import DiscordServer
from tests.faults.program import Program

SIXTY_DAYS = timedelta(days=60)


def texts(program: Program) -> int:
    """Return how many texts are in the history."""
    with closing(sqlite3.connect(program.history, timeout=10)) as connection:
        found: int = connection.execute("SELECT count(*) FROM articles WHERE pruned_at IS NULL").fetchone()[0]
        return found


async def with_a_text_of_long_ago(program: Program, writer: Writer) -> None:
    """Stop it with a history whose only article was stored sixty days ago, by the clock of this computer."""
    writer.fill(program.inbox, 1)
    await program.start()
    await program.while_running(program.logged("sent to channel"))
    assert await program.stop() == 0
    with closing(sqlite3.connect(program.history, timeout=10)) as connection:
        earlier = SIXTY_DAYS // timedelta(milliseconds=1)
        connection.execute("UPDATE articles SET stored_at = stored_at - ?", (earlier,))
        connection.commit()
    program.settings["HISTORY_DAYS"] = "30"


async def test_old_texts_are_removed_if_discord_tells_the_same_time(program: Program, writer: Writer) -> None:
    await with_a_text_of_long_ago(program, writer)
    await program.start()
    await program.while_running(program.logged("removed the texts of 1 articles"))
    assert texts(program) == 0


async def test_a_clock_that_is_ahead_of_discords_removes_nothing(
    program: Program, server: DiscordServer, writer: Writer
) -> None:
    await with_a_text_of_long_ago(program, writer)
    server.time_ahead = -SIXTY_DAYS
    await program.start()
    await program.while_running(program.logged("is 60 days ahead of Discord's time"))
    assert texts(program) == 1


async def test_nothing_is_removed_before_the_bot_is_connected(
    program: Program, server: DiscordServer, writer: Writer
) -> None:
    await with_a_text_of_long_ago(program, writer)
    server.gateway_out = True
    await program.start()
    await program.while_running(_asked_often(server, "GET /gateway"))
    assert texts(program) == 1
    await program.kill()


async def _asked_often(server: DiscordServer, what: str) -> None:
    """Wait until the program has tried to connect again."""
    asked = server.requests[what]
    while server.requests[what] < asked + 2:
        await asyncio.sleep(0.05)
