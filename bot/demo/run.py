"""The way of the demo: the port, the stage, the pages or the terminal, and one end for all."""

import asyncio
import errno
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from bot import logs
from bot.demo.blank_lines import keep_blank_lines
from bot.demo.pages import Pages
from bot.demo.stage import DIGESTS, NEWS, Stage, simulation, stage
from bot.printing import print_line, print_post
from bot.render.text import one_line
from bot.waiting import first_of

LOOK_SECONDS = 2
"""Between two looks at what was refused."""

ENDED = "The demo has ended. Nothing of it is kept."


async def run_demo(port: int, *, once: bool) -> None:
    """Post the samples; then print the posts and end (``once``), or serve the pages until Ctrl-C.

    Raises ``StartupError`` if the simulation or the samples are not there, or the port is taken.
    """
    logs.set_up("ERROR")
    simulation()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    playing = asyncio.create_task(_until_nobody_reads(_once() if once else _serve(port)))
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait({playing, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if not playing.done():
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)  # whatever the simulation says of its end
        print_line(f"\n{ENDED}")
        return
    stopped.cancel()
    await playing


async def _until_nobody_reads(play: Coroutine[Any, Any, None]) -> None:
    """Play to the end. Raises ``BrokenPipeError`` if nobody reads on, as in ``| head``."""
    try:
        await play
    except SystemExit as end:  # so rich says it; out of a task, asyncio would print it as a crash
        raise BrokenPipeError(errno.EPIPE, "Nobody reads what is printed.") from end


async def _once() -> None:
    async with _playing() as demo:
        for name in (NEWS, DIGESTS):
            print_line(f"#{name}\n")
            for message in demo.channels[name].history():
                print_post(message.embeds[0])


async def _serve(port: int) -> None:
    pages = Pages()
    await pages.start(port)
    try:
        keep_blank_lines()
        async with _playing() as demo, pages.showing(demo):
            print_line(f"\nOpen {pages.url}")
            print_line("Type / for commands: /summary, /digest now, /help; as An Editor also /setup.")
            print_line(f"Drop an article into {demo.inbox} and it is posted.")
            print_line("Ctrl-C ends the demo.")
            await _first_of(demo, _tell_refused(demo))
    finally:
        await pages.close()


@asynccontextmanager
async def _playing() -> AsyncIterator[Stage]:
    """Yield the stage once its samples stand there."""
    print_line("Gazette reads its samples; this takes a few seconds.")
    async with stage() as demo:
        yield demo


async def _tell_refused(demo: Stage) -> None:
    """Tell which files are refused, and why, until cancelled."""
    told: set[tuple[str, object]] = set()
    while True:
        found, _ = await demo.gazette.bot.operations.refused()
        for one in found:
            if (one.path, one.seen_at) not in told:
                told.add((one.path, one.seen_at))
                print_line(f"Refused {one_line(one.path)}: {one_line(one.reason)}")
        await asyncio.sleep(LOOK_SECONDS)


async def _first_of(demo: Stage, *waits: Coroutine[Any, Any, object]) -> None:
    """Wait for the first of these. Raises what ends the program, if that comes first."""
    await first_of(demo.gazette.supervisor.until_failure(), *waits)
