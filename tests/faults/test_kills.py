"""The program is killed, again and again: at the end every article stands in the channel once."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from tests.faults.answers import Fault
from tests.faults.articles import Writer
from tests.faults.discord_server import DiscordServer
from tests.faults.hanging import HANGS, SIGN
from tests.faults.objects import BOT, NEWS_ID, OWNER, Message, snowflake
from tests.faults.program import Program

NewProgram = Callable[[], Awaitable[Program]]


async def once_and_in_order(program: Program, writer: Writer, titles: list[str]) -> None:
    """Have it run unhindered with one more article: what it would lose or repeat is decided before that."""
    last = writer.fill(program.inbox, 1)
    if not program.running:
        await program.start()
    await program.while_running(program.server.until(lambda: last[0] in program.server.titles))
    assert program.server.titles == titles + last


async def test_a_program_that_is_killed_at_a_named_point_posts_everything_once(
    new_program: NewProgram,
) -> None:
    points = ("after reading", "after the commit", "before the request", "after the request")
    await asyncio.gather(*[_killed_at(point, await new_program()) for point in points])


async def _killed_at(point: str, program: Program) -> None:
    writer = Writer(len(point))
    program.server.nonce_seconds = 0  # it was down for longer than Discord remembers a nonce
    titles = writer.fill(program.inbox, 8)
    await program.start(point, passing=3)
    assert await program.ended() == -signal.SIGKILL
    await program.nothing_left()
    await once_and_in_order(program, writer, titles)


async def test_a_migration_that_is_killed_leaves_the_history_as_it_was(
    program: Program, writer: Writer
) -> None:
    titles = writer.fill(program.inbox, 3)
    for passing in (1, 4, 10):
        await program.start("in a migration", passing)
        assert await program.ended() == -signal.SIGKILL
    await once_and_in_order(program, writer, titles)


async def test_a_program_that_is_killed_at_random_posts_everything_once(new_program: NewProgram) -> None:
    await asyncio.gather(*[_killed_at_random(workers, await new_program()) for workers in (1, 2)])


async def _killed_at_random(workers: int, program: Program) -> None:
    program.settings["WORKERS"] = str(workers)
    program.server.nonce_seconds = 0
    chance = random.Random(workers)  # noqa: S311 (it has to be repeatable)
    writer = Writer(workers)
    titles = writer.fill(program.inbox, 60)
    for _ in range(4):
        await program.start()
        wanted = len(program.server.posts) + chance.randint(1, 15)
        with suppress(TimeoutError):
            async with asyncio.timeout(chance.uniform(0.2, 5)):
                await program.posted(wanted)
        await program.kill()
        await program.nothing_left()
    await once_and_in_order(program, writer, titles)


@pytest.mark.parametrize("how", ["killed", "stopped"])
async def test_a_worker_that_hangs_does_not_outlive_its_program(
    program: Program, writer: Writer, how: str
) -> None:
    (program.inbox / "hangs.txt").write_bytes(HANGS)
    program.settings |= {"WORKERS": "2", "FILE_SECONDS": "600"}
    await program.start()
    while not (program.folder / SIGN).exists():
        await asyncio.sleep(0.02)
    assert len(program.left()) > 2
    if how == "killed":
        await program.kill()
    else:
        assert await program.stop() == 0
    await program.nothing_left()


async def test_a_file_that_hangs_costs_the_others_nothing(program: Program, writer: Writer) -> None:
    first = writer.fill(program.inbox, 2)
    (program.inbox / "hangs.txt").write_bytes(HANGS)
    program.settings |= {"WORKERS": "2", "FILE_SECONDS": "1"}
    await once_and_in_order(program, writer, first)
    assert "'hangs.txt' refused: It took longer than 1 s" in program.log


async def test_a_request_that_takes_effect_after_its_program_was_killed_makes_one_message(
    program: Program, writer: Writer
) -> None:
    """The next program looks for it before it is there, and sends it again with the nonce of the first."""
    server = program.server
    titles = writer.fill(program.inbox, 3)
    server.inject(Fault.HELD)
    await program.start()
    await program.while_running(server.until(lambda: server.requests["POST messages"] == 1))
    await program.kill()
    await program.start()
    await program.posted(3)
    server.release.set()
    await once_and_in_order(program, writer, titles)


async def test_a_message_with_the_same_mark_by_someone_else_is_not_taken_for_the_post(
    program: Program, writer: Writer
) -> None:
    titles = writer.fill(program.inbox, 2)
    await program.start("before the request")
    await program.ended()
    imitation = {"embeds": [{"title": "Not ours", "footer": {"text": "#1 · balanced · 3 of 9 sentences"}}]}
    more_than_a_page = 120
    for _ in range(more_than_a_page):
        program.server.guild.messages.append(Message(snowflake(), OWNER, NEWS_ID, imitation))
    await once_and_in_order(program, writer, ["Not ours"] * more_than_a_page + titles)


async def test_where_the_history_cannot_be_read_the_delivery_waits_and_says_so(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 3)
    await program.start("after the request")
    await program.ended()
    permissions = server.guild.permissions
    without = type(permissions)(permissions.value)
    without.read_message_history = False
    await server.permit(without)
    await program.start()
    await program.logged("Give it Read Message History")
    assert server.titles == titles[:1]
    await server.permit(permissions)
    await program.posted(3)
    assert program.log.count("Give it Read Message History") == 1
    assert all(message.author is BOT for message in server.posts)
    await once_and_in_order(program, writer, titles)


async def test_a_program_that_is_stopped_while_a_request_is_under_way_makes_one_message(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    server.nonce_seconds = 0
    titles = writer.fill(program.inbox, 3)
    server.inject(Fault.HELD)
    await program.start()
    await program.while_running(server.until(lambda: server.requests["POST messages"] == 1))
    assert await program.stop() == 0
    server.release.set()
    await server.until(lambda: len(server.posts) == 1)
    await once_and_in_order(program, writer, titles)


async def test_a_program_that_is_stopped_while_it_starts_ends_quietly(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 2)
    await program.start()
    await program.while_running(server.until(lambda: server.gateway.connected))
    assert await program.stop() == 0
    assert "Traceback" not in program.log
    await once_and_in_order(program, writer, titles)
