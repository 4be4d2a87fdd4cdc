"""Starts the real program against the tests' Discord, and kills it where the test wants it.

``python -m tests.faults.launcher URL [POINT PASSING]``. A worker process imports this file too.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

POINTS = (
    "after reading",
    "after the commit",
    "before the request",
    "after the request",
    "before an edit",
    "after an edit",
    "before a digest",
    "after a digest",
    "in a migration",
)

CHANGES = ("CREATE", "ALTER", "DROP")
"""What the statements begin with at which a migration is killed."""

QUICK = (0.05, 0.1, 0.2, 0.4)
"""Seconds between the program's tries, where it waits longer for a real Discord."""

TASKS = "tasks"
"""The file that tells how many asyncio tasks there are, written whenever SIGUSR1 comes."""

REAL_PAUSES = "FAULTS_REAL_PAUSES"
"""Set where the program's pauses are to stay as long as they are."""

CLOCK = "FAULTS_CLOCK"
"""Names a file that tells by how many seconds the program's clock is ahead, where it is not to be right."""


class Quick(ModuleType):
    """asyncio as discord.py sees it here: its pauses of a second and more are shortened."""

    def __getattr__(self, name: str) -> object:
        import asyncio

        return getattr(asyncio, name)

    async def sleep(self, delay: float, result: object = None) -> object:
        import asyncio

        return await asyncio.sleep(delay if delay < 1 else delay / 20, result)


def main() -> None:
    url, *kill = sys.argv[1:]
    sys.argv[1:] = ["run"]
    _follow_a_clock()
    _point_at(url)
    if REAL_PAUSES not in os.environ:
        _hasten()
    _let_one_file_hang()
    signal.signal(signal.SIGUSR1, _tell_tasks)
    if kill:
        _kill_at(kill[0], int(kill[1]))
    from bot.__main__ import main as gazette

    gazette()


def _follow_a_clock() -> None:
    """Put a clock that can be stepped in the place of the program's before anything takes that."""
    path = os.environ.get(CLOCK)
    if path is None:
        return
    import bot.clock

    real = bot.clock.utc_now

    def stepped() -> datetime:
        return real() + timedelta(seconds=float(Path(path).read_text(encoding="utf-8")))

    vars(bot.clock)["utc_now"] = stepped


def _point_at(url: str) -> None:
    import discord.gateway
    import discord.http
    import yarl

    discord.http.Route.BASE = f"{url}/api/v10"
    gateway = yarl.URL(url).with_scheme("ws") / "gateway"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


def _hasten() -> None:
    """Make every pause between tries short; what is done, and how often, stays as it is."""
    import discord.client
    import discord.http
    import discord.state

    import bot.news.operators
    import bot.news.patience
    import bot.news.sending.delivery
    import bot.news.sending.pace
    import bot.run
    import bot.supervisor

    for module in (bot.news.sending.delivery, bot.news.operators, bot.news.patience, bot.run, bot.supervisor):
        vars(module)["DELAYS"] = QUICK
    vars(bot.news.sending.pace).update(IN_ALL_SECONDS=0.001, TO_ONE_SECONDS=0.001)
    for module in (discord.client, discord.http):
        vars(module)["asyncio"] = Quick("asyncio")
    begin = discord.state.ConnectionState.__init__

    def begin_quickly(self: Any, **options: Any) -> None:  # noqa: ANN401 (discord.py's own)
        begin(self, **options)
        self.guild_ready_timeout = 0.05

    vars_of: Any = discord.state.ConnectionState
    vars_of.__init__ = begin_quickly


def _load_late() -> None:
    """Have the workers load a library when a file needs it: the tests start them hundreds of times."""
    from bot.analysis import analyse

    vars(analyse)["prepare"] = analyse.load_models


def _let_one_file_hang() -> None:
    from bot.analysis import analyse
    from tests.faults import hanging

    vars(analyse)["analyse"] = hanging.analyse_or_hang


def _tell_tasks(_number: int, _frame: object) -> None:
    import asyncio

    half = Path(f".{TASKS}")
    half.write_text(str(len(asyncio.all_tasks())), encoding="utf-8")
    half.rename(TASKS)


def _kill_at(point: str, passing: int) -> None:
    from bot.news.intake import Intake
    from bot.news.sending.channels import DiscordChannels
    from bot.news.sending.gate import Gate

    die = _Death(passing)
    if point == "after reading":
        _wrap(Intake, "read", after=die)
    elif point == "after the commit":
        _wrap(Intake, "store", after=die)
    elif point == "before the request":
        _wrap(DiscordChannels, "send", before=die)
    elif point == "after the request":
        _wrap(DiscordChannels, "send", after=die)
    elif point == "before an edit":
        _wrap(DiscordChannels, "edit", before=die)
    elif point == "after an edit":
        _wrap(DiscordChannels, "edit", after=die)
    elif point == "before a digest":
        _wrap(Gate, "_make", before=die)
    elif point == "after a digest":
        _wrap(Gate, "_make", after=die)
    elif point == "in a migration":
        _kill_while_tables_are_made(die)
    else:
        sys.exit(f"no such point: {point}")


class _Death:
    """Kills this process when it is called for the n-th time."""

    def __init__(self, passing: int) -> None:
        self._left = passing

    def __call__(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _wrap(
    owner: type,
    name: str,
    *,
    before: Callable[[], None] = lambda: None,
    after: Callable[[], None] = lambda: None,
) -> None:
    work: Callable[..., Awaitable[object]] = getattr(owner, name)

    async def wrapped(*args: Any, **kwargs: Any) -> object:  # noqa: ANN401 (whatever it takes)
        before()
        result = await work(*args, **kwargs)
        after()
        return result

    setattr(owner, name, wrapped)


def _kill_while_tables_are_made(die: Callable[[], None]) -> None:
    """Die before the n-th of: a copy that is whole, a copy that has its name, each change of a table."""
    from sqlalchemy import Engine, event

    import storage.backup

    write_through = vars(storage.backup)["_write_through"]

    def die_or_write_through(path: Path) -> None:
        die()
        write_through(path)

    vars(storage.backup)["_write_through"] = die_or_write_through

    def before(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().startswith(CHANGES):
            die()

    event.listen(Engine, "before_cursor_execute", before)


if __name__ == "__main__":
    main()
