"""What Discord's objects look like on the wire, as far as discord.py asks for them."""

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord

type Json = dict[str, Any]

EPOCH_MS = 1_420_070_400_000
"""https://discord.com/developers/docs/reference#snowflakes"""

BOT_ID = 123456789012345678
OWNER_ID = 200_000_000_000_000_002
GUILD_ID = 300_000_000_000_000_003
ROLE_ID = 400_000_000_000_000_004
NEWS_ID = 500_000_000_000_000_005
OWNERS_DM_ID = 600_000_000_000_000_006

ALL_THAT_IT_NEEDS = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, read_message_history=True
)

_numbers = itertools.count()


def snowflake() -> int:
    """Return an id that is larger than every one before it."""
    return (time.time_ns() // 1_000_000 - EPOCH_MS << 22) + next(_numbers) % (1 << 22)


def user(user_id: int, *, bot: bool = False) -> Json:
    name = "gazette" if bot else "owner"
    return {"id": str(user_id), "username": name, "discriminator": "0", "avatar": None, "bot": bot}


BOT = user(BOT_ID, bot=True)
OWNER = user(OWNER_ID)

APPLICATION: Json = {
    "id": str(BOT_ID),
    "name": "gazette",
    "icon": None,
    "description": "",
    "bot_public": False,
    "bot_require_code_grant": False,
    "owner": OWNER,
    "team": None,
    "verify_key": "",
    "flags": 0,
}


@dataclass
class Message:
    """A message that stands in a channel."""

    id: int
    author: Json
    channel_id: int
    body: Json
    edits: int = 0

    @property
    def title(self) -> str:
        return str((self.body.get("embeds") or [{}])[0].get("title") or "")

    @property
    def footer(self) -> str:
        return str(((self.body.get("embeds") or [{}])[0].get("footer") or {}).get("text") or "")

    @property
    def also_in(self) -> str:
        fields = (self.body.get("embeds") or [{}])[0].get("fields") or []
        return "\n".join(str(field["value"]) for field in fields if field["name"] == "Also in")

    def shown(self) -> Json:
        """Return the message as Discord answers with it."""
        sent_at = datetime.fromtimestamp(((self.id >> 22) + EPOCH_MS) / 1000, UTC).isoformat()
        return {
            "id": str(self.id),
            "type": 0,
            "channel_id": str(self.channel_id),
            "author": self.author,
            "content": self.body.get("content") or "",
            "timestamp": sent_at,
            "edited_timestamp": sent_at if self.edits else None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [{"type": "rich", **embed} for embed in self.body.get("embeds") or []],
            "components": self.body.get("components") or [],
            "pinned": False,
            "nonce": self.body.get("nonce"),
        }


@dataclass
class Guild:
    """The one server: a role for the bot, a text channel, and the owner's direct messages."""

    permissions: discord.Permissions = field(
        default_factory=lambda: discord.Permissions(ALL_THAT_IT_NEEDS.value)
    )
    messages: list[Message] = field(default_factory=list)

    def in_channel(self, channel_id: int) -> list[Message]:
        return [message for message in self.messages if message.channel_id == channel_id]

    def channel(self) -> Json:
        last = max((message.id for message in self.in_channel(NEWS_ID)), default=None)
        return {
            "id": str(NEWS_ID),
            "type": 0,
            "guild_id": str(GUILD_ID),
            "name": "news",
            "position": 0,
            "permission_overwrites": [],
            "topic": None,
            "nsfw": False,
            "last_message_id": None if last is None else str(last),
            "rate_limit_per_user": 0,
            "parent_id": None,
            "flags": 0,
        }

    def direct_channel(self) -> Json:
        return {"id": str(OWNERS_DM_ID), "type": 1, "recipients": [OWNER], "last_message_id": None}

    def bots_role(self) -> Json:
        return self._role(ROLE_ID, "gazette", self.permissions.value)

    def bots_membership(self) -> Json:
        return {
            "user": BOT,
            "roles": [str(ROLE_ID)],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
        }

    def whole(self) -> Json:
        """Return the server as the gateway tells it."""
        return {
            "id": str(GUILD_ID),
            "name": "Readers",
            "icon": None,
            "owner_id": str(OWNER_ID),
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "system_channel_flags": 0,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "afk_timeout": 300,
            "features": [],
            "emojis": [],
            "stickers": [],
            "member_count": 2,
            "large": False,
            "unavailable": False,
            "roles": [self._role(GUILD_ID, "@everyone", 0), self.bots_role()],
            "members": [self.bots_membership()],
            "channels": [self.channel()],
            "threads": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
        }

    def _role(self, role_id: int, name: str, permissions: int) -> Json:
        return {
            "id": str(role_id),
            "name": name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "position": int(role_id != GUILD_ID),
            "permissions": str(permissions),
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
