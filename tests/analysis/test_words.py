# other scripts
"""The words, stems and stop words of a language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.words import common_words, stemmer, stop_words, words_of

LANGUAGES = [
    *[
        "ar",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "fi",
        "fr",
        "he",
        "hu",
        "it",
        "ja",
        "ko",
        "nb",
        "nl",
        "nn",
        "no",
    ],
    *["pl", "pt", "ro", "ru", "sk", "sv", "th", "uk", "zh", "hi", "xx", None],
]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor’s “new” T-shirt, 3.5!", ("the", "mayor's", "new", "t", "shirt", "3", "5")),
        ("नमस्ते दुनिया।", ("नमस्ते", "दुनिया")),
        ("مرحبا بالعالم", ("مرحبا", "بالعالم")),
        ("안녕하세요 세계", ("안녕하세요", "세계")),
    ],
)
def test_words_are_lower_case_and_whole(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_where_there_are_no_blanks_pairs_of_characters_are_words() -> None:
    assert words_of("日本語とAI。橋") == ("日本", "本語", "語と", "ai", "橋")


@pytest.mark.parametrize("language", LANGUAGES)
@given(word=st.text(min_size=1))
def test_every_word_has_a_stem_in_every_language(language: str | None, word: str) -> None:
    for found in words_of(word):
        assert isinstance(stemmer(language)(found), str)


def test_stems_join_the_forms_of_a_word_where_sumy_knows_them() -> None:
    assert stemmer("en")("bridges") == stemmer("en")("bridge")
    assert stemmer("cs")("hradem") == stemmer("cs")("hradu")
    assert stemmer("xx")("bridges") == "bridges"
    assert stemmer(None)("bridges") == "bridges"


def test_stop_words_are_sumys_where_it_has_some() -> None:
    assert "the" in stop_words("en")
    assert "και" in stop_words("el")
    assert not stop_words("nl")
    assert not stop_words(None)


def test_common_words_are_those_of_many_sentences() -> None:
    sentences = [("de", "boot", "ligt"), ("de", "brug"), ("de", "boot"), ("het", "meer"), ("de", "stad")]
    sentences += [("de", "zee"), ("een", "vis"), ("een", "net")]
    assert common_words(sentences) == {"de"}
    assert not common_words([("de", "boot")])
