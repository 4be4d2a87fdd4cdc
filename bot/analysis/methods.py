"""sumy's summarisers as raters of sentences, with the matrices made by numpy.

The scores are sumy's own to twelve digits; only the way there differs. sumy compares each two sentences in
Python and takes the length of both anew each time: SLOWER
"""

# sumy has no types.
# mypy: allow-untyped-calls

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from sumy.models import dom
from sumy.summarizers import AbstractSummarizer  # type: ignore[attr-defined]  # it marks no exports
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from bot.analysis.analysis import Method

type Matrix = NDArray[np.float64]
type Stem = Callable[[str], str]

_ABSENT = frozenset({"\0"})
"""A word that stands in no text: Edmundson's method refuses empty sets of words."""
_BONUS_WORDS = 10
_SMOOTHING = 0.4
"""sumy's default for term frequencies."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a method rates: distinct sentences by paragraph, their words, and what belongs to the language."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    words: Mapping[str, tuple[str, ...]]
    """The words of the title and of every sentence."""
    stem: Stem
    stop_words: frozenset[str]

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Answer sumy, which calls this of its tokenizer."""
        return self.words[sentence]


def ratings(text: Text, method: Method) -> list[float]:
    """Rate each sentence by a method of sumy's: the higher, the better; comparable within one text only.

    Methods: LexRank (Erkan and Radev 2004), TextRank (Mihalcea and Tarau 2004), Luhn (1958), LSA (Steinberger
    and Ježek 2004), Edmundson (1969) and Reduction (https://github.com/adamfabish/Reduction). What a method
    cannot rate, such as a text without any word, is rated 0. Raises ``KeyError`` for what is none of sumy's.
    """
    count = sum(len(paragraph) for paragraph in text.paragraphs)
    rated = [0.0] * count

    def take(infos: Sequence[_Info]) -> Sequence[_Info]:
        for info in infos:
            rated[info.order] = float(info.rating)
        return infos

    if count:
        _MAKERS[method](text)(_document(text, with_title=method is Method.EDMUNDSON), take)
    return rated


class _Info(NamedTuple):
    """What sumy hands to a callable ``sentences_count`` for each sentence."""

    sentence: object
    order: int
    rating: float


class _Sentence(Protocol):
    @property
    def words(self) -> tuple[str, ...]: ...


class _Document(Protocol):
    @property
    def sentences(self) -> tuple[_Sentence, ...]: ...
    @property
    def words(self) -> tuple[str, ...]: ...


type _Take = Callable[[Sequence[_Info]], Sequence[_Info]]
type _Summariser = Callable[[_Document, _Take], object]


class _WithStopWords(Protocol):
    stop_words: frozenset[str]

    def __call__(self, document: _Document, sentences_count: _Take) -> object: ...


# sumy has no types: these names give its classes some.
_sentence: Callable[[str, Text, bool], _Sentence] = dom.Sentence  # type: ignore[attr-defined]
_paragraph: Callable[[Iterable[_Sentence]], object] = dom.Paragraph  # type: ignore[attr-defined]
_model: Callable[[Iterable[object]], _Document] = dom.ObjectDocumentModel  # type: ignore[attr-defined]


def _document(text: Text, *, with_title: bool) -> _Document:
    """Return sumy's model of the text; the title, where wanted, is the heading of the first paragraph."""
    paragraphs = [
        [_sentence(sentence, text, False) for sentence in paragraph] for paragraph in text.paragraphs
    ]
    if with_title:
        paragraphs[0].insert(0, _sentence(text.title, text, True))
    return _model(_paragraph(paragraph) for paragraph in paragraphs)


def _counts(sentences: Sequence[Sequence[str]]) -> Matrix:
    """Return how often each word (a column) stands in each sentence (a row)."""
    columns: dict[str, int] = {}
    for words in sentences:
        for word in words:
            columns.setdefault(word, len(columns))
    matrix = np.zeros((len(sentences), len(columns)))
    for row, words in enumerate(sentences):
        for word, count in Counter(words).items():
            matrix[row, columns[word]] = count
    return matrix


def _shared_words(sentences: Sequence[Sequence[str]], of_single_words: float) -> Matrix:
    """Return how many words each two sentences share, divided by the logarithms of their lengths.

    Of two sentences of one word each, whose logarithms are 0, a shared word counts ``of_single_words``.
    """
    counts = _counts(sentences)
    shared = counts @ counts.T
    logs = np.log(np.maximum(counts.sum(axis=1), 1.0))
    norms = logs[:, None] + logs[None, :]
    return np.where(norms > 0, shared / np.where(norms > 0, norms, 1.0), shared * of_single_words)


class _Lowered(AbstractSummarizer):
    """Takes words as they are: ours are in lower case, and sumy would lower each anew a dozen times."""

    @staticmethod
    def normalize_word(word: str) -> str:
        return word

    def stem_word(self, word: str) -> str:
        stem: str = self._stemmer(word)
        return stem


