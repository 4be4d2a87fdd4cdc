"""A file until it is stored: the real inbox, workers and history, with a channel to queue for, no Discord.

The floor is what cannot be done without: spaCy's ``ner`` alone on the same texts, in a worker like ours.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import REAL, work
from benchmarks.articles import Press, put
from benchmarks.asked import Asked
from benchmarks.figures import Bound, Figure, Row, versus
from bot.analysis.analysis import Analysis
from bot.app import build
from bot.clock import utc_now
from bot.news.deciding import Considered
from bot.news.folder import each_file
from bot.news.history import open_history
from bot.news.intake import Intake
from bot.news.patience import Patience
from bot.news.reading import make_workers
from bot.news.subscriptions.places import Places
from bot.news.subscriptions.routing import Routing
from bot.news.subscriptions.subscriptions import Register
from bot.news.workers import Workers
from bot.settings import GivenSettings, Settings
from storage.database import Database
from storage.files import Outcome

GROUP = "File to stored"
CHANNEL = 1_100_000_000_000_000_001


@dataclass(frozen=True, slots=True)
class Run:
    """A folder that was read whole."""

    seconds: float
    main_cpu: float
    """Seconds of the main process."""


def rows(asked: Asked) -> Iterable[Row]:
    """Return a row for each number of workers, floor and part."""
    with tempfile.TemporaryDirectory(prefix="gazette-bench-") as folder:
        return asyncio.run(_rows(Path(folder), asked))


def settings_in(folder: Path, inbox: Path, workers: int) -> Settings:
    """Return the settings of a program that begins a history of its own in this folder."""
    return GivenSettings.model_validate(
        {
            "articles_dir": inbox,
            "database_url": f"sqlite:///{folder / 'gazette.db'}",
            "digest_channel_id": CHANNEL,
            "workers": workers,
            "settle_seconds": 0.01,
        }
    )


async def _rows(folder: Path, asked: Asked) -> list[Row]:
    inbox = folder / "inbox"
    Press(seed=1).fill(inbox, 20 if asked.quick else 120)
    files = _contents(inbox)
    async with _pool(1) as one, _pool(2) as two:
        found = await _pipelines(folder, inbox, [*files], one, two, asked.rounds(4))
        found += await _parts(folder, inbox, files, one, asked.rounds(3))
        real = folder / "real"
        if _put_real(real, 10 if asked.quick else 1):
            found += await _pipeline_of_one(folder, real, one, asked.rounds(2))
    return found


def _pool(count: int) -> Workers:
    return make_workers(GivenSettings.model_validate({"workers": count}))


def _contents(inbox: Path) -> list[tuple[bytes, str]]:
    return [(path.read_bytes(), path.name) for path in sorted(inbox.iterdir())]


async def read_whole(folder: Path, inbox: Path, workers: Workers) -> Run:
    """Read a folder into a new history, from the moment the workers are ready until all is stored."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        async with build(settings_in(Path(place), inbox, workers.count), workers) as gazette:
            await workers.ready()
            await gazette.bot.places.begin_with(CHANNEL)
            begun, cpu = time.perf_counter(), time.process_time()
            gazette.supervisor.turn_on("inbox")
            parts = (gazette.inbox.idle, gazette.pipeline.idle)
            while not all(part.is_set() for part in parts):
                for part in parts:
                    await part.wait()
            return Run(time.perf_counter() - begun, time.process_time() - cpu)


async def _pipelines(
    folder: Path, inbox: Path, files: work.Files, one: Workers, two: Workers, rounds: int
) -> list[Row]:
    texts = await one.run(work.texts_of, files)
    of_one, of_two, cpu, floor = [], [], [], []
    for number in range(rounds + 1):
        single = await read_whole(folder, inbox, one)
        pair = await read_whole(folder, inbox, two)
        ner = await one.run(work.ner_alone, texts)
        if number:  # the first round warms up
            of_one.append(1000 * single.seconds / len(files))
            of_two.append(1000 * pair.seconds / len(files))
            cpu.append(1000 * single.main_cpu / len(files))
            floor.append(1000 * ner / len(files))
    words = statistics.mean(len(text.split()) for text in texts)
    note = f"{len(files)} articles, half of them pages, {words:,.0f} words on average"
    rate_one, rate_two = [1000 / ms for ms in of_one], [1000 / ms for ms in of_two]
    return [
        _row("an article, 1 worker", of_one, "ner alone", floor, Bound(1.3), note),
        _row("an article, 2 workers", of_two, "ner alone", floor),
        _row("2 workers", rate_two, "1 worker", rate_one, Bound(1.7, least=True), unit="articles/s"),
        Row(GROUP, "CPU of the main process, an article", "ms", Figure.of(cpu)),
    ]


