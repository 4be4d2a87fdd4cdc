"""Where the token may not be found, and who is told that it lies open."""

import os
import sys
from pathlib import Path

import pytest

from bot.env_file import open_to_others
from bot.settings import Settings, load_settings
from tests.test_cli import TOKEN, UNREACHABLE, Shell, shell

__all__ = ["shell"]  # the fixture

IN_WORKERS = """
import asyncio, os, sys
from multiprocessing import resource_tracker
from pathlib import Path

async def look(settings):
    from bot.news.reading import make_workers
    async with make_workers(settings) as workers:
        seen = await workers.run(Path.read_bytes, Path("/proc/self/environ"))
        await workers.run(list, [1])
    resource_tracker.ensure_running()
    tracker = Path(f"/proc/{resource_tracker._resource_tracker._pid}/environ").read_bytes()
    own = Path("/proc/self/environ").read_bytes()
    for name, found in (("worker", seen), ("tracker", tracker), ("own", own)):
        sys.stdout.buffer.write(name.encode() + b" " + found.replace(b"\\0", b"\\n") + b"\\n")
    print("known", settings.discord_token.get_secret_value()[::-1])

if __name__ == "__main__":
    import bot.run
    from bot.__main__ import main
    bot.run.run = look
    main()
"""
"""The program that, as it runs, looks with what environment its processes were started."""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells it on Linux")
@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "discord_token"])
def test_no_process_that_reads_files_has_the_token_in_its_environment(shell: Shell, name: str) -> None:
    shell.environment |= {name: TOKEN, "HOME": "/seen"}
    result = shell("run", program=("-c", IN_WORKERS), DIGEST_CHANNEL_ID="5", ENTITIES="off")
    told = result.stdout.decode()
    assert result.returncode == 0, result.stderr.decode()
    assert told.count("HOME=/seen") == 3  # a worker, multiprocessing's tracker, and the program
    assert TOKEN not in told
    assert f"known {TOKEN[::-1]}" in told


@pytest.mark.parametrize(
    "token", [f"{TOKEN[:30]}\n{TOKEN[30:]}", f"{TOKEN[:30]} {TOKEN[30:]}", f"{TOKEN}\x1b[2m", f"{TOKEN}’"]
)
@pytest.mark.parametrize("command", ["run", "check", "status"])
def test_a_token_of_more_than_one_word_is_a_mistake_of_the_settings(
    shell: Shell, token: str, command: str
) -> None:
    shell.put("inbox/a.txt", "")
    result = shell(command, program=("-c", UNREACHABLE), DISCORD_TOKEN=token, DIGEST_CHANNEL_ID="5")
    told = (result.stdout + result.stderr).decode()
    assert result.returncode == (1 if command == "check" else 2)  # finding mistakes is what that is for
    assert "DISCORD_TOKEN is not right: it must be one word" in told
    assert told.count("DISCORD_TOKEN") == 1
    assert "Traceback" not in told
    assert TOKEN[:20] not in told


def test_a_token_with_a_line_break_in_the_settings_file_is_a_mistake_too(shell: Shell) -> None:
    shell.put(".env", f'DISCORD_TOKEN="{TOKEN[:30]}\n{TOKEN[30:]}"\n')
    result = shell("check")
    assert result.returncode == 1
    assert b"DISCORD_TOKEN is not right: it must be one word" in result.stdout.replace(b"\n", b" ")
    assert TOKEN[:20].encode() not in result.stdout + result.stderr


@pytest.mark.parametrize(("mode", "warned"), [(0o644, True), (0o640, True), (0o604, True), (0o600, False)])
def test_check_warns_of_a_settings_file_that_others_may_read(shell: Shell, mode: int, warned: bool) -> None:
    shell.put("inbox/a.txt", "")
    shell.put(".env", f"DISCORD_TOKEN={TOKEN}\n")
    (shell.folder / ".env").chmod(mode)
    result = shell("check", program=("-c", UNREACHABLE), ENTITIES="off")
    told = result.stdout.decode().replace("\n", " ")
    assert ("Other users of this machine may read" in told) is warned
    assert ("chmod 600 .env" in told) is warned


def test_run_warns_of_a_settings_file_that_others_may_read(shell: Shell) -> None:
    shell.put("inbox/a.txt", "")
    shell.put("data/gazette.db", b"no database, so that it ends")
    shell.put(".env", f"DISCORD_TOKEN={TOKEN}\nDIGEST_CHANNEL_ID=5\n")
    (shell.folder / ".env").chmod(0o644)
    result = shell("run", program=("-c", UNREACHABLE))
    (told,) = [line for line in result.stderr.decode().splitlines() if "chmod 600 .env" in line]
    assert "WARNING" in told
    assert f"Other users of this machine may read {shell.folder / '.env'}" in told


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize(("mode", "way_out"), [(0o640, None), (0o644, "chmod o= .env")])
def test_a_settings_file_of_somebody_else_is_read_as_a_member_of_its_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, way_out: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").touch(mode)
    (tmp_path / ".env").chmod(mode)
    os.chown(tmp_path / ".env", 12345, -1)
    told = open_to_others()
    assert told is None if way_out is None else told is not None and told.endswith(way_out)


def test_the_token_is_taken_out_of_the_environment_once_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    token = load_settings(Settings).discord_token
    assert token is not None
    assert token.get_secret_value() == TOKEN
    assert "DISCORD_TOKEN" not in os.environ
