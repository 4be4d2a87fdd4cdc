"""``gazette settings``: from one installation to another, as an operator does it."""

import stat

import pytest

from storage.lock import only_one
from tests.test_cli import Shell, shell

__all__ = ["shell"]  # the fixture

TYPED = b"""\
servers:
- id: 123456789012345670
  colour: '#3498db'
  subscriptions:
  - channel: 123456789012345678
    times: weekdays 8am
    zone: Berlin
    filters: [{action: exclude, kind: words, text: ferry}]
"""


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("other"))


def test_what_one_installation_exports_another_exports_again(shell: Shell, other: Shell) -> None:
    shell.put("typed.yaml", TYPED)
    changed = b"Changed: 1 subscription, the settings of 1 server.\n"
    assert shell("settings", "import", "typed.yaml").stdout == changed
    assert shell("settings", "export", "out.yaml").stdout == b"The settings are in out.yaml.\n"
    out = shell.folder / "out.yaml"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    other.put("in.yaml", out.read_bytes())
    assert other("settings", "import", "in.yaml").stdout == changed
    assert other("settings", "export", "-").stdout == out.read_bytes()


def test_a_file_with_a_mistake_makes_no_history(shell: Shell) -> None:
    shell.put("typed.yaml", TYPED.replace(b"weekdays 8am", b"sometimes"))
    result = shell("settings", "import", "typed.yaml")
    assert result.returncode == 2
    assert b"nothing was changed:\n  line 6: times:" in result.stderr
    assert [path.name for path in shell.folder.iterdir()] == ["typed.yaml"]


def test_nothing_is_imported_while_a_bot_runs_on_the_history(shell: Shell) -> None:
    shell.put("typed.yaml", TYPED)
    shell("settings", "import", "typed.yaml")
    shell.put("changed.yaml", TYPED.replace(b"ferry", b"bridge"))
    with only_one(shell.folder / "data" / "gazette.db"):
        result = shell("settings", "import", "changed.yaml")
        told = shell("settings", "export", "-").stdout
    assert result.returncode == 2
    assert b"Stop it first." in result.stderr
    assert b"ferry" in told


def test_no_file_is_written_over_and_no_half_of_one_is_left(shell: Shell) -> None:
    shell.put("typed.yaml", TYPED)
    shell("settings", "import", "typed.yaml")
    for name, told in (("typed.yaml", b"is there already."), ("nowhere/out.yaml", b"cannot be written:")):
        result = shell("settings", "export", name)
        assert result.returncode == 2
        assert told in result.stderr
    assert (shell.folder / "typed.yaml").read_bytes() == TYPED
    assert sorted(path.name for path in shell.folder.iterdir()) == ["data", "typed.yaml"]


def test_a_history_that_cannot_be_made_is_told_in_one_line(shell: Shell) -> None:
    shell.put("typed.yaml", TYPED)
    shell.put("file", "")
    result = shell("settings", "import", "typed.yaml", DATABASE_URL="sqlite:///file/gazette.db")
    assert result.returncode == 2
    assert b"cannot be opened: " in result.stderr
    assert result.stderr.count(b"\n") == 1
