import asyncio

import pytest

from bot.errors import StartupError
from bot.supervisor import Supervisor


class Service:
    """Counts its starts and stops; fails as often as it is told."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.running = asyncio.Event()
        self.stopped = asyncio.Event()
        self.starts = 0

    async def __call__(self) -> None:
        self.starts += 1
        if self.failures:
            raise self.failures.pop(0)
        self.running.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped.set()


async def test_a_service_runs_from_being_turned_on_to_being_turned_off() -> None:
    service = Service()
    async with Supervisor({"news": service}) as supervisor:
        assert not service.running.is_set()
        supervisor.turn_on("news")
        await service.running.wait()
        supervisor.turn_off("news")
        await service.stopped.wait()


async def test_a_service_that_is_turned_on_twice_runs_once() -> None:
    service = Service()
    async with Supervisor({"news": service}) as supervisor:
        supervisor.turn_on("news")
        await service.running.wait()
        supervisor.turn_on("news")
        supervisor.turn_off("news")
        await service.stopped.wait()
    assert service.starts == 1


async def test_every_service_has_stopped_when_the_supervisor_has() -> None:
    service = Service()
    async with Supervisor({"news": service}) as supervisor:
        supervisor.turn_on("news")
        await service.running.wait()
    assert service.stopped.is_set()


async def test_a_service_that_fails_is_logged_and_started_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.supervisor.DELAYS", (0,))
    service = Service(RuntimeError("a mistake"), ExceptionGroup("more", [ValueError("another")]))
    async with Supervisor({"news": service}) as supervisor:
        supervisor.turn_on("news")
        await service.running.wait()
    assert service.starts == 3
    assert "a mistake" in caplog.text
    assert "another" in caplog.text


async def test_an_error_that_ends_the_program_comes_out_however_deep_it_lies() -> None:
    deep = ExceptionGroup(
        "outer", [ExceptionGroup("inner", [StartupError("The token is no longer accepted.")])]
    )
    async with Supervisor({"news": Service(deep)}) as supervisor:
        supervisor.turn_on("news")
        with pytest.raises(StartupError, match="no longer accepted"):
            await supervisor.until_failure()


async def test_a_service_belongs_to_the_supervisor_whoever_turned_it_on() -> None:
    """A context variable of the caller's, such as a test environment's, does not reach it."""
    from contextvars import ContextVar

    caller: ContextVar[str] = ContextVar("caller", default="nobody")
    seen = asyncio.Future[str]()

    async def service() -> None:
        seen.set_result(caller.get())
        await asyncio.Event().wait()

    async with Supervisor({"news": service}) as supervisor:
        caller.set("a command")
        supervisor.turn_on("news")
        assert await seen == "nobody"