class LexRank(_Lowered, LexRankSummarizer):
    """sumy's LexRank that also rates texts in which no sentence resembles another, itself included."""

    @staticmethod
    def _compute_idf(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
        frequencies = Counter(word for words in sentences for word in set(words))
        return {word: math.log(len(sentences) / (1 + count)) for word, count in frequencies.items()}

    def _create_matrix(
        self,
        sentences: Sequence[Sequence[str]],
        threshold: float,
        tf_metrics: Sequence[Mapping[str, float]],  # noqa: ARG002  # sumy passes it; the counts give it too
        idf_metrics: Mapping[str, float],
    ) -> Matrix:
        counts = _counts(sentences)
        idf = np.array(
            [idf_metrics[word] for word in dict.fromkeys(word for words in sentences for word in words)]
        )
        vectors = counts / np.maximum(counts.max(axis=1, initial=0.0), 1.0)[:, None] * idf
        norms = np.sqrt((vectors**2).sum(axis=1))
        vectors /= np.where(norms > 0, norms, 1.0)[:, None]
        matrix = (vectors @ vectors.T > threshold).astype(np.float64)
        stochastic: Matrix = matrix / np.maximum(matrix.sum(axis=1), 1.0)[:, None]
        return stochastic

    @staticmethod
    def power_method(matrix: Matrix, epsilon: float) -> Matrix:
        """Return the rank of each sentence; all alike where the matrix is empty."""
        # Of two sentences, words in one alone have an idf of log(2 / 2): no edges, and sumy divides by zero.
        if not matrix.any():
            return np.full(len(matrix), 1.0 / len(matrix))
        ranks: Matrix = LexRankSummarizer.power_method(matrix, epsilon)
        return ranks


class TextRank(_Lowered, TextRankSummarizer):
    """sumy's TextRank with its matrix made at once."""

    def _create_matrix(self, document: _Document) -> Matrix:
        weights = _shared_words([self._to_words_set(sentence) for sentence in document.sentences], 1.0)
        weights /= weights.sum(axis=1)[:, None] + self._ZERO_DIVISION_PREVENTION
        jump = (1.0 - self.damping) / len(weights)
        matrix: Matrix = jump + self.damping * weights
        return matrix


class Reduction(_Lowered, ReductionSummarizer):
    """sumy's Reduction with its edges made at once."""

    def rate_sentences(self, document: _Document) -> dict[_Sentence, float]:
        """Return the sum of each sentence's edges to the others."""
        edges = _shared_words([self._to_words_set(sentence) for sentence in document.sentences], 0.0)
        np.fill_diagonal(edges, 0.0)
        return dict(zip(document.sentences, edges.sum(axis=1), strict=True))


class Luhn(_Lowered, LuhnSummarizer):
    """sumy's Luhn, which looks the significant words up in a set."""

    def _get_significant_words(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(super()._get_significant_words(words))


class Lsa(_Lowered, LsaSummarizer):
    """sumy's LSA without the decomposition.

    sumy keeps every dimension (``REDUCTION_RATIO`` is 1) and ranks sentence j by √Σᵢ(σᵢ·vᵢⱼ)². Over all
    dimensions this is the length of column j of the matrix that was decomposed. So that length is taken.
    """

    def __call__(self, document: _Document, sentences_count: _Take) -> object:
        """Rate the sentences of a document and hand them to ``sentences_count``."""
        dictionary = self._create_dictionary(document)
        stems = [map(self.stem_word, sentence.words) for sentence in document.sentences]
        counts = _counts([[stem for stem in words if stem in dictionary] for words in stems])
        most = counts.max(axis=1, initial=0.0)[:, None]
        frequencies = counts / np.maximum(most, 1.0)
        weights = np.where(most > 0, _SMOOTHING + (1.0 - _SMOOTHING) * frequencies, 0.0)
        lengths = np.sqrt((weights**2).sum(axis=1))
        return self._get_best_sentences(
            document.sentences, sentences_count, dict(zip(document.sentences, lengths, strict=True))
        )


def _plain(make: Callable[[Stem], _WithStopWords]) -> Callable[[Text], _Summariser]:
    """Make a summariser that needs stop words and nothing else."""

    def made(text: Text) -> _Summariser:
        summariser = make(text.stem)
        summariser.stop_words = text.stop_words
        return summariser

    return made


def _edmundson(text: Text) -> _Summariser:
    """Make Edmundson's cue, title and location methods; cues are the title's words, else frequent ones."""
    made = EdmundsonSummarizer(text.stem)
    made.bonus_words = _without(text.stop_words, text.words[text.title]) or _frequent_words(text) or _ABSENT
    made.stigma_words = _ABSENT
    made.null_words = text.stop_words or _ABSENT
    rate: _Summariser = made
    return rate


def _frequent_words(text: Text) -> frozenset[str]:
    sentences = (sentence for paragraph in text.paragraphs for sentence in paragraph)
    counts = Counter(
        word for sentence in sentences for word in _without(text.stop_words, text.words[sentence])
    )
    return frozenset(word for word, _ in counts.most_common(_BONUS_WORDS))


def _without(stop_words: frozenset[str], words: Collection[str]) -> frozenset[str]:
    return frozenset(words) - stop_words


_MAKERS: Mapping[Method, Callable[[Text], _Summariser]] = {
    Method.LEXRANK: _plain(LexRank),
    Method.TEXTRANK: _plain(TextRank),
    Method.LUHN: _plain(Luhn),
    Method.LSA: _plain(Lsa),
    Method.EDMUNDSON: _edmundson,
    Method.REDUCTION: _plain(Reduction),
}
