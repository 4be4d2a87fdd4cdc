"""A history that cannot be used when the program starts."""

import os
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.news.history import open_history
from bot.settings import GivenSettings
from storage import articles
from storage.backup import back_up
from storage.database import Database
from tests.conftest import record
from tests.test_cli import TOKEN, Shell, shell

__all__ = ["shell"]  # the fixture

PAGE = 4096

ON_A_FULL_DISK = (
    "import resource\n"
    f"resource.setrlimit(resource.RLIMIT_FSIZE, ({2 * PAGE}, {2 * PAGE}))\n"
    "from bot.__main__ import main\n"
    "if __name__ == '__main__':\n"
    "    main()\n"
)


@pytest.mark.parametrize("damage", ["written over", "cut off", "emptied", "its first page written over"])
async def test_a_damaged_history_is_left_as_it_is_and_the_newest_backup_named(
    tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "gazette.db"
    opened = await Database.open(path)
    for number in range(20):
        async with opened.write() as connection:
            await articles.add(connection, record(number))
    await opened.close()
    for second, name in enumerate(("middle.db", "newest.db", "oldest.db")):
        back_up(path, tmp_path / name)
        os.utime(tmp_path / name, (second % 2, second % 2))
    whole = path.read_bytes()
    damaged = {
        "written over": b"scribble" * 1000,
        "cut off": whole[: len(whole) // 2],
        "emptied": whole[:PAGE] + bytes(len(whole) - PAGE),
        "its first page written over": whole[:100] + b"x" * (PAGE - 100) + whole[PAGE:],
    }[damage]
    path.write_bytes(damaged)
    there = {found.name for found in tmp_path.iterdir()}
    settings = GivenSettings.model_validate({"articles_dir": tmp_path, "database_url": f"sqlite:///{path}"})
    with pytest.raises(StartupError, match="is damaged") as caught:
        await open_history(settings)
    assert f"The newest backup beside it is {tmp_path / 'newest.db'}" in str(caught.value)
    assert path.read_bytes() == damaged
    assert {found.name for found in tmp_path.iterdir()} <= there


@pytest.mark.skipif(os.name != "posix", reason="the limit that stands in for the disk is POSIX's")
def test_a_disk_that_is_full_at_the_start_is_told(shell: Shell) -> None:
    shell.put("inbox/empty.txt", "")
    launcher = ("-c", ON_A_FULL_DISK)
    # A module that is compiled on this disk would stay cut short for every program after it.
    settings = {"DISCORD_TOKEN": TOKEN, "DIGEST_CHANNEL_ID": "5", "PYTHONDONTWRITEBYTECODE": "1"}
    result = shell("run", program=launcher, **settings)  # type: ignore[arg-type]  # none of them is the input
    told = result.stderr.decode()
    assert result.returncode == 2, told
    assert "the disk reports an error; see whether it is full" in told
    assert "Traceback" not in told
