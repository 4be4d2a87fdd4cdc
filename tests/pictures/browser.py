"""A headless Chromium that is steered over its own protocol.

https://chromedevtools.github.io/devtools-protocol/
"""

import asyncio
import base64
import itertools
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

from bot.errors import StartupError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--remote-debugging-port=0",
)

LOOK = 0.1
"""Seconds between two looks at whether something is so."""

PATIENCE = 30
"""Seconds that a page, or the browser's start, may take."""


class Page:
    """One page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return what the browser answers. Raises ``StartupError`` if it refuses."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            received = await self._socket.receive()
            if received.type is not aiohttp.WSMsgType.TEXT:
                raise StartupError("Chromium has ended.")
            told = json.loads(received.data)
            if told.get("id") == number:
                if "error" in told:
                    raise StartupError(f"Chromium refuses {method}: {told['error']['message']}")
                result: dict[str, Any] = told["result"]
                return result

    async def open(self, address: str, width: int, height: int) -> None:
        """Show an address in a window of this size."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.call("Emulation.setDeviceMetricsOverride", **size)
        await self.call("Page.navigate", url="about:blank")
        await self.call("Page.navigate", url=address)

    async def ask(self, script: str) -> Any:  # noqa: ANN401 (whatever the script returns)
        """Return the value of a script."""
        told = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return told["result"].get("value")

    async def until(self, script: str) -> None:
        """Wait until a script's value is true. Raises ``StartupError`` if it does not become so."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self.ask(script):
                    await asyncio.sleep(LOOK)
        except TimeoutError as error:
            raise StartupError(f"The page did not come so far within {PATIENCE} s: {script}") from error

    async def picture(self, selector: str | None = None) -> bytes:
        """Return a PNG of the window, or of what a selector finds first."""
        area = None
        if selector is not None:
            area = await self.ask(
                f"(() => {{const r = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
                "return {x: r.x, y: r.y, width: r.width, height: r.height, scale: 1}})()"
            )
        clip = {} if area is None else {"clip": area}
        told = await self.call("Page.captureScreenshot", format="png", **clip)
        return base64.b64decode(told["data"])


@asynccontextmanager
async def browser() -> AsyncIterator[Page]:
    """Yield a page of a new browser. Raises ``StartupError`` if none is installed."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise StartupError(f"The pictures need Chromium: one of {', '.join(NAMES)} on the PATH.")
    with tempfile.TemporaryDirectory(prefix="gazette-pictures-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *ARGUMENTS,
            f"--user-data-dir={profile}",
            "about:blank",
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with aiohttp.ClientSession() as session:
                address = await _page_of(process, Path(profile), session)
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    yield Page(socket)
        finally:
            with suppress(ProcessLookupError):  # Ctrl-C ended it too
                process.terminate()
            await process.wait()


async def _page_of(process: asyncio.subprocess.Process, profile: Path, session: aiohttp.ClientSession) -> str:
    """Return the address at which the first page is steered."""
    port = await _port_of(process, profile / "DevToolsActivePort")
    async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
        pages = [one for one in await answer.json() if one["type"] == "page"]
    if not pages:
        raise StartupError("Chromium shows no page.")
    found: str = pages[0]["webSocketDebuggerUrl"]
    return found


async def _port_of(process: asyncio.subprocess.Process, written: Path) -> str:
    """Return the port that the browser took: it writes it into a file of its profile."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while process.returncode is None:
                with suppress(OSError):
                    if lines := written.read_text(encoding="utf-8").splitlines():
                        return lines[0]
                await asyncio.sleep(LOOK)
    raise StartupError("Chromium ended, or did not begin to listen, before it could be steered.")
