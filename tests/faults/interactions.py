"""Slash commands as the gateway tells them, and the answers to them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

import discord

from tests.faults.objects import BOT, BOT_ID, GUILD_ID, OWNER, Json, snowflake, user

STRING, BOOLEAN, CHANNEL, ATTACHMENT = 3, 5, 7, 11

EVERYTHING = str(discord.Permissions.all().value)
A_READERS = str(
    discord.Permissions(view_channel=True, read_message_history=True, use_application_commands=True).value
)


@dataclass
class Asked:
    """One use of a command, and what was answered."""

    id: int
    at: float
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    acknowledged: bool = False
    answers: list[Json] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(str(one.get("content") or one.get("embeds") or "") for one in self.answers)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with a command."""

    name: str
    size: int
    url: str


def owner() -> Json:
    """Return the member who may do everything."""
    return _member(OWNER, EVERYTHING)


def reader(number: int) -> Json:
    """Return one of many members who may only read."""
    return _member(user(800_000_000_000_000_000 + number) | {"username": f"reader{number}"}, A_READERS)


def command(asked: Asked, name: str, options: Mapping[str, object], *, channel: Json, member: Json) -> Json:
    """Return a command as the gateway tells it; a name of two words is a command of a group."""
    resolved: Json = {"channels": {}, "attachments": {}}
    told = [_option(key, value, resolved, channel) for key, value in options.items()]
    first, _, second = name.partition(" ")
    if second:
        told = [{"name": second, "type": 1, "options": told}]
    return {
        "id": str(asked.id),
        "application_id": str(BOT_ID),
        "type": 2,
        "token": asked.token,
        "version": 1,
        "guild_id": str(GUILD_ID),
        "guild": {"id": str(GUILD_ID), "locale": "en-US", "features": []},
        "channel_id": channel["id"],
        "channel": channel | {"permissions": EVERYTHING},
        "member": member,
        "locale": "en-US",
        "guild_locale": "en-US",
        "app_permissions": EVERYTHING,
        "attachment_size_limit": 10_485_760,
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(GUILD_ID)},
        "context": 0,
        "data": {"id": "1", "name": first, "type": 1, "options": told, "resolved": resolved},
    }


def shown_answer(asked: Asked) -> Json:
    """Return the message that an answer has become."""
    body = asked.answers[-1] if asked.answers else {}
    return {
        "id": str(snowflake()),
        "type": 20,
        "channel_id": str(GUILD_ID),
        "author": BOT,
        "content": body.get("content") or "",
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [{"type": "rich", **embed} for embed in body.get("embeds") or []],
        "components": body.get("components") or [],
        "pinned": False,
        "flags": 64,
    }


def _member(person: Json, permissions: str) -> Json:
    return {
        "user": person,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": permissions,
    }


def _option(name: str, value: object, resolved: Json, channel: Json) -> Json:
    if isinstance(value, Upload):
        number = str(snowflake())
        resolved["attachments"][number] = {
            "id": number,
            "filename": value.name,
            "size": value.size,
            "url": value.url,
            "proxy_url": value.url,
            "content_type": "text/html",
        }
        return {"name": name, "type": ATTACHMENT, "value": number}
    if name == "channel":
        resolved["channels"][channel["id"]] = channel | {"permissions": EVERYTHING}
        return {"name": name, "type": CHANNEL, "value": channel["id"]}
    if isinstance(value, bool):
        return {"name": name, "type": BOOLEAN, "value": value}
    return {"name": name, "type": STRING, "value": value}
