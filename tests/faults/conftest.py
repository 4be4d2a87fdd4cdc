"""A Discord over real sockets, and the program that speaks with it."""

import itertools
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.faults.articles import Writer
from tests.faults.discord_server import TOKEN, DiscordServer
from tests.faults.program import Program


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    unseen = pytest.mark.skip(reason="which processes are left is read from /proc")
    for item in items:
        if sys.platform != "linux" and Path(__file__).parent in item.path.parents:
            item.add_marker(unseen)


@pytest.fixture
async def new_program(
    tmp_path: Path, pytestconfig: pytest.Config
) -> AsyncIterator[Callable[[], Awaitable[Program]]]:
    """Returns programs that are not started, each with a Discord of its own.

    At the end each is stopped, nothing of it is left, and its log holds no token.
    """
    async with AsyncExitStack() as stack:
        numbers = itertools.count()
        bytecode = pytestconfig.cache.mkdir("bytecode")

        async def new() -> Program:
            server = await stack.enter_async_context(DiscordServer())
            folder = tmp_path / str(next(numbers))
            program = Program(folder, server, bytecode)
            await stack.enter_async_context(_ending(program))
            return program

        yield new


@asynccontextmanager
async def _ending(program: Program) -> AsyncIterator[None]:
    try:
        yield
        if program.running:
            assert await program.stop() == 0, program.log[-4000:]
        await program.nothing_left()
        assert TOKEN not in program.log
    finally:
        program.end_all()


@pytest.fixture
async def program(new_program: Callable[[], Awaitable[Program]]) -> Program:
    return await new_program()


@pytest.fixture
def server(program: Program) -> DiscordServer:
    return program.server


@pytest.fixture
def writer(request: pytest.FixtureRequest) -> Writer:
    return Writer(seed=len(request.node.name))
