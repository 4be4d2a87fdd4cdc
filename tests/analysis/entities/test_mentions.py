"""What a model found is cut down to a name; names that it overlooked are found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.analysis import EntityKind
from bot.analysis.entities.mentions import Mention, joined, mask, mention
from bot.analysis.entities.names import fold, initials, is_name, visible
from bot.analysis.entities.recount import overlooked

PERSON, ORGANISATION, PLACE = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE


def whole(text: str, kind: EntityKind = PERSON) -> str | None:
    found = mention(text, 0, len(text), kind)
    return found.name if found else None


def again(text: str, *names: tuple[str, EntityKind]) -> list[tuple[str, int]]:
    """Return what is found besides the first place of each name."""
    known = [Mention(name, kind, text.index(name), text.index(name) + len(name)) for name, kind in names]
    taken = mask(len(text), [(one.start, one.end) for one in known])
    return [(one.name, one.start) for one in overlooked(text, known, taken)]


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ("President Ada Quill", "Ada Quill"),
        ("Deputy Prime Minister Ada Quill", "Ada Quill"),
        ("Dr. Quill", "Quill"),
        ("Lt. Gov. Quill's", "Quill"),
        ("“Ada Quill”", "Ada Quill"),
        ("Ada Quill’s", "Ada Quill"),
        ("Queen Ada", "Queen Ada"),
        ("President", "President"),
    ],
)
def test_a_persons_name_has_no_title_no_quotes_and_no_possessive(found: str, name: str) -> None:
    assert whole(found) == name


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ("the Harbour Board", "Harbour Board"),
        ("Tarn Foods'", "Tarn Foods"),
        ("General Foods", "General Foods"),
        ("(Tarn Foods", "Tarn Foods"),
        ("Tarn\nFoods", "Tarn Foods"),
    ],
)
def test_an_organisations_name_has_no_article_and_no_brackets_and_keeps_its_words(
    found: str, name: str
) -> None:
    assert whole(found, ORGANISATION) == name


def test_a_bracket_inside_a_name_is_closed() -> None:
    text = "the Tarn (North) party"
    found = mention(text, 4, text.index(")"), ORGANISATION)
    assert found == Mention("Tarn (North)", ORGANISATION, 4, 16)


def test_a_mention_knows_where_its_name_stands() -> None:
    text = "Then the Harbour Board's chair spoke."
    assert mention(text, 5, 24, ORGANISATION) == Mention("Harbour Board", ORGANISATION, 9, 22)


@pytest.mark.parametrize(
    "junk", ["", "'s", "...", "42", "Q", "mosques", "Tarn)North", "Cllr.", "A" + "b" * 100, "\u200b\u202e"]
)
def test_what_nobody_would_call_a_name_is_left_out(junk: str) -> None:
    assert whole(junk, PLACE) is None


def test_invisible_characters_are_not_shown() -> None:
    assert whole("\u202eAda\u200b Quill\u0007") == "Ada Quill"


def test_a_word_tied_by_a_hyphen_belongs_to_the_name() -> None:
    text = "the Tarn-Severn region"
    found = Mention("Tarn", PLACE, 4, 8)
    assert joined(text, found, mask(len(text), [(4, 8)])).name == "Tarn-Severn"


@pytest.mark.parametrize(("text", "second"), [("Tarn-Severn talks", (5, 11)), ("Tarn-based firms", (0, 0))])
def test_a_name_of_its_own_or_a_plain_word_behind_a_hyphen_does_not(
    text: str, second: tuple[int, int]
) -> None:
    found = Mention("Tarn", PLACE, 0, 4)
    assert joined(text, found, mask(len(text), [(0, 4), second])) == found


def test_a_name_that_the_model_overlooked_elsewhere_is_counted() -> None:
    assert again("Tarn Foods grew. Shares of Tarn Foods rose.", ("Tarn Foods", ORGANISATION)) == [
        ("Tarn Foods", 27)
    ]


def test_a_surname_that_the_model_never_saw_alone_is_counted() -> None:
    assert again("Ada Quill spoke. Quill then left.", ("Ada Quill", PERSON)) == [("Quill", 17)]


@pytest.mark.parametrize("name", ["Ada de", "Ada Quill Jr.", "Ada Quill III"])
def test_what_is_no_surname_is_not_looked_for(name: str) -> None:
    assert again(f"{name} spoke. De, de, Jr. and III are no names.", (name, PERSON)) == []


def test_a_name_that_begins_small_is_counted_too() -> None:
    assert again("eTarn grew. Then eTarn shrank.", ("eTarn", ORGANISATION)) == [("eTarn", 17)]


def test_words_of_another_name_are_not_counted() -> None:
    text = "Tarn Foods grew. The old Tarn Foods Festival is over."
    assert again(text, ("Tarn Foods", ORGANISATION), ("Foods Festival", PLACE)) == []


def test_the_longer_of_two_names_is_counted() -> None:
    text = "Tarn and Tarn Foods. Here Tarn Foods comes."
    assert again(text, ("Tarn", PLACE), ("Tarn Foods", ORGANISATION)) == [("Tarn Foods", 26)]


@pytest.mark.parametrize("other", ["Tarnish", "tarn", "Starn", "Tarn1"])
def test_a_part_of_a_word_or_another_spelling_is_not_counted(other: str) -> None:
    assert again(f"Tarn is here. A {other} is not.", ("Tarn", PLACE)) == []


def test_a_name_within_another_name_is_not_counted() -> None:
    text = "Tarn is here. The Bank of Tarn is there."
    assert again(text, ("Tarn", PLACE), ("Bank of Tarn", ORGANISATION)) == []


@pytest.mark.parametrize("other", ["the Tarn", "TARN", "Tarn's", "Tarn’s", "T\u00e1rn", " Tarn "])
def test_spellings_of_one_name_are_equal_when_folded(other: str) -> None:
    assert fold(other) == fold("Tarn")


def test_the_acronyms_of_a_name_are_with_small_words_and_without() -> None:
    assert initials("Board of the Harbour") == {"bh", "both"}
    assert initials("Tarn") == set()


@given(st.text())
def test_what_is_shown_of_any_text_is_visible_and_on_one_line(text: str) -> None:
    shown = visible(text)
    assert shown == shown.strip()
    assert all(c.isprintable() for c in shown)


@given(st.text(), st.sampled_from(EntityKind), st.data())
def test_a_mention_in_any_text_lies_within_what_was_found(
    text: str, kind: EntityKind, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = mention(text, start, end, kind)
    if found:
        assert is_name(found.name)
        assert start <= found.start < found.end <= end + 1


def test_a_dateline_that_the_model_runs_on_over_is_a_place() -> None:
    found = mention("LISBON - Passengers", 0, 19, ORGANISATION)
    assert found is not None
    assert (found.name, found.kind) == ("LISBON", PLACE)


def test_a_name_ends_before_a_dash_between_blanks() -> None:
    text = "He left Example Corp \u2013 Friday"
    found = mention(text, 8, len(text), ORGANISATION)
    assert found is not None
    assert (found.name, found.kind) == ("Example Corp", ORGANISATION)
