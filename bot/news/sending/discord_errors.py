"""What an answer of Discord's means for a message: refused for good, or to be tried again."""

import logging
from enum import Enum

import aiohttp
import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import GazetteError, StartupError
from bot.render.text import one_line
from storage.packed import Damaged

log = logging.getLogger(__name__)

TOKEN_REVOKED = (
    "Discord no longer accepts the token. Make a new one on the Bot page of the Discord developer portal, "
    "put it into DISCORD_TOKEN and start Gazette again."
)

PASSING_4XX = frozenset({408, 429})

REASONS = {
    10003: "The channel does not exist any more.",
    50001: "The bot cannot see the channel. Give it View Channel there.",
    50008: "The channel is of a kind that takes no messages.",
    50013: "The bot may not post in the channel. Give it Send Messages and Embed Links there.",
}
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""


CHANNEL_GONE = 10003
GONE = frozenset({CHANNEL_GONE, 10008})
"""The channel does not exist, the message does not exist."""

TOO_MANY_EDITS = 30046
"""Of messages that are older than an hour."""


def is_gone(error: Exception) -> bool:
    """Return whether Discord says that the message, or its channel, is not there any more."""
    return isinstance(error, discord.HTTPException) and error.code in GONE


def is_channel_gone(error: Exception) -> bool:
    """Return whether Discord says that the channel does not exist."""
    return isinstance(error, discord.HTTPException) and error.code == CHANNEL_GONE


def may_be_edited_later(error: Exception) -> bool:
    """Return whether Discord refuses the edit for now only."""
    return isinstance(error, discord.HTTPException) and error.code == TOO_MANY_EDITS


def kind_of_refusal(error: Exception) -> str:
    """Return what refusals of one cause share, whatever they say in detail."""
    return str(error.code) if isinstance(error, discord.HTTPException) else type(error).__name__


def _is_a_verdict(error: discord.HTTPException) -> bool:
    """Return whether Discord itself refused: a proxy in front of it answers without an error code."""
    passing = error.status in PASSING_4XX or (error.code == 0 and error.status != 404)
    return 400 <= error.status < 500 and not passing


class Trouble(Enum):
    """How a message is not taken without a word of Discord's why."""

    REFUSED = "refused"
    """Something before Discord refuses it: the answer has no error code."""
    BROKEN = "broken"
    """The answer is an error of the server's, no answer of Discord's, or none at all."""


def trouble_of(error: Exception) -> Trouble | None:
    """Return how a message was not taken; ``None`` if that says nothing about the message."""
    if isinstance(error, discord.HTTPException):
        if error.status in PASSING_4XX or error.status == 401:
            return None
        return Trouble.BROKEN if error.status >= 500 else Trouble.REFUSED
    return Trouble.BROKEN if isinstance(error, aiohttp.ClientError | OSError) else None


def alone_reason(error: Exception) -> str:
    """Return why a message failed that was not taken again and again while others were."""
    what = error.status if isinstance(error, discord.HTTPException) else type(error).__name__
    return f"It was not taken though it was tried again and again, and others were: {what}, without a reason."


def refusal(error: Exception) -> str | None:
    """Return why Discord will never take the message, or ``None`` where it may take it later.

    Raises ``StartupError`` where the token is no longer accepted.
    """
    if isinstance(error, discord.HTTPException):
        if error.status == 401:
            raise StartupError(TOKEN_REVOKED) from error
        if _is_a_verdict(error):
            told = one_line(error.text)[:300] or error.status
            return REASONS.get(error.code, f"Discord refused it: {told} ({error.code}).")
        return None
    was_given_up = isinstance(error, RuntimeError) and "Session is closed" in str(error)
    passing = discord.DiscordException | aiohttp.ClientError | OSError | SQLAlchemyError
    if was_given_up or isinstance(error, passing):
        return None
    if isinstance(error, GazetteError):
        return str(error)
    if isinstance(error, Damaged):
        return "Its text in the history is damaged: stop Gazette and put a backup in its place."
    log.error("a mistake in Gazette", exc_info=error)
    return "A mistake in Gazette kept it from being posted; the log tells which."
