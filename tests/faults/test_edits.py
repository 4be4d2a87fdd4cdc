"""What changes a post later ends in the channel, whatever its edits meet; no edit makes a second post."""

import signal

import pytest

from tests.faults.answers import PASSING, Fault
from tests.faults.articles import Writer
from tests.faults.discord_server import DiscordServer
from tests.faults.program import Program


async def posted_and_copied(program: Program, writer: Writer, count: int) -> list[str]:
    """Have so many articles posted, then a copy of each come."""
    titles = writer.fill(program.inbox, count)
    await program.posted(count)
    for number, title in enumerate(titles):
        writer.copy(program.inbox, title, f"copy-{number}.txt")
    return titles


def all_name_their_copies(server: DiscordServer) -> bool:
    return all(f"copy-{number}.txt" in post.also_in for number, post in enumerate(server.posts))


async def test_edits_end_in_the_wanted_state_whatever_their_requests_meet(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    server.inject(*PASSING, method="PATCH")
    await program.start()
    titles = await posted_and_copied(program, writer, len(PASSING))
    await program.while_running(server.until(lambda: all_name_their_copies(server)))
    assert server.titles == titles
    assert server.requests["PATCH messages"] <= 4 * len(PASSING)


@pytest.mark.parametrize("point", ["before an edit", "after an edit"])
async def test_an_edit_that_is_killed_is_made_by_the_next_run(
    program: Program, writer: Writer, server: DiscordServer, point: str
) -> None:
    await program.start(point, passing=2)
    titles = await posted_and_copied(program, writer, 3)
    assert await program.ended() == -signal.SIGKILL
    await program.start()
    await program.while_running(server.until(lambda: all_name_their_copies(server)))
    assert server.titles == titles


async def test_an_edit_of_a_message_that_is_gone_is_given_up_alone(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    await program.start()
    titles = writer.fill(program.inbox, 3)
    await program.posted(3)
    server.guild.messages.remove(server.posts[1])
    for number, title in enumerate(titles):
        writer.copy(program.inbox, title, f"copy-{number}.txt")
    await program.while_running(
        server.until(lambda: ["copy-" in post.also_in for post in server.posts] == [True, True])
    )
    await program.logged("does not stand in channel")
    assert server.titles == [titles[0], titles[2]]
    assert server.requests["PATCH messages"] == 3


async def test_an_edit_that_is_refused_is_given_up_alone(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    server.inject(None, Fault.INVALID, method="PATCH")
    await program.start()
    titles = await posted_and_copied(program, writer, 3)
    await program.logged("was not edited")
    await program.while_running(
        server.until(lambda: sum("copy-" in post.also_in for post in server.posts) == 2)
    )
    assert server.titles == titles
    assert server.requests["PATCH messages"] == 3
