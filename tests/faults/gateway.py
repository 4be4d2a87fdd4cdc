"""The gateway of the tests' Discord: sessions, heartbeats, resuming."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from tests.faults.objects import BOT, BOT_ID, GUILD_ID, Guild, Json

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACKNOWLEDGED = (
    0,
    1,
    2,
    6,
    7,
    9,
    10,
    11,
)

AUTHENTICATION_FAILED = 4004


@dataclass
class Session:
    """What a client that resumes has to be told."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    events: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


class Gateway:
    """Speaks with every client that is connected."""

    def __init__(self, guild: Guild, accepts: Callable[[str], bool], changed: Callable[[], None]) -> None:
        self._guild = guild
        self._accepts = accepts
        self._changed = changed
        self._sessions: dict[str, Session] = {}
        self._sockets: set[web.WebSocketResponse] = set()
        self.url = ""
        self.connections = self.identified = self.resumed = 0

    @property
    def connected(self) -> bool:
        """Whether a client has a session that works."""
        return any(session.socket is not None for session in self._sessions.values())

    def has_resumed(self, times: int) -> bool:
        return self.resumed >= times

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        self.connections += 1
        session: Session | None = None
        try:
            await _send(socket, {"op": HELLO, "d": {"heartbeat_interval": 41250}})
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    session = await self._received(socket, json.loads(message.data), session)
        except ConnectionError:
            pass  # the client was killed
        finally:
            self._sockets.discard(socket)
            if session is not None and session.socket is socket:
                session.socket = None
            self._changed()
        return socket

    async def _received(
        self, socket: web.WebSocketResponse, frame: Json, session: Session | None
    ) -> Session | None:
        if frame["op"] == HEARTBEAT:
            await _send(socket, {"op": ACKNOWLEDGED})
        elif frame["op"] in {IDENTIFY, RESUME} and not self._accepts(frame["d"]["token"]):
            await socket.close(code=AUTHENTICATION_FAILED)
        elif frame["op"] == IDENTIFY:
            return await self._identify(socket)
        elif frame["op"] == RESUME:
            return await self._resume(socket, frame["d"])
        return session

    async def _identify(self, socket: web.WebSocketResponse) -> Session:
        session = Session(socket=socket)
        self._sessions[session.id] = session
        self.identified += 1
        ready = {
            "v": 10,
            "user": BOT,
            "guilds": [{"id": str(GUILD_ID), "unavailable": True}],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(BOT_ID), "flags": 0},
        }
        await self._dispatch(session, "READY", ready)
        await self._dispatch(session, "GUILD_CREATE", self._guild.whole())
        self._changed()
        return session

    async def _resume(self, socket: web.WebSocketResponse, wanted: Json) -> Session | None:
        session = self._sessions.get(str(wanted["session_id"]))
        if session is None:
            await _send(socket, {"op": INVALID_SESSION, "d": False})
            return None
        session.socket = socket
        self.resumed += 1
        for event in session.events[int(wanted["seq"] or 0) :]:
            await _send(socket, event)
        await self._dispatch(session, "RESUMED", {})
        self._changed()
        return session

    async def tell(self, name: str, data: Json) -> None:
        """Dispatch an event to every session, also to those that have to resume first."""
        for session in self._sessions.values():
            await self._dispatch(session, name, data)

    async def close(self, code: int) -> None:
        """Close every connection with this code. Raises nothing where a client is gone."""
        for socket in [*self._sockets]:
            await socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        for socket in [*self._sockets]:
            await _send(socket, {"op": RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """Forget every session, and say so."""
        self._sessions.clear()
        for socket in [*self._sockets]:
            await _send(socket, {"op": INVALID_SESSION, "d": False})

    def forget(self) -> None:
        """Forget every session without a word: a client that resumes learns it then."""
        self._sessions.clear()

    async def _dispatch(self, session: Session, name: str, data: Json) -> None:
        event = {"op": DISPATCH, "t": name, "s": len(session.events) + 1, "d": data}
        session.events.append(event)
        if session.socket is not None:
            await _send(session.socket, event)


async def _send(socket: web.WebSocketResponse, frame: Json) -> None:
    if not socket.closed:
        await socket.send_str(json.dumps(frame))
