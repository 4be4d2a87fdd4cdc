"""What an operator reads in the log of the real program."""

import json
import os
from typing import Any

from tests.faults.articles import Writer
from tests.faults.discord_server import TOKEN, DiscordServer
from tests.faults.objects import NEWS_ID
from tests.faults.program import Program

FORGED = b"x\n2026-03-01 12:00:00,000 ERROR   forged\x1b[2J.txt"
HOSTILE = b"\xff" + FORGED


def objects(program: Program) -> list[dict[str, Any]]:
    """Return what the lines of the log hold; each of them is an object."""
    return [json.loads(line) for line in program.log.splitlines()]


async def test_each_event_is_one_object_and_is_told_once(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    writer.fill(program.inbox, 2)
    (program.inbox / FORGED.decode()).write_text("")
    program.settings["LOG_FORMAT"] = "JSON"
    await program.start()
    await program.posted(2)
    await program.logged("(article 2) sent")  # else it may be told while the program stops
    await program.logged("refused")
    assert await program.stop() == 0
    told = objects(program)
    (running,) = [line for line in told if line["message"].startswith("running as ")]
    assert running["folder"] == str(program.inbox)
    assert running["workers"] == 1
    assert [line["message"] for line in told[-2:]] == ["stopping", "stopped"]
    files = {line["file"]: line for line in told if "outcome" in line}
    assert sorted(line["outcome"] for line in files.values()) == ["article", "article", "refused"]
    assert files[FORGED.decode()]["article"] is None
    assert all(line["level"] == "INFO" for line in told)
    assert TOKEN not in program.log
    assert str(NEWS_ID) in program.log


async def test_a_name_forges_no_line_and_gives_the_terminal_no_order(program: Program) -> None:
    (program.inbox / os.fsdecode(HOSTILE)).write_text("")
    await program.start()
    await program.logged("refused")
    await program.stop()
    assert not [line for line in program.log.splitlines() if line.startswith("2026-03-01")]
    assert program.log.replace("\n", "").isprintable()


async def test_what_ends_the_program_is_an_object_too(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    writer.fill(program.inbox, 1)
    program.settings["LOG_FORMAT"] = "json"
    server.token = ""  # it was revoked
    program.settings["DISCORD_TOKEN"] = TOKEN
    await program.start()
    assert await program.ended() == 2
    last = objects(program)[-1]
    assert last["level"] == "ERROR"
    assert last["message"].startswith("Discord did not accept the token.")
