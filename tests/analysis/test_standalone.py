"""Which sentences are news, and which stand alone. The sentences are invented."""

import pytest

from bot.analysis.standalone import (
    Standing,
    is_bare_attribution,
    is_furniture,
    is_question,
    leans,
    length,
    quotation_pieces,
    standings,
)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "He left the town by boat on Monday."),
        ("en", "“It's over for the ferry,” Mara Lind told the council."),
        ("en", "However, two builders complained to the county."),
        ("en", "In addition, the county pays for the road."),
        ("en", "SELBY QUAY (Reuters) - They sold the ferry on Monday."),
        ("en", "The ferry will be sold next year, he said."),
        ("en", "“The ferry will be sold to the county next year.”"),
        (None, "But nobody came to see the bridge."),
        ("de", "Sie verkauften die Fähre am Montag."),
        ("de", "Außerdem zahlt der Kreis die Straße."),
        ("fr", "Cependant, le comté paie la route."),
        ("es", "Sin embargo, nadie vino a ver el puente."),
        ("it", "Tuttavia nessuno ha visto il ponte."),
        ("pt", "No entanto, ninguém viu a ponte."),
        ("nl", "Bovendien betaalt de provincie de weg."),
        ("zh", "他们卖掉了渡船。"),
        ("ja", "しかし、橋はまだない。"),
    ],
)
def test_a_pronoun_a_connective_or_a_nameless_speaker_leans_on_what_came_before(
    language: str | None, sentence: str
) -> None:
    assert leans(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Hesketh left the town by boat on Monday."),
        ("en", "Italy and Iceland paid for the bridge."),
        ("en", "“The ferry is sold,” said Mara Lind, who is the mayor."),
        ("en", "In Addis Ababa the council met on Monday."),
        ("en", "Theirry Butler sold the ferry."),
        ("en", "US firms and IT firms paid for the bridge."),
        ("en", "Mara Lind, of the town (Labour) that sold the ferry, left."),
        ("sv", "I Stockholm byggs en ny bro."),
        ("de", "Das Boot liegt im Hafen von Selby."),
        ("fr", "En France, le pont est fini."),
        ("zh", "市议会卖掉了渡船。"),
    ],
)
def test_a_sentence_with_its_own_subject_stands_alone(language: str | None, sentence: str) -> None:
    assert not leans(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", '"We will build this bridge before the summer," he said.'),
        ("en", "“We will build this bridge before the summer,” she told the BBC."),
        ("en", "We will build this bridge before the summer,” he added."),
        ("en", "“We will build this bridge,” she said, “before the summer.”"),
        ("de", "„Wir bauen diese Brücke noch vor dem Sommer“, sagte er."),
        ("es", "«Construiremos este puente antes del verano», dijo."),
        ("zh", "“我们将在夏天之前建成这座桥。”他说。"),
    ],
)
def test_a_quotation_of_a_pronoun_is_a_bare_attribution(language: str, sentence: str) -> None:
    assert is_bare_attribution(sentence, language)


@pytest.mark.parametrize(
    "sentence",
    [
        "“We will build this bridge,” said Mara Lind, the mayor of Selby Quay.",
        "The council called the bridge “a gift to the whole county”.",
        "He said that the bridge will be built before the summer.",
    ],
)
def test_a_quotation_with_its_speaker_is_no_bare_attribution(sentence: str) -> None:
    assert not is_bare_attribution(sentence, "en")


@pytest.mark.parametrize(
    "line",
    [
        "Read more: the ferry of 1931.",
        "Advertisement",
        "(Reporting by Mara Lind; editing by Odd Fell)",
        "Photo: Odd Fell",
        "2 Min Read",
        "Sign up for our newsletter.",
        "Mara Lind contributed to this report.",
        "The title",
    ],
)
def test_lines_of_the_page_and_the_headline_are_furniture(line: str) -> None:
    assert is_furniture(line, "The title")


@pytest.mark.parametrize(
    "sentence",
    [
        "Advertisement spending rose by 4 percent.",
        "Related companies paid for the bridge.",
        "Copyright law changed in 2020.",
        "Photographs of the bridge were sold.",
        "Sharing this road with walkers is forbidden.",
    ],
)
def test_news_about_such_things_is_no_furniture(sentence: str) -> None:
    assert not is_furniture(sentence, "The title")


def test_a_question_is_known_by_its_mark_be_it_quoted() -> None:
    assert is_question("Who sold the ferry to the county?", "en")
    assert is_question("“Who sold the ferry?” asked the mayor of Selby Quay.", "en")
    assert is_question("谁卖掉了渡船？", "zh")
    assert is_question("Ποιος πούλησε το πλοίο;", "el")
    assert not is_question("The mayor left; nobody knew why.", "en")


def test_length_is_counted_in_words_and_in_characters_where_there_are_no_blanks() -> None:
    assert length("The ferry — sold for $3.5m — left.") == 6
    assert 5 < length("市议会卖掉了旧渡船。") < 6


def test_sentences_within_a_quotation_are_its_pieces() -> None:
    paragraph = [
        "Lind spoke.",
        '"We won.',
        "The county lost.",
        'Nobody cheered," she said.',
        "The ferry left.",
    ]
    assert quotation_pieces(paragraph) == [False, True, True, True, False]


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_all_pieces() -> None:
    assert quotation_pieces(["Lind spoke.", "“We won.", "The county lost."]) == [False, True, True]


def test_a_quotation_that_is_never_closed_spoils_nothing_else() -> None:
    paragraph = ["Lind “spoke.", *["The county lost."] * 10]
    assert not any(quotation_pieces(paragraph))


def test_half_of_a_pair_of_single_quotes_makes_a_piece() -> None:
    paragraph = ["‘We won.", "Nobody cheered,’ said Lind.", "‘We won,’ said Lind.", "The crew's ferry left."]
    assert quotation_pieces(paragraph) == [True, True, False, False]


def test_a_name_or_a_measure_in_quotes_is_no_piece() -> None:
    paragraph = ['(CNN)"The Ferry" is a show.', 'The 10" pipe broke.', "The ‘old’ ferry isn’t lost."]
    assert not any(quotation_pieces(paragraph))


def test_a_line_without_a_stop_is_no_sentence_among_those_that_have_one() -> None:
    news = "The county paid for the new bridge."
    caption = "The old ferry at its last landing stage"
    assert standings([[news, news, caption]], "", "en") == [Standing.ALONE, Standing.ALONE, Standing.NEVER]
    assert standings([[caption, caption]], "", "en") == [Standing.ALONE, Standing.ALONE]
