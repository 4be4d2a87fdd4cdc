"""``gazette init``: asks for the token and the channel, sees both in Discord, and writes ``.env``."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import discord

from bot.channel_ids import HOW_TO_COPY, channel_id_in
from bot.check_discord import NO_ANSWER, channel_name, lacking, token
from bot.env_file import ENV_FILE
from bot.errors import StartupError
from bot.findings import Finding
from bot.first_channel import SETTING
from bot.invitation import invitation_of
from bot.own_channels import PostChannel, WrongChannel, channel_of
from bot.run import TOKEN_WRONG
from bot.settings import WHERE_TO_GET, load_what_is_right, one_word
from storage.private import OWNER, make_file

TOKEN: Final = "DISCORD_TOKEN"

HELLO: Final = (
    "Gazette is set up: articles are posted here. `/help` shows what you can ask for, and `/setup` changes "
    "what comes here and when."
)

HEAD: Final = "# Made by gazette init. .env.example shows every other setting.\n"

_VALUE = r"^[ \t]*(?:export[ \t]+)?{}[ \t]*=.*$"


class NotWritten(StartupError):
    """The set-up ended before anything was written."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """How a person is asked and told."""

    ask: Callable[[str], str]
    """Returns a line that is typed. Raises ``EOFError`` if nobody types."""
    ask_hidden: Callable[[str], str]
    """The same, without showing what is typed."""
    tell: Callable[[str], None]
    found: Callable[[Finding], None]
    """Tells of what was looked at."""


def init(terminal: Terminal) -> None:
    """Ask, look, write ``.env``, make the folders, and post a hello.

    Raises ``NotWritten`` if nobody answers or Discord cannot be reached.
    """
    try:
        secret = _ask_for_the_token(terminal)
        terminal.tell(
            "\nThis link invites the bot with exactly the permissions it needs. Open it and choose your "
            f"server, if the bot is not in it yet:\n{invitation_of(secret)}\n"
        )
        channel_id = _ask_for_the_channel(terminal, secret)
    except (EOFError, KeyboardInterrupt) as error:
        raise NotWritten("Nothing was written.") from error
    path = write_env({TOKEN: secret, SETTING: str(channel_id)})
    terminal.found(Finding(True, f"{path} holds the token and the channel; only you may read it."))
    for finding in _make_folders():
        terminal.found(finding)
    terminal.found(asyncio.run(_say_hello(secret, channel_id)))
    start = (
        "make run" if Path("Makefile").is_file() else "gazette run, or as the service or the container does"
    )
    terminal.tell(f"\nStart the bot: {start}")


def write_env(values: Mapping[str, str]) -> Path:
    """Write these settings into ``.env``, leave every other line of it, and return its whole path.

    The file is replaced at once, and only its owner may read it.
    """
    path = Path(ENV_FILE).resolve()
    text = path.read_text(encoding="utf-8") if path.exists() else HEAD
    for name, value in values.items():
        line = f"{name}={value}"
        written = re.compile(_VALUE.format(name), re.MULTILINE | re.IGNORECASE)
        text, found = written.subn(line.replace("\\", r"\\"), text, count=1)
        if not found:
            text = f"{text.rstrip('\n')}\n{line}\n"
    partial = path.with_name(f"{path.name}.part")
    partial.unlink(missing_ok=True)
    make_file(partial, OWNER)
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return path


def _ask_for_the_token(terminal: Terminal) -> str:
    known = load_what_is_right()[0].discord_token
    kept = " (Enter keeps the one that is set)" if known is not None else ""
    terminal.tell(f"The bot's token: {WHERE_TO_GET['discord_token']}. It is not shown.")
    while True:
        typed = terminal.ask_hidden(f"Token{kept}: ").strip()
        if not typed and known is None:
            continue
        try:
            secret = one_word(typed) if typed or known is None else known.get_secret_value()
        except ValueError as error:
            terminal.found(Finding(False, f"A token is {error}."))
            continue
        finding, answered = asyncio.run(_look_at_the_token(secret))
        if not answered:
            raise NotWritten(f"{finding.text} Nothing was written.")
        terminal.found(finding)
        if finding.fine:
            return secret
        known, kept = None, ""


async def _look_at_the_token(secret: str) -> tuple[Finding, bool]:
    """Return what Discord says of a token, and whether Discord answered at all."""
    async with token(secret) as (finding, client):
        return finding, client is not None or finding.text == TOKEN_WRONG


def _ask_for_the_channel(terminal: Terminal, secret: str) -> int:
    terminal.tell("The channel that gets the articles: paste its ID, a link to it, or a mention.")
    chosen: int | None = None
    while True:
        again = "" if chosen is None else " (Enter looks again)"
        typed = terminal.ask(f"Channel{again}: ").strip()
        if typed or chosen is None:
            chosen = channel_id_in(typed)
        if chosen is None:
            if typed:
                terminal.found(Finding(False, f"That is no channel. {HOW_TO_COPY}"))
            continue
        finding = asyncio.run(_look_at_the_channel(secret, chosen))
        terminal.found(finding)
        if finding.fine:
            return chosen


async def _look_at_the_channel(secret: str, channel_id: int) -> Finding:
    async with token(secret) as (finding, client):
        if client is None:
            return finding
        try:
            found = await channel_of(client, channel_id, SETTING)
            missing = await lacking(client, found)
        except WrongChannel as error:
            return Finding(False, f"Channel {channel_id}: {error.reason}")
        except NO_ANSWER as error:
            return Finding(False, f"Discord could not tell about channel {channel_id}: {error}.")
        if missing:
            return Finding(
                False,
                f"In {channel_name(found)} the bot lacks: {', '.join(missing)}. Give it these under Edit "
                "Channel, Permissions.",
            )
        return Finding(True, f"The bot may post in {channel_name(found)} of {found.guild.name}.")


def _make_folders() -> list[Finding]:
    settings, _ = load_what_is_right()
    told = []
    for folder, what, mode in (
        (settings.articles_dir, "The folder of articles", 0o755),
        (settings.database_path.parent, "The folder of the history", 0o700),
    ):
        try:
            folder.mkdir(mode=mode, parents=True, exist_ok=True)
        except OSError as error:
            told.append(Finding(False, f"{what} {folder.absolute()} cannot be made: {error.strerror}."))
        else:
            told.append(Finding(True, f"{what} is {folder.absolute()}."))
    return told


async def _say_hello(secret: str, channel_id: int) -> Finding:
    """Post a hello: what the bot may do there is seen best by doing it."""
    async with token(secret) as (finding, client):
        if client is None:
            return finding
        try:
            channel = await channel_of(client, channel_id, SETTING)
            await _post(channel)
        except WrongChannel as error:
            return Finding(False, str(error))
        except NO_ANSWER as error:
            return Finding(False, f"A hello could not be posted: {error}.")
        return Finding(True, f"A hello stands in {channel_name(channel)}.")


async def _post(channel: PostChannel) -> None:
    if isinstance(channel, discord.ForumChannel):
        await channel.create_thread(name="Gazette", content=HELLO)
    elif isinstance(channel, discord.abc.Messageable):
        await channel.send(HELLO)
