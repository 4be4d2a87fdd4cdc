# ruff: noqa: T201 (a script that prints)
"""The long run: ``python -m tests.faults.endurance [--articles 20000] [--entities]``.

One program gets articles for as long as it takes, and is looked at each time it has come to rest. Prints what
it held then, and ends with 1 where its memory grew by more than 5 % from the first look to the last, where
open files, threads or tasks grew, or where an article was lost or repeated.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from storage.database import READERS
from tests.faults.articles import Writer
from tests.faults.discord_server import DiscordServer
from tests.faults.launcher import TASKS
from tests.faults.program import Program

EVERY = 1_000
"""Articles between two looks."""

BATCH = 500
"""Articles that come at once."""

MOST_GROWTH = 5
"""Percent by which memory may grow."""

LONGEST = 600
"""Seconds after which a batch that is not posted never will be."""

POOLS = {"files": 2 * READERS, "threads": READERS + min(32, (os.cpu_count() or 1) + 4), "tasks": 0}
"""How many more there may be at the end. Connections to the history (each a thread and two files) and
asyncio's own threads are started when they are needed for the first time, and kept."""

SETTINGS = {"RESCAN_SECONDS": "60", "SETTLE_SECONDS": "0.2"}
"""The rescan as operators have it by default: it goes through all files that ever came."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the program's processes hold at rest."""

    articles: int
    main: float
    """Megabytes of the main process, its share of what it shares with others included (PSS)."""
    workers: float
    """The same of every process that it has started."""
    main_own: float
    """Megabytes that the main process has written to, and shares with none (anonymous memory). PSS varies
    with who else runs on this machine: a library that another program has loaded too counts for less."""
    workers_own: float
    files: int
    threads: int
    tasks: int

    @property
    def own(self) -> float:
        return self.main_own + self.workers_own


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run."""

    samples: tuple[Sample, ...]
    lost: int
    repeated: int

    @property
    def growth(self) -> float:
        """By how many percent memory grew."""
        first, last = self.samples[0], self.samples[-1]
        return 100 * (last.own / first.own - 1)

    @property
    def grown(self) -> list[str]:
        """What has grown from the first look to the last by more than the pools may, memory apart."""
        first, last = self.samples[0], self.samples[-1]
        return [name for name, room in POOLS.items() if getattr(last, name) > getattr(first, name) + room]


async def endure(
    program: Program,
    writer: Writer,
    looks: Iterable[int],
    tell: Callable[[Sample], None] = lambda _: None,
) -> Outcome:
    """Return what the program held after each of these numbers of articles, and what became of them all.

    The program is started. Raises ``AssertionError`` where it ends.
    """
    samples: list[Sample] = []
    await program.start()
    for wanted in looks:
        while len(writer.written) < wanted:
            writer.fill(program.inbox, min(BATCH, wanted - len(writer.written)))
            if not await _posted(program, len(writer.written)):
                return _outcome(program, writer, samples)
        samples.append(await _at_rest(program, wanted))
        tell(samples[-1])
    return _outcome(program, writer, samples)


def _outcome(program: Program, writer: Writer, samples: list[Sample]) -> Outcome:
    stands = Counter(program.server.titles)
    lost = sum(title not in stands for title in writer.written)
    return Outcome(tuple(samples), lost, sum(number - 1 for number in stands.values()))


async def _posted(program: Program, count: int) -> bool:
    """Wait until so many messages were sent, and return whether they were."""
    messages = program.server.guild.messages
    try:
        async with asyncio.timeout(LONGEST):
            await program.while_running(program.server.until(lambda: len(messages) >= count))
    except TimeoutError:
        return False
    return True


async def _at_rest(program: Program, articles: int) -> Sample:
    """Return what the program holds once two looks, one after the other, count the same."""
    before = None
    while before != (counted := await _count(program)):
        before = counted
        await asyncio.sleep(0.5)
    shares, own = ({pid: megabytes(pid, kind) for pid in program.left()} for kind in ("Pss:", "Anonymous:"))
    main, main_own = shares.pop(program.pid), own.pop(program.pid)
    return Sample(articles, main, sum(shares.values()), main_own, sum(own.values()), *counted)


async def _count(program: Program) -> tuple[int, int, int]:
    """Return how many files, threads and tasks the program has."""
    files, threads = (
        sum(1 for pid in program.left() for _ in Path(f"/proc/{pid}/{what}").iterdir())
        for what in ("fd", "task")
    )
    return files, threads, await _tasks(program)


async def _tasks(program: Program) -> int:
    """Have the launcher tell how many asyncio tasks there are."""
    told = program.folder / TASKS
    told.unlink(missing_ok=True)
    os.kill(program.pid, signal.SIGUSR1)

    async def until_told() -> None:
        while not told.exists():  # a file tells nobody that it is there
            await asyncio.sleep(0.02)

    await program.while_running(until_told())
    return int(told.read_text())


def megabytes(pid: int, name: str) -> float:
    """Return what the kernel counts under this name for a process. Raises ``OSError`` where it is gone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


async def run(articles: int, folder: Path, settings: dict[str, str]) -> Outcome:
    """Run the program for so many articles, and print what it holds on the way."""
    print("          memory, MB      of their own")
    print("articles  main  workers   main  workers  files  threads  tasks  seconds")
    began = time.monotonic()

    def tell(sample: Sample) -> None:
        print(
            f"{sample.articles:8}{sample.main:6.0f}{sample.workers:9.0f}"
            f"{sample.main_own:7.1f}{sample.workers_own:9.1f}"
            f"{sample.files:7}{sample.threads:9}{sample.tasks:7}{time.monotonic() - began:9.0f}",
            flush=True,
        )

    async with DiscordServer() as server:
        program = Program(folder / "program", server, folder / "bytecode", SETTINGS | settings)
        try:
            outcome = await endure(program, Writer(seed=1), range(EVERY, articles + 1, EVERY), tell)
            await program.stop()
        finally:
            program.end_all()
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.endurance", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--entities", action="store_true", help="find entities too, with the English model")
    chosen = parser.parse_args()
    if chosen.articles < 2 * EVERY:
        parser.error(f"--articles has to be at least {2 * EVERY}")
    settings = {"ENTITIES": "on" if chosen.entities else "off"}
    with tempfile.TemporaryDirectory(prefix="gazette-endurance-") as folder:
        outcome = asyncio.run(run(chosen.articles, Path(folder), settings))
    print(f"memory grew by {outcome.growth:.1f} %, at most {MOST_GROWTH} % are allowed")
    print(f"grown: {', '.join(outcome.grown) or 'no files, threads or tasks'}")
    print(f"lost {outcome.lost}, repeated {outcome.repeated}")
    wrong = outcome.growth > MOST_GROWTH or outcome.grown or outcome.lost or outcome.repeated
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
