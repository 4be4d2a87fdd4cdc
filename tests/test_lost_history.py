"""The program whose history is taken away or exchanged while it runs."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import TOKEN, UNREACHABLE, Shell, shell

__all__ = ["shell"]  # the fixture

QUICK = "import bot.heartbeat\nbot.heartbeat.INTERVAL = 0.05\n" + UNREACHABLE
"""The program whose heart beats more often than it needs to."""


@pytest.mark.parametrize("restored", [False, True])
def test_a_history_that_is_lost_ends_the_program_with_one_sentence(shell: Shell, restored: bool) -> None:
    shell.put("inbox/a.txt", "")
    history = shell.folder / "data" / "gazette.db"
    with subprocess.Popen(
        [sys.executable, "-c", QUICK, "run"],
        cwd=shell.folder,
        env=shell.environment | {"DISCORD_TOKEN": TOKEN, "DIGEST_CHANNEL_ID": "5", "ENTITIES": "off"},
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        while b"cannot be reached" not in process.stderr.readline():
            assert process.poll() is None
        if restored:
            assert shell("backup", "copy.db").returncode == 0
            Path(shell.folder / "copy.db").rename(history)
        else:
            history.unlink()
        told = process.stderr.read().decode().splitlines()
        assert process.wait() == 2
    (end,) = [line for line in told if "cannot be reached" not in line]
    assert f"the history {Path('data/gazette.db')}" in end.replace("The history", "the history")
    assert ("start it again if that file is the right one" in end) is restored
    assert ("put a backup in its place" in end) is not restored
