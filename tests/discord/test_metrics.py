"""The numbers that the whole bot tells agree with what it did."""

from tests.discord.conftest import BRIDGE, HARBOUR, World
from tests.test_metrics import fetched, free_port


async def test_the_numbers_agree_with_what_happened(world: World) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/metrics"
    world.put("harbour.txt", HARBOUR)
    world.put("bridge.txt", BRIDGE)
    async with world.bot(metrics_port=port):
        await world.quiet()
        world.put("again.txt", HARBOUR)
        world.put("empty.txt", "")
        await world.quiet()
        found = await fetched(address)
    outcomes = ("article", "duplicate", "refused", "known", "unreadable")
    assert [found["gazette_files_total", name] for name in outcomes] == [2, 1, 1, 0, 0]
    assert found["gazette_deliveries", "sent"] == len(world.posts()) == 2
    assert found["gazette_deliveries", "queued"] == 0
    assert found["gazette_stage_seconds_count", "read"] == 4
    assert found["gazette_stage_seconds_count", "store"] == 4
    assert found["gazette_stage_seconds_count", "send"] == 2
    assert [found[f"gazette_{name}", ""] for name in ("inbox_files", "pipeline_files", "worker_calls")] == [
        0,
        0,
        0,
    ]
    assert found["gazette_workers", ""] == 1


async def test_what_was_done_by_an_earlier_run_is_known(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
    port = free_port()
    async with world.bot(metrics_port=port):
        await world.quiet()
        found = await fetched(f"http://127.0.0.1:{port}/metrics")
    assert found["gazette_files_total", "known"] == 1
    assert found["gazette_files_total", "article"] == 0
    assert found["gazette_deliveries", "sent"] == 1
