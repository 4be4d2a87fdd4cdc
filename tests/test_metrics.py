import asyncio
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError

from bot import prometheus
from bot.errors import StartupError
from bot.metrics import OFF, Now, make_metrics
from bot.news.sending.channels import Sent
from bot.prometheus import LOOK_SECONDS, PrometheusMetrics
from bot.settings import GivenSettings
from storage import deliveries, digests, listing, sending, stories
from storage.articles import add
from storage.counts import deliveries_by_state
from storage.database import Database
from storage.deliveries import State
from storage.digests import DigestKind, DigestRecord
from tests.conftest import Clock, record
from tests.news.test_many_copies import statements

Samples = Mapping[tuple[str, str], float]

BUILT = """
import asyncio, sys
from pathlib import Path
from bot.app import build
from bot.news.reading import make_workers
from bot.settings import GivenSettings

def told(event, about):
    if event == "socket.bind":
        print("listens at", about[1])

async def run(folder, port):
    values = {"articles_dir": folder, "database_url": f"sqlite:///{folder}/.g.db", "metrics_port": port}
    settings = GivenSettings.model_validate({**values, "entities": False})
    async with make_workers(settings, for_long=False) as workers, build(settings, workers):
        print("built", "prometheus_client" in sys.modules, "aiohttp.web" in sys.modules)

if __name__ == "__main__":
    sys.addaudithook(told)
    asyncio.run(run(Path(sys.argv[1]), int(sys.argv[2])))
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


async def fetched(address: str) -> Samples:
    """Return what Prometheus would read: the value of each name and its one label."""
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 200
        families = list(text_string_to_metric_families(await answer.text()))
    samples = [sample for family in families for sample in family.samples]
    return {(sample.name, " ".join(sample.labels.values())): sample.value for sample in samples}


async def nothing() -> Now:
    return Now({"queued": 0, "sent": 7}, settling=2, deciding=3, workers=4, calls=5)


async def test_what_was_counted_and_what_is_so_now_can_be_fetched() -> None:
    metrics = PrometheusMetrics("127.0.0.1", 0)
    metrics.file("article")
    metrics.file("article")
    metrics.file("refused")
    async with metrics.served(nothing):
        found = await fetched(metrics.address)
    assert {label: found["gazette_files_total", label] for label in prometheus.OUTCOMES} == {
        "article": 2,
        "duplicate": 0,
        "refused": 1,
        "known": 0,
        "unreadable": 0,
    }
    assert found["gazette_deliveries", "sent"] == 7
    now = ("inbox_files", "pipeline_files", "workers", "worker_calls")
    assert [found[f"gazette_{name}", ""] for name in now] == [2, 3, 4, 5]


async def test_a_stage_is_measured_also_where_it_fails() -> None:
    moments = iter([10.0, 10.4, 20.0, 23.0])
    metrics = PrometheusMetrics("127.0.0.1", 0, clock=lambda: next(moments), sleep=_never)
    with metrics.stage("read"):
        pass
    with pytest.raises(OSError, match="gone"), metrics.stage("read"):
        raise OSError("gone")
    moments = iter([0.0])
    async with metrics.served(nothing):
        found = await fetched(metrics.address)
    assert found["gazette_stage_seconds_count", "read"] == 2
    assert found["gazette_stage_seconds_sum", "read"] == pytest.approx(3.4)
    assert found["gazette_stage_seconds_bucket", "0.5 read"] == 1
    assert found["gazette_stage_seconds_count", "send"] == 0


async def _never(_seconds: float) -> None:
    await asyncio.Event().wait()


async def test_how_late_the_event_loop_is_can_be_fetched() -> None:
    time = 0.0
    late = iter([0.0, 0.3])
    measured = asyncio.Event()

    async def sleep(seconds: float) -> None:
        nonlocal time
        lag = next(late, None)
        if lag is None:
            measured.set()
            await _never(seconds)
        else:
            time += seconds + lag

    metrics = PrometheusMetrics("127.0.0.1", 0, sleep=sleep, clock=lambda: time)
    async with metrics.served(nothing):
        await measured.wait()
        found = await fetched(metrics.address)
    assert time == pytest.approx(2 * LOOK_SECONDS + 0.3)
    assert found["gazette_event_loop_lag_seconds_count", ""] == 2
    assert found["gazette_event_loop_lag_seconds_sum", ""] == pytest.approx(0.3)
    assert found["gazette_event_loop_lag_seconds_bucket", "0.25"] == 1


async def test_only_the_metrics_are_served() -> None:
    metrics = PrometheusMetrics("127.0.0.1", 0)
    async with metrics.served(nothing), aiohttp.ClientSession() as session:
        for method, path, status in (("GET", "/", 404), ("POST", "/metrics", 405), ("GET", "/../.env", 404)):
            async with session.request(method, metrics.address.replace("/metrics", path)) as answer:
                assert answer.status == status


async def test_a_history_that_cannot_be_read_is_told_and_ends_nothing() -> None:
    broken = True

    async def look() -> Now:
        if broken:
            raise OperationalError("select", None, Exception("disk I/O error"))
        return await nothing()

    metrics = PrometheusMetrics("127.0.0.1", 0)
    async with metrics.served(look):
        async with aiohttp.ClientSession() as session, session.get(metrics.address) as answer:
            assert answer.status == 503
            assert await answer.text() == "The history cannot be read now.\n"
        broken = False
        assert (await fetched(metrics.address))["gazette_deliveries", "sent"] == 7


async def test_a_fetch_that_is_under_way_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prometheus, "STOP_SECONDS", 0.05)
    looking = asyncio.Event()

    async def look() -> Now:
        looking.set()
        await asyncio.Event().wait()
        raise AssertionError

    metrics = PrometheusMetrics("127.0.0.1", 0)
    async with aiohttp.ClientSession() as idle, aiohttp.ClientSession() as waiting:
        async with metrics.served(look):
            address = metrics.address
            async with idle.get(address.replace("/metrics", "/")):
                pass  # its connection stays open
            fetch = asyncio.create_task(waiting.get(address).__aenter__())
            await looking.wait()
        with pytest.raises(aiohttp.ClientError):
            await fetch
        with pytest.raises(aiohttp.ClientConnectionError):
            await idle.get(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1"])
async def test_where_nothing_can_listen_the_start_ends_with_a_sentence(host: str) -> None:
    first = PrometheusMetrics("127.0.0.1", 0)
    async with first.served(nothing):
        port = int(first.address.rsplit(":", 1)[1].removesuffix("/metrics"))
        with pytest.raises(StartupError, match=f"cannot be served at {host}, port {port}: .*METRICS_PORT=0"):
            async with PrometheusMetrics(host, port).served(nothing):
                raise AssertionError
        assert (await fetched(first.address))["gazette_workers", ""] == 4


async def test_two_programs_in_one_process_keep_their_own_numbers() -> None:
    one, other = PrometheusMetrics("127.0.0.1", 0), PrometheusMetrics("127.0.0.1", 0)
    one.file("article")
    async with one.served(nothing), other.served(nothing):
        assert (await fetched(one.address))["gazette_files_total", "article"] == 1
        assert (await fetched(other.address))["gazette_files_total", "article"] == 0


async def test_what_is_off_takes_note_of_nothing() -> None:
    metrics = make_metrics(GivenSettings.model_validate({}))
    assert metrics is OFF
    metrics.file("article")
    with metrics.stage("send"):
        pass
    async with metrics.served(nothing):
        pass


@pytest.mark.parametrize("on", [False, True])
def test_off_means_that_nothing_listens_and_nothing_is_loaded(tmp_path: Path, on: bool) -> None:
    script = tmp_path / "built.py"
    script.write_text(BUILT)
    port = free_port() if on else 0
    (tmp_path / "inbox").mkdir()
    result = subprocess.run(
        [sys.executable, script, tmp_path / "inbox", str(port)],
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        check=True,
        text=True,
    )
    heard = [f"listens at ('127.0.0.1', {port})"] if on else []
    assert result.stdout.splitlines() == [*heard, f"built {on} {on}"]


async def test_deliveries_are_counted_by_their_state(database: Database, clock: Clock) -> None:
    async with database.write() as connection:
        article_id, other_id = await add(connection, record(1)), await add(connection, record(2))
        await deliveries.enqueue(connection, article_id, range(1, 11), clock())
        for delivery_id in range(2, 11):
            await sending.begin(connection, delivery_id, "nonce", 0, clock())
        for delivery in (await deliveries.of_article(connection, article_id))[3:8]:
            await sending.finish(connection, delivery, Sent(1, delivery.channel_id), (), clock())
        await sending.fail(connection, 9, "no")
        await sending.removed(connection, 10)
        digest = DigestRecord(7, clock(), clock(), "medium", kind=DigestKind.HELD, channel_id=11)
        digest_id = await digests.add(connection, digest)
        await deliveries.enqueue(connection, other_id, range(11, 16), clock(), held=range(11, 16))
        for channel in (11, 12):
            await listing.gather(connection, channel, State.HELD, digest_id, 9)
        await listing.enqueue_digest(connection, digest_id, 11, clock())
    async with database.read() as connection:
        found = await deliveries_by_state(connection)
    assert found == {
        "held": 3,
        "queued": 2,
        "sending": 2,
        "sent": 5,
        "listed": 2,
        "failed": 1,
        "removing": 0,
        "removed": 1,
    }
    async with database.write() as connection:
        await deliveries.renew(connection, stories.sharing(article_id))
        await deliveries.take_back(connection, article_id)
        await deliveries.take_back(connection, other_id)
    async with database.read() as connection:
        found = await deliveries_by_state(connection)
    assert found == {
        "held": 0,
        "queued": 1,
        "sending": 0,
        "sent": 0,
        "listed": 0,
        "failed": 0,
        "removing": 7,
        "removed": 8,
    }


async def test_what_grows_with_the_history_is_counted_in_indexes_alone(database: Database) -> None:
    async with database.read() as connection:
        with statements() as asked:
            await deliveries_by_state(connection)
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1]}")
        steps = [step for step in plan.scalars("detail") if " deliveries " in step]
    used = {step.partition(" INDEX ")[2].split(" ")[0].removeprefix("deliveries_") for step in steps}
    assert used == {"sqlite_autoindex_deliveries_1", "open", "held", "sent", "listed", "failed"}
