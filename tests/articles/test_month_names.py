"""The names beside those that CLDR has for each language."""

import pytest
from babel import Locale

from bot.articles.month_names import is_inflected_weekday, is_weekday, month

LANGUAGES = "de fr es it pt nl sv da nb fi pl cs sk ru uk bg tr ro hu id el ar he hi ca".split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_has_its_number_and_a_weekday_is_known_in_each_language(language: str) -> None:
    locale = Locale(language)
    for length in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            names = locale.months[context][length]
            assert {number: month(name) for number, name in names.items()} == {n: n for n in names}
        weekdays = locale.days["format"][length].values()
        assert all(is_weekday(part) for day in weekdays for part in day.replace(".", "").split("-"))


@pytest.mark.parametrize("day", ["środę", "piątku", "пятницу", "среду", "воскресенья", "sobotu", "неділю"])
def test_a_weekday_is_known_in_its_cases(day: str) -> None:
    assert is_inflected_weekday(day)


@pytest.mark.parametrize("word", ["street", "Bürger", "prefeitura", "субпродукты", "pionier", "среди"])
def test_another_word_is_no_weekday(word: str) -> None:
    assert not is_inflected_weekday(word)
