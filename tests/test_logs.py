import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.a-secret-that-nobody-may-see"
HOSTILE = "a\r\n2026-03-01 12:00:00,000 ERROR   forged \x1b[2J\x1b]0;title\x07\u2028\x85\u202e\udcff\0.txt"

# What a file, an article or an error may bring: any text, the token in it, what ends lines, lone surrogates.
pieces = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.sampled_from(
        [TOKEN, json.dumps(TOKEN), repr(TOKEN), HOSTILE, "\n", "\r", "\x1b[31m", "\udcff", "x" * 999]
    ),
)
texts = st.lists(pieces, max_size=30).map("".join)
values = st.one_of(
    texts,
    st.integers(),
    st.floats(),
    st.none(),
    st.booleans(),
    st.lists(texts, max_size=3),
    st.builds(object),
    st.just(10**5000),
)
carried = st.dictionaries(
    st.one_of(st.sampled_from(["mark", "file", "channel", "message", "level", "exception"]), texts),
    values,
    max_size=40,
)


@pytest.fixture
def _restored() -> Iterator[None]:
    """The log is the process's own: leave it as it was."""
    root = logging.getLogger()
    before = (
        root.handlers[:],
        root.level,
        sys.excepthook,
        {n: logging.getLogger(n).level for n in logs.LIBRARIES},
    )
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], level, sys.excepthook, levels = before
    root.setLevel(level)
    for name, its_level in levels.items():
        logging.getLogger(name).setLevel(its_level)


