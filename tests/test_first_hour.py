"""The first hour of somebody new: ``gazette init`` and ``gazette check``, against a small Discord or none."""

import asyncio
import fcntl
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest

from tests.discord.conftest import HARBOUR
from tests.faults.discord_server import TOKEN, DiscordServer
from tests.faults.objects import GUILD_ID, NEWS_ID
from tests.test_cli import UNREACHABLE, Shell, lines, shell

__all__ = ["shell"]  # the fixture

LINK = f"https://discord.com/channels/{GUILD_ID}/{NEWS_ID}"

OFFLINE = ("-c", UNREACHABLE)


@dataclass
class Ended:
    """What a program printed, and its exit code."""

    code: int
    told: str
    errors: str


class Newcomer:
    """Somebody in an empty folder with a Discord that answers."""

    def __init__(self, folder: Path, server: DiscordServer) -> None:
        self.shell = Shell(folder)
        self.folder = folder
        self.server = server

    async def type(self, command: str, *typed: str, **settings: str) -> Ended:
        program = UNREACHABLE.replace("http://127.0.0.1:9/api", f"{self.server.url}/api/v10")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program, command),
            cwd=self.folder,
            env=self.shell.environment | {"COLUMNS": "500"} | settings,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        told, errors = await process.communicate("".join(f"{line}\n" for line in typed).encode())
        assert TOKEN not in (told + errors).decode()
        assert "Traceback" not in errors.decode()
        return Ended(process.returncode or 0, told.decode(), errors.decode())


@pytest.fixture
async def newcomer(tmp_path: Path) -> AsyncIterator[Newcomer]:
    async with DiscordServer() as server:
        yield Newcomer(tmp_path, server)


@pytest.mark.parametrize("channel", [str(NEWS_ID), LINK, f"{LINK}/123456789012345678", f"<#{NEWS_ID}>"])
async def test_init_asks_for_the_token_and_the_channel_and_writes_them(
    newcomer: Newcomer, channel: str
) -> None:
    ended = await newcomer.type("init", TOKEN, channel)
    assert ended.code == 0
    assert "https://discord.com/oauth2/authorize?client_id=" in ended.told
    path = newcomer.folder / ".env"
    assert path.stat().st_mode & 0o777 == 0o600
    assert f"DISCORD_TOKEN={TOKEN}\nDIGEST_CHANNEL_ID={NEWS_ID}\n" in path.read_text()
    assert (newcomer.folder / "inbox").is_dir()
    assert (newcomer.folder / "data").stat().st_mode & 0o777 == 0o700
    (hello,) = newcomer.server.posts
    assert "Gazette is set up" in hello.body["content"]
    checked = await newcomer.type("check", ENTITIES="off")
    assert checked.code == 0
    assert not checked.errors  # nothing that a library has to say
    assert "The bot may post in #news." in checked.told


async def test_init_asks_again_for_what_is_wrong(newcomer: Newcomer) -> None:
    ended = await newcomer.type("init", "not a token", "wrong", TOKEN, "the news", "123456789012345678", LINK)
    assert ended.code == 0
    assert "one word" in ended.told
    assert "Discord did not accept the token" in ended.told
    assert "That is no channel. Right-click" in ended.told
    assert "Channel 123456789012345678: there is no such channel." in ended.told
    assert f"DIGEST_CHANNEL_ID={NEWS_ID}\n" in (newcomer.folder / ".env").read_text()


async def test_init_names_missing_permissions_and_looks_again(newcomer: Newcomer) -> None:
    newcomer.server.guild.permissions = discord.Permissions(view_channel=True)
    ended = await newcomer.type("init", TOKEN, LINK)
    assert ended.code == 2
    assert "In #news the bot lacks: Send Messages" in ended.told
    assert ended.errors.strip().endswith("Nothing was written.")
    assert not (newcomer.folder / ".env").exists()


async def test_init_keeps_the_other_settings_and_the_token_if_enter_is_pressed(newcomer: Newcomer) -> None:
    path = newcomer.folder / ".env"
    path.write_text(f"# mine\nWORKERS=2\nDIGEST_CHANNEL_ID=5\nDISCORD_TOKEN={TOKEN}\n")
    ended = await newcomer.type("init", "", LINK)
    assert ended.code == 0
    assert path.read_text() == f"# mine\nWORKERS=2\nDIGEST_CHANNEL_ID={NEWS_ID}\nDISCORD_TOKEN={TOKEN}\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_init_without_a_network_says_so_and_writes_nothing(shell: Shell) -> None:
    result = shell("init", stdin=f"{TOKEN}\n".encode(), program=OFFLINE)
    assert result.returncode == 2
    assert b"Discord cannot be reached" in result.stderr
    assert not (shell.folder / ".env").exists()


async def test_a_channel_of_the_settings_that_is_not_there_ends_run_with_2(newcomer: Newcomer) -> None:
    newcomer.shell.put("inbox/harbour.txt", HARBOUR)
    settings = {"DISCORD_TOKEN": TOKEN, "DIGEST_CHANNEL_ID": "123456789012345678", "ENTITIES": "off"}
    ended = await newcomer.type("run", **settings)
    assert ended.code == 2
    assert "DIGEST_CHANNEL_ID=123456789012345678 is not right: there is no such channel." in ended.errors


