"""Refusals at the terminal."""

from tests.discord.conftest import HARBOUR
from tests.test_cli import Shell, lines, shell

__all__ = ["shell"]  # the fixture


def refused(shell: Shell) -> list[str]:
    (status,) = lines(shell("status", "--json"))
    assert status["refused"] == len(status["refusals"])
    return [one["path"] for one in status["refusals"]]


def test_a_refused_file_is_listed_until_it_is_dismissed_or_read(shell: Shell) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        shell.put(f"inbox/{name}", "")
    shell("import", "inbox", ENTITIES="off")
    assert sorted(refused(shell)) == ["a.txt", "b.txt", "c.txt"]
    assert shell("dismiss", "inbox/a.txt").stdout.startswith(b"Dismissed: 1 refused file.")
    assert b"The file is empty." in shell("why", "inbox/a.txt").stdout
    unknown = shell("dismiss", "inbox/a.txt")
    assert unknown.returncode == 1
    assert b"No file at that path" in unknown.stderr
    shell.put("inbox/b.txt", HARBOUR)
    shell("import", "inbox", ENTITIES="off")
    assert refused(shell) == ["c.txt"]
    assert shell("retry").stdout == b"Tried once more: 0 posts, 1 refused file.\n"
    assert shell("dismiss").stdout.startswith(b"Dismissed: 1 refused file.")
    assert refused(shell) == []


def test_an_import_passes_over_what_the_bot_does(shell: Shell) -> None:
    shell.put("inbox/a.txt", HARBOUR)
    shell.put("inbox/a.txt.bak", "Another text.")
    shell.put("inbox/kites.html", HARBOUR)
    shell.put("inbox/kites_files/frame.html", "A third text.")
    (imported,) = lines(shell("import", "inbox", "--json", ENTITIES="off"))
    assert (imported["files"], imported["refused"]) == (2, 0)
