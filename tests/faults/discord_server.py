"""A small Discord over real sockets: as much of REST and gateway as the bot uses, with faults on demand."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Self

import discord
from aiohttp import web

from tests.faults.answers import RETRY_AFTER, Fault, answer, faulty, limited, page, refusal
from tests.faults.gateway import Gateway
from tests.faults.objects import (
    APPLICATION,
    BOT,
    GUILD_ID,
    NEWS_ID,
    OWNER,
    OWNERS_DM_ID,
    Guild,
    Json,
    Message,
    snowflake,
)

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.a-secret-that-nobody-may-see"

LATE = 0.3
"""Seconds after its answer that a request takes effect which is applied late."""


@dataclass
class DiscordServer:
    """Discord, with one server and one text channel in it. Everything that stands in it can be looked at."""

    nonce_seconds: float = 120.0
    guild: Guild = field(default_factory=Guild)
    token: str = TOKEN
    requests: Counter[str] = field(default_factory=Counter)
    bodies: list[Json] = field(default_factory=list)
    commands: list[Json] = field(default_factory=list)
    too_early: int = 0
    """Requests that came while a rate limit was in force."""
    injected: int = 0
    out: bool = False
    """Whether everything is answered with 503."""
    gateway_out: bool = False
    """Whether the gateway is."""
    time_ahead: timedelta = timedelta()
    """By how much its answers tell a later time than this computer does."""

    def __post_init__(self) -> None:
        self._changed = asyncio.Event()
        self.gateway = Gateway(self.guild, lambda token: token == self.token, self._changed.set)
        self._faults: dict[str, deque[Fault | None]] = {"POST": deque(), "PATCH": deque()}
        self._nonces: dict[str, tuple[Message, float]] = {}
        self._limited_until = 0.0
        self.release = asyncio.Event()
        """Set when requests that are held may take effect."""
        self._late: set[asyncio.TimerHandle] = set()
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(middlewares=[self._gate])
        application.add_routes(self._routes())
        self._runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        for handle in self._late:
            handle.cancel()
        await self.gateway.close(1001)
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def posts(self) -> list[Message]:
        """What stands in the channel, the oldest first."""
        return self.guild.in_channel(NEWS_ID)

    @property
    def titles(self) -> list[str]:
        return [message.title for message in self.posts]

    @property
    def marks(self) -> list[int]:
        """The numbers of the deliveries that stand in the channel, in its order."""
        return [int(message.footer.split()[0].removeprefix("#"), 36) for message in self.posts]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds; it is looked at whenever something was asked or answered."""
        while not holds():
            self._changed.clear()
            await self._changed.wait()

    def inject(self, *faults: Fault | None, method: str = "POST") -> None:
        """Have the next requests for messages meet these faults, one each; ``None`` goes well."""
        self._faults[method].extend(faults)

    @property
    def waiting_faults(self) -> int:
        return sum(len(queue) for queue in self._faults.values())

    async def permit(self, permissions: discord.Permissions) -> None:
        """Change what the bot may do, and tell it."""
        self.guild.permissions = permissions
        role = {"guild_id": str(GUILD_ID), "role": self.guild.bots_role()}
        await self.gateway.tell("GUILD_ROLE_UPDATE", role)

    @asynccontextmanager
    async def outage(self, *, refused: bool = False) -> AsyncIterator[None]:
        """Answer everything with 503, or let nobody connect, and close every connection of the gateway."""
        self.out = True
        self.injected += 1
        if refused and self._site is not None:
            await self._site.stop()
        await self.gateway.close(1006 if refused else 4000)
        try:
            yield
        finally:
            self.out = False
            if refused:
                await self._listen()

    async def _listen(self) -> None:
        assert self._runner is not None
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[-1][1]
        self.gateway.url = f"ws://127.0.0.1:{self._port}/gateway"

    def _routes(self) -> Iterable[web.AbstractRouteDef]:
        api = "/api/v10"
        return [
            web.get("/gateway", self.gateway.connect),
            web.get(f"{api}/gateway", self._gateway_url),
            web.get(f"{api}/gateway/bot", self._gateway_url),
            web.get(f"{api}/users/@me", _always(BOT)),
            web.get(f"{api}/users/{OWNER['id']}", _always(OWNER)),
            web.post(f"{api}/users/@me/channels", self._direct_channel),
            web.get(f"{api}/oauth2/applications/@me", _always(APPLICATION)),
            web.put(f"{api}/applications/{{id}}/commands", self._sync),
            web.get(f"{api}/guilds/{GUILD_ID}", self._guild),
            web.get(f"{api}/guilds/{GUILD_ID}/channels", self._channels),
            web.get(f"{api}/guilds/{GUILD_ID}/members/{BOT['id']}", self._membership),
            web.get(f"{api}/channels/{NEWS_ID}", self._channel),
            web.get(f"{api}/channels/{{channel}}/messages", self._list),
            web.post(f"{api}/channels/{{channel}}/messages", self._post),
            web.get(f"{api}/channels/{{channel}}/messages/{{id}}", self._one),
            web.patch(f"{api}/channels/{{channel}}/messages/{{id}}", self._edit),
            web.delete(f"{api}/channels/{{channel}}/messages/{{id}}", self._delete),
        ]

    @web.middleware
    async def _gate(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        kind = "messages" if "/messages" in request.path else request.path.removeprefix("/api/v10")
        self.requests[f"{request.method} {kind}"] += 1
        self._changed.set()
        if self.out or (self.gateway_out and request.path == "/gateway"):
            return page(503)
        if request.path != "/gateway" and request.headers.get("Authorization") != f"Bot {self.token}":
            return refusal(401, 0, "401: Unauthorized")
        remaining = self._limited_until - time.monotonic()
        if remaining > 0 and request.path != "/gateway":
            self.too_early += 1
            return limited(globally=True, seconds=remaining)
        try:
            found = await handler(request)
        except web.HTTPNotFound:
            return refusal(404, 0, "404: Not Found")
        if not found.prepared:
            found.headers["Date"] = format_datetime(datetime.now(UTC) + self.time_ahead, usegmt=True)
        return found

    async def _gateway_url(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return answer({"url": self.gateway.url, "shards": 1, "session_start_limit": limit})

    async def _direct_channel(self, _request: web.Request) -> web.Response:
        return answer(self.guild.direct_channel())

    async def _guild(self, _request: web.Request) -> web.Response:
        return answer(self.guild.whole())

    async def _membership(self, _request: web.Request) -> web.Response:
        return answer(self.guild.bots_membership())

    async def _channels(self, _request: web.Request) -> web.Response:
        return answer([self.guild.channel()])

    async def _channel(self, _request: web.Request) -> web.Response:
        return answer(self.guild.channel())

    async def _sync(self, request: web.Request) -> web.Response:
        self.commands = await request.json()
        same = {"application_id": APPLICATION["id"], "version": "1", "default_member_permissions": None}
        return answer([{"id": str(snowflake()), **same, **command} for command in self.commands])

    async def _list(self, request: web.Request) -> web.Response:
        """Return a page of messages, the newest first; none at all where the bot may not read the history."""
        if not self.guild.permissions.read_message_history:
            return answer([])
        messages = self.guild.in_channel(int(request.match_info["channel"]))
        limit = int(request.query.get("limit", "50"))
        if "after" in request.query:
            chosen = [m for m in messages if m.id > int(request.query["after"])][:limit]
        else:
            before = int(request.query.get("before", str(2**63)))
            chosen = [m for m in messages if m.id < before][-limit:]
        return answer([message.shown() for message in reversed(chosen)])

    async def _post(self, request: web.Request) -> web.Response:
        channel_id = int(request.match_info["channel"])
        body = await request.json()
        self.bodies.append(body)
        if channel_id not in {NEWS_ID, OWNERS_DM_ID}:
            return faulty(Fault.CHANNEL_GONE)
        allowed = self.guild.permissions
        if channel_id == NEWS_ID and not (allowed.send_messages and allowed.embed_links):
            return faulty(Fault.FORBIDDEN)
        if channel_id != NEWS_ID:
            return answer(self._create(channel_id, body).shown())
        return await self._do(request, lambda: self._create(channel_id, body))

    def _create(self, channel_id: int, body: Json) -> Message:
        """Make the message, or find the one that was made with this nonce not long ago."""
        nonce = f"{channel_id} {body.get('nonce')}" if body.get("enforce_nonce") else None
        if nonce in self._nonces:
            message, made_at = self._nonces[nonce]
            if time.monotonic() - made_at < self.nonce_seconds:
                return message
        message = Message(snowflake(), BOT, channel_id, body)
        self.guild.messages.append(message)
        if nonce is not None:
            self._nonces[nonce] = message, time.monotonic()
        self._changed.set()
        return message

    async def _one(self, request: web.Request) -> web.Response:
        message = self._message(request)
        return refusal(404, 10008, "Unknown Message") if message is None else answer(message.shown())

    async def _edit(self, request: web.Request) -> web.Response:
        message = self._message(request)
        if message is None:
            return refusal(404, 10008, "Unknown Message")
        body = await request.json()

        def apply() -> Message:
            message.body |= body
            message.edits += 1
            return message

        return await self._do(request, apply)

    async def _delete(self, request: web.Request) -> web.Response:
        message = self._message(request)
        if message is None:
            return refusal(404, 10008, "Unknown Message")
        self.guild.messages.remove(message)
        return web.Response(status=204)

    def _message(self, request: web.Request) -> Message | None:
        wanted = int(request.match_info["id"])
        return next((message for message in self.guild.messages if message.id == wanted), None)

    async def _do(self, request: web.Request, apply: Callable[[], Message]) -> web.Response:
        """Do what was asked for, unless a fault comes between."""
        waiting = self._faults[request.method]
        fault = waiting.popleft() if waiting else None
        if fault is None:
            return answer(apply().shown())
        self.injected += 1
        if fault is Fault.HELD:
            await self.release.wait()
            return answer(apply().shown())
        if fault is Fault.APPLIED_LATE:
            self._late.add(asyncio.get_running_loop().call_later(LATE, apply))
        elif fault.is_applied:
            apply()
        if fault in {Fault.DROPPED, Fault.APPLIED_THEN_DROPPED} and request.transport is not None:
            request.transport.abort()
        if fault in {Fault.DROPPED, Fault.APPLIED_THEN_DROPPED}:
            return page(500)  # nobody receives it
        return self._told(fault)

    def _told(self, fault: Fault) -> web.Response:
        if fault is Fault.UNAUTHORIZED:
            self.token = ""  # it was revoked
        if fault is Fault.LIMITED_GLOBALLY:
            self._limited_until = time.monotonic() + RETRY_AFTER
        if fault in {Fault.LIMITED, Fault.LIMITED_GLOBALLY}:
            return limited(globally=fault is Fault.LIMITED_GLOBALLY, seconds=RETRY_AFTER)
        return faulty(fault)


def _always(body: Json) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(_request: web.Request) -> web.StreamResponse:
        return answer(body)

    return handler
