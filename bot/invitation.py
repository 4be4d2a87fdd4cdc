"""The link that invites the bot."""

import base64
import binascii
from typing import Final

from discord.utils import oauth_url

from bot.news.sending.permissions import PERMISSIONS

SCOPES: Final = ("bot", "applications.commands")


def invitation_of(token: str) -> str | None:
    """Return the link that invites the bot with exactly the permissions it needs.

    A token begins with the bot's id in base64, so this needs no network; ``None`` if it does not.
    """
    head = token.partition(".")[0]
    try:
        bot_id = int(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError):
        return None
    return oauth_url(bot_id, permissions=PERMISSIONS, scopes=SCOPES)
