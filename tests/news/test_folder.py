import os
from pathlib import Path

import pytest

from bot.news import folder
from bot.news.names import is_passed_over


def names(root: Path) -> list[str]:
    return [file.name for file in folder.scan(root)]


def put(root: Path, name: str, text: str = "A text.") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_files_of_every_subfolder_are_found_with_their_section(tmp_path: Path) -> None:
    for name in ("a.txt", "world/b.txt", "world/asia/c"):
        put(tmp_path, name)
    assert {file.name: file.section for file in folder.scan(tmp_path)} == {
        "a.txt": None,
        "world/b.txt": "world",
        "world/asia/c": "world",
    }


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        "._a.txt",
        ".stfolder/a.txt",
        "@eaDir/a.txt",
        "a.txt.part",
        "a.filepart",
        "a.CRDOWNLOAD",
        "a.txt~",
        "~$a.txt",
        "a.swp",
        "Thumbs.db",
    ],
)
def test_hidden_and_temporary_names_are_passed_over(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert names(tmp_path) == []
    assert is_passed_over(name)


def test_the_longest_unchanged_file_comes_first(tmp_path: Path) -> None:
    for second, name in enumerate(["c.txt", "a.txt", "b.txt"]):
        os.utime(put(tmp_path, name), (second, second))
    assert names(tmp_path) == ["c.txt", "a.txt", "b.txt"]


def test_links_that_lead_out_do_not_count(tmp_path: Path) -> None:
    root, outside = tmp_path / "inbox", tmp_path / "outside"
    inside = put(root, "a.txt")
    secret = put(outside, "secret.txt")
    (root / "out.txt").symlink_to(secret)
    (root / "outside").symlink_to(outside)
    (root / "loop").symlink_to(root)
    (root / "dangling.txt").symlink_to(root / "nowhere")
    (root / "in.txt").symlink_to(inside)
    assert sorted(names(root.resolve())) == ["a.txt", "in.txt"]


def test_a_file_behind_a_linked_folder_does_not_count_even_when_it_is_named(tmp_path: Path) -> None:
    """The system reports changes behind a linked folder as well."""
    root, outside = tmp_path / "inbox", tmp_path / "outside"
    put(root, "a.txt")
    put(outside, "secret.txt")
    (root / "link").symlink_to(outside)
    files, folders = folder.look_at_all(root.resolve(), ["link/secret.txt", "link", "a.txt"])
    assert [file.name for file in files] == ["a.txt"]
    assert folders == []


def test_a_name_that_is_no_utf_8_or_has_a_line_break_is_found_and_read(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"two\nlines.txt"):
        (tmp_path / os.fsdecode(name)).write_bytes(b"A text.")
    found = folder.scan(tmp_path)
    assert len(found) == 2
    assert all(folder.read_whole(tmp_path / file.name, 100) == b"A text." for file in found)


def test_a_pipe_is_no_file_and_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == []
    with pytest.raises(OSError, match="ordinary"):
        folder.read_whole(tmp_path / "pipe.txt", 100)


def test_a_file_over_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "12345")
    assert folder.read_whole(path, 5) == b"12345"
    assert folder.read_whole(path, 4) is None


def test_a_subfolder_that_may_not_be_listed_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "closed/a.txt")
    put(tmp_path, "open/b.txt")
    listed = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(tmp_path) == ["open/b.txt"]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        folder.scan(tmp_path / "gone")
