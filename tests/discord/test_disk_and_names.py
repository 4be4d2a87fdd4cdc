"""What a disk that takes nothing, and names of any bytes, look like in Discord and in the log."""

import os
import shutil

import pytest

from bot.app import Gazette
from tests.discord.conftest import BRIDGE, HARBOUR, World

WAITS = "the history cannot be used, files and posts wait"
HISTORY_IS_FULL = ("max_page_count = 1", "max_page_count = 1000000")
HISTORY_IS_READ_ONLY = ("query_only = ON", "query_only = OFF")


async def pragma(gazette: Gazette, change: str) -> None:
    """Change how the history's one writing connection behaves."""
    async with gazette.database._writer.connection() as connection:
        await connection.exec_driver_sql(f"PRAGMA {change}")


@pytest.mark.parametrize(
    ("trouble", "problem"),
    [
        pytest.param(HISTORY_IS_FULL, "the disk is full; make room on it", id="full"),
        pytest.param(HISTORY_IS_READ_ONLY, "its file can only be read", id="read-only"),
    ],
)
async def test_while_the_history_takes_nothing_files_wait_and_questions_are_answered(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    trouble: tuple[str, str],
    problem: str,
) -> None:
    monkeypatch.setattr("bot.news.patience.DELAYS", (0.05,))
    caplog.set_level("INFO")
    begins, ends = trouble
    world.put("harbour.txt", HARBOUR)
    async with world.bot() as gazette:
        await world.quiet()
        await pragma(gazette, begins)
        for number in range(20):
            world.put(f"{number}.txt", BRIDGE.replace("Old bridge", f"Bridge {number}" * 200))
        gazette.inbox.rescan()
        answers = []
        while problem not in caplog.text:
            answers.append(await world.ask("summary", article="harbour", private=True))
        answers.append(await world.ask("summary", article="harbour", private=True))
        assert all(answer.embeds for answer in answers)
        assert "on disk" in (await world.manage("status")).content
        await pragma(gazette, ends)
        await world.quiet()
        assert len(world.posts()) == 21
    async with world.bot():
        await world.quiet()
    assert len(world.posts()) == 21
    told = [record for record in caplog.records if WAITS in record.getMessage()]
    assert len(told) == 1
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_command_that_has_to_write_says_why_it_cannot(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    async with world.bot() as gazette:
        await pragma(gazette, HISTORY_IS_READ_ONLY[0])
        answer = await world.manage("retry")
    assert "The history cannot be used now: its file can only be read" in answer.content
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX alone")
async def test_names_of_any_bytes_come_through_to_the_post_the_log_and_the_answers(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    section = os.fsdecode(b"caf\xe9\nbar")
    names = [
        f"{section}/{os.fsdecode(b'na\xefve\ntwo lines.txt')}",
        "line\u2028ends\u202e.txt",
        "\x1b[31mred.txt",
    ]
    texts = [HARBOUR, BRIDGE, ""]
    for name, text in zip(names, texts, strict=True):
        world.put(name, text)
    async with world.bot():
        await world.quiet()
        harbour = (await world.manage("why", article="harbour")).content
        bridge = (await world.manage("why", article="bridge")).content
        status = (await world.manage("status")).content
        plain = (world.inbox / section).rename(world.inbox / "plain")
        await world.quiet()
        shutil.copy(plain / names[0].rpartition("/")[2], world.inbox / os.fsdecode(b"copy\xff"))
        await world.quiet()
        moved = (await world.manage("why", article="harbour")).content
    async with world.bot():
        await world.quiet()
    assert len(world.posts()) == 2
    for shown in (harbour, bridge, status, moved, *(str(post.to_dict()) for post in world.posts())):
        shown.encode()  # no lone surrogate: Discord would refuse it
        assert not {"\u202e", "\x1b"} & set(shown)
    assert "caf� bar/na�ve two lines.txt" in harbour
    assert "line ends.txt" in bridge
    assert "[31mred.txt: The file is empty." in status
    assert "plain/na�ve two lines.txt" in moved
    for record in caplog.records:
        record.getMessage().encode()
        assert not {"\n", "\x1b", "\u202e"} & set(record.getMessage())
