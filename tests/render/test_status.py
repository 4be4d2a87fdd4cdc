"""How it stands, in one message of Discord."""

from datetime import UTC, datetime

import pytest

from bot.news.operations import SHOWN, Status
from bot.render.operations import status_lines, status_text
from bot.render.text import CONTENT_LIMIT, length
from storage.overview import FailedDelivery, Overview
from storage.refusals import RefusedFile

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
REASON = "The bot may not post in the channel. Give it View Channel and Send Messages there."
CHANNELS = tuple(range(500_000_000_000_000_000, 500_000_000_000_000_040))


def a_status(title: str, path: str, servers: int = 0) -> Status:
    failures = tuple(FailedDelivery(5000 + n, title, CHANNELS[0], REASON) for n in range(SHOWN))
    refusals = tuple(RefusedFile(f"{n} {path}", "The file is empty.", AT) for n in range(SHOWN))
    elsewhere = {300_000_000_000_000_000 + n: 5 for n in range(servers)}
    overview = Overview(1, 1, 1, 1, SHOWN, path, AT, AT, failures, elsewhere)
    return Status(overview, SHOWN, refusals, 1, None, False, CHANNELS, hidden=1)


@pytest.mark.parametrize("sign", ["long name ", "*", "_name_ ", "💛", "[a](http://b.example) ", "@everyone "])
def test_every_failure_and_refusal_fits_into_a_message_however_long_its_names_are(sign: str) -> None:
    told = status_text(a_status(sign * 250, sign * 250, servers=9), lambda _: sign * 100)
    lines = told.splitlines()
    assert length(told) <= CONTENT_LIMIT
    assert sum(line.startswith("Failed #") for line in lines) == SHOWN
    assert [line.split()[1][0] for line in lines if line.startswith("Refused ")] == [*"01234"]
    assert any(line.startswith("Gazette 0.") for line in lines)
    assert "Last post: <t:1772366400:R>" in lines
    assert "@everyone" not in told


def test_names_and_reasons_that_have_room_are_shown_whole() -> None:
    status = a_status("Old bridge closes", "world/bridge.txt")
    told = status_text(status, str)
    assert f"“Old bridge closes”: {REASON}" in told
    assert "Refused 4 world/bridge.txt: The file is empty." in told


def test_a_terminal_shows_names_whole() -> None:
    told = "\n".join(status_lines(a_status("*" * 250, "x" * 2500)))
    assert "*" * 250 in told
    assert "x" * 2500 in told
