import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render import text

HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from("*_~`|[]()<>@#:/\\ .!?\n-+1"), st.characters(codec="utf-8")),
    max_size=400,
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[good.example](http://evil.example)", "\\[good.example](http://evil.example)"),
        ("**bold** and __under__", "\\*\\*bold\\*\\* and \\_\\_under\\_\\_"),
        ("||hidden|| or ~~struck~~", "\\||hidden\\|| or \\~~struck\\~~"),
        ("`code`", "\\`code\\`"),
        ("# heading\n> quote\n- item", "\\# heading\n\\> quote\n\\- item"),
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
        ("<@123> <#4> </why:5> <t:6:R>", "<\u200b@123> <\u200b#4> <\u200b/why:5> <\u200bt:6:R>"),
        ("<id:browse> <:a:7> <Ada@b.c>", "<\u200bid:browse> <\u200b\\:a:7> <\u200bAda@b.c>"),
        ("<1ada@b.c> <+tel:3> <5 or <3", "<\u200b1ada@b.c> <\u200b+tel:3> <5 or <3"),
        ("https://example.com/a<@1>)_b_", "https://example.com/a<\u200b@1>)\\_b\\_"),
        ("-# small\n>>> quoted\n17. point\n1984 was", "\\-# small\n\\>>> quoted\n17\\. point\n1984 was"),
        (":fire: at 10:30:45, or :+1:", "\\:fire: at 10:30:45, or \\:+1:"),
        ("see https://example.com/a_b_c, please", "see https://example.com/a_b_c, please"),
        ("A high-level visit cost 5 < 6 | 7 (about $3).", "A high-level visit cost 5 < 6 | 7 (about $3)."),
    ],
)
def test_markup_in_an_article_is_shown_as_it_was_written(written: str, shown: str) -> None:
    assert text.escape(written) == shown


@given(HOSTILE)
def test_no_text_calls_anyone_or_makes_a_masked_link(written: str) -> None:
    shown = text.escape(written)
    assert "@everyone" not in re.sub(r"https?://\S+", "", shown)
    assert not re.search(r"(?<!\\)(\\\\)*\[[^\]]*\]\(", shown)


@given(HOSTILE, st.integers(min_value=5, max_value=300))
def test_a_cut_text_fits(written: str, limit: int) -> None:
    assert text.length(text.cut(written, limit)) <= limit
    assert text.length(text.cut_escaped(written, limit)) <= limit


@given(HOSTILE)
def test_a_text_that_fits_is_not_cut(written: str) -> None:
    assert text.cut(written, text.length(written)) == written


def test_a_text_is_cut_at_the_end_of_a_sentence() -> None:
    assert text.cut("One ship came. Two ships left the harbour.", 30) == "One ship came. …"


def test_a_long_sentence_is_cut_between_two_words() -> None:
    assert text.cut("One extraordinarily long sentence", 22) == "One extraordinarily…"


def test_length_counts_what_lies_beyond_the_first_plane_twice() -> None:
    assert text.length("a🗞") == 3


def test_one_line_loses_what_cannot_be_seen() -> None:
    assert text.one_line("  Har\u202ebour\u200b \n\x00board\ttoday ") == "Harbour board today"


def test_a_title_links_no_address_so_its_signs_are_escaped() -> None:
    assert text.escape("See https://example.com/*a*", linked=False) == "See https://example.com/\\*a\\*"


def test_a_zero_width_joiner_stays_where_a_word_is_spelt_with_it() -> None:
    assert (
        text.one_line("\u0645\u06cc\u200c\u0631\u0648\u062f a\u200cb")
        == "\u0645\u06cc\u200c\u0631\u0648\u062f ab"
    )
