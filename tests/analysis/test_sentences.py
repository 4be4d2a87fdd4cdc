# ruff: noqa: RUF001  # other scripts
"""Where sentences end. The passages are invented."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.sentences import sentences

ENGLISH = [
    # Abbreviations within a sentence
    "Lt. Gov. Ada Finch met Sens. Bo Reed and Cy Hall.|Both agreed.",
    "Police Supt. Mary Cole and Sgt. Maj. Ed Low left.|Const. Roe stayed.",
    "Acme Corp. Chairman Bill Low resigned.|His deputy took over.",
    "The case is Finch v. Reed.|It was filed in Nov. 2020.",
    "Vol. 3 follows No. 2 (see p. 12).|Nobody read them.",
    "Take Rte. 9 for Rs. 20.|It is quick.",
    "J. D. Finch and A.B. Reed wrote it.|It sold well.",
    "Some fuels, e.g. peat, are cheap.|Others, i.e. gas, are not.",
    # Abbreviations that end one
    "The firm is based in the U.S.|Its shares rose.",
    "The plant is in Flint, Mich.|Workers walked out.",
    "It ended at 5 p.m.|Tickets are gone.",
    "It starts at 6 p.m. London time.|Bring a coat.",
    "Doors open at 7 p.m. EST.|Seats are few.",
    "Rep. Di Hall (R-Iowa) left.|Sen. Ed Low (I-Vt.) voted no.|Gov. Reed did not vote.",
    "They chose Plan B.|Finch liked it.",
    # Words that nupunkt takes for abbreviations
    'Sales slid, say two reports.|"Net profit rose," he said.',
    "It was a joke.|Smith laughed.",
    # Quotes
    '"Who are you?" Finch asked.|"Nobody," she said.',
    "“Stop!” he shouted.|Nobody moved.",
    "He called it “a mess.”|Others agreed.",
    'He came.|" It is late. "|Nobody spoke.',
    # Signs
    "The musical Rivers! opened in May.|It sold out.",
    "Sen. Ed Low (I-Vt.) Sunday voted no.|His party did not.",
    "Yahoo! Inc. fell.|Jeopardy! host Ed Low left.",
    "He paused… then went on.|The room was silent.",
    "“Is it over?” the mayor asked.|Nobody knew.",
    "The plan (he dropped it in May.) failed.|It was late.",
    "He came — at last. — The crowd cheered.",
    "Visit Example.com or www.example.org.|Write to a.b@example.org.",
    "The toll rose to 25.|12 of them were children.",
    "The iPad sold well.|iPads are in demand.",
]
OTHERS = [
    ("de", "Er kam am 3. Oktober zu Dr. Meier.|Das war z.B. gut."),
    ("fr", "M. Dupont est là.|« On y va. »|Il part."),
    ("es", "El Sr. Pérez vino.|¿Quién lo vio?|¡Nadie!"),
    ("ru", "В 1990 г. Иванов уехал.|Он вернулся."),
    ("el", "Τι κάνεις;|Καλά."),
    ("zh", "今天天气很好。|“我们走吧。”他说。|你呢？"),
    ("ja", "「行きます。」と彼は言った。|今日は寒い。"),
    ("hi", "यह एक वाक्य है।|यह दूसरा है।"),
    ("ar", "هذه جملة.|هل هذه جملة أخرى؟|نعم."),
    ("ur", "یہ ایک جملہ ہے۔|یہ دوسرا ہے۔"),
    (None, "这是一句话。|这是另一句话。"),
]
THAI_CLAUSE = "ผู้ว่าราชการจังหวัดเปิดเผยว่าเหตุการณ์น้ำท่วมครั้งนี้ส่งผลกระทบต่อประชาชนจำนวนมาก"

pieces = st.sampled_from(
    [
        "Dr.",
        "He",
        "left.",
        '"Go!"',
        "U.S.",
        "he",
        "said.",
        "3.",
        "(a.)",
        "“",
        "»",
        '"',
        "…",
        "。",
        "नमस्ते।",
        "a.B",
        "?",
    ]
)
texts = st.one_of(st.text(), st.lists(pieces).map(" ".join), st.lists(pieces).map("".join))
languages = st.sampled_from([None, "en", "de", "el", "ja", "th", "zh", "xx"])


@pytest.mark.parametrize("passage", ENGLISH)
def test_english_is_split_where_a_reader_would(passage: str) -> None:
    assert sentences(passage.replace("|", " "), "en") == passage.split("|")


@pytest.mark.parametrize(("language", "passage"), OTHERS)
def test_other_languages_have_their_own_stops_and_abbreviations(language: str | None, passage: str) -> None:
    blank = "" if "。" in passage else " "
    assert sentences(passage.replace("|", blank), language) == passage.split("|")


def test_thai_is_split_at_blanks_into_pieces_of_a_sentences_length() -> None:
    second = f"ทั้งนี้ {THAI_CLAUSE} 25 อำเภอ"
    assert sentences(f"{THAI_CLAUSE} {second}", "th") == [THAI_CLAUSE, second]


def test_a_missing_blank_does_not_join_two_sentences() -> None:
    assert sentences("He left.She stayed.", "en") == ["He left.", "She stayed."]
    assert sentences("Amazon.com fell.", "en") == ["Amazon.com fell."]


def test_text_without_capitals_is_split_all_the_same() -> None:
    assert sentences("he left. she stayed.", "en") == ["he left.", "she stayed."]


def test_nothing_has_no_sentences() -> None:
    assert sentences(" \n ", "en") == []


@given(texts, languages)
def test_sentences_are_the_paragraph_without_the_blanks_between_them(text: str, language: str | None) -> None:
    rest = text
    for sentence in sentences(text, language):
        assert sentence
        assert sentence == sentence.strip()
        before, found, rest = rest.partition(sentence)
        assert not before.strip()
        assert found
    assert not rest.strip()


@pytest.mark.parametrize("sign", ["!", '."', "。", "\n"])
def test_half_a_million_signs_without_a_word_are_no_obstacle(sign: str) -> None:
    """With time that grows with the square, this meets the time limit that every test has."""
    assert sentences(f"He left. {sign * 500_000} She stayed.", "en")[-1].endswith("She stayed.")


def test_splitting_very_many_sentences_keeps_no_memory() -> None:
    """Without forgetting, nupunkt keeps 3 MB of these."""
    tracemalloc.start()
    try:
        for number in range(2_000):
            sentences(f"Bridge{number} fell. Road{number} closed. It was day{number}. All left.", "en")
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()
