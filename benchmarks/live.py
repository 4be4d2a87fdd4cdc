"""The program as it runs, in a process of its own, and a small Discord that notes when it is asked."""

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from benchmarks import KEPT
from benchmarks.articles import Press, put
from benchmarks.figures import Json
from tests.faults.answers import answer
from tests.faults.discord_server import DiscordServer
from tests.faults.objects import APPLICATION, GUILD_ID, NEWS_ID, OWNER, Message, snowflake
from tests.faults.program import Program

PING, DEFERRED, CHOICES = 1, 5, 8
COMMAND, COMPLETION = 2, 4
TEXT = 3
"""What Discord calls these: https://discord.com/developers/docs/interactions/receiving-and-responding"""

LONGEST_ANSWER = 60
"""Seconds after which an answer never comes."""

MANY = 5_000


@dataclass
class Discord(DiscordServer):
    """The fault tests' Discord, without faults, that also lets a member use commands."""

    came: list[tuple[float, Message]] = field(default_factory=list)
    """When each message was asked for, by the monotonic clock."""

    def __post_init__(self) -> None:
        """Begin with nothing asked."""
        super().__post_init__()
        self._answers: dict[str, asyncio.Future[tuple[float, Json]]] = {}
        self._answered: dict[str, asyncio.Event] = {}

    def _create(self, channel_id: int, body: Json) -> Message:
        message = super()._create(channel_id, body)
        self.came.append((time.monotonic(), message))
        return message

    @web.middleware
    async def _gate(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Let answers to commands in, which come without the bot's token."""
        if "/interactions/" in request.path or "/webhooks/" in request.path:
            return await handler(request)
        return await super()._gate(request, handler)

    def _routes(self) -> Iterable[web.AbstractRouteDef]:
        api = "/api/v10"
        return [
            *super()._routes(),
            web.get(f"{api}/guilds/{GUILD_ID}/members/{{member}}", self._member),
            web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._acknowledged),
            web.post(f"{api}/webhooks/{{application}}/{{token}}", self._followed_up),
        ]

    async def _member(self, _request: web.Request) -> web.StreamResponse:
        return answer(self.guild.bots_membership())

    async def _acknowledged(self, request: web.Request) -> web.StreamResponse:
        now, body = time.monotonic(), await request.json()
        number = request.match_info["id"]
        self._answers[number].set_result((now, body))
        return answer({"interaction": {"id": number, "type": COMMAND}})

    async def _followed_up(self, request: web.Request) -> web.StreamResponse:
        message = Message(snowflake(), OWNER, NEWS_ID, await request.json())
        self._answered[request.match_info["token"]].set()
        return answer(message.shown())

    async def use(self, kind: int, options: list[Json]) -> tuple[float, Json]:
        """Have a member use ``/summary``; return the milliseconds until it is acknowledged, and how."""
        number = str(snowflake())
        self._answers[number] = asyncio.get_running_loop().create_future()
        self._answered[number] = asyncio.Event()
        begun = time.monotonic()
        async with asyncio.timeout(LONGEST_ANSWER):
            await self.gateway.tell("INTERACTION_CREATE", self._interaction(number, kind, options))
            at, body = await self._answers[number]
            if body["type"] == DEFERRED:
                await self._answered[number].wait()
        del self._answers[number], self._answered[number]
        return 1000 * (at - begun), body

    def _interaction(self, number: str, kind: int, options: list[Json]) -> Json:
        member = {"user": OWNER, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "permissions": "8"}
        return {
            "id": number,
            "application_id": APPLICATION["id"],
            "type": kind,
            "token": number,
            "version": 1,
            "guild_id": str(GUILD_ID),
            "channel": self.guild.channel(),
            "member": {**member, "deaf": False, "mute": False, "flags": 0},
            "locale": "en-US",
            "context": 0,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(GUILD_ID)},
            "app_permissions": str(self.guild.permissions.value),
            "attachment_size_limit": 10_000_000,
            "data": {"id": "1", "name": "summary", "type": 1, "options": options},
        }


class Live(Program):
    """The program, started as in use; what the environment must not change is set."""

    async def start(self, point: str | None = None, passing: int = 1) -> None:
        """Start ``gazette run``; the parameters are the fault tests' own."""
        del point, passing
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.launcher", self.server.url, "run"),
                cwd=self.folder,
                env=self._environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._groups.append(self._process.pid)
        self.starts += 1

    def stored(self) -> int:
        """Return how many files were decided about, by its log."""
        return self.log.count(" is article ")

    def megabytes(self, name: str = "Pss:") -> float:
        """Return what all its processes hold; PSS counts what several share once."""
        kilobytes = 0
        for pid in self.left():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
            kilobytes += next(int(line.split()[1]) for line in lines if line.startswith(name))
        return kilobytes / 1024


DEFAULTS = {"ENTITIES": "on", "SETTLE_SECONDS": "1", "RESCAN_SECONDS": "60", "BURST_LIMIT": "10"}


@asynccontextmanager
async def running(**settings: str) -> AsyncIterator[tuple[Live, Discord]]:
    """Run the program as operators have it by default, but for these settings, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="gazette-bench-") as folder:
        async with Discord() as discord:
            program = Live(Path(folder) / "program", discord, KEPT / "bytecode", DEFAULTS | settings)
            try:
                await program.start()
                yield program, discord
                await program.stop()
            finally:
                program.end_all()
                await program.nothing_left()


def many(count: int = MANY) -> Path:
    """Return a folder of so many articles, written once and kept for all rows."""
    folder = KEPT / f"articles-{count}"
    if not folder.exists():
        making = folder.with_suffix(".new")
        shutil.rmtree(making, ignore_errors=True)
        Press(seed=count).fill(making, count, name="many-")
        making.rename(folder)
    return folder


def drop_all(files: Path, inbox: Path) -> float:
    """Put these files into the inbox; return when that began, by the monotonic clock."""
    begun = time.monotonic()
    shutil.copytree(files, inbox, dirs_exist_ok=True, copy_function=_put_there)
    return begun


def _put_there(source: str, target: str) -> None:
    try:
        Path(target).hardlink_to(source)
    except OSError:  # another disk
        shutil.copyfile(source, target)


async def settled(program: Live, discord: Discord, press: Press) -> None:
    """Wait until the program runs, reads and posts: one article has gone all the way."""
    await program.logged("running as")
    before = len(discord.came)
    put(program.inbox / f"first-{before}.txt", press.article().text)
    await program.while_running(discord.until(lambda: len(discord.came) > before))
