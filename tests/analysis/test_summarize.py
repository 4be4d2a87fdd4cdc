"""What a summary shows of an article, and what never."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.analysis.analysis import Method
from bot.analysis.sentences import sentences
from bot.analysis.summarize import RATED, summarize
from tests.analysis.articles import CHINESE, HARBOUR, article

ALL = pytest.mark.parametrize("method", list(Method))
COUNTS = pytest.mark.parametrize("count", range(1, 11))
EVERY = HARBOUR.replace("\n\n", "\n").split("\n")
LEANING = {"It", "But", "They", "However,"}


@ALL
@COUNTS
def test_a_summary_is_the_articles_own_sentences_in_its_order(method: Method, count: int) -> None:
    found = summarize(article(), count, method)
    assert found.method is method
    assert found.sentence_count == len(EVERY)
    assert 0 < len(found.sentences) <= count
    assert sorted(found.sentences, key=EVERY.index) == list(found.sentences)


@ALL
@COUNTS
def test_questions_furniture_short_sentences_and_bare_attributions_stay_out(
    method: Method, count: int
) -> None:
    shown = summarize(article(), count, method).sentences
    for never in ("Why did", "Read more", '"Nobody will'):
        assert not any(sentence.startswith(never) for sentence in shown)
    assert all(len(sentence.split()) >= 6 for sentence in shown)


@ALL
@COUNTS
def test_a_sentence_that_leans_on_another_comes_right_after_it(method: Method, count: int) -> None:
    shown = summarize(article(), count, method).sentences
    for place, sentence in enumerate(shown):
        if sentence.split()[0] in LEANING:
            assert place
            assert EVERY.index(shown[place - 1]) == EVERY.index(sentence) - 1


def test_a_sentence_that_leans_on_one_that_is_never_shown_is_never_shown() -> None:
    shown = {sentence for method in Method for sentence in summarize(article(), 10, method).sentences}
    assert EVERY[2] in shown
    assert EVERY[9] in shown
    assert EVERY[5] not in shown
    assert EVERY[6] not in shown


def test_a_chain_that_is_too_long_for_the_summary_gives_way() -> None:
    text = """\
