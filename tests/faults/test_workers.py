"""What the system does to the worker processes: files wait, and the program goes on."""

import asyncio
import os
import signal
from contextlib import suppress

from tests.faults.articles import Writer
from tests.faults.discord_server import DiscordServer
from tests.faults.program import Program
from tests.faults.troubles import is_worker


async def test_workers_that_are_killed_as_soon_as_they_start_cost_a_wait_and_no_file(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 1)
    await program.start()
    await program.posted(1)
    titles += writer.fill(program.inbox, 3)
    await program.while_running(_kill_workers_until(program, "no worker can run"))
    await program.posted(4)
    assert server.titles == titles
    assert program.starts == 1


async def _kill_workers_until(program: Program, logged: str) -> None:
    while logged not in program.log:
        for process in program.left():
            if is_worker(process):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        await asyncio.sleep(0.01)
