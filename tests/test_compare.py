"""``gazette compare``, as a person starts it."""

from pathlib import Path

import pytest

from tests.discord.conftest import BRIDGE, HARBOUR
from tests.test_cli import Shell, lines


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_compare_tells_what_each_file_is_to_those_before_it_and_stores_nothing(shell: Shell) -> None:
    shell.put("a.txt", HARBOUR)
    shell.put("b.txt", BRIDGE)
    shell.put("c.txt", HARBOUR.replace("\n", "\r\n").upper())
    shell.put("empty.txt", "")
    result = shell("compare", "a.txt", "b.txt", "empty.txt", "c.txt", "--json")
    first, second, refused, copy = lines(result)
    assert result.returncode == 1
    assert list(first) == ["path", "verdict", "of", "containment", "novel_words", "similar", "replaced"]
    assert (first["verdict"], first["of"], first["containment"]) == ("new", None, 0.0)
    assert (second["path"], second["verdict"]) == ("b.txt", "new")
    assert list(refused) == ["path", "refused"]
    assert copy == {
        "path": "c.txt",
        "verdict": "same_text",
        "of": "a.txt",
        "containment": 1.0,
        "novel_words": 0,
        "similar": False,
        "replaced": [],
    }
    assert sorted(path.name for path in shell.folder.iterdir()) == ["a.txt", "b.txt", "c.txt", "empty.txt"]


def test_people_are_told_in_words(shell: Shell) -> None:
    shell.put("a.txt", HARBOUR)
    result = shell("compare", "a.txt", "a.txt")
    assert result.returncode == 0, result.stderr
    assert "a.txt: New." in result.stdout.decode()
    assert "a.txt: Same text as a.txt, quite sure (100% of the shorter text shared" in result.stdout.decode()


def test_news_in_doubt_is_told_with_what_was_replaced(shell: Shell) -> None:
    shell.put("a.txt", HARBOUR)
    shell.put("b.txt", HARBOUR.replace("Monday", "Friday"))
    _, second = lines(shell("compare", "a.txt", "b.txt", "--json"))
    assert (second["verdict"], second["of"], second["similar"]) == ("same_story", "a.txt", True)
    assert second["replaced"] == [{"detail": "day", "old": "Monday", "new": "Friday"}]
    told = shell("compare", "a.txt", "b.txt").stdout.decode()
    assert "b.txt: In doubt: a copy of a.txt, or other news. It is posted for that (" in told
    assert "“Friday” for “Monday”" in told
