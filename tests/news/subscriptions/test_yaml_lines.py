"""What is no YAML, or more of it than a file of settings needs, is refused with its line."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.news.subscriptions.settings_file import BadFile, from_yaml
from bot.news.subscriptions.yaml_lines import DEEPEST, MOST_BYTES, BadYaml, read_yaml
from tests.news.subscriptions.test_portable import WHOLE

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (b"a: &all [1]\nb: *all", 1, "aliases"),
        (b"a: 1\nb: *all", 2, "aliases"),
        (b"? &a b\n: 1", 1, "a name is missing"),
        (b"a: 1\nb: !!python/object/apply:os.system [ls]", 2, "leave out"),
        (b"a: 1\n---\nb: 1", 2, "a second document"),
        (b"a: 1\na: 2", 2, "twice"),
        (b"? [a]\n: 1", 1, "a name is missing"),
        (b"a: 1\n\tb: 2", 2, "no YAML"),
        (b"a: \x01", 1, "no YAML"),
        (b"a: 1\nb: \xff", 2, "no UTF-8"),
        (b"[" * (DEEPEST + 2), 1, "inside each other"),
        (b"[" * 100_000, 1, "inside each other"),
        (b"- " * 100_000, 1, "inside each other"),
        (b"{a: " * 100_000, 1, "inside each other"),
        (b"#" * (MOST_BYTES + 1), 1, "larger than 4 MB"),
    ],
)
def test_what_a_file_of_settings_does_not_need_is_refused(
    loader: object, text: bytes, line: int, told: str
) -> None:
    with pytest.raises(BadYaml) as caught:
        read_yaml(text, loader)
    assert caught.value.line == line
    # The quick loader has a limit of its own.
    assert told in str(caught.value) or "nesting depth" in str(caught.value)


@pytest.mark.parametrize("loader", LOADERS)
def test_each_value_has_its_line_and_stays_the_text_that_was_written(loader: object) -> None:
    found = read_yaml("\ufeffa:\n- no\n- {b: 22:00, c: 'null', d: ~}\n".encode(), loader)
    assert found.value == {"a": ["no", {"b": "22:00", "c": "null"}]}
    assert found.empty == [("a", 1, "d")]
    assert [found.line(place) for place in [("a",), ("a", 0), ("a", 1, "b"), ("a", 1, "x")]] == [1, 2, 3, 3]


def test_many_names_take_no_longer_than_as_many_texts() -> None:
    """It would take minutes if each name were compared with all others."""
    with pytest.raises(BadFile, match="and 99900 more"):
        from_yaml("\n".join(f"a{number}: 1" for number in range(100_000)).encode())


@given(st.data())
def test_a_file_that_was_changed_anyhow_is_read_or_refused(data: st.DataObject) -> None:
    whole = WHOLE.encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 40, len(whole))))
    put = data.draw(st.binary(max_size=9) | st.sampled_from([b"[", b"- ", b": ", b"\n", b"*a", b"{", b"~"]))
    with suppress(BadFile):
        from_yaml(whole[:start] + put + whole[end:])
