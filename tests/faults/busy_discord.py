"""The tests' Discord with many channels, members who use commands, and bodies that an edge refuses."""

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from tests.faults.answers import RETRY_AFTER, Fault, answer, faulty, limited, page, refusal
from tests.faults.discord_server import DiscordServer
from tests.faults.interactions import Asked, command, shown_answer
from tests.faults.objects import GUILD_ID, NEWS_ID, Guild, Json, snowflake

OPERATORS_ID = 700_000_000_000_000_007

IN_TIME = 3.0
"""Seconds within which a command has to be acknowledged."""

UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")

WITHOUT_A_TOKEN = ("/api/v10/interactions/", "/api/v10/webhooks/", "/attachments/")
"""What is asked for without the bot's token: these addresses hold a secret of their own."""


@dataclass
class BusyGuild(Guild):
    """A server with several channels; one of them is the operators'."""

    names: dict[int, str] = field(default_factory=lambda: {NEWS_ID: "news", OPERATORS_ID: "operators"})

    def place(self, channel_id: int) -> Json:
        """Return a channel as Discord tells it."""
        last = max((message.id for message in self.in_channel(channel_id)), default=None)
        return self.channel() | {
            "id": str(channel_id),
            "name": self.names[channel_id],
            "last_message_id": None if last is None else str(last),
        }

    def whole(self) -> Json:
        """Return the server as the gateway tells it."""
        return super().whole() | {"channels": [self.place(number) for number in self.names]}


@dataclass
class BusyDiscord(DiscordServer):
    """Discord, with channels that come and go."""

    guild: BusyGuild = field(default_factory=BusyGuild)
    retry_after: float = RETRY_AFTER
    refused: dict[str, int] = field(default_factory=dict)
    """The titles of messages that an edge refuses, and with which status: a page without an error code."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Attachments by their names."""
    asked: dict[str, Asked] = field(default_factory=dict)
    """What members asked for, by its token."""
    late: int = 0
    """Commands that were acknowledged too late, or to which the first answer came twice."""

    async def open_channel(self, name: str) -> int:
        """Make a channel, tell everybody, and return its id."""
        number = snowflake()
        self.guild.names[number] = name
        await self.gateway.tell("CHANNEL_CREATE", self.guild.place(number))
        return number

    async def close_channel(self, channel_id: int) -> None:
        """Delete a channel with all that stands in it, and tell everybody."""
        told = self.guild.place(channel_id)
        del self.guild.names[channel_id]
        await self.gateway.tell("CHANNEL_DELETE", told)

    async def use(
        self, name: str, options: Mapping[str, object], *, member: Json, channel_id: int = NEWS_ID
    ) -> Asked:
        """Have a member use a command, and return what becomes of it."""
        asked = Asked(snowflake(), time.monotonic())
        self.asked[asked.token] = asked
        data = command(asked, name, options, channel=self.guild.place(channel_id), member=member)
        await self.gateway.tell("INTERACTION_CREATE", data)
        return asked

    def calm(self) -> None:
        """Take back every fault that has not met its request."""
        for waiting in self._faults.values():
            waiting.clear()

    def address(self, name: str) -> str:
        """Return where an attachment can be fetched."""
        return f"{self.url}/attachments/{name}"

    def _routes(self) -> Iterable[web.AbstractRouteDef]:
        api = "/api/v10"
        answers = f"{api}/webhooks/{{app}}/{{token}}"
        return [
            web.get(f"{api}/guilds/{GUILD_ID}/channels", self._places),
            web.get(f"{api}/channels/{{channel}}", self._place),
            web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._acknowledged),
            web.post(answers, self._answered),
            web.get(f"{answers}/messages/{{id}}", self._answered),
            web.patch(f"{answers}/messages/{{id}}", self._answered),
            web.get("/attachments/{name}", self._attachment),
            *super()._routes(),
        ]

    @web.middleware
    async def _gate(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if request.path.startswith(WITHOUT_A_TOKEN) and not self.out:
            return await handler(request)
        channel_id = int(request.match_info.get("channel", NEWS_ID))
        if channel_id not in self.guild.names and "Authorization" in request.headers:
            return faulty(Fault.CHANNEL_GONE)
        return await super()._gate(request, handler)

    async def _places(self, _request: web.Request) -> web.Response:
        return answer([self.guild.place(number) for number in self.guild.names])

    async def _place(self, request: web.Request) -> web.Response:
        return answer(self.guild.place(int(request.match_info["channel"])))

    async def _post(self, request: web.Request) -> web.Response:
        channel_id = int(request.match_info["channel"])
        body = await request.json()
        if channel_id == OPERATORS_ID:
            return answer(self._create(channel_id, body).shown())
        title = str((body.get("embeds") or [{}])[0].get("title") or "")
        if title in self.refused:
            return page(self.refused[title])
        return await self._do(request, lambda: self._create(channel_id, body))

    def _told(self, fault: Fault) -> web.Response:
        if fault is Fault.LIMITED:
            return limited(globally=False, seconds=self.retry_after)
        return super()._told(fault)

    async def _acknowledged(self, request: web.Request) -> web.Response:
        asked = self.asked.get(request.match_info["token"])
        if asked is None or asked.acknowledged or time.monotonic() - asked.at > IN_TIME:
            self.late += 1
            return refusal(*UNKNOWN_INTERACTION)
        body = await request.json()
        asked.acknowledged = True
        asked.answers += [body["data"]] if body["type"] == 4 else []
        self._changed.set()
        told = {"id": str(asked.id), "type": 2, "response_message_id": str(asked.id)}
        return answer({"interaction": told})

    async def _answered(self, request: web.Request) -> web.Response:
        asked = self.asked.get(request.match_info["token"])
        if asked is None:
            return refusal(*UNKNOWN_INTERACTION)
        if request.method != "GET":
            asked.answers.append(await _content(request))
            self._changed.set()
        return answer(shown_answer(asked))

    async def _attachment(self, request: web.Request) -> web.Response:
        data = self.files.get(request.match_info["name"])
        return page(404) if data is None else web.Response(body=data, content_type="text/html")


async def _content(request: web.Request) -> Json:
    """Return what an answer says; with a file it comes in parts."""
    if request.content_type != "application/json":
        await request.read()
        return {"content": "(with a file)"}
    said: Json = await request.json()
    return said
