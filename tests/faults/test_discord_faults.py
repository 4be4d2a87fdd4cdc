"""What Discord does to a bot: each message stands there once, in order, and the bot comes back by itself."""

import json
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.faults.answers import Fault
from tests.faults.articles import Writer
from tests.faults.discord_server import TOKEN, DiscordServer
from tests.faults.objects import OWNERS_DM_ID
from tests.faults.program import ROOT, Program

OPENAPI = ROOT.parent / "shared/data/discord/openapi.json"


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param((Fault.APPLIED_THEN_502, Fault.APPLIED_THEN_DROPPED, Fault.APPLIED_LATE), id="applied"),
        pytest.param((Fault.DROPPED, Fault.ERROR_500, Fault.ERROR_503), id="not applied"),
        pytest.param(
            (
                Fault.LIMITED,
                Fault.LIMITED_GLOBALLY,
                Fault.LIMITED_BY_THE_PROXY,
                Fault.BLOCKED_BY_THE_PROXY,
            ),
            id="limited",
        ),
    ],
)
async def test_a_passing_fault_costs_nothing_and_repeats_nothing(
    program: Program, writer: Writer, server: DiscordServer, faults: tuple[Fault, ...]
) -> None:
    titles = writer.fill(program.inbox, 10)
    for fault in faults:
        server.inject(fault, None, fault, fault)
    await program.start()
    await program.posted(10)
    await program.stop()
    assert server.titles == titles
    assert server.waiting_faults == 0
    assert server.requests["POST messages"] <= 10 + 3 * len(faults)
    assert server.too_early == 0


async def test_a_page_in_place_of_an_answer_is_no_verdict(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    """A login page of a network that wants one answers 200 to everything."""
    titles = writer.fill(program.inbox, 3)
    server.inject(None, Fault.PAGE_FOR_AN_ANSWER)
    await program.start()
    await program.while_running(server.until(lambda: titles[-1] in server.titles))
    assert server.titles == titles


async def test_what_is_refused_for_good_fails_alone_and_is_not_tried_again(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 7)
    server.inject(None, Fault.FORBIDDEN, None, Fault.INVALID, None, Fault.CHANNEL_GONE)
    await program.start()
    await program.posted(3)
    await program.while_running(server.until(lambda: len(server.guild.in_channel(OWNERS_DM_ID)) == 3))
    await program.logged("its subscription ended")
    await program.stop()
    assert server.titles == titles[:6:2]  # a channel that is gone gets nothing more
    told = [str(message.body["content"]) for message in server.guild.in_channel(OWNERS_DM_ID)]
    assert server.requests["POST messages"] == 6 + len(told)
    reasons = ("Give it Send Messages", "Invalid Form Body", "does not exist any more")
    for reason, sentence in zip(reasons, told, strict=True):
        assert program.log.count(reason) == 1
        assert reason in sentence


async def test_a_token_that_is_revoked_ends_the_program_with_one_clear_line(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 5)
    server.inject(None, None, Fault.UNAUTHORIZED)
    await program.start()
    assert await program.ended() == 2
    assert program.log.count("no longer accepts the token") == 1
    assert program.log.splitlines()[-1].startswith("gazette: Discord no longer accepts the token.")
    assert "Traceback" not in program.log
    await program.nothing_left()
    server.token = TOKEN
    await program.start()
    await program.posted(5)
    assert server.titles == titles


async def test_a_token_that_is_revoked_while_the_bot_idles_ends_the_program_too(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    writer.fill(program.inbox, 1)
    await program.start()
    await program.posted(1)
    server.token = ""
    await server.gateway.close(4000)
    assert await program.ended() == 2
    assert program.log.splitlines()[-1].startswith("gazette: Discord no longer accepts the token.")
    assert "Traceback" not in program.log
    server.token = TOKEN


async def test_a_connection_that_discord_closes_is_taken_up_again(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    await program.start()
    await program.while_running(server.until(lambda: server.gateway.connected))
    for times, code in enumerate((1000, 1001, 4000, 4009), start=1):
        await server.gateway.close(code)
        await program.while_running(server.until(partial(server.gateway.has_resumed, times)))
    titles = writer.fill(program.inbox, 3)
    await program.posted(3)
    assert sorted(server.titles) == sorted(titles)
    assert server.gateway.connections == 5


async def test_a_session_that_is_invalid_is_begun_anew(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 2)
    await program.start()
    await program.posted(2)
    await server.gateway.ask_to_reconnect()
    await program.while_running(server.until(lambda: server.gateway.resumed == 1))
    await server.gateway.invalidate()
    await program.while_running(server.until(lambda: server.gateway.identified == 2))
    server.gateway.forget()  # without a word: the bot learns it when it resumes
    await server.gateway.close(4000)
    await program.while_running(server.until(lambda: server.gateway.identified == 3))
    titles += writer.fill(program.inbox, 2)
    await program.posted(4)
    assert sorted(server.titles) == sorted(titles)
    assert server.marks == [1, 2, 3, 4]
    assert server.gateway.connections <= 6


async def test_after_an_outage_what_waited_goes_out_in_order(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    await program.start()
    titles = []
    for outage in (server.outage(), server.outage(refused=True)):
        titles += writer.fill(program.inbox, 2)
        await program.posted(len(titles))
        waited = program.log.count("cannot be sent now")
        asked = server.requests["POST messages"]
        async with outage:
            titles += writer.fill(program.inbox, 4)
            began = time.monotonic()
            await program.logged("cannot be sent now", times=waited + 4)
            # Four tries took the pauses between them: nothing turns in a hot loop.
            assert time.monotonic() - began > 0.3
            assert server.requests["POST messages"] <= asked + 8
        await program.posted(len(titles))
        await program.while_running(server.until(lambda: server.gateway.connected))
    assert sorted(server.titles) == sorted(titles)
    assert server.marks == sorted(server.marks)
    assert program.starts == 1


async def test_the_bot_waits_for_a_discord_that_is_out_when_it_starts(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 2)
    async with server.outage():
        await program.start()
        await program.while_running(server.until(lambda: server.requests["GET /users/@me"] > 3))
    await program.posted(2)
    assert server.titles == titles


async def test_the_bot_waits_for_a_gateway_that_is_out_when_it_starts(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    titles = writer.fill(program.inbox, 2)
    server.gateway_out = True
    await program.start()
    await program.while_running(server.until(lambda: server.requests["GET /gateway"] > 2))
    server.gateway_out = False
    await program.posted(2)
    assert server.titles == titles


@pytest.mark.skipif(not OPENAPI.exists(), reason="Discord's own description of its API is not there")
async def test_what_is_sent_is_what_discord_describes(
    program: Program, writer: Writer, server: DiscordServer
) -> None:
    writer.fill(program.inbox, 2)
    await program.start()
    await program.posted(2)
    for body in server.bodies:
        assert problems(OPENAPI, "MessageCreateRequest", body) == []


def problems(description: Path, name: str, body: object) -> list[str]:
    """Return what is wrong with a body by the description's schema of this name."""
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types

    whole: dict[str, Any] = json.loads(description.read_text(encoding="utf-8"))
    schema = {"$ref": f"#/components/schemas/{name}", "components": whole["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(body)]