def check(shell: Shell, env: str, **settings: str) -> str:
    shell.put("inbox/a.txt", HARBOUR)
    shell.put(".env", env)
    (shell.folder / ".env").chmod(0o600)
    shell.environment |= {"COLUMNS": "500", "ENTITIES": "off"} | settings
    result = shell("check", program=OFFLINE)
    assert not result.stderr
    return result.stdout.decode()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("DISCORD_TOKN=x", ".env, line 2: DISCORD_TOKN: did you mean DISCORD_TOKEN?"),
        ("WEATHER=x", ".env, line 2: WEATHER is no setting of Gazette's."),
        ("a-secret-alone", ".env, line 2: there is no “=” after a setting's name."),
        ("DIGEST_CHANNEL_ID=news", "DIGEST_CHANNEL_ID=news is no channel ID. Right-click the channel"),
        ("FILE_SECONDS=long", "FILE_SECONDS=long is not right: it must be a number."),
        ("WORKERS=2.5", "WORKERS=2.5 is not right: it must be a whole number."),
        ("ARTICLES_DIR=inbox/a.txt", "a.txt is a file, not a folder."),
    ],
)
def test_check_tells_a_slip_in_the_settings_file(shell: Shell, line: str, told: str) -> None:
    answer = check(shell, f"# mine\n{line}\n")
    assert told in answer
    assert "secret" not in answer
    assert "DISCORD_TOKEN is not set" in answer  # with all the others


def test_check_says_that_a_switch_is_on_or_off(shell: Shell) -> None:
    told = check(shell, "", ENTITIES="maybe", LOG_LEVEL="LOUD")
    assert "ENTITIES=maybe is not right: it must be on or off." in told
    assert "LOG_LEVEL=LOUD" in told
    assert "The folder of articles is" in told


def test_names_that_other_programs_have_in_the_environment_do_not_count(shell: Shell) -> None:
    assert "DISCORD_TOKN" not in check(shell, "", DISCORD_TOKN="x")


def test_check_tells_that_the_port_of_metrics_is_taken(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = check(shell, f"METRICS_PORT={taken.getsockname()[1]}\n")
    assert "Metrics cannot be served on 127.0.0.1:" in told


def test_run_tells_slips_that_do_not_stop_it_in_the_log(shell: Shell) -> None:
    shell.put(".env", f"DISCORD_TOKEN={TOKEN}\nDIGEST_CHANNEL_ID=123456789012345678\nSUMARY_SENTENCES=2\n")
    result = shell("run", ARTICLES_DIR="nowhere")
    assert b"SUMARY_SENTENCES: did you mean SUMMARY_SENTENCES?" not in result.stderr  # it ends before
    shell.put("inbox/a.txt", HARBOUR)
    shell.put("data/gazette.db", b"scribble" * 1000)
    result = shell("run")
    assert b"SUMARY_SENTENCES: did you mean SUMMARY_SENTENCES?" in result.stderr


def test_status_in_another_folder_names_where_it_looked(shell: Shell) -> None:
    told = shell("status", COLUMNS="500").stderr.decode()
    assert f"There is no history at {shell.folder / 'data/gazette.db'}." in told
    assert "go to the folder that holds the .env" in told


def sign(shell: Shell, **vitals: object) -> None:
    """Leave the sign of life of a bot that was not stopped."""
    alive = {"connected": True, "workers": 1, "calls": 0, "files": 0} | vitals
    told = {"process": 1, "at": datetime.now(UTC).isoformat(), "vitals": alive}
    shell.put("data/gazette.db.alive", json.dumps(told))


def test_a_bot_that_was_killed_is_known_at_once_and_one_that_starts_too(shell: Shell) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    shell("import", "inbox", ENTITIES="off")
    assert b"No bot runs on this history." in shell("status").stdout
    sign(shell)
    killed = shell("status")
    assert killed.returncode == 1
    assert b"The bot was killed" in killed.stdout
    lock = os.open(shell.folder / "data/gazette.db.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert b"Bot: connected to Discord" in shell("status").stdout
    sign(shell, connected=False, connecting=True)
    starting = shell("status")
    assert starting.returncode == 0
    assert b"Bot: connecting to Discord" in starting.stdout
    (shell.folder / "data/gazette.db.alive").unlink()
    assert b"A bot is starting." in shell("status").stdout
    os.close(lock)


def test_a_history_that_serves_nobody_says_so(shell: Shell) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    shell("import", "inbox", ENTITIES="off")
    assert b"No channel gets anything: type /setup in Discord." in shell("status").stdout
    (status,) = lines(shell("status", "--json"))
    assert status["channels"] == []


def test_the_version_is_told(shell: Shell) -> None:
    assert shell("--version").stdout.startswith(b"gazette 0.")
