"""The pages of the demo: a list of the channels, each opened in the simulation's own page."""

import asyncio
import errno
import html
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.demo.stage import DIGESTS, NEWS, OPERATORS, REPORTS, Stage
from bot.errors import StartupError
from bot.render import links

if TYPE_CHECKING:
    from simcord.builders import ChannelHandle
    from simcord.preview import Preview

WIDTH: Final = 1100
HEIGHT: Final = 900

LOOK_SECONDS: Final = 1
"""Between two looks at whether something new stands in the channel that is open."""
BUSY_LOOK_SECONDS: Final = 0.1
"""Between two looks at whether a command has come to its end."""
QUIET_SECONDS: Final = 2
BUSY_SECONDS: Final = 15
"""The page shows new posts when none has come for so long, and in a stream of posts only so often: what a
person types just when the page changes is refused by it, and has to be sent again."""

HOST: Final = "127.0.0.1"

INDEX: Final = Path(__file__).with_name("index.html")

TOLD: Final = {
    NEWS: "each article as it came",
    DIGESTS: "the stories of the night, under the headings of their sections",
    REPORTS: "a forum: a post for each article of two sections",
    OPERATORS: "what needs a person",
}


class Pages:
    """Opens one channel at a time: the simulation shows no more."""

    def __init__(self) -> None:
        self._key = secrets.token_urlsafe(16)
        """Whoever knows it may use the pages, as with the simulation's own."""
        self._stage: Stage | None = None
        self._open: Preview | None = None
        self._turn = asyncio.Lock()
        self._port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address of the list of channels."""
        return f"http://{HOST}:{self._port}/{self._key}/"

    async def start(self, port: int) -> None:
        """Take the port, before anything else is done. Raises ``StartupError`` if it is taken."""
        application = web.Application()
        application.add_routes(
            [
                web.get("/{key}/", self._index),
                web.get("/{key}/channels/{guild}/{channel}", self._channel),
                web.get("/{key}/channels/{guild}/{channel}/{message}", self._channel),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise StartupError(
                f"The page cannot be served on port {port}: {_why(error)}. Name another --port, or none."
            ) from error
        self._port = self._runner.addresses[0][1]

    @asynccontextmanager
    async def showing(self, stage: Stage) -> AsyncIterator[None]:
        """Show this stage, with what the bot posts by itself, until the block ends."""
        self._stage = stage
        keeping = asyncio.create_task(self._keep_current(stage))
        try:
            with links.leading_to(f"{self.url}channels"):
                yield
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    async def close(self) -> None:
        """Give the port back."""
        if self._open is not None:
            await self._open.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _shown(self, request: web.Request) -> Stage:
        """Return the stage for who knows the key and asks this computer by its number."""
        own_host = request.host.rpartition(":")[0] == HOST
        if not own_host or not secrets.compare_digest(request.match_info["key"], self._key):
            raise web.HTTPNotFound
        if self._stage is None:
            raise web.HTTPServiceUnavailable(text="Gazette still reads its samples. Load this page again.")
        return self._stage

    async def _index(self, request: web.Request) -> web.Response:
        stage = self._shown(request)
        rows = [
            _row(stage.guild.id, place.id, called, TOLD[name])
            for name, channel in stage.channels.items()
            for place, called in _places(name, channel)
        ]
        template = Template(INDEX.read_text(encoding="utf-8"))
        page = template.substitute(channels="".join(rows), inbox=html.escape(str(stage.inbox)))
        return web.Response(text=page, content_type="text/html", headers={"Referrer-Policy": "no-referrer"})

    async def _channel(self, request: web.Request) -> web.Response:
        stage = self._shown(request)
        found = _channel_of(stage, request.match_info["channel"])
        async with self._turn:
            await _follow_when_idle(stage)
            if self._open is not None:
                await self._open.close()
            self._open = await self._page(stage, found)
            history = found.history()
            wanted = request.match_info.get("message")
            chosen = next((message for message in history if str(message.id) == wanted), None)
            if newest := chosen or (history[-1] if history else None):
                await self._open.show(newest)
        raise web.HTTPSeeOther(self._open.url)

    async def _page(self, stage: Stage, channel: "ChannelHandle") -> "Preview":
        page = stage.env.preview(
            channel, viewers=stage.viewers, layout="channel", width=WIDTH, height=HEIGHT, port=0
        )
        return await page.__aenter__()

    async def _keep_current(self, stage: Stage) -> None:
        """Let the simulated clock follow the real one, and show what the bot posted by itself."""
        from simcord import SetupError  # noqa: PLC0415 (no part of the program that people run)

        looked_at: Preview | None = None
        shown: object = None
        seen: object = None
        seen_at = shown_at = 0.0
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            async with self._turn:
                page, now = self._open, asyncio.get_running_loop().time()
                if page is None:
                    continue
                with suppress(SetupError):  # a command is under way: its own answer refreshes the page
                    posted = [(message.id, message.edited_at) for message in page.channel.history()]
                    if page is not looked_at:  # it was opened with all that stood there
                        looked_at, shown, seen = page, posted, posted
                    if posted != seen:
                        seen, seen_at = posted, now
                    if posted != shown and (now - seen_at >= QUIET_SECONDS or now - shown_at >= BUSY_SECONDS):
                        await stage.follow_the_clock()
                        await page.refresh()
                        shown, shown_at = posted, now


async def _follow_when_idle(stage: Stage) -> None:
    """Let the simulated clock follow the real one once no command is under way."""
    from simcord import SetupError  # noqa: PLC0415 (no part of the program that people run)

    while True:
        with suppress(SetupError):
            await stage.follow_the_clock()
            return
        await asyncio.sleep(BUSY_LOOK_SECONDS)


def _why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "it is taken"
    if error.errno == errno.EACCES:
        return "this user may not take it"
    return error.strerror or str(error)


def _channel_of(stage: Stage, number: str) -> "ChannelHandle":
    every = [*stage.channels.values(), *(t for channel in stage.channels.values() for t in channel.threads)]
    found = next((channel for channel in every if str(channel.id) == number), None)
    if found is None:
        raise web.HTTPNotFound
    return found


def _places(name: str, channel: "ChannelHandle") -> list[tuple["ChannelHandle", str]]:
    """Return what can be opened of a channel with its name: itself, or the posts of a forum."""
    if name != REPORTS:
        return [(channel, f"#{name}")]
    return [(thread, f"{REPORTS}: {thread.name}") for thread in channel.threads]


def _row(guild_id: int, number: int, name: str, told: str) -> str:
    address = f"channels/{guild_id}/{number}"
    return f'<li><a href="{address}"><b>{html.escape(name)}</b><small>{html.escape(told)}</small></a></li>'
