"""What differs between two texts: news in one form is told from the edits of one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.alignment import changes
from bot.analysis.details import details_of, differences_from, pack_details, unpack_details
from bot.analysis.differences import Differences, differences
from bot.analysis.spelling import is_same_number, is_same_word, is_short_for
from bot.analysis.substitutions import Detail
from bot.analysis.tokens import Kind, Wording

TITLE = "Kestrel Motors calls back its Halden van"
RECALL = """\
Kestrel Motors is calling back 4,200 Halden vans because a hose may leak, the transport agency said on \
Monday.

Owners get a letter and should not park the van near a house until a garage has changed the hose. The repair \
takes forty minutes and costs nothing.

Nobody has been hurt so far. Questions are answered on working days from eight to five."""
VERDICT = """\
Die Strafkammer in Ostrach hat am Dienstag einen Gärtner zu drei Jahren Haft verurteilt. Die Richterin \
sprach von einem klaren Fall.

Der Anwalt will das Urteil prüfen und binnen einer Woche entscheiden, ob er Rechtsmittel einlegt."""


def found(
    new: str, old: str = RECALL, *, titles: tuple[str, str] = (TITLE, TITLE), language: str = "en"
) -> Differences:
    return differences(Wording(titles[0], old), Wording(titles[1], new), language)


def test_a_text_has_no_differences_from_itself() -> None:
    same = found(RECALL)
    assert (same.substitutions, same.weight) == ((), 0)
    assert not same.is_no_copy


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Monday", "Thursday"),
        ("Kestrel Motors", "Brandt Motors"),
        ("Halden", "Sorrel"),
        ("4,200", "380"),
    ],
)
def test_another_day_or_name_makes_it_no_copy_and_one_number_does_not(old: str, new: str) -> None:
    changed = found(RECALL.replace(old, new), titles=("A recall", "A recall"))
    assert changed.is_no_copy == (old != "4,200")
    (one,) = changed.substitutions
    assert (one.old in old, one.new in new) == (True, True)


def test_two_numbers_in_the_places_of_two_make_it_no_copy() -> None:
    assert found(RECALL.replace("4,200", "380").replace("forty", "ninety")).is_no_copy


def test_news_in_one_form_about_something_else_is_sure() -> None:
    other = RECALL.replace("Kestrel Motors", "Brandt").replace("Monday", "Thursday").replace("hose", "tyre")
    changed = found(other, titles=(TITLE, "Brandt calls back its Halden van"))
    assert changed.is_form
    assert changed.is_no_update


def test_what_both_titles_say_counts_though_it_has_no_capital_letter() -> None:
    old, new = "Fire in the bakery of Ostrach", "Burglary in the bakery of Ostrach"
    text = (
        "The police were called to a {} in the bakery at night and left again in the morning without a trace."
    )
    changed = found(text.format("burglary"), text.format("fire"), titles=(old, new))
    assert [one.detail for one in changed.substitutions] == [Detail.TITLE]


@pytest.mark.parametrize(
    "edited",
    [
        RECALL.replace("4,200", "4200").replace("forty", "40").replace("eight to five", "8 to 5"),
        RECALL.replace("on Monday", "today"),
        RECALL.replace("said", "stated"),
        RECALL.replace("Kestrel Motors is", "Kestrel Motors, which is based in Ostrach, is"),
        RECALL.replace("Kestrel", "Kestrell"),
        RECALL.replace("Nobody has been hurt so far. ", ""),
        "OSTRACH (NPA) - " + RECALL,
        "By Ida Moe\n\n" + RECALL + "\n\nSource: NPA",
        "\n\n".join(reversed(RECALL.split("\n\n"))),
    ],
)
def test_an_edit_of_a_text_is_a_copy(edited: str) -> None:
    assert not found(edited).is_no_copy
    assert not found(RECALL, edited).is_no_copy


def test_another_source_and_another_author_make_no_other_text() -> None:
    one, other = RECALL + "\n\nSource: Albion Wire", RECALL + "\n\nSource: Interpress"
    assert not found(other, one).is_no_copy


@pytest.mark.parametrize(
    ("old", "new", "below"),
    [
        ("Alder Foods", "Brook Farm", "The office watches Alder Foods, Brook Farm and Corsa Dairy."),
        ("Halden", "Tarvik", "The works serve Halden, Sorn and Tarvik."),
        ("Monday", "Friday", "The office is open on Monday, Tuesday and Friday."),
    ],
)
def test_what_a_text_lists_below_counts_in_its_place(old: str, new: str, below: str) -> None:
    text = "A pipe broke at night, and {} has to boil its water, the works said. Nobody is ill.\n\n" + below
    title = "Boil water notice: {}"
    changed = found(text.format(new), text.format(old), titles=(title.format(old), title.format(new)))
    assert changed.is_no_copy


def test_a_form_of_address_does_not_make_two_people_one() -> None:
    old = "The court fined Mr Smith for the noise of his mill, and he pays within a month."
    assert found(old.replace("Mr Smith", "Mrs Jones"), old, titles=("", "")).is_no_copy
    first_name = old.replace("Mr Smith", "Adam Smith")
    assert not found(old, first_name, titles=("", "")).is_no_copy


def test_in_a_script_without_capital_letters_what_the_lead_names_counts() -> None:
    old = "华丰食品公司召回冷冻饺子，监管部门星期一说。消费者不要食用，可以到商店退货。"
    new = old.replace("华丰食品", "长江乳业").replace("冷冻饺子", "儿童奶粉")
    assert found(new, old, titles=("公司召回产品", "公司召回产品"), language="zh").is_no_copy
    kept = details_of(Wording("", old))
    assert differences_from(kept, Wording("", new)).is_no_copy
    assert not differences_from(kept, Wording("", old)).is_no_copy


def test_a_later_toll_alone_is_no_form() -> None:
    old = "The storm killed 3 people and hurt 12. It took 40 roofs, and 900 homes have no light."
    toll = old.replace("3 people", "5 people").replace("12", "19").replace("40", "66").replace("900", "150")
    assert found(toll, old, titles=("A storm", "A storm")).is_no_copy
    assert not found(toll, old, titles=("A storm", "A storm")).is_form


def test_a_weekday_and_a_date_may_be_one_day() -> None:
    assert not found(RECALL.replace("on Monday", "on March 2")).is_no_copy


def test_a_german_noun_is_half_a_name() -> None:
    edited = VERDICT.replace("Anwalt", "Verteidiger")
    assert not found(edited, VERDICT, language="de").is_no_copy
    other = VERDICT.replace("Gärtner", "Schlosser").replace("Dienstag", "Freitag")
    assert found(other, VERDICT, language="de").is_no_copy


def test_a_japanese_weekday_is_a_day() -> None:
    old = "青葉線は月曜日の始発から運転を見合わせる。駅員は代わりのバスを案内している。"
    kinds = {token.shown: token.kind for token in Wording("", old).tokens}
    assert kinds["月曜日"] is Kind.DAY
    assert found(old.replace("月曜日", "金曜日"), old, titles=("", ""), language="ja").is_no_copy


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("jewellery", "jewelry", True),
        ("gary", "gar", True),
        ("lea", "leo", False),
        ("ostby", "solvik", False),
        ("59", "95", False),
    ],
)
def test_spellings_of_one_word(one: str, other: str, same: bool) -> None:
    assert is_same_word(one, other) is same
    assert is_same_word(other, one) is same


def test_abbreviations_and_styles_of_a_number() -> None:
    assert is_short_for("km", "kilometres")
    assert not is_short_for("km", "metres")
    assert is_same_number("19:00", "7")
    assert is_same_number("59", "95")
    assert not is_same_number("19", "7")


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=60)


@given(WORDS, WORDS)
def test_the_changes_turn_the_old_text_into_the_new_one(old: list[str], new: list[str]) -> None:
    made, at = [], 0
    for change in changes(old, new):
        made += old[at : change.old.start] + new[change.new]
        at = change.old.stop
    assert made + old[at:] == new


def test_many_passages_of_other_words_are_not_compared_letter_by_letter() -> None:
    # Without a bound on the spellings of a whole text this takes half a minute, and the test its limit.
    words = [f"shared{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(2000)]

    def mixed(letter: str) -> str:
        run = " ".join(f"{letter * 12}{chr(97 + j % 26)}{letter * 6}{chr(97 + j // 26)}" for j in range(44))
        return " ".join(f"{' '.join(words[i : i + 12])} {run}" for i in range(0, 600, 12))

    old, new = (f"{mixed(letter)} {' '.join(words)}" for letter in "qz")
    assert found(new, old, titles=("", "")).substitutions


def test_a_word_without_an_end_costs_nothing() -> None:
    old, new = "a" * 900_000, "a" * 450_000 + "b" * 450_000
    assert found(f"The yard {new} said.", f"The yard {old} said.").weight <= 1


def test_texts_that_are_made_to_be_slow_are_one_change() -> None:
    # A hundred million pairs of equal words would take minutes.
    (change,) = changes(["the", "a"] * 5000, ["a", "a", "the"] * 3000)
    assert change.is_substitution


def test_of_a_removed_text_the_details_tell_other_news_from_a_copy() -> None:
    kept = unpack_details(pack_details(details_of(Wording(TITLE, RECALL))))
    assert kept == details_of(Wording(TITLE, RECALL))
    assert not differences_from(kept, Wording(TITLE, RECALL.replace("said", "stated"))).is_no_copy
    assert not differences_from(kept, Wording(TITLE, RECALL[:300])).is_no_copy
    assert differences_from(kept, Wording(TITLE, RECALL.replace("Monday", "Thursday"))).is_no_copy
    assert differences_from(kept, Wording("A recall", RECALL.replace("Halden", "Sorrel"))).is_no_copy


def test_of_a_text_with_many_details_some_are_kept() -> None:
    names = " ".join(f"the Name{chr(97 + i % 26)}{chr(97 + i // 26)}x" for i in range(200))
    kept = details_of(Wording("", names))
    assert len(pack_details(kept)) == 241
    assert not differences_from(kept, Wording("", names + " the Brandtx")).is_no_copy


def test_bytes_that_are_no_details_are_refused() -> None:
    with pytest.raises(ValueError, match="no details"):
        unpack_details(b"ab")
