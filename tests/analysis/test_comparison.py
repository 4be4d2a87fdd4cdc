"""What a new text is to an old one."""

import pytest

from bot.analysis.comparison import Verdict, compare, is_news
from bot.analysis.shingles import Shingled, shingled
from tests.analysis.articles import CHINESE, HARBOUR

BODY = " ".join(HARBOUR.split())
WEATHER = (
    "Today will be {} with a high of {} degrees and a low of {} degrees. Winds will be from the {} at {} "
    "kilometres per hour, with gusts up to {} kilometres per hour. The chance of rain is {} percent and "
    "humidity will stay near {} percent. Tonight expect temperatures around {} degrees."
)
ADDED = (
    " On Tuesday the builder withdrew its offer without a word of explanation, and the mayor called the "
    "council together for a second vote, which nobody in the town had seen coming after all these years."
)


def of(text: str, title: str = "Selby Quay to build a bridge") -> Shingled:
    return shingled(title, text)


def verdict(new: str, old: str) -> Verdict:
    return compare(of(new), of(old).fingerprint).verdict


@pytest.mark.parametrize(
    "copy",
    [
        BODY,
        BODY[: len(BODY) // 3],
        BODY[: BODY.index("But the ferry's")] + BODY[BODY.index("The county court") :],
        BODY.replace("council", "board").replace("bridge over", "crossing over").replace("thirty", "30"),
        BODY + " Follow us for more.",
    ],
)
def test_a_copy_may_be_cut_edited_or_have_a_line_more(copy: str) -> None:
    assert verdict(copy, BODY) is Verdict.SAME_TEXT


def test_a_rewritten_headline_makes_no_other_text() -> None:
    assert compare(of(BODY, "A quay, a river, a vote"), of(BODY).fingerprint).verdict is Verdict.SAME_TEXT


def test_what_has_more_to_tell_is_an_update() -> None:
    comparison = compare(of(BODY + ADDED), of(BODY).fingerprint)
    assert comparison.verdict is Verdict.UPDATE
    assert comparison.containment == 1
    assert comparison.novel_words == len(ADDED.split())


def test_only_the_new_sentences_of_an_update_are_news() -> None:
    known = of(BODY).keys
    assert is_news(of(ADDED, ""), known)
    assert not is_news(of("But the ferry's crew of nine fears for its work.", ""), known)


def test_a_passage_from_the_middle_of_a_long_text_is_an_article_by_itself() -> None:
    passage = BODY[BODY.index("But the ferry's") : BODY.index("Selby Quay has 8,000")]
    assert verdict(passage, BODY) is Verdict.SAME_STORY


def test_one_form_with_other_numbers_is_a_template_and_no_copy() -> None:
    monday = WEATHER.format("rainy", 12, 3, "west", 20, 45, 80, 70, 5)
    tuesday = WEATHER.format("rainy", 15, 6, "west", 30, 55, 40, 65, 9)
    assert verdict(tuesday, monday) is Verdict.TEMPLATE
    assert verdict(monday.replace("rainy", "overcast"), monday) is Verdict.SAME_TEXT


def test_other_texts_are_new() -> None:
    assert verdict(WEATHER, BODY) is Verdict.NEW
    assert compare(of("", ""), of(BODY).fingerprint).verdict is Verdict.NEW


SHORT = "The ferry to Norr stops for 3 days from Monday because its engine has to be mended."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHORT.upper().replace(" ", "\n"), Verdict.SAME_TEXT),
        (SHORT.replace(" from Monday", ""), Verdict.SAME_TEXT),
        (SHORT.replace("3 days", "5 days"), Verdict.SAME_STORY),
        (SHORT.replace("Norr", "Selby"), Verdict.SAME_STORY),
        ("The council of Norr meets on Monday to vote about a bridge over the river.", Verdict.NEW),
    ],
)
def test_in_a_short_text_every_word_counts(text: str, expected: Verdict) -> None:
    assert compare(of(text, text), of(SHORT, SHORT).fingerprint).verdict is expected


def test_in_chinese_a_copy_may_be_wrapped_edited_and_cut() -> None:
    wrapped = "\n".join(CHINESE[i : i + 17] for i in range(0, len(CHINESE), 17))
    assert verdict(wrapped, CHINESE) is Verdict.SAME_TEXT
    assert verdict(CHINESE.replace("六百万元", "七百万元"), CHINESE) is Verdict.SAME_TEXT
    assert verdict(CHINESE[: len(CHINESE) // 2], CHINESE) is Verdict.SAME_TEXT
