"""The program is killed while many articles come at once: each is posted, or on a page of a digest, once."""

import asyncio
import random
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress

from tests.faults.articles import Writer
from tests.faults.program import Program

NewProgram = Callable[[], Awaitable[Program]]

POINTS = ("before a digest", "after a digest", "before the request", "after the request")


def rows(program: Program, query: str) -> list[tuple[str, int]]:
    """Return what the history answers."""
    with closing(sqlite3.connect(program.history, timeout=10)) as connection:
        return connection.execute(query).fetchall()


async def each_once(program: Program, titles: list[str]) -> None:
    """Have it run unhindered until nothing waits, and look for each article in posts and digests."""
    done = f"SELECT 'done', count(*) >= {len(titles)} FROM deliveries WHERE state IN ('sent', 'listed')"  # noqa: S608
    waits = "SELECT 'waits', count(*) FROM deliveries WHERE state IN ('held', 'queued', 'sending')"

    async def look() -> None:
        while not (rows(program, done)[0][1] and not rows(program, waits)[0][1]):
            await asyncio.sleep(0.05)

    if not program.running:
        await program.start()
    await program.while_running(program.logged("running as"))
    await program.while_running(look())
    await program.stop()
    listed = rows(
        program,
        "SELECT title, digest_id FROM deliveries JOIN articles ON articles.id = article_id "
        "WHERE state = 'listed'",
    )
    posted = [title for title in program.server.titles if title != "Digest"]
    assert sorted([*posted, *(title for title, _ in listed)]) == sorted(titles)
    digests = {digest for _, digest in listed}
    assert program.server.titles.count("Digest") == len(digests) > 0
    assert len(set(program.server.marks)) == len(program.server.posts)


async def test_a_program_that_is_killed_around_a_digest_loses_and_repeats_nothing(
    new_program: NewProgram,
) -> None:
    await asyncio.gather(*[_killed_at(point, await new_program()) for point in POINTS])


async def _killed_at(point: str, program: Program) -> None:
    program.settings["BURST_LIMIT"] = "3"
    program.server.nonce_seconds = 0
    titles = Writer(len(point)).fill(program.inbox, 14)
    await program.start(point)
    assert await program.ended() == -signal.SIGKILL
    await program.nothing_left()
    await each_once(program, titles)


async def test_a_program_that_is_killed_at_random_lists_each_article_once(program: Program) -> None:
    program.settings["BURST_LIMIT"] = "3"
    program.server.nonce_seconds = 0
    chance = random.Random(5)  # noqa: S311 (it has to be repeatable)
    writer = Writer(5)
    titles = writer.fill(program.inbox, 30)
    for _ in range(4):
        await program.start()
        with suppress(TimeoutError):
            async with asyncio.timeout(chance.uniform(0.5, 4)):
                await program.posted(len(program.server.posts) + chance.randint(1, 3))
        await program.kill()
        await program.nothing_left()
        titles += writer.fill(program.inbox, 5)
    await each_once(program, titles)
