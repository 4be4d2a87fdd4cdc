"""Which articles a subscription takes."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.analysis import Entity, EntityKind
from bot.news.subscriptions.filter_text import (
    MOST_FILTERS,
    MOST_PATTERNS,
    BadFilter,
    describe,
    filter_of,
    languages,
    why,
    with_filter,
)
from bot.news.subscriptions.filters import (
    MOST_GIVEN_UP,
    Action,
    Filter,
    Held,
    Kind,
    Passed,
    Subject,
    lost,
    passes,
)
from bot.news.subscriptions.patterns import OutOfTime, found

WILD = r"(a+)+$c"
ENDLESS = ("a" * 60 + " ") * 3000 + "c"


@dataclass(frozen=True)
class Text:
    title: str = "Ferry leaves Porto"
    text: str = "The harbour board met. Ada Reed of the U.N. said that C\u00f4te d'Azur waits."
    source: str | None = "Example Times"
    language: str | None = "en"
    section: str | None = "World"
    entities: tuple[Entity, ...] | None = (
        Entity("Ada Reed", EntityKind.PERSON, 1, ("Reed",)),
        Entity("the U.N.", EntityKind.ORGANISATION, 1),
        Entity("Nestl\u00e9", EntityKind.ORGANISATION, 1),
    )


def out(kind: Kind, typed: str) -> Filter:
    return filter_of(Action.EXCLUDE, kind, typed)


def only(kind: Kind, typed: str) -> Filter:
    return filter_of(Action.INCLUDE, kind, typed)


@pytest.mark.parametrize(
    ("kind", "typed", "fits"),
    [
        (Kind.WORDS, "FERRY", True),
        (Kind.WORDS, "board ferry", True),
        (Kind.WORDS, "board train", False),
        (Kind.WORDS, "harb", False),
        (Kind.WORDS, "Cote", False),
        (Kind.WORDS, "co\u0302te", True),
        (Kind.PHRASE, "harbour board", True),
        (Kind.PHRASE, "board harbour", False),
        (Kind.PHRASE, "met \u2014 Ada", True),
        (Kind.PHRASE, "Porto the harbour", False),
        (Kind.ENTITY, "ada reed", True),
        (Kind.ENTITY, "REED", True),
        (Kind.ENTITY, "UN", True),
        (Kind.ENTITY, "Nestle", True),
        (Kind.ENTITY, "Ada", False),
        (Kind.SOURCE, "example  times", True),
        (Kind.SOURCE, "Times", False),
        (Kind.LANGUAGE, "English", True),
        (Kind.LANGUAGE, "FR", False),
        (Kind.SECTION, "world", True),
        (Kind.PATTERN, r"^ferry.*porto$", False),
        (Kind.PATTERN, r"^ferry.*porto\b", True),
        (Kind.PATTERN, r"u\.n\.", True),
    ],
)
def test_a_filter_fits_by_what_it_looks_at(kind: Kind, typed: str, fits: bool) -> None:
    excluded = passes([out(kind, typed)], Subject(Text()))
    included = passes([only(kind, typed)], Subject(Text()))
    assert excluded == (Held(out(kind, typed)) if fits else Passed())
    assert included == (Passed() if fits else Held(None))


@pytest.mark.parametrize(
    ("text", "typed", "fits"),
    [
        ("\u6771\u4eac\u90fd\u306f\u767a\u8868\u3057\u305f", "\u6771\u4eac", True),
        ("\u6771\u5927\u3068\u4eac\u5927", "\u6771\u4eac", False),
        (
            "\u041c\u0438\u0440\u043d\u044b\u0439 \u0434\u043e\u0433\u043e\u0432\u043e\u0440",
            "\u043c\u0438\u0440",
            False,
        ),
        ("STRASSE", "stra\u00dfe", True),
    ],
)
def test_words_are_found_in_every_script(text: str, typed: str, fits: bool) -> None:
    assert Subject(Text(text=text)).has(Kind.WORDS, typed) is fits


@pytest.mark.parametrize("kind", [Kind.SOURCE, Kind.LANGUAGE, Kind.SECTION, Kind.ENTITY])
def test_what_is_not_known_of_an_article_fits_nothing(kind: Kind) -> None:
    unknown = Text(source=None, language=None, section=None, entities=None)
    typed = "fr" if kind is Kind.LANGUAGE else "none"
    assert passes([out(kind, typed)], Subject(unknown)) == Passed()


def test_one_that_leaves_out_wins_over_those_that_choose() -> None:
    filters = [only(Kind.WORDS, "ferry"), out(Kind.ENTITY, "Ada Reed")]
    assert passes(filters, Subject(Text())) == Held(filters[1])
    assert passes([only(Kind.WORDS, "train"), filters[0]], Subject(Text())) == Passed()


FILTERS = st.lists(
    st.builds(
        filter_of,
        st.sampled_from(Action),
        st.sampled_from([Kind.WORDS, Kind.PHRASE, Kind.PATTERN, Kind.SOURCE]),
        st.sampled_from(["ferry", "train", "harbour", "Example Times"]),
    ),
    max_size=6,
)


@given(FILTERS, st.randoms(use_true_random=False))
def test_the_order_of_filters_decides_nothing(filters: list[Filter], random: object) -> None:
    shuffled = sorted(filters, key=lambda one: (one.text, one.kind, one.action))
    first, second = passes(filters, Subject(Text())), passes(shuffled, Subject(Text()))
    assert type(first) is type(second)
    fitting = [
        one
        for one in filters
        if isinstance(passes([replace(one, action=Action.EXCLUDE)], Subject(Text())), Held)
    ]
    leaves_out = any(one.action is Action.EXCLUDE for one in fitting)
    chooses = any(one.action is Action.INCLUDE for one in filters)
    chosen = any(one.action is Action.INCLUDE for one in fitting)
    assert isinstance(first, Passed) is (not leaves_out and (chosen or not chooses))


def test_a_pattern_that_runs_out_of_time_does_not_fit_and_is_named() -> None:
    wild = Text(text=ENDLESS)
    assert passes([out(Kind.PATTERN, WILD)], Subject(wild)) == Passed((out(Kind.PATTERN, WILD),))
    assert passes([only(Kind.PATTERN, WILD)], Subject(wild)) == Held(None, (only(Kind.PATTERN, WILD),))
    filters = [out(Kind.PATTERN, WILD), out(Kind.WORDS, "ferry")]
    assert passes(filters, Subject(wild)) == Held(filters[1])


def test_a_pattern_that_cannot_be_run_any_more_is_named_and_stops_nothing() -> None:
    broken = Filter(Action.EXCLUDE, Kind.PATTERN, "(")
    assert passes([broken], Subject(Text())) == Passed((broken,))
    with pytest.raises(OutOfTime):
        found("(", "a")


def test_a_test_tells_what_would_be_lost_by_which_filter() -> None:
    filters = [out(Kind.WORDS, "train"), out(Kind.SOURCE, "Other Post")]
    articles = [Text(), Text(title="A train"), Text(source="OTHER POST")]
    told = lost(filters, articles)
    assert [(one.place, one.held.by) for one in told.lost] == [(1, filters[0]), (2, filters[1])]
    assert told.undecided == ()


def test_a_pattern_that_runs_wild_is_given_up_in_a_test() -> None:
    wild, word = out(Kind.PATTERN, WILD), out(Kind.WORDS, "train")
    seen: list[int] = []

    class Watched(Text):
        def __getattribute__(self, name: str) -> object:
            if name == "text":
                seen.append(1)
            return super().__getattribute__(name)

    told = lost([wild], [Watched(text=ENDLESS) for _ in range(40)])
    assert told.lost == ()
    assert told.undecided == (wild,)
    assert len(seen) == MOST_GIVEN_UP
    assert [one.place for one in lost([wild, word], [Text(text=ENDLESS), Text(text="A train.")]).lost] == [1]


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (out(Kind.WORDS, "ferry"), "No article that has the word “ferry”."),
        (out(Kind.WORDS, "ferry boat"), "No article that has all of the words “ferry boat”."),
        (only(Kind.PHRASE, "harbour board"), "Only articles that have the phrase “harbour board”."),
        (only(Kind.ENTITY, "Ada Reed"), "Only articles that mention Ada Reed."),
        (out(Kind.SOURCE, "Example Times"), "No article from Example Times."),
        (only(Kind.LANGUAGE, "french"), "Only articles in French."),
        (out(Kind.SECTION, "world"), "No article in the section “world”."),
        (only(Kind.PATTERN, "a{2}b"), "Only articles that fit the pattern “a{2}b”."),
    ],
)
def test_a_filter_is_told_in_a_sentence(one: Filter, says: str) -> None:
    assert describe(one) == says


def test_an_article_that_was_held_is_told_why() -> None:
    assert why(Held(out(Kind.WORDS, "x"))) == "Held back by a filter: No article that has the word “x”."
    assert why(Held(None)) == "None of the filters that choose articles fits it."


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        (Kind.WORDS, "ferry !!!", "“!!!” has no letter and no figure"),
        (Kind.WORDS, " \u200b ", "That has no letter"),
        (Kind.PHRASE, "...", "That has no letter"),
        (Kind.ENTITY, "'", "Type the name of a person"),
        (Kind.SOURCE, " ", "Type the name of a source."),
        (Kind.SECTION, "", "Type the name of a section."),
        (Kind.LANGUAGE, "Frensh", "“Frensh” is no known language."),
        (Kind.LANGUAGE, "", "“” is no known language."),
        (Kind.PHRASE, "x" * 101, "A filter has 100 characters at most; this one has 101."),
        (Kind.PATTERN, "  ", "A pattern is a regular expression"),
        (Kind.PATTERN, "(", "At character 1"),
    ],
)
def test_what_is_no_filter_is_told_why(kind: Kind, typed: str, says: str) -> None:
    with pytest.raises(BadFilter) as told:
        out(kind, typed)
    assert str(told.value).startswith(says)


@given(st.sampled_from(Kind), st.text(max_size=120))
def test_whatever_is_typed_is_a_filter_that_works_or_told_to_be_none(kind: Kind, typed: str) -> None:
    try:
        one = out(kind, typed)
    except BadFilter:
        return
    assert describe(one).endswith(".")
    assert filter_of(one.action, one.kind, one.text) == one
    assert isinstance(passes([one], Subject(Text())), Passed | Held)


def test_a_subscription_has_so_many_filters_and_each_once() -> None:
    filters: tuple[Filter, ...] = ()
    for number in range(MOST_PATTERNS):
        filters = with_filter(filters, out(Kind.PATTERN, f"a{number}"))
    with pytest.raises(BadFilter, match="5 patterns at most"):
        with_filter(filters, out(Kind.PATTERN, "b"))
    for number in range(MOST_FILTERS - MOST_PATTERNS):
        filters = with_filter(filters, out(Kind.WORDS, f"w{number}"))
    with pytest.raises(BadFilter, match="25 filters at most"):
        with_filter(filters, out(Kind.WORDS, "other"))
    with pytest.raises(BadFilter, match="there already"):
        with_filter(filters[:-1], out(Kind.WORDS, "W0."))
    assert len(with_filter((), only(Kind.WORDS, "w0"))) == 1


def test_languages_are_listed_by_name() -> None:
    names = list(languages().values())
    assert names == sorted(names)
    assert languages()["de"] == "German"
