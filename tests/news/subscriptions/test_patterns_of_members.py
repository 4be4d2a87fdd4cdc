# ruff: noqa: RUF001  # other scripts are what some of this is about
"""Patterns that strangers write: their mistakes are told, and none of them runs wild."""

import re
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.news.subscriptions import patterns
from bot.news.subscriptions.patterns import BadPattern, OutOfTime, checked, found

WILD = (r"(a+)+$c", r"(a|aa)+$c", r"(?:a?){30}a{30}$c")
BOMBS = (
    "(?:(?:(?:a{1000}){1000}){1000}){1000}",
    r"(?#[)(?:(?:(?:a{1000}){1000}){1000}){1000}(?#])",
    r"(?:\w{900}){900}",
    "(?:)*(){1000000}",
    "a{99999999999999999999}",
    "(?x)(?:a{1 0 0 0}){1 0 0 0}",
    "(?x:(?:a{1#}\n000}){1#}\n000})",
)


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("ferr(y|ies)", "Two Ferries left.", True),
        (r"^ferry", "The ferry left.", False),
        (r"\bécole\b", "À l'École, rien.", True),
        (r"\bмир\b", "Мир и мирный", True),
        (r"\bмир\b", "мирный", False),
        (r"\d{4}-\d{2}", "on 2026-02-09", True),
        (r"harbour(?! board)", "the harbour board", False),
        ("(?-i:IT)", "it", False),
    ],
)
def test_a_pattern_is_pythons_own_and_knows_every_script(pattern: str, text: str, fits: bool) -> None:
    assert found(checked(pattern), text) is fits


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("a(b", "At character 2 of the pattern there is a mistake (“(b”): a bracket is opened"),
        ("ab)", "At character 3 of the pattern there is a mistake (“)”): a bracket is closed"),
        ("*a", "At character 1 of the pattern there is a mistake (“*a”): there is nothing"),
        (r"\p{L}", r"At character 1 of the pattern there is a mistake (“\p{L}”): bad escape"),
        ("(?<=a+)b", "That is no pattern: what is looked for behind must have a fixed length."),
        ("x[[a]", "At character 3 the pattern can be read in two ways"),
        ("cat{e<=2}", r"At character 4 a brace opens that holds no count. Write \{ for a brace."),
        ("(?x) a b", "At character 1 the flag x is set."),
        ("b(?R)?", "At character 3 of the pattern there is a mistake"),
        ("a" * 201, "A pattern has 200 characters at most; this one has 201."),
    ],
)
def test_a_mistake_is_told_with_its_place(pattern: str, says: str) -> None:
    with pytest.raises(BadPattern) as told:
        checked(pattern)
    assert str(told.value).startswith(says)


@pytest.mark.parametrize("pattern", BOMBS)
def test_a_pattern_that_would_take_all_memory_is_refused_before_it_is_prepared(pattern: str) -> None:
    with pytest.raises(BadPattern):
        checked(pattern)


@pytest.mark.parametrize("pattern", WILD)
def test_a_pattern_that_runs_wild_is_stopped(pattern: str) -> None:
    with pytest.raises(OutOfTime):
        found(checked(pattern), ("a" * 60 + " ") * 3000 + "c")


def test_only_the_beginning_of_an_endless_text_is_searched() -> None:
    text = "a" * patterns.SEARCHED
    assert not found("b", text + "b")
    assert found("b", text[:-1] + "b")


@settings(deadline=None)
@given(st.text(st.sampled_from(r"()[]{}?*+|\.^$,:=!<>#-&~ 019aebxiPNRpdwWbB"), max_size=40))
@example("(?#[)(?:a{100}){100}(?#])")
def test_whatever_is_typed_is_a_pattern_that_runs_or_is_told_to_be_none(typed: str) -> None:
    try:
        checked(typed)
    except BadPattern as error:
        told = str(error)
    else:
        told = "It runs."
        with suppress(OutOfTime):
            found(typed, "Two ferries, aa aab 0019.\n" * 20)
    assert re.fullmatch(r".+[.?]", told)
