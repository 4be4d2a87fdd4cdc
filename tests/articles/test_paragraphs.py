import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.paragraphs import paragraphs
from tests.articles.texts import BODY

CHINESE = (
    "市长星期二宣布，这座大桥将关闭数月。居民们对此表示不满，因为绕行需要将近一个小时，"
    "许多人每天都要经过这里，孩子们也要走更远的路去上学。"
)


@pytest.mark.parametrize("width", [60, 72, 78, 100])
def test_lines_broken_at_a_fixed_width_are_joined(width: int) -> None:
    text = "\n\n".join(textwrap.fill(line, width) for line in BODY)
    assert paragraphs(text) == BODY


def test_one_paragraph_a_line_stays_so_without_empty_lines() -> None:
    assert paragraphs("\n".join(BODY)) == BODY


def test_a_title_above_broken_lines_stays_a_line() -> None:
    text = "Bridge to close\nBy Ada Lamb\n\n" + "\n\n".join(textwrap.fill(line, 72) for line in BODY)
    assert paragraphs(text)[:2] == ["Bridge to close", "By Ada Lamb"]


def test_an_indented_line_begins_a_paragraph() -> None:
    text = "\n".join(textwrap.fill(line, 72, initial_indent="   ") for line in BODY)
    assert paragraphs(text) == BODY


def test_chinese_is_joined_without_spaces() -> None:
    lines = [CHINESE[place : place + 20] for place in range(0, len(CHINESE), 20)]
    assert paragraphs("\n".join(lines)) == [CHINESE]


def test_a_compound_broken_at_its_hyphen_is_joined_without_a_space() -> None:
    text = (
        "The harbour was once the most\nimportant of all the well-\nknown places along this coast,\n"
        "as old maps still show us."
    )
    assert "well-known" in paragraphs(text)[0]


def test_white_space_within_a_line_is_one_space() -> None:
    assert paragraphs("A \t  line\u00a0 here") == ["A line here"]


def test_a_list_of_short_lines_is_not_joined() -> None:
    assert paragraphs("Milk\nTwo loaves of bread\nEggs\nA pound of butter") == [
        "Milk",
        "Two loaves of bread",
        "Eggs",
        "A pound of butter",
    ]


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n"), max_size=2000)
)
def test_no_character_but_white_space_is_added_or_lost(text: str) -> None:
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())


@given(st.text("ab .\n-", max_size=400))
def test_paragraphs_apart_stay_as_they_are(text: str) -> None:
    once = paragraphs(text)
    assert paragraphs("\n\n".join(once)) == once
