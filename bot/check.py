"""``gazette check``: what a new operator got wrong, found before the bot runs."""

import asyncio
import base64
import binascii
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import discord
from discord.utils import oauth_url

from bot.app import check_folder
from bot.errors import GazetteError
from bot.news import folder
from bot.news.reading import make_workers
from bot.news.sending.channels import kind_of
from bot.news.sending.permissions import NAMES, PERMISSIONS, missing_permissions
from bot.run import TOKEN_WRONG
from bot.settings import Settings, not_set, open_env_file

SCOPES = ("bot", "applications.commands")

TAKES_POSTS = (discord.abc.Messageable, discord.ForumChannel)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: fine, or what is wrong and what to do."""

    fine: bool
    text: str
    is_warning: bool = False
    """Whether Gazette runs all the same, but something should be changed."""


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what was found: ``.env``, the folder, the models, the history, the token, the channel."""
    if (warning := open_env_file()) is not None:
        yield Finding(True, warning, is_warning=True)
    yield _folder(settings)
    yield _models(settings)
    yield await asyncio.to_thread(history, settings.database_path)
    if settings.discord_token is None:
        yield Finding(False, not_set("discord_token"))
    if settings.digest_channel_id is None:
        yield Finding(False, not_set("digest_channel_id"))
    if settings.discord_token is None:
        return
    async with discord.Client(intents=discord.Intents.none()) as client:
        finding = await _token(client, settings.discord_token.get_secret_value())
        yield finding
        if finding.fine and settings.digest_channel_id is not None:
            async for found in channel(client, settings.digest_channel_id):
                yield found


def invitation(settings: Settings) -> str | None:
    """Return the link that invites the bot with exactly the permissions it needs.

    A token begins with the bot's id in base64, so this needs no network; ``None`` where it does not.
    """
    if settings.discord_token is None:
        return None
    head = settings.discord_token.get_secret_value().partition(".")[0]
    try:
        bot_id = int(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError):
        return None
    return oauth_url(bot_id, permissions=PERMISSIONS, scopes=SCOPES)


def _folder(settings: Settings) -> Finding:
    try:
        check_folder(settings)
    except GazetteError as error:
        return Finding(False, str(error))
    named, real = settings.articles_dir.absolute(), folder.real(settings.articles_dir)
    where = f"{named}" if named == real else f"{named}, which is really {real}"
    return Finding(True, f"The folder of articles is {where}.")


def _models(settings: Settings) -> Finding:
    if not settings.entities:
        return Finding(True, "Entities are turned off.")
    try:
        make_workers(settings)
    except GazetteError as error:
        return Finding(False, str(error))
    languages = ", ".join(["en", *settings.spacy_models])
    return Finding(True, f"Entities are found in these languages: {languages}.")


def history(path: Path) -> Finding:
    """Return whether the history can be written, leaving nothing behind where there is none yet."""
    try:
        if path.exists():
            with closing(sqlite3.connect(path, timeout=1)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            return Finding(True, f"The history {path} can be written.")
        folder = next(parent for parent in path.absolute().parents if parent.exists())
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, sqlite3.Error) as error:
        return Finding(
            False,
            f"The history {path} cannot be written: {error}. "
            "DATABASE_URL must name a file in a folder that Gazette may write to.",
        )
    return Finding(True, f"The history {path} will be made at the first run.")


async def _token(client: discord.Client, token: str) -> Finding:
    try:
        await client.login(token)
    except discord.LoginFailure:
        return Finding(False, TOKEN_WRONG)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        return Finding(False, f"Discord cannot be reached: {error}. Check the network, then try again.")
    return Finding(True, f"Discord knows the token: it is {client.user}'s.")


async def channel(client: discord.Client, channel_id: int) -> AsyncIterator[Finding]:
    """Yield whether the bot can see the channel, and which permissions it lacks there."""
    try:
        async for finding in _channel(client, channel_id):
            yield finding
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        yield Finding(False, f"Discord could not tell about channel {channel_id}: {error}. Try again later.")


async def _channel(client: discord.Client, channel_id: int) -> AsyncIterator[Finding]:
    try:
        found = await client.fetch_channel(channel_id)
    except discord.NotFound:
        yield Finding(False, f"There is no channel {channel_id}. Copy its id again into DIGEST_CHANNEL_ID.")
        return
    except discord.Forbidden:
        yield Finding(
            False,
            f"The bot cannot see channel {channel_id}: invite it with the link below, "
            "or give it View Channel there.",
        )
        return
    if isinstance(found, discord.abc.PrivateChannel) or not isinstance(found, TAKES_POSTS):
        yield Finding(False, f"Channel {channel_id} is a {kind_of(found)}: messages cannot be posted there.")
        return
    missing = await _missing(client, found)
    name = f"the thread {found.name}" if isinstance(found, discord.Thread) else f"#{found.name}"
    if missing:
        yield Finding(False, f"In {name} the bot lacks: {', '.join(missing)}.")
    else:
        yield Finding(True, f"The bot may post in {name}.")


async def _missing(client: discord.Client, found: discord.abc.GuildChannel | discord.Thread) -> list[str]:
    """Return the names of the permissions that the bot needs in the channel and does not have."""
    if client.user is None:
        return []
    guild = await client.fetch_guild(found.guild.id)
    me = await guild.fetch_member(client.user.id)
    home_id = found.parent_id if isinstance(found, discord.Thread) else found.id
    home = next((c for c in await guild.fetch_channels() if c.id == home_id), None)
    if home is None:
        return [NAMES["view_channel"]]
    if isinstance(found, discord.Thread):
        return missing_permissions(found, me, parent=home)
    return missing_permissions(home, me)
