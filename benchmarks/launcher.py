"""Starts the real program against a Discord on this machine: ``python -m benchmarks.launcher URL COMMAND``.

Everything else is as in use: unlike in the fault tests no pause is shortened. Where LATENESS names a file,
the event loop's lateness is written there at the end; with UNPACED the program posts as fast as it can. A
worker process imports this file too.
"""

import asyncio
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

EVERY = 0.005
"""Seconds between two looks at the event loop."""


def main() -> None:
    """Run the program."""
    url, *command = sys.argv[1:]
    sys.argv[1:] = command
    from bot.news.workers import _end_with_parent
    from tests.faults import launcher

    _end_with_parent(os.getppid())  # nothing outlives a benchmark, however that ends
    launcher._point_at(url)
    if os.environ.get("UNPACED"):
        import bot.news.sending.pace

        vars(bot.news.sending.pace).update(IN_ALL_SECONDS=0.001, TO_ONE_SECONDS=0.001)
    if os.environ.get("LATENESS"):
        _watch_the_loop(Path(os.environ["LATENESS"]))
    from bot.__main__ import main as gazette

    gazette()


def _watch_the_loop(told: Path) -> None:
    import bot.run

    serve: Callable[..., Awaitable[None]] = vars(bot.run)["_serve"]

    async def watched(*given: object) -> None:
        watching = asyncio.create_task(watch(told))
        try:
            await serve(*given)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    vars(bot.run)["_serve"] = watched


async def watch(told: Path) -> None:
    """Note until cancelled when the loop was looked at, and how many milliseconds late; then write it."""
    seen: list[tuple[float, float]] = []
    try:
        while True:
            begun = time.monotonic()
            await asyncio.sleep(EVERY)
            now = time.monotonic()
            seen.append((now, 1000 * (now - begun - EVERY)))
    finally:
        told.write_text(json.dumps(seen), encoding="utf-8")


def watch_alone(told: str) -> None:
    """Note how late a loop is that does nothing else, until Ctrl-C."""
    from bot.news.workers import _end_with_parent

    _end_with_parent(os.getppid())
    # A shell has what it starts in the background ignore Ctrl-C, and this would inherit that and never end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        asyncio.run(watch(Path(told)))


if __name__ == "__main__":
    main()
