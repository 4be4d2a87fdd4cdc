"""That the ratings are sumy's own. Where these classes differ from it, this says so."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence  # type: ignore[attr-defined]  # no exports
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from bot.analysis.analysis import Method
from bot.analysis.methods import Text, ratings
from bot.analysis.words import stemmer, stop_words, words_of
from tests.analysis.articles import HARBOUR

SUMY: dict[Method, Callable[..., Any]] = {
    Method.LEXRANK: LexRankSummarizer,
    Method.TEXTRANK: TextRankSummarizer,
    Method.LUHN: LuhnSummarizer,
    Method.LSA: LsaSummarizer,
    Method.REDUCTION: ReductionSummarizer,
}
RATED = [*SUMY, Method.EDMUNDSON]


def text_of(sentences: Sequence[str], title: str = "A bridge over the Orr") -> Text:
    words = {sentence: words_of(sentence) for sentence in (title, *sentences)}
    return Text(title, (tuple(sentences[:3]), tuple(sentences[3:])), words, stemmer("en"), stop_words("en"))


def sumys_own(text: Text, method: Method) -> list[float]:
    summariser = SUMY[method](text.stem)
    summariser.stop_words = text.stop_words
    rated: dict[int, float] = {}

    def take(infos: Sequence[Any]) -> Sequence[Any]:
        rated.update({info.order: info.rating for info in infos})
        return infos

    paragraphs = [Paragraph(Sentence(s, text) for s in paragraph) for paragraph in text.paragraphs]
    summariser(ObjectDocumentModel(paragraphs), take)
    return [rated[order] for order in range(len(rated))]


lines = st.lists(
    st.sampled_from("the bridge bridges river Orr ships sailed crew of is vote".split(" ")), min_size=1
)
texts = st.lists(lines.map(" ".join), min_size=3, max_size=12, unique=True)


@pytest.mark.parametrize("method", list(SUMY))
def test_ratings_of_an_article_are_sumys_own(method: Method) -> None:
    text = text_of(HARBOUR.replace("\n\n", "\n").split("\n"))
    found = ratings(text, method)
    assert len(set(found)) > 5
    assert found == pytest.approx(sumys_own(text, method), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("method", [Method.TEXTRANK, Method.LUHN, Method.REDUCTION])
@settings(deadline=None)
@given(texts)
def test_ratings_of_any_text_are_sumys_own(method: Method, sentences: list[str]) -> None:
    text = text_of(sentences)
    assert ratings(text, method) == pytest.approx(sumys_own(text, method), rel=1e-9, abs=1e-9)


@settings(deadline=None)
@given(texts)
def test_lexrank_ranks_as_sumy_does_wherever_sumy_ranks(sentences: list[str]) -> None:
    text = text_of(sentences)
    found = ratings(text, Method.LEXRANK)
    with np.errstate(invalid="ignore"):
        own = sumys_own(text, Method.LEXRANK)
    if np.isnan(own).any():
        assert found == [1 / len(sentences)] * len(sentences)
    else:
        assert found == pytest.approx(own, rel=1e-9, abs=1e-9)


def test_lexrank_rates_two_sentences_without_a_common_word_alike_where_sumy_has_no_number() -> None:
    text = text_of(["Ships sailed home.", "Rivers froze over."])
    with np.errstate(invalid="ignore"):
        assert np.isnan(sumys_own(text, Method.LEXRANK)).all()
    assert ratings(text, Method.LEXRANK) == [0.5, 0.5]


@pytest.mark.parametrize("method", RATED)
@pytest.mark.parametrize("sentences", [[], ["..."], ["of the", "the of"], ["Ship."]])
def test_what_cannot_be_rated_has_numbers_too(method: Method, sentences: list[str]) -> None:
    found = ratings(text_of(sentences), method)
    assert len(found) == len(sentences)
    assert np.isfinite(found).all()


def test_edmundson_prefers_the_words_of_the_title() -> None:
    middle = ["Ships sailed home with fish.", "The bridge crosses the Orr.", "Crews drank tea at noon."]
    sentences = ["First of all.", "Second.", "Third.", "Fourth.", *middle, "Last."]
    found = ratings(text_of(sentences), Method.EDMUNDSON)
    # Bridge and Orr count as cues, as words of the title and again by their place in the heading.
    assert found[5] - found[4] == found[5] - found[6] == 6


def test_edmundson_takes_the_frequent_words_where_the_title_has_none() -> None:
    filler = [f"One{number} two{number} three{number}." for number in range(4)]
    sentences = [*filler, "Fish swam.", "Crews sang.", "Fish bit crews and fish.", "Last."]
    found = ratings(text_of(sentences, "The"), Method.EDMUNDSON)
    assert found[6] > found[5]
