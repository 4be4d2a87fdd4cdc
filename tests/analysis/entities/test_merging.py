"""Mentions that mean the same are one entity. No model here: the tests say what it found."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.analysis import Entity, EntityKind
from bot.analysis.entities.countries import countries
from bot.analysis.entities.linking import link
from bot.analysis.entities.mentions import Mention
from bot.analysis.entities.naming import entity

PERSON, ORGANISATION, PLACE = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE

SYLLABLES = st.sampled_from(
    ["Ada", "Brook", "Quill", "US", "U.S.", "Jordan", "Chad", "ABQ", "Inc.", "of", "de", "Jr."]
)
NAMES = st.lists(SYLLABLES, min_size=1, max_size=5).map(" ".join)


def mentions(*named: tuple[str, EntityKind]) -> list[Mention]:
    """Stand in for a text that names these, one after the other."""
    found, start = [], 0
    for name, kind in named:
        found.append(Mention(name, kind, start, start + len(name)))
        start += len(name) + 20
    return found


def merged(found: Sequence[Mention], language: str = "en") -> list[Entity]:
    known = countries(language)
    return [entity(cluster, known) for cluster in link(found, known)]


def test_a_surname_counts_for_the_full_name_before_it() -> None:
    found = mentions(("Ada Quill", PERSON), ("Quill", PERSON), ("Quill", PERSON))
    assert merged(found) == [Entity("Ada Quill", PERSON, 3, ("Quill",))]


def test_a_shared_surname_counts_for_the_nearest_full_name_before_it() -> None:
    found = mentions(
        ("Ada Quill", PERSON), ("Quill", PERSON), ("Ben Quill", PERSON), ("Quill", PERSON), ("Quill", PERSON)
    )
    assert [(one.name, one.count) for one in merged(found)] == [("Ada Quill", 2), ("Ben Quill", 3)]


def test_a_surname_before_any_full_name_counts_for_the_first_one_after_it() -> None:
    found = mentions(("Quill", PERSON), ("Ada Quill", PERSON), ("Ben Quill", PERSON))
    assert [(one.name, one.count) for one in merged(found)] == [("Ada Quill", 2), ("Ben Quill", 1)]


def test_a_family_name_that_comes_first_is_found_too() -> None:
    assert merged(mentions(("Tao Weiming", PERSON), ("Tao", PERSON))) == [
        Entity("Tao Weiming", PERSON, 2, ("Tao",))
    ]


def test_a_last_name_goes_before_a_first_name() -> None:
    found = mentions(("Quill Brook", PERSON), ("Ada Quill", PERSON), ("Quill", PERSON))
    assert [(one.name, one.count) for one in merged(found)] == [("Quill Brook", 1), ("Ada Quill", 2)]


@pytest.mark.parametrize("short", ["Ruiz", "Ana Pereda", "Ana Ruiz", "Ruiz Pereda", "Pereda"])
def test_every_short_form_of_a_long_name_counts_for_it(short: str) -> None:
    found = mentions(("Ana Ruiz Pereda", PERSON), (short, PERSON))
    assert merged(found) == [Entity("Ana Ruiz Pereda", PERSON, 2, (short,))]


@pytest.mark.parametrize("other", ["Ada M. Quill", "ADA QUILL", "Ada Quill Jr.", "Áda Quill"])
def test_middle_initials_capitals_and_accents_make_no_other_person(other: str) -> None:
    found = mentions(("Ada Quill", PERSON), ("Ada Quill", PERSON), (other, PERSON))
    assert [(one.name, one.count) for one in merged(found)] == [("Ada Quill", 3)]


def test_a_particle_alone_is_nobody() -> None:
    found = mentions(("Piet van Brook", PERSON), ("Van", PERSON))
    assert [one.name for one in merged(found)] == ["Piet van Brook", "Van"]


@pytest.mark.parametrize("surname", ["Quill", "van Brook"])
def test_a_surname_that_the_model_took_for_a_company_is_still_the_person(surname: str) -> None:
    found = mentions((f"Ada {surname}", PERSON), (surname, ORGANISATION))
    assert merged(found) == [Entity(f"Ada {surname}", PERSON, 2, (surname,))]


def test_a_place_stays_a_place_beside_a_person_of_that_name() -> None:
    found = mentions(("Ada Brookton", PERSON), ("Brookton", PLACE))
    assert [(one.name, one.kind) for one in merged(found)] == [("Ada Brookton", PERSON), ("Brookton", PLACE)]


def test_an_entity_is_of_the_kind_that_most_of_its_mentions_have() -> None:
    found = mentions(("Brookline", PERSON), ("Brookline", ORGANISATION), ("Brookline", ORGANISATION))
    assert merged(found) == [Entity("Brookline", ORGANISATION, 3)]


def test_a_company_is_known_without_what_it_is_incorporated_as() -> None:
    found = mentions(("Tarn Foods Inc.", ORGANISATION), ("Tarn Foods", ORGANISATION))
    assert merged(found) == [Entity("Tarn Foods", ORGANISATION, 2, ("Tarn Foods Inc.",))]


def test_a_company_that_is_only_named_in_full_keeps_its_full_name() -> None:
    assert merged(mentions(("Tarn Foods GmbH", ORGANISATION))) == [Entity("Tarn Foods GmbH", ORGANISATION, 1)]


@pytest.mark.parametrize("acronym", ["NHB", "N.H.B.", "NHBT"])
def test_an_acronym_counts_for_the_name_that_it_shortens(acronym: str) -> None:
    long = "National Harbour Board of Trade" if acronym == "NHBT" else "National Harbour Board"
    found = mentions((long, ORGANISATION), (acronym, ORGANISATION), (acronym, ORGANISATION))
    assert merged(found) == [Entity(long, ORGANISATION, 3, (acronym,))]


def test_an_acronym_that_the_model_took_for_a_person_counts_for_its_organisation() -> None:
    found = mentions(("National Harbour Board", ORGANISATION), ("NHB", PERSON))
    assert merged(found) == [Entity("National Harbour Board", ORGANISATION, 2, ("NHB",))]


def test_an_acronym_of_nothing_in_the_text_stands_alone() -> None:
    found = mentions(("National Harbour Board", ORGANISATION), ("QRS", ORGANISATION))
    assert [one.name for one in merged(found)] == ["National Harbour Board", "QRS"]


def test_an_office_is_the_same_with_its_country_and_without() -> None:
    found = mentions(("U.S. Harbour Office", ORGANISATION), ("Harbour Office", ORGANISATION))
    assert [one.count for one in merged(found)] == [2]


def test_a_foundation_is_the_same_with_what_it_is_for_and_without() -> None:
    found = mentions(("Quill Foundation for Reading", ORGANISATION), ("Quill Foundation", ORGANISATION))
    assert [one.count for one in merged(found)] == [2]


def test_a_town_and_its_university_are_two() -> None:
    found = mentions(("University of Brookton", ORGANISATION), ("Brookton", PLACE))
    assert [one.count for one in merged(found)] == [1, 1]


def test_a_country_is_one_under_all_its_names() -> None:
    found = mentions(
        ("US", PLACE), ("U.S.", PLACE), ("United States", ORGANISATION), ("America", PLACE), ("US", PLACE)
    )
    assert merged(found) == [Entity("United States", PLACE, 5, ("US", "U.S.", "America"))]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("UK", "United Kingdom"),
        ("Britain", "United Kingdom"),
        ("Burma", "Myanmar"),
        ("the UAE", "United Arab Emirates"),
    ],
)
def test_a_country_has_one_name_in_every_article(written: str, shown: str) -> None:
    assert merged(mentions((written, PLACE))) == [Entity(shown, PLACE, 1, (written,))]


def test_a_country_has_the_name_of_the_articles_language() -> None:
    assert merged(mentions(("USA", PLACE)), "de") == [Entity("Vereinigte Staaten", PLACE, 1, ("USA",))]


def test_a_country_has_an_english_name_where_its_name_in_a_language_is_not_known() -> None:
    assert merged(mentions(("France", PLACE)), "xx") == [Entity("France", PLACE, 1)]


@pytest.mark.parametrize("language", ["en", "de", "fr", "xx"])
def test_every_country_goes_by_the_name_that_is_shown(language: str) -> None:
    known = countries(language)
    assert {known.code(name) for name in known.names.values()} == set(known.names)


def test_a_country_that_the_model_once_took_for_a_person_is_the_country() -> None:
    found = mentions(("Chad", PLACE), ("Chad", PERSON))
    assert merged(found) == [Entity("Chad", PLACE, 2)]


def test_a_person_named_like_a_country_is_a_person() -> None:
    found = mentions(("Paula Jordan", PERSON), ("Jordan", PERSON), ("Jordan", PLACE))
    assert merged(found) == [Entity("Paula Jordan", PERSON, 2, ("Jordan",)), Entity("Jordan", PLACE, 1)]


def test_a_datelines_capitals_are_not_kept() -> None:
    assert merged(mentions(("BROOKTON", PLACE))) == [Entity("Brookton", PLACE, 1)]


def test_a_persons_name_is_the_full_one_that_is_used_most() -> None:
    found = mentions(
        ("Ada Brook Quill", PERSON), ("Ada Quill", PERSON), ("Ada Quill", PERSON), ("Quill", PERSON)
    )
    assert merged(found) == [Entity("Ada Quill", PERSON, 4, ("Ada Brook Quill", "Quill"))]


def test_a_surname_of_two_words_is_no_full_name() -> None:
    found = mentions(("Ada van Brook", PERSON), ("van Brook", PERSON), ("van Brook", PERSON))
    assert merged(found) == [Entity("Ada van Brook", PERSON, 3, ("van Brook",))]


def test_aliases_come_most_frequent_first() -> None:
    found = mentions(("Ada Quill", PERSON), ("Ada", PERSON), ("Quill", PERSON), ("Quill", PERSON))
    assert merged(found)[0].aliases == ("Quill", "Ada")


def test_entities_come_in_the_order_of_their_first_mentions() -> None:
    found = mentions(
        ("Brookton", PLACE), ("Quill", PERSON), ("Ada Quill", PERSON), ("Tarn Foods", ORGANISATION)
    )
    assert [one.name for one in merged(found)] == ["Brookton", "Ada Quill", "Tarn Foods"]


@given(st.lists(st.tuples(NAMES, st.sampled_from(EntityKind)), max_size=30))
def test_every_mention_counts_once_and_no_name_stands_twice(named: list[tuple[str, EntityKind]]) -> None:
    found = merged(mentions(*named))
    assert sum(one.count for one in found) == len(named)
    for one in found:
        names = [name.casefold() for name in (one.name, *one.aliases)]
        assert all(names)
        assert len(names) == len(set(names))
        assert len(one.aliases) <= one.count


@given(st.lists(st.tuples(NAMES, st.sampled_from(EntityKind)), max_size=30))
def test_every_name_but_a_countrys_stands_in_the_text(named: list[tuple[str, EntityKind]]) -> None:
    written = {name.casefold() for name, _ in named}
    shown = set(countries("en").names.values())
    for one in merged(mentions(*named)):
        assert one.name in shown or one.name.casefold() in written
        assert written.issuperset(alias.casefold() for alias in one.aliases)
