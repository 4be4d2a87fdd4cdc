"""sumy's summarisers with the matrices made by numpy.

The scores are sumy's own to twelve digits; only the way there differs. sumy compares each two sentences in
Python and takes the length of both anew each time: with 500 sentences of news its LexRank takes 3.8 s and its
LSA 7.9 s, these 0.1.
"""

# sumy has no types.
# mypy: allow-untyped-calls

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from sumy.summarizers import AbstractSummarizer  # type: ignore[attr-defined]  # it marks no exports
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

type Matrix = NDArray[np.float64]

_SMOOTHING = 0.4
"""sumy's default for term frequencies."""


class Info(NamedTuple):
    """What sumy hands to a callable ``sentences_count`` for each sentence."""

    sentence: object
    order: int
    rating: float


class Sentence(Protocol):
    """What of sumy's sentence is used here."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words."""
        ...


class Document(Protocol):
    """What of sumy's document is used here."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, in order."""
        ...


type Take = Callable[[Sequence[Info]], Sequence[Info]]
type Summariser = Callable[[Document, Take], object]


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

    def _create_matrix(self, document: Document) -> Matrix:
        weights = _shared_words([self._to_words_set(sentence) for sentence in document.sentences], 1.0)
        weights /= weights.sum(axis=1)[:, None] + self._ZERO_DIVISION_PREVENTION
        jump = (1.0 - self.damping) / len(weights)
        matrix: Matrix = jump + self.damping * weights
        return matrix


class Reduction(_Lowered, ReductionSummarizer):
    """sumy's Reduction with its edges made at once."""

    def rate_sentences(self, document: Document) -> dict[Sentence, float]:
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

    def __call__(self, document: Document, sentences_count: Take) -> object:
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
