"""Each language has every phrase, whole and harmless."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from string import Formatter

import pytest

from bot.render.phrases import At, Counted, Named, OutOf, PageOf, Words
from bot.render.text import escape, one_line
from bot.render.words import LANGUAGES, words_of

PLACEHOLDERS = {
    Counted: {"count"}, OutOf: {"shown", "of"}, PageOf: {"number", "of"}, Named: {"name"}, At: {"moment"},
}  # fmt: skip
ABOUT_THE_LANGUAGE = {"own_name", "locale", "day", "first_day"}
NAMES = [field.name for field in fields(Words) if field.name not in ABOUT_THE_LANGUAGE]
NOON = datetime(2026, 2, 9, 12, tzinfo=UTC)


def texts(phrase: object) -> list[str]:
    match phrase:
        case str():
            return [phrase]
        case Counted() | OutOf():
            return [phrase.one, phrase.other]
        case Named() | At() | PageOf():
            return [phrase.text]
    raise AssertionError(phrase)


def said(phrase: object) -> Iterator[str]:
    """Yield what a phrase says in each of its forms."""
    match phrase:
        case str():
            yield phrase
        case Counted():
            yield from (phrase(count) for count in (0, 1, 2, 10**6))
        case OutOf() | PageOf():
            yield from (phrase(1, of) for of in (1, 9))
        case Named():
            yield phrase("Ada")
        case At():
            yield phrase(NOON)


def test_the_languages_are_known_by_their_own_names() -> None:
    assert LANGUAGES == {
        "en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "pt": "Português",
    }  # fmt: skip


def test_a_language_that_is_not_known_is_answered_in_english() -> None:
    assert words_of("tlh") == words_of("en")
    assert words_of("de") != words_of("en")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_phrase_with_the_same_things_to_fill_in(language: str, name: str) -> None:
    phrase: object = getattr(words_of(language), name)
    for text in texts(phrase):
        found = {placed for _, placed, _, _ in Formatter().parse(text) if placed is not None}
        assert found == PLACEHOLDERS.get(type(phrase), set()), text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_empty_or_loud_or_markup(language: str, name: str) -> None:
    for text in said(getattr(words_of(language), name)):
        assert text.strip()
        assert "!" not in text
        assert "{" not in text
        plain = text.replace(f"<t:{int(NOON.timestamp())}:f>", "")
        assert escape(plain) == plain
        assert one_line(plain) == " ".join(plain.split())


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_language_has_words_of_its_own(language: str) -> None:
    english, own = words_of("en"), words_of(language)
    same = {name for name in NAMES if texts(getattr(english, name)) == texts(getattr(own, name))}
    # These are French too.
    assert same <= ({"organisations", "articles", "sources"} if language == "fr" else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_with_a_number_counts_in_its_own_language(language: str) -> None:
    for name in NAMES:
        phrase: object = getattr(words_of(language), name)
        assert not isinstance(phrase, Counted | OutOf) or phrase.code == language, name


@pytest.mark.parametrize(
    ("language", "count", "shown"),
    [
        ("en", 0, "0 stories"),
        ("en", 1, "1 story"),
        ("en", 2, "2 stories"),
        ("de", 1, "1 Thema"),
        ("de", 0, "0 Themen"),
        ("de", 21, "21 Themen"),
        ("fr", 0, "0 sujet"),
        ("fr", 1, "1 sujet"),
        ("fr", 2, "2 sujets"),
        ("fr", 10**6, "1000000 sujets"),
        ("es", 0, "0 temas"),
        ("es", 1, "1 tema"),
        ("pt", 0, "0 tema"),
        ("pt", 12, "12 temas"),
    ],
)
def test_a_number_takes_the_form_of_its_language(language: str, count: int, shown: str) -> None:
    assert words_of(language).stories(count) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["1 of 1 sentence", "1 of 9 sentences", "3 of 9 sentences"]),
        ("de", ["1 von 1 Satz", "1 von 9 Sätzen", "3 von 9 Sätzen"]),
        ("fr", ["1 phrase sur 1", "1 phrase sur 9", "3 phrases sur 9"]),
        ("es", ["1 de 1 frase", "1 de 9 frases", "3 de 9 frases"]),
        ("pt", ["1 de 1 frase", "1 de 9 frases", "3 de 9 frases"]),
    ],
)
def test_some_sentences_of_all_are_counted(language: str, shown: list[str]) -> None:
    assert [words_of(language).sentences(*pair) for pair in ((1, 1), (1, 9), (3, 9))] == shown


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "1 March 2026", "2 March 2026"),
        ("de", "1. März 2026", "2. März 2026"),
        ("fr", "1er mars 2026", "2 mars 2026"),
        ("es", "1 de marzo de 2026", "2 de marzo de 2026"),
        ("pt", "1º de março de 2026", "2 de março de 2026"),
    ],
)
def test_a_day_is_written_as_its_language_does(language: str, first: str, second: str) -> None:
    words = words_of(language)
    assert (words.day_of(date(2026, 3, 1)), words.day_of(date(2026, 3, 2))) == (first, second)