class Log:
    """What the program writes, where standard error takes ASCII alone."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._written = io.BytesIO()
        self.stderr = io.TextIOWrapper(self._written, encoding="ascii", errors="strict", write_through=True)

    def set_up(self, level: str, style: logs.Style = "text") -> None:
        self._monkeypatch.setattr(sys, "stderr", self.stderr)
        logs.set_up(level, style, TOKEN)

    def lines(self) -> list[str]:
        return self._written.getvalue().decode("ascii").splitlines()


@pytest.fixture
def log(_restored: None, monkeypatch: pytest.MonkeyPatch) -> Log:
    return Log(monkeypatch)


def a_record(
    message: object, *args: object, error: BaseException | None = None, **extra: object
) -> logging.LogRecord:
    trouble = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord("bot.app", logging.INFO, "app.py", 1, message, args, trouble)
    vars(record).update({key: value for key, value in extra.items() if key not in logs._OWN})
    return record


def a_failure(text: str) -> Exception:
    """Return an error with its traceback, and with the one that it came from."""
    try:
        int("no number")
    except ValueError as error:
        failure = ValueError(text + text).with_traceback(error.__traceback__)
        failure.__cause__ = OSError(text)
        return failure
    raise AssertionError


def holds_the_token(text: str) -> bool:
    return TOKEN in text or json.dumps(TOKEN)[1:-1] in text


@given(texts, texts, carried)
def test_an_object_is_one_line_whatever_it_tells(message: str, trouble: str, extra: dict[str, Any]) -> None:
    record = a_record("%s is %r", message, message, error=a_failure(trouble))
    vars(record).update({key: value for key, value in extra.items() if key not in logs._OWN})
    line = logs.Json(TOKEN).format(record)
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert line.isprintable()
    assert len(line) <= logs.LINE
    assert not holds_the_token(line)
    found = json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert (found["level"], found["logger"]) == ("INFO", "bot.app")
    assert not holds_the_token(repr(found))
    assert found["message"].isprintable()
    json.dumps(found, ensure_ascii=False).encode()  # no lone surrogate


@given(texts, texts)
def test_a_line_for_people_is_one_line_and_its_traceback_is_indented(message: str, trouble: str) -> None:
    first, *others = logs.Text(TOKEN).format(a_record("%s is %r", message, message)).split("\n")
    assert not others
    assert first.isprintable()
    with_traceback = logs.Text(TOKEN).format(a_record("%s", message, error=a_failure(trouble)))
    _, *others = with_traceback.split("\n")
    assert others
    assert all(line.startswith("    ") and line.isprintable() for line in others)
    assert len(with_traceback) <= logs.LINE
    assert not holds_the_token(first + with_traceback)


@given(st.text('"\\/é+= abc', min_size=12), st.sampled_from(["text", "json"]))
def test_a_secret_of_other_letters_is_blotted_out_as_well(secret: str, style: str) -> None:
    form = logs.Json(secret) if style == "json" else logs.Text(secret)
    line = form.format(a_record("%s %r %s", secret, secret, json.dumps({"sent": secret}), file=secret))
    assert secret not in line
    assert repr(secret)[1:-1] not in line
    assert json.dumps(secret)[1:-1] not in line


def test_an_object_tells_when_what_and_about_what() -> None:
    record = a_record(
        "%s sent", "#k3", error=a_failure("no"), mark="#k3", channel=2**60, tries=2, level="mine"
    )
    record.created = datetime(2026, 3, 1, 12, 30, 15, 123_000, tzinfo=UTC).timestamp()
    found = json.loads(logs.Json("").format(record))
    exception = found.pop("exception")
    assert found == {
        "time": "2026-03-01T12:30:15.123Z",
        "level": "INFO",
        "logger": "bot.app",
        "message": "#k3 sent",
        "mark": "#k3",
        "channel": str(2**60),  # many programs would round it
        "tries": 2,
    }
    assert exception.startswith("OSError: no\n\nThe above exception was the direct cause")
    assert exception.endswith("\nValueError: nono")


def test_what_hides_in_a_file_name_is_written_out() -> None:
    line = logs.Text("").format(a_record("%s refused", HOSTILE))
    assert (
        r"a\r\n2026-03-01 12:00:00,000 ERROR   forged \x1b[2J\x1b]0;title\x07\u2028\x85\u202e\udcff\x00.txt"
        in line
    )


@pytest.mark.parametrize("form", [logs.Text(""), logs.Json("")])
def test_an_article_is_never_told_as_a_whole(form: logging.Formatter) -> None:
    article = " ".join(f"word{number}" for number in range(5000))
    for record in (
        a_record("%s", article),
        a_record("no", error=ValueError(article)),
        a_record("", file=article),
    ):
        line = form.format(record)
        assert "word2500" not in line
        assert len(line) < 2 * logs.MESSAGE + 500


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_mistake_in_a_line_of_the_log_costs_its_details_alone(log: Log, style: logs.Style) -> None:
    class Unspeakable:
        def __str__(self) -> str:
            raise ValueError(TOKEN)

    log.set_up("INFO", style)
    logging.getLogger("bot").info("%d files", "many", extra={"file": Unspeakable()})
    logging.getLogger("bot").info(Unspeakable())
    first, second = log.lines()
    assert "%d files (its details could not be shown)" in first
    assert "Unspeakable that cannot be shown" in second
    assert TOKEN not in first + second


@pytest.mark.parametrize("style", ["text", "json"])
def test_the_log_is_written_to_whatever_there_is(log: Log, style: logs.Style) -> None:
    log.set_up("INFO", style)
    logging.getLogger("bot").info("Zürich 😀 \udcff", extra={"file": "Zürich \udcff"})
    assert "rich" in log.lines()[0]
    log.stderr.detach()  # a terminal that is gone
    logging.getLogger("bot").info("nobody reads this")


def test_what_a_library_warns_of_is_a_line_of_the_log(log: Log) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        log.set_up("INFO", "json")
        warnings.warn("an old way\nto do it", stacklevel=1)
    (line,) = log.lines()
    assert (json.loads(line)["level"], "an old way" in line) == ("WARNING", True)


def test_what_nothing_caught_is_told_without_the_token(log: Log) -> None:
    log.set_up("ERROR", "json")
    error = a_failure(f"bad header {TOKEN}")
    sys.excepthook(type(error), error, error.__traceback__)
    (line,) = log.lines()
    found = json.loads(line)
    assert found["level"] == "CRITICAL"
    assert "bad header [token]" in found["exception"]
    assert TOKEN not in line


def test_why_the_program_ends_is_told_as_the_log_is_written(log: Log) -> None:
    log.set_up("INFO", "text")
    logs.tell_end("The folder is not there.")
    log.set_up("INFO", "json")
    logs.tell_end("The folder is not there.")
    first, second = log.lines()
    assert first == "gazette: The folder is not there."
    found = json.loads(second)
    assert (found["level"], found["message"]) == ("ERROR", "The folder is not there.")


def reconnect() -> None:
    """Tell what discord.py tells when the gateway is lost."""
    try:
        raise ConnectionResetError("the other side\nhung up")
    except OSError:
        logging.getLogger("discord.client").exception("Attempting a reconnect in %.2fs", 1.5)


def test_a_lost_gateway_mends_itself_and_is_told_as_that(log: Log) -> None:
    log.set_up("INFO", "text")
    reconnect()
    (line,) = log.lines()
    assert " WARNING the connection to Discord is lost, connecting again" in line
    assert r"ConnectionResetError: the other side\nhung up" in line
    log.set_up("ERROR", "text")
    reconnect()
    assert len(log.lines()) == 1


def test_an_address_that_lets_its_holder_answer_is_blotted_out(log: Log) -> None:
    log.set_up("INFO", "text")
    logging.getLogger("discord.http").warning(
        "POST %s", "https://discord.com/api/v10/webhooks/12/aW50ZXI.x-y_z/messages"
    )
    (line,) = log.lines()
    assert "/webhooks/12/[token]/messages" in line
    assert "aW50ZXI" not in line


def test_libraries_tell_only_what_is_wrong(log: Log) -> None:
    log.set_up("DEBUG", "text")
    for name in logs.LIBRARIES:
        logging.getLogger(name).info("people said this")
    logging.getLogger("bot").debug("a detail")
    assert [line.split()[-2:] for line in log.lines()] == [["a", "detail"]]


def test_an_object_that_would_be_too_long_has_its_texts_shortened() -> None:
    extra: dict[str, Any] = {f"name{number}": "ü" * 1000 for number in range(10)}
    line = logs.Json("").format(a_record("💛" * 1000, **extra))
    found = json.loads(line)
    assert len(line) <= logs.LINE
    assert all(found[name].startswith("üü") and "1,000 characters in all" in found[name] for name in extra)
    many: dict[str, Any] = {f"name{number}": number for number in range(2000)}
    found = json.loads(logs.Json("").format(a_record("kept", **many)))
    assert (found["message"], found["logger"], "name5" in found) == ("kept", "bot.app", False)


def test_a_line_names_channels_and_servers_by_what_they_are_called() -> None:
    news, other, server = 500_000_000_000_000_005, 500_000_000_000_000_006, 300_000_000_000_000_003
    called = {("channel", news): "#news\nERROR", ("server", server): "x" * 99}
    logs.name_places(lambda kind, number: called.get((kind, number)))
    try:
        told = logs.Text("").format(a_record(f"to channel {news} of server {server}, not channel {other}"))
    finally:
        logs.name_places(lambda _kind, _number: None)
    assert rf"channel #news\nERROR ({news})" in told
    assert f"not channel {other}" in told
    assert len(told) < 300
