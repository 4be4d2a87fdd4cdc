"""The program as a person starts it: in a process of its own, in an empty folder."""

import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from storage.lock import only_one
from tests.discord.conftest import BRIDGE, HARBOUR

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.a-secret-that-nobody-may-see"

UNREACHABLE = (
    "import discord.http\n"
    "discord.http.Route.BASE = 'http://127.0.0.1:9/api'\n"
    "from bot.__main__ import main\n"
    "if __name__ == '__main__':\n"
    "    main()\n"
)
"""The program with a Discord that does not answer; only a launcher of a test may point it elsewhere."""


class Shell:
    """An empty folder and an environment without any of the settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {k: v for k, v in os.environ.items() if k.lower() not in Settings.model_fields}
        self.environment["PYTHONPATH"] = str(Path(__file__).parents[1])

    def __call__(
        self,
        *arguments: str,
        stdin: bytes | None = None,
        program: tuple[str, ...] = ("-m", "bot"),
        **settings: str,
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *program, *arguments],
            cwd=self.folder,
            env=self.environment | settings,
            input=stdin,
            capture_output=True,
            check=False,
        )

    def put(self, name: str, text: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def lines(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_read_tells_what_a_file_is_or_why_it_is_none_in_the_order_of_the_files(shell: Shell) -> None:
    shell.put("inbox/world/harbour.txt", HARBOUR)
    shell.put("empty.txt", "")
    result = shell("read", "inbox/world/harbour.txt", "empty.txt", "nowhere.txt", "--json")
    article, empty, nowhere = lines(result)
    assert result.returncode == 1
    assert list(article) == [
        "path",
        "title",
        "byline",
        "published",
        "language",
        "section",
        "url",
        "picture",
        "text",
    ]
    assert (article["byline"], article["language"], article["section"]) == ("Tom Quill", "en", "world")
    assert article["text"].startswith("PORTO, Portugal")
    assert (empty["path"], nowhere["path"]) == ("empty.txt", "nowhere.txt")
    assert empty["refused"].endswith(".")
    assert "No such file" in nowhere["refused"]


def test_summarize_takes_standard_input(shell: Shell) -> None:
    result = shell("summarize", "-", "--sentences", "2", "--method", "luhn", "--json", stdin=HARBOUR.encode())
    (summary,) = lines(result)
    assert result.returncode == 0
    assert list(summary) == [
        *("path", "title", "byline", "published", "language", "section", "url", "picture"),
        *("method", "sentences", "sentence_count"),
    ]
    assert (summary["path"], summary["method"], summary["sentence_count"]) == ("-", "luhn", 6)
    assert len(summary["sentences"]) == 2
    assert all(sentence in HARBOUR for sentence in summary["sentences"])


def test_entities_lists_names_kinds_and_counts(shell: Shell) -> None:
    shell.put("harbour.txt", HARBOUR)
    (found,) = lines(shell("entities", "harbour.txt", "--json"))
    assert list(found) == ["path", "title", "language", "entities"]
    by_name = {entity["name"]: entity for entity in found["entities"]}
    assert by_name["Ada Reed"] == {"name": "Ada Reed", "kind": "person", "count": 2, "aliases": ["Reed"]}
    assert by_name["Portugal"]["kind"] == "place"
    assert "Tom Quill" not in by_name


def test_without_json_people_get_something_to_read(shell: Shell) -> None:
    shell.put("harbour.txt", HARBOUR)
    for command in ("read", "summarize", "entities"):
        result = shell(command, "harbour.txt")
        assert result.returncode == 0, result.stderr
        assert b"Harbour board elects Ada Reed" in result.stdout


def test_results_stay_on_standard_output_while_a_bar_is_shown(shell: Shell) -> None:
    shell.put("harbour.txt", HARBOUR)
    screen, standard_error = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "entities", *["harbour.txt"] * 3, "--json"],
        cwd=shell.folder,
        env=shell.environment | {"TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=standard_error,
    ) as program:
        os.close(standard_error)
        shown = b""
        with suppress(OSError):  # what Linux says once nobody writes to the terminal any more
            while piece := os.read(screen, 100_000):
                shown += piece
        os.close(screen)
        assert program.stdout is not None
        printed = program.stdout.read().splitlines()
    assert b"Reading" in shown  # loading the model takes longer than the second that the bar waits for
    assert len([json.loads(line) for line in printed]) == 3


def test_the_demo_posts_the_samples_and_ends(shell: Shell) -> None:
    result = shell("demo", "--once", LOG_LEVEL="an operator's setting that is none of the demo's")
    shown = result.stdout.decode()
    assert result.returncode == 0, result.stderr
    assert shown.count(" sentences\n") == 12
    assert "Ferry Nations Agree on Shared Safety Rules" in shown


def test_a_port_that_is_taken_is_told(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = shell("demo", "--port", str(taken.getsockname()[1]))
    assert result.returncode == 2
    assert b"Name another --port" in result.stderr


def test_import_reads_a_folder_into_the_history_and_a_second_one_finds_nothing_new(shell: Shell) -> None:
    shell.put("archive/world/a.txt", HARBOUR)
    shell.put("archive/b.txt", HARBOUR.replace("\n", "\r\n"))
    shell.put("archive/c.txt", BRIDGE)
    shell.put("archive/empty.txt", "")
    first = json.loads(shell("import", "archive", "--json", ENTITIES="off").stdout.splitlines()[-1])
    assert first.pop("seconds") > 0
    counts = {"files": 4, "articles": 2, "duplicates": 1, "refused": 1, "known": 0, "unreadable": 0}
    assert first == counts
    second = json.loads(shell("import", "archive", "--json", ENTITIES="off").stdout.splitlines()[-1])
    assert {k: second[k] for k in ("files", "articles", "duplicates", "refused", "known")} == {
        "files": 4,
        "articles": 0,
        "duplicates": 0,
        "refused": 0,
        "known": 4,
    }


@pytest.mark.parametrize("command", ["read", "summarize"])
def test_nothing_is_wrapped_in_a_pipe(shell: Shell, command: str) -> None:
    sentence = f"The council said that it would {'think about the bridge and ' * 8}vote on Monday."
    shell.put("world/a.txt", f"Council meets about the bridge\n\n{sentence}\n\n{BRIDGE}")
    shown = shell(command, "world/a.txt", COLUMNS="40").stdout.decode()
    assert sentence in shown.splitlines()
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_import_of_a_folder_that_is_not_there_says_so(shell: Shell) -> None:
    result = shell("import", "nowhere")
    assert result.returncode == 2
    assert b"cannot be read" in result.stderr


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_missing_token_is_told_in_words_and_without_a_traceback(shell: Shell, command: str) -> None:
    result = shell(command)
    told = result.stdout + result.stderr
    assert result.returncode == (2 if command == "run" else 1)
    assert b"DISCORD_TOKEN is not set" in told
    assert b"DIGEST_CHANNEL_ID is not set" in told
    assert b"Traceback" not in told


def test_check_tells_everything_that_is_wrong_and_how_to_invite_the_bot(shell: Shell) -> None:
    shell.put("data/gazette.db", b"this is no database")
    result = shell(
        "check",
        program=("-c", UNREACHABLE),
        DISCORD_TOKEN=TOKEN,
        DIGEST_CHANNEL_ID="5",
        SPACY_MODELS="de=no_such",
    )
    told = (result.stdout + result.stderr).decode()
    for part in (
        "inbox is not there",
        "cannot be written",
        "no_such",
        "cannot be reached",
        "client_id=1234567890",
    ):
        assert part in told
    assert result.returncode == 1
    assert TOKEN not in told


def test_run_without_its_folder_says_so(shell: Shell) -> None:
    result = shell("run", DISCORD_TOKEN=TOKEN, DIGEST_CHANNEL_ID="5")
    assert result.returncode == 2
    assert b"The folder of articles" in result.stderr
    assert b"Traceback" not in result.stderr


def test_run_with_a_history_that_is_no_database_says_so_and_changes_nothing(shell: Shell) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    shell.put("data/gazette.db", b"this is no database, but somebody's file")
    result = shell("run", DISCORD_TOKEN=TOKEN, DIGEST_CHANNEL_ID="5")
    assert result.returncode == 2
    assert b"damaged or no database" in result.stderr
    assert b"There is no backup" in result.stderr
    assert (shell.folder / "data/gazette.db").read_bytes() == b"this is no database, but somebody's file"


class _Unauthorized(http.server.BaseHTTPRequestHandler):
    """Answers as Discord does to a token that it does not know."""

    def do_GET(self) -> None:
        body = b'{"message": "401: Unauthorized", "code": 0}'
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.mark.parametrize(("command", "code"), [("run", 2), ("check", 1)])
def test_a_token_that_discord_does_not_know_is_told(shell: Shell, command: str, code: int) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Unauthorized) as server:
        threading.Thread(target=server.serve_forever).start()
        program = UNREACHABLE.replace("127.0.0.1:9", f"127.0.0.1:{server.server_port}")
        result = shell(
            command, program=("-c", program), DISCORD_TOKEN=TOKEN, DIGEST_CHANNEL_ID="5", ENTITIES="off"
        )
        server.shutdown()
    told = (result.stdout + result.stderr).decode()
    assert result.returncode == code
    assert "Discord did not accept the token" in told
    assert "Traceback" not in told
    assert TOKEN not in told


def test_backup_copies_the_history_and_is_named_where_the_history_is_damaged(shell: Shell) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    shell("import", "inbox", ENTITIES="off")
    assert shell("backup", "data/copy.db").returncode == 0
    assert shell("backup", "data/copy.db").returncode == 2  # nothing is written over
    shell.put("data/gazette.db", b"scribble" * 1000)
    result = shell("run", DISCORD_TOKEN=TOKEN, DIGEST_CHANNEL_ID="5")
    assert result.returncode == 2
    assert b"data/copy.db" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_bot_that_is_connected_and_delivers_nothing_is_no_healthy_one(shell: Shell) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    shell("import", "inbox", ENTITIES="off")
    vitals = {"connected": True, "workers": 1, "calls": 0, "files": 0, "idle": 300}
    sign = {"process": 1, "at": datetime.now(UTC).isoformat(), "vitals": vitals}
    with only_one(shell.folder / "data/gazette.db"):
        shell.put("data/gazette.db.alive", json.dumps(sign))
        status = shell("status")
        assert status.returncode == 1
        assert b"connected to Discord for 5 minutes and delivers nothing" in status.stdout
        shell.put("data/gazette.db.alive", json.dumps(sign | {"vitals": vitals | {"idle": 60}}))
        assert shell("status").returncode == 0


def test_status_and_why_answer_without_a_bot(shell: Shell) -> None:
    assert b"no history" in shell("status").stderr
    shell.put("inbox/world/a.txt", HARBOUR)
    shell.put("inbox/empty.txt", "")
    shell("import", "inbox", ENTITIES="off")
    (status,) = lines(shell("status", "--json"))
    counts = ("articles", "refused", "waiting", "held", "failed")
    assert [status[name] for name in counts] == [1, 1, 0, 0, 0]
    assert status["refusals"] == [{"path": "empty.txt", "reason": "The file is empty."}]
    told = shell("why", "inbox/world/a.txt").stdout.decode()
    assert "Read world/a.txt" in told
    assert "Queued for no channel: it was imported, or no channel was subscribed to it then." in told
    assert b"The file is empty." in shell("why", "inbox/empty.txt").stdout
    unknown = shell("why", "inbox/nowhere.txt")
    assert unknown.returncode == 1
    assert b"knows nothing of the file" in unknown.stderr.replace(b"\n", b" ")
    assert shell("retry").stdout == b"Tried once more: 0 posts, 1 refused file.\n"


def test_a_second_bot_on_the_same_history_ends_at_once_and_names_the_first(shell: Shell) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    settings = {"DISCORD_TOKEN": TOKEN, "DIGEST_CHANNEL_ID": "5", "ENTITIES": "off"}
    with subprocess.Popen(
        [sys.executable, "-c", UNREACHABLE, "run"],
        cwd=shell.folder,
        env=shell.environment | settings,
        stderr=subprocess.PIPE,
    ) as first:
        assert first.stderr is not None
        while b"cannot be reached" not in first.stderr.readline():
            assert first.poll() is None
        second = shell("run", program=("-c", UNREACHABLE), DISCORD_TOKEN=TOKEN, DIGEST_CHANNEL_ID="5")
        first.terminate()
        first.stderr.read()
    assert second.returncode == 2
    assert f"process {first.pid}".encode() in second.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_waits_for_the_network_and_stops_cleanly_when_told(shell: Shell, number: signal.Signals) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    with subprocess.Popen(
        [sys.executable, "-c", UNREACHABLE, "run"],
        cwd=shell.folder,
        env=shell.environment | {"DISCORD_TOKEN": TOKEN, "DIGEST_CHANNEL_ID": "5"},
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        told = b""
        while b"cannot be reached" not in told:
            line = process.stderr.readline()
            assert line, told
            told += line
        process.send_signal(number)
        told += process.stderr.read()
        assert process.wait() == 0
    assert b"Traceback" not in told
    assert TOKEN.encode() not in told


def test_help_is_there_without_loading_the_bot(shell: Shell) -> None:
    program = (
        "import sys\nfrom bot.__main__ import main\n"
        "try:\n    main()\n"
        "finally:\n    assert not {'discord', 'spacy', 'sqlalchemy', 'trafilatura'} & set(sys.modules)\n"
    )
    result = shell("--help", program=("-c", program))
    assert result.returncode == 0, result.stderr
    commands = ("run", "demo", "check", "import", "backup", "status", "why", "retry")
    for command in (*commands, "read", "summarize", "entities"):
        assert command.encode() in result.stdout


def test_a_worker_loads_neither_discord_nor_the_command_line(shell: Shell) -> None:
    program = (
        "import sys\n"
        "from bot.analysis import analyse\n"
        "analyse.prepare({})\n"
        "print(sorted({'discord', 'bot.cli', 'sqlalchemy', 'matplotlib', 'storage'} & set(sys.modules)))\n"
    )
    assert shell(program=("-c", program)).stdout.strip() == b"[]"
