"""sumy's methods as raters of sentences."""

# sumy has no types.
# mypy: allow-untyped-calls

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sumy.models import dom
from sumy.summarizers.edmundson import EdmundsonSummarizer

from bot.analysis.analysis import Method
from bot.analysis.summarisers import (
    Document,
    Info,
    LexRank,
    Lsa,
    Luhn,
    Reduction,
    Sentence,
    Summariser,
    Take,
    TextRank,
)

type Stem = Callable[[str], str]

_ABSENT = frozenset({"\0"})
"""A word that stands in no text: Edmundson's method refuses empty sets of words."""
_BONUS_WORDS = 10


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

    def take(infos: Sequence[Info]) -> Sequence[Info]:
        for info in infos:
            rated[info.order] = float(info.rating)
        return infos

    if count:
        _MAKERS[method](text)(_document(text, with_title=method is Method.EDMUNDSON), take)
    return rated


class _WithStopWords(Protocol):
    stop_words: frozenset[str]

    def __call__(self, document: Document, sentences_count: Take) -> object: ...


# sumy has no types: these names give its classes some.
_sentence: Callable[[str, Text, bool], Sentence] = dom.Sentence  # type: ignore[attr-defined]
_paragraph: Callable[[Iterable[Sentence]], object] = dom.Paragraph  # type: ignore[attr-defined]
_model: Callable[[Iterable[object]], Document] = dom.ObjectDocumentModel  # type: ignore[attr-defined]


def _document(text: Text, *, with_title: bool) -> Document:
    """Return sumy's model of the text; the title, where wanted, is the heading of the first paragraph."""
    paragraphs = [
        [_sentence(sentence, text, False) for sentence in paragraph] for paragraph in text.paragraphs
    ]
    if with_title:
        paragraphs[0].insert(0, _sentence(text.title, text, True))
    return _model(_paragraph(paragraph) for paragraph in paragraphs)


def _plain(make: Callable[[Stem], _WithStopWords]) -> Callable[[Text], Summariser]:
    """Make a summariser that needs stop words and nothing else."""

    def made(text: Text) -> Summariser:
        summariser = make(text.stem)
        summariser.stop_words = text.stop_words
        return summariser

    return made


def _edmundson(text: Text) -> Summariser:
    """Make Edmundson's cue, title and location methods; cues are the title's words, else frequent ones."""
    made = EdmundsonSummarizer(text.stem)
    made.bonus_words = _without(text.stop_words, text.words[text.title]) or _frequent_words(text) or _ABSENT
    made.stigma_words = _ABSENT
    made.null_words = text.stop_words or _ABSENT
    rate: Summariser = made
    return rate


def _frequent_words(text: Text) -> frozenset[str]:
    sentences = (sentence for paragraph in text.paragraphs for sentence in paragraph)
    counts = Counter(
        word for sentence in sentences for word in _without(text.stop_words, text.words[sentence])
    )
    return frozenset(word for word, _ in counts.most_common(_BONUS_WORDS))


def _without(stop_words: frozenset[str], words: Collection[str]) -> frozenset[str]:
    return frozenset(words) - stop_words


_MAKERS: Mapping[Method, Callable[[Text], Summariser]] = {
    Method.LEXRANK: _plain(LexRank),
    Method.TEXTRANK: _plain(TextRank),
    Method.LUHN: _plain(Luhn),
    Method.LSA: _plain(Lsa),
    Method.EDMUNDSON: _edmundson,
    Method.REDUCTION: _plain(Reduction),
}