async def _pipeline_of_one(folder: Path, inbox: Path, one: Workers, rounds: int) -> list[Row]:
    files = _contents(inbox)
    texts = await one.run(work.texts_of, files)
    ours, floor = [], []
    for _ in range(rounds):
        ours.append(1000 * (await read_whole(folder, inbox, one)).seconds / len(files))
        floor.append(1000 * await one.run(work.ner_alone, texts) / len(files))
    return [_row("a real article, 1 worker", ours, "ner alone", floor, Bound(1.3))]


async def _parts(folder: Path, inbox: Path, files: work.Files, one: Workers, rounds: int) -> list[Row]:
    """Return where the time goes: in the worker, and in the main process with the analyses at hand."""
    pages = [file for file in files if file[1].endswith("html")]
    analyses = dict(zip((name for _, name in files), await one.run(work.analyses_of, files), strict=True))
    worker: dict[str, list[float]] = {}
    main: dict[str, list[float]] = {}
    reading, extracting = [], []
    for _ in range(rounds):
        reading.append(1000 * await one.run(work.read_alone, pages) / len(pages))
        extracting.append(1000 * await one.run(work.trafilatura_alone, pages) / len(pages))
        for name, seconds in (await one.run(work.stages, files)).items():
            kind = {"read a page": len(pages), "read a text file": len(files) - len(pages)}
            worker.setdefault(name, []).append(1000 * seconds / kind.get(name, len(files)))
        for name, seconds in (await _main_parts(folder, inbox, analyses)).items():
            main.setdefault(name, []).append(1000 * seconds / len(files))
    note = "the main process's parts are wall time, one file after the other, with the analyses at hand"
    return [
        _row("a page → article", reading, "trafilatura alone", extracting),
        *(Row(GROUP, f"worker: {name}", "ms", Figure.of(spent)) for name, spent in worker.items()),
        *(Row(GROUP, f"main: {name}", "ms", Figure.of(spent), note=note) for name, spent in main.items()),
    ]


async def _main_parts(folder: Path, inbox: Path, analyses: dict[str, Analysis]) -> dict[str, float]:
    """Take every file in with its analysis at hand; return the seconds of each part, in all."""
    spent = dict.fromkeys(("look at the file", "decide", "store and queue", "CPU of all three"), 0.0)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        settings = settings_in(Path(place), inbox, 1)
        database = await open_history(settings)
        try:
            intake = await _intake(database, settings, analyses, spent)
            cpu = time.process_time()
            for file in sorted(each_file(inbox), key=lambda file: file.name):
                begun, decided = time.perf_counter(), spent["decide"]
                read = await intake.read(inbox, file, file.name)
                looked = time.perf_counter()
                taken = await intake.store(read, file.name)
                spent["store and queue"] += time.perf_counter() - looked - (spent["decide"] - decided)
                spent["look at the file"] += looked - begun
                if taken.outcome is not Outcome.ARTICLE:
                    raise RuntimeError(f"{file.name} became {taken.outcome}, not an article of its own")
            spent["CPU of all three"] = time.process_time() - cpu
        finally:
            await database.close()
        spent["one fsync of this disk"] = _fsync(Path(place)) * len(analyses)
    return spent


async def _intake(
    database: Database, settings: Settings, analyses: dict[str, Analysis], spent: dict[str, float]
) -> Intake:
    register = Register()
    await Places(database, register, utc_now, Patience()).begin_with(CHANNEL)

    async def at_hand(data: bytes, name: str, section: str | None) -> Analysis:
        del data, section
        return analyses[name]

    intake = Intake(database, at_hand, utc_now, max_bytes=settings.max_file_bytes, routing=Routing(register))
    consider = intake._considered

    async def timed(result: Analysis | str | None, name: str) -> Considered | None:
        begun = time.perf_counter()
        considered = await consider(result, name)
        spent["decide"] += time.perf_counter() - begun
        return considered

    vars(intake)["_considered"] = timed
    return intake


def _fsync(folder: Path) -> float:
    """Return the seconds that one takes, behind some kilobytes."""
    times = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(20):
            file.write(bytes(32_768))
            begun = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _put_real(folder: Path, every: int) -> bool:
    """Put the reference articles into a folder, where there are any; return whether there are."""
    import json

    path = REAL / "summaries" / "dev.jsonl"
    if not path.exists():
        return False
    folder.mkdir()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[::every]):
        given = json.loads(line)
        put(folder / f"{number:03}.txt", f"{given.get('title') or ''}\n\n{given['text']}\n")
    return True


def _row(
    what: str,
    ours: Sequence[float],
    name: str,
    theirs: Sequence[float],
    bound: Bound | None = None,
    note: str = "",
    unit: str = "ms",
) -> Row:
    ratio = versus(ours, theirs)
    return Row(GROUP, what, unit, Figure.of(ours), name, Figure.of(theirs), ratio, bound, note)
