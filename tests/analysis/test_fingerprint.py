# ruff: noqa: RUF001  # other scripts
"""When two texts are the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.fingerprint import normal_form, text_hash

TEXT = "“We won’t sell the ferry,” said Mara Lind — mayor of Selby Quay.\n\nIt cost 12 crowns."
SAME = [
    '"We won\'t sell the ferry", said Mara Lind, mayor of Selby Quay. It cost 12 crowns',
    TEXT.upper(),
    TEXT.replace(" ", "\n"),
    TEXT.replace(" ", " \u00a0 "),
    TEXT.replace("ferry", "fer\u00adry"),
    TEXT.replace("won’t", "won\u02bct"),
    TEXT.replace("12", "１２"),
    f"\ufeff  {TEXT}\n",
]
OTHER = [
    TEXT.replace("12", "13"),
    TEXT.replace("won’t", "will"),
    TEXT.replace("It cost 12 crowns.", ""),
    TEXT.replace("Mara Lind", "Lind Mara"),
    TEXT.replace("the ferry", "theferry"),
]

words = st.text(st.characters(codec="utf-8", categories=["L", "N"], max_codepoint=0x2FF), min_size=1)
unspaced = st.text(st.sampled_from("新桥将于明年春天建成のがデータ"), min_size=1)


@pytest.mark.parametrize("text", SAME)
def test_case_wrapping_blanks_punctuation_and_the_style_of_quotes_make_no_other_text(text: str) -> None:
    assert text_hash(text) == text_hash(TEXT)


@pytest.mark.parametrize("text", OTHER)
def test_other_words_or_another_order_make_another_text(text: str) -> None:
    assert text_hash(text) != text_hash(TEXT)


def test_a_normal_form_is_words_in_folded_case_with_single_blanks() -> None:
    assert normal_form(" The “Straße”:\n it's ﬁne… ") == "the strasse it s fine"
    assert normal_form("नमस्ते, दुनिया।") == "नमस्ते दुनिया"
    assert normal_form("İstanbul ISTANBUL ıstanbul") == "istanbul istanbul istanbul"


def test_in_chinese_a_line_break_makes_no_difference() -> None:
    assert normal_form("新桥将于\n明年建成。") == normal_form("新桥将于明年建成") == "新 桥 将 于 明 年 建 成"


def test_a_hash_has_sixteen_bytes_and_is_the_same_in_every_process() -> None:
    assert text_hash("The ferry.").hex() == "90ae6cca5b7a1b66c3e56da1f2605a9b"


def test_texts_without_words_are_told_apart() -> None:
    assert text_hash("⛴ ⛴") == text_hash("⛴⛴") != text_hash("⛵")


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.lists(words), st.sampled_from([" ", "\n", "\r\n\r\n", ", ", "\t", " — "]))
def test_a_text_may_be_wrapped_and_cased_anew(parts: list[str], joint: str) -> None:
    text = " ".join(parts)
    assert normal_form(joint.join(parts)) == normal_form(text)
    assert normal_form(text.upper()) == normal_form(text.lower()) == normal_form(text)


@given(unspaced, st.integers(0, 20))
def test_a_text_without_blanks_may_be_wrapped_anywhere(text: str, place: int) -> None:
    assert normal_form(f"{text[:place]}\n{text[place:]}") == normal_form(text)