The council of Selby Quay met on Monday evening.
It spoke about the bridge over the river Orr for four hours.
This bridge over the river Orr will cost twelve million crowns.
A ferry across the water has carried walkers since 1931.
Nine men and women work on board of the ferry."""
    shown = {
        count: summarize(article(text, "Bridge over the river Orr"), count).sentences for count in (1, 2, 3)
    }
    lines = text.split("\n")
    assert shown[1] == (lines[0],)
    assert shown[2] == (lines[0], lines[1])
    assert shown[3] == (lines[0], lines[1], lines[2])


@ALL
def test_the_first_sentence_is_not_shown_if_it_leans_on_nothing(method: Method) -> None:
    text = "They had seen it all before in the town.\n" + HARBOUR
    assert "They had seen it all before in the town." not in summarize(article(text), 10, method).sentences


@ALL
def test_equal_and_nearly_equal_sentences_are_shown_once(method: Method) -> None:
    nearly = EVERY[0].replace("on Monday", "late on Monday")
    text = HARBOUR + f"\n\n{EVERY[0]}\n{nearly}\n{EVERY[0]}"
    shown = summarize(article(text), 10, method).sentences
    assert len({EVERY[0], nearly} & set(shown)) == 1
    assert len(set(shown)) == len(shown)


@ALL
def test_a_piece_of_a_longer_quotation_is_not_shown_as_the_articles_word(method: Method) -> None:
    quotation = (
        '"The old ferry was the best thing that this town ever had.\n'
        "The council of Selby Quay sold our bridge to the cheapest builder.\n"
        'The county should stop the bridge now," said Odd Fell, who steers the ferry.'
    )
    shown = summarize(article(f"{HARBOUR}\n\n{quotation}"), 10, method).sentences
    assert not set(quotation.split("\n")) & set(shown)


PLAIN = """\
Rain fell on the hills above the town all day.
A horse won the race at the fair of Norr.
Snow closed the pass to Hallend for two nights.
The choir sang at noon before a small crowd."""


BETWEEN = """\
Bakers opened their doors before dawn in Orr.
Twelve swans crossed an empty lake near Selby.
Children painted wooden boats behind their school.
Old letters turned up under a floor in Marden."""


def test_what_stands_early_is_best() -> None:
    """The last sentence is the one whose words come again and again."""
    late = "Wolves followed wolves where wolves had hunted wolves last winter."
    lines = [*PLAIN.split("\n"), *BETWEEN.split("\n"), late]
    assert summarize(article("\n".join(lines), "Nothing"), 2).sentences == tuple(lines[:2])
    assert late in summarize(article("\n".join([*lines[:2], late, *lines[2:]]), "Nothing"), 2).sentences


def test_what_speaks_of_the_title_is_better() -> None:
    lines = PLAIN.split("\n")
    assert summarize(article(PLAIN, "Snow closed the pass to Hallend"), 2).sentences == (lines[0], lines[2])


def test_what_speaks_of_what_the_article_speaks_of_is_better() -> None:
    lines = PLAIN.split("\n")
    lines[2] = "Snow closed the pass at noon, and snow closed the pass again at night."
    assert summarize(article("\n".join(lines), "Nothing"), 2).sentences == (lines[0], lines[2])


def test_lines_that_are_never_shown_do_not_count_as_places() -> None:
    questions = "\n".join(f"Why {letter}?" for letter in "abcdefghijkl")
    text = PLAIN + "\nThe baker sold his book to a sailor from Orr."
    assert summarize(article(f"{questions}\n{text}", "Book fairs open across Ormont"), 2).sentences == tuple(
        PLAIN.split("\n")[:2]
    )


def test_words_of_every_sentence_tell_nothing_where_a_language_has_no_stop_words() -> None:
    lines = [
        "Regen viel op de heuvels boven Norr.",
        "Hagel sloeg in de nacht op Selby.",
        "De man gaf de vrouw de hond de kat en de vis.",
        "Sneeuw sloot de pas naar Hallend.",
    ]
    assert summarize(article("\n".join(lines), "De", "nl"), 2).sentences == tuple(lines[:2])


@ALL
def test_a_sentence_of_under_six_words_is_not_shown(method: Method) -> None:
    short = "The bridge reaches Selby Quay."
    assert short not in summarize(article(f"{short}\n{HARBOUR}"), 10, method).sentences


@ALL
def test_a_list_without_stops_is_not_shown(method: Method) -> None:
    endless = "The bridge of Selby Quay and " + "the bridge, " * 100 + "the bridge."
    assert endless not in summarize(article(f"{HARBOUR}\n{endless}"), 10, method).sentences


@ALL
def test_an_article_hardly_longer_than_its_summary_is_shown_whole_but_for_furniture(method: Method) -> None:
    text = (
        'Is it true?\nThe mayor left.\n"It is," she said.\nThey wept.\nShare this article with your friends.'
    )
    assert summarize(article(text), 3, method).sentences == tuple(text.split("\n")[:4])
    assert len(summarize(article(text), 2, method).sentences) == 2


@ALL
def test_an_article_of_nothing_but_what_stays_out_is_shown_from_its_beginning(method: Method) -> None:
    text = "Who is it?\nHe left.\nWho knows?\nShe stayed.\nWhy so?\nThey met."
    assert summarize(article(text), 2, method).sentences == ("Who is it?", "He left.")


@ALL
@pytest.mark.parametrize("text", ["Advertisement", "***", "Rain.", "Read more: the weather."])
def test_the_shortest_article_has_a_summary(method: Method, text: str) -> None:
    assert summarize(article(text), 3, method).sentences == (text,)


@ALL
@pytest.mark.parametrize("language", ["zh", None])
def test_chinese_is_summarised_by_its_characters(method: Method, language: str | None) -> None:
    every = sentences(CHINESE, language)
    shown = summarize(article(CHINESE, "新桥将于明年建成", language), 3, method).sentences
    assert len(shown) == 3
    assert set(shown) < set(every)
    assert "为什么这么快？" not in shown


def test_chinese_pronouns_lean_too() -> None:
    shown = summarize(article(CHINESE, "他们递交了一封信", "zh"), 2, Method.EDMUNDSON).sentences
    assert "他们在投票前向市议会递交了一封信。" not in shown


@ALL
@pytest.mark.parametrize("language", ["ar", "cs", "el", "fa", "hi", "ja", "pl", "ru", "th", "uk", "xx"])
def test_a_language_that_sumy_does_not_know_is_summarised_all_the_same(method: Method, language: str) -> None:
    assert len(summarize(article(language=language), 3, method).sentences) == 3


@ALL
def test_only_the_first_sentences_of_a_very_long_article_are_rated(method: Method) -> None:
    lines = [
        f"The ship number{place} came to harbour{place} with cargo{place} for crew{place}."
        for place in range(RATED)
    ]
    late = "The bridge bridge bridge bridge of Selby Quay opened on a bright bridge day."
    found = summarize(article("\n".join([*lines, late]), "Bridge of Selby Quay"), 10, method)
    assert found.sentence_count == RATED + 1
    assert late not in found.sentences


@pytest.mark.parametrize("count", [-1, 0, 11])
def test_no_other_number_than_one_to_ten_is_taken(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 10"):
        summarize(article(), count)


def test_the_same_article_has_the_same_summary_again() -> None:
    for method in Method:
        assert summarize(article(), 3, method) == summarize(article(), 3, method)


words = st.sampled_from(
    "the ship bridge river He it But said crew 12 Orr U.S. county. left! why? “No,” “Yes. 春天。".split(" ")
)
lines = st.lists(words, min_size=1, max_size=12).map(" ".join)
bodies = st.lists(st.lists(lines, min_size=1, max_size=8).map("\n".join), min_size=1, max_size=6).map(
    "\n\n".join
)


@settings(deadline=None)
@given(
    bodies,
    st.text(min_size=1),
    st.integers(1, 10),
    st.sampled_from(Method),
    st.sampled_from(["en", "zh", "de", None]),
)
@example("He. He. He. He. He. He.", "He", 3, Method.LEXRANK, "en")
def test_whatever_the_text_its_summary_is_taken_from_it_in_order_and_without_repeats(
    body: str, title: str, count: int, method: Method, language: str | None
) -> None:
    source = article(body, title, language)
    found = summarize(source, count, method)
    assert 0 < len(found.sentences) <= count + 1
    assert len(set(found.sentences)) == len(found.sentences)
    rest = source.text
    for sentence in found.sentences:
        assert sentence in rest
        rest = rest[rest.index(sentence) + len(sentence) :]
