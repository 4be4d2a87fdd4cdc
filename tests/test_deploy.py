"""What runs Gazette on a server: the image, compose.yaml and the systemd unit fit the program."""

import configparser
import fnmatch
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import app
from bot.env_file import ENV_FILE
from bot.settings import Settings

TOP = Path(__file__).parents[1]
DEPLOY = TOP / "deploy"
OPERATING = (TOP / "docs" / "operating.md").read_text(encoding="utf-8")

PROGRAM = """\
#!{python}
import json, sys
from pathlib import Path
from bot.settings import Settings
settings = Settings()
where = [str(settings.articles_dir), str(settings.database_path), str(Path.cwd())]
print(json.dumps({{"arguments": sys.argv[1:], "where": where}}))
"""
"""Stands in for the program, and tells what it would work on."""


def test_the_containers_folders_hold_without_settings(tmp_path: Path) -> None:
    assert in_container(tmp_path, {}) == [
        str(tmp_path / "data" / "inbox"),
        str(tmp_path / "data" / "gazette.db"),
        str(tmp_path / "data"),
    ]


@pytest.mark.parametrize(
    "env_file",
    [
        {"ARTICLES_DIR": "inbox", "DATABASE_URL": "sqlite:///data/gazette.db"},
        {"ARTICLES_DIR": "/home/somebody/news", "DATABASE_URL": "sqlite:////var/lib/gazette/gazette.db"},
        {"articles_dir": "/home/somebody/news", "database_url": "sqlite:////var/lib/gazette/gazette.db"},
        {"ARTICLES_DIR": "", "DATABASE_URL": ""},
    ],
    ids=["the defaults", "elsewhere", "in lower case", "empty"],
)
def test_the_containers_folders_hold_whatever_the_env_file_names(
    tmp_path: Path, env_file: dict[str, str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ENV_FILE).write_text("ARTICLES_DIR=/elsewhere\n", encoding="utf-8")
    assert in_container(tmp_path, env_file) == in_container(tmp_path, {})


def test_the_container_makes_its_inbox_and_passes_arguments_on_as_they_are(tmp_path: Path) -> None:
    done = enter(tmp_path, {}, "why", "two words.txt")
    assert json.loads(done.stdout)["arguments"] == ["why", "two words.txt"]
    assert (tmp_path / "data" / "inbox").is_dir()


def test_the_container_says_whose_folder_data_must_be(tmp_path: Path) -> None:
    done = enter(tmp_path, {}, folder_is_there=False)
    assert done.returncode == 2
    assert f"User {os.getuid()} may not write" in done.stderr
    assert not done.stdout


def test_the_entrypoint_can_be_started() -> None:
    assert DEPLOY.joinpath("entrypoint.sh").stat().st_mode & stat.S_IXOTH


def test_the_image_holds_the_program_and_what_it_needs_and_no_more() -> None:
    copied = [word for line in steps("COPY") for word in arguments(line)[:-1]]
    assert all((TOP / name).exists() for name in copied)
    assert [name for name in copied if not sent_to_the_build(name)] == []
    packages = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    program = {name.rstrip("*") for name in packages["packages"]["find"]["include"]}
    assert {name for name in copied if (TOP / name).is_dir()} == program
    assert "requirements.lock" in copied
    assert "requirements-dev.lock" not in copied
    assert not [
        name for name in ("tests", "samples", "benchmarks", ".env", "data") if sent_to_the_build(name)
    ]


def test_the_image_has_the_python_that_gazette_is_developed_with() -> None:
    version = (TOP / ".python-version").read_text(encoding="utf-8").strip()
    assert steps("FROM") == [f"docker.io/library/python:{version}-slim"]


def test_gazette_is_on_the_path_of_the_image_and_runs_as_an_ordinary_user() -> None:
    assert any(line.endswith("deploy/entrypoint.sh /usr/local/bin/gazette") for line in steps("COPY"))
    assert steps("ENTRYPOINT") == ['["gazette"]']
    assert steps("CMD") == ['["run"]']
    assert "run" in commands()
    (user,) = steps("USER")
    assert int(user) > 0
    assert f"--uid {user}" in " ".join(steps("RUN"))
    assert steps("VOLUME") == ["/data"]
    assert steps("WORKDIR") == ["/app", "/data"]


def test_the_health_check_is_the_same_in_the_image_and_in_compose() -> None:
    (line,) = steps("HEALTHCHECK")
    options = dict(re.findall(r"--([\w-]+)=(\S+)", line))
    of_compose = service()["healthcheck"]
    test = of_compose["test"]
    assert json.loads(line.partition(" CMD ")[2]) == test[1:] == ["gazette", "status"]
    assert test[0] == "CMD"
    assert test[2] in commands()
    assert options == {
        name.replace("_", "-"): str(value) for name, value in of_compose.items() if name != "test"
    }


def test_compose_builds_the_image_and_keeps_the_history_in_a_volume() -> None:
    whole, gazette = compose(), service()
    assert (TOP / gazette["build"]["context"] / gazette["build"]["dockerfile"]).is_file()
    volumes = [entry.split(":") for entry in gazette["volumes"]]
    places = {target: source for source, target, *_ in volumes}
    assert places["/data"] in whole["volumes"]
    assert places["/data/inbox"] == f"./{Settings.model_fields['articles_dir'].default}"
    assert [options for _, target, *options in volumes if target == "/data/inbox"] == [["ro,z"]]
    assert gazette["env_file"] == [{"path": ENV_FILE, "required": False}]


def test_compose_gives_the_container_no_more_rights_than_it_needs() -> None:
    gazette = service()
    assert gazette["read_only"] is True
    assert gazette["tmpfs"] == ["/tmp"]  # noqa: S108 (in the container)
    assert gazette["cap_drop"] == ["ALL"]
    assert gazette["security_opt"] == ["no-new-privileges:true"]
    assert not gazette.keys() & {"ports", "privileged", "cap_add", "network_mode", "user"}


def test_compose_keeps_it_running_and_its_log_small() -> None:
    gazette = service()
    assert gazette["restart"] == "unless-stopped"
    assert gazette["init"] is True
    assert gazette["stop_grace_period"] == f"{unit()['Service']['TimeoutStopSec']}s"
    assert gazette["logging"]["options"].keys() == {"max-size", "max-file"}


def test_the_service_needs_no_folder_that_a_fresh_clone_lacks() -> None:
    service_of_unit = unit()["Service"]
    state = f"/var/lib/{service_of_unit['StateDirectory']}"
    assert service_of_unit["WorkingDirectory"] == state
    for field in ("articles_dir", "database_url"):
        default = str(Settings.model_fields[field].default).removeprefix("sqlite:///")
        assert not Path(default).is_absolute()
    program = service_of_unit["ExecStart"].split()
    assert program == ["/opt/gazette/.venv/bin/gazette", "run"]
    others = {
        value for name, value in service_of_unit.items() if name not in {"ExecStart", "WorkingDirectory"}
    }
    assert not [value for value in others if value.startswith("/")]


def test_the_pages_commands_set_up_what_the_service_expects() -> None:
    service_of_unit = unit()["Service"]
    user, state = service_of_unit["User"], service_of_unit["WorkingDirectory"]
    (line,) = re.findall(r"^sudo useradd (.*)$", OPERATING, re.MULTILINE)
    assert line.split()[-1] == user
    assert "--system" in line
    assert f"--create-home --home-dir {state} " in line
    assert "git clone <this repository> /opt/gazette" in OPERATING
    assert f"sudo -u {user} env --chdir={state} /opt/gazette/.venv/bin/gazette init" in OPERATING
    assert "sudo cp /opt/gazette/deploy/gazette.service /etc/systemd/system/" in OPERATING


def test_the_service_is_not_started_again_if_the_settings_need_a_person(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert b"DISCORD_TOKEN is not set" in done.stderr
    assert unit()["Service"]["RestartPreventExitStatus"] == str(done.returncode)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_service(tmp_path: Path) -> None:
    program = tmp_path / "clone" / ".venv" / "bin" / "gazette"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    text = DEPLOY.joinpath("gazette.service").read_text(encoding="utf-8")
    copy = tmp_path / "gazette.service"
    copy.write_text(text.replace("/opt/gazette", str(tmp_path / "clone")), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", copy],  # noqa: S607 (wherever the system has it)
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in done.stderr.splitlines() if "gazette" in line] == []


def enter(
    tmp_path: Path, variables: dict[str, str], *words: str, folder_is_there: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run the image's entrypoint on folders in ``tmp_path``."""
    data, program = tmp_path / "data", tmp_path / "gazette"
    if folder_is_there:
        data.mkdir(exist_ok=True)
    program.write_text(PROGRAM.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    text = DEPLOY.joinpath("entrypoint.sh").read_text(encoding="utf-8")
    script = tmp_path / "entrypoint.sh"
    script.write_text(
        text.replace("/data", str(data)).replace("/app/.venv/bin/gazette", str(program)), encoding="utf-8"
    )
    return subprocess.run(
        ["/bin/sh", script, *words],
        env=environment() | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def in_container(tmp_path: Path, variables: dict[str, str]) -> list[str]:
    """Return the inbox, the history and the working folder of the program in the container."""
    done = enter(tmp_path, variables, "run")
    assert done.returncode == 0, done.stderr
    where: list[str] = json.loads(done.stdout)["where"]
    return where


def environment() -> dict[str, str]:
    """Return this environment without any setting of Gazette's."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    return kept | {"PYTHONPATH": str(TOP)}


def steps(instruction: str) -> list[str]:
    """Return what follows each such instruction of the Containerfile."""
    text = DEPLOY.joinpath("Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [line.partition(" ")[2].strip() for line in lines if line.startswith(f"{instruction} ")]


def arguments(line: str) -> list[str]:
    return [word for word in line.split() if not word.startswith("--")]


def sent_to_the_build(name: str) -> bool:
    """Return whether .dockerignore lets a file or folder through."""
    let_through = False
    for pattern in (TOP / ".dockerignore").read_text(encoding="utf-8").split():
        if fnmatch.fnmatch(name, pattern.removeprefix("!")):
            let_through = pattern.startswith("!")
    return let_through


def compose() -> dict[str, Any]:
    whole: dict[str, Any] = yaml.safe_load((TOP / "compose.yaml").read_text(encoding="utf-8"))
    return whole


def service() -> dict[str, Any]:
    gazette: dict[str, Any] = compose()["services"]["gazette"]
    return gazette


def unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's names keep their case
    parser.read(DEPLOY / "gazette.service", encoding="utf-8")
    return parser


def commands() -> set[str]:
    found: dict[str, object] = vars(get_command(app))["commands"]
    return set(found)
