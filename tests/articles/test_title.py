# ruff: noqa: RUF001 - the letters of other scripts are meant

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.html_title import pick, without_site
from bot.articles.title import LONGEST, fit, made_from


def test_a_title_is_one_line_without_what_cannot_be_seen() -> None:
    assert fit("  The\u200b bridge\u202e\n is \x07closed\u00ad ") == "The bridge is closed"


def test_persian_keeps_the_joiners_it_is_spelled_with() -> None:
    assert fit("می\u200cخواهم") == "می\u200cخواهم"
    assert fit("bri\u200cdge") == "bridge"


def test_a_huge_title_is_cut_at_a_word() -> None:
    title = fit("harbour " * 200)
    assert title is not None
    assert len(title) <= LONGEST
    assert title.endswith("harbour…")


@pytest.mark.parametrize("text", [None, "", " \n", "—", "\u200b", "***"])
def test_what_holds_no_letter_is_no_title(text: str | None) -> None:
    assert fit(text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The bridge is closed. Nobody knows why.", "The bridge is closed"),
        ("Dr. Dahl of the U.S. Navy closed it. Then she left.", "Dr. Dahl of the U.S. Navy closed it"),
        ("Who closed the bridge? Nobody knows.", "Who closed the bridge?"),
        ("市长宣布大桥将关闭数月。居民不满。", "市长宣布大桥将关闭数月"),
        ("Closed.", "Closed"),
        ("... and so the bridge is closed. Nobody knows why.", "... and so the bridge is closed"),
    ],
)
def test_without_a_title_the_first_sentence_is_it(text: str, title: str) -> None:
    assert made_from(text) == title


@given(st.text(min_size=1).filter(lambda text: any(map(str.isalnum, text.split("\n")[0]))))
def test_a_made_title_is_never_longer_than_120(text: str) -> None:
    assert len(made_from(text)) <= 120


SITE = "The Fairhaven Sun"
PAGE_TITLE = "Bridge closed for three months | The Fairhaven Sun"


def test_the_heading_that_agrees_with_the_pages_title_wins() -> None:
    headings = ["The Fairhaven Sun", "Old bridge closed for three months", "Sport"]
    assert pick(headings, [], [], PAGE_TITLE, SITE) == "Old bridge closed for three months"


def test_without_such_a_heading_the_given_title_wins() -> None:
    assert pick(["Sport"], [], ["Bridge closed"], PAGE_TITLE, SITE) == "Bridge closed"
    assert pick([], [], [], PAGE_TITLE, SITE) == "Bridge closed for three months"


def test_a_name_glued_to_the_title_is_left_out() -> None:
    seen = ["Menu", "Bridge closed for three months"]
    assert (
        pick([], seen, [], "Bridge closed for three monthsFairhaven Sun", None)
        == "Bridge closed for three months"
    )


def test_a_lone_heading_is_the_title_of_a_piece_of_a_page() -> None:
    assert pick(["Bridge closed"], [], [], None, None) == "Bridge closed"
    assert pick(["Bridge closed", "Lock closed"], [], [], None, None) is None


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Bridge closed for months | The Fairhaven Sun", "Bridge closed for months"),
        ("Bridge closed for months - The Fairhaven Sun", "Bridge closed for months"),
        ("Bridge closed for months | News | The Fairhaven Sun", "Bridge closed for months"),
        ("The Fairhaven Sun: Bridge closed for months", "The Fairhaven Sun: Bridge closed for months"),
        ("The Fairhaven Sun - Bridge closed for months", "Bridge closed for months"),
        (
            "Bridge closed - and nobody knows for how long it will be",
            "Bridge closed - and nobody knows for how long it will be",
        ),
        ("Bridge closed", "Bridge closed"),
    ],
)
def test_the_sites_name_is_taken_off_the_title(title: str, bare: str) -> None:
    assert without_site(title, SITE) == bare
