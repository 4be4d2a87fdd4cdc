"""The summarisers that a person would use instead, each as its own README uses it.

NLTK's trained sentence model has to be downloaded, which is not done here: sentences are NLTK's Punkt
algorithm without it, words are what ``nltk.word_tokenize`` makes of a sentence. That costs as much time and
finds a few more ends of sentences after abbreviations.
"""

# None of these has types.
# mypy: ignore-errors

import sys
import warnings
from collections.abc import Callable

from benchmarks import PEERS

type Summarise = Callable[[str, str, int], object]
"""From a title, a text and a number of sentences to a summary."""


def peers() -> dict[str, Summarise]:
    """Return the peers by name; none where they are not installed."""
    if not PEERS.is_dir():
        return {}
    sys.path.append(str(PEERS))
    warnings.simplefilter("ignore", SyntaxWarning)  # summa's patterns are older than this Python
    return {
        **{
            f"sumy {name}": _sumy(name)
            for name in ("LexRank", "TextRank", "Luhn", "LSA", "Edmundson", "Reduction")
        },
        "summa": _summa(),
        "newspaper4k": _newspaper(),
    }


def _sumy(name: str) -> Summarise:
    from nltk.tokenize.punkt import PunktSentenceTokenizer
    from sumy.nlp import tokenizers
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers import edmundson, lex_rank, lsa, luhn, reduction, text_rank
    from sumy.utils import get_stop_words

    class Tokenizer(tokenizers.Tokenizer):
        """sumy's own, with the algorithm for the model."""

        def _get_sentence_tokenizer(self, _language: str) -> PunktSentenceTokenizer:
            return PunktSentenceTokenizer()

        def _get_word_tokenizer(self, _language: str) -> "Words":
            return Words()

    class Words:
        """What ``nltk.word_tokenize`` does: sentences once more, then words."""

        def __init__(self) -> None:
            from nltk.tokenize import NLTKWordTokenizer

            self._sentences, self._words = PunktSentenceTokenizer(), NLTKWordTokenizer()

        def tokenize(self, text: str) -> list[str]:
            return [word for one in self._sentences.tokenize(text) for word in self._words.tokenize(one)]

    kinds = {
        "LexRank": lex_rank.LexRankSummarizer,
        "TextRank": text_rank.TextRankSummarizer,
        "Luhn": luhn.LuhnSummarizer,
        "LSA": lsa.LsaSummarizer,
        "Edmundson": edmundson.EdmundsonSummarizer,
        "Reduction": reduction.ReductionSummarizer,
    }

    def summarise(_title: str, text: str, count: int) -> object:
        parser = PlaintextParser.from_string(text, Tokenizer("english"))
        summariser = kinds[name](Stemmer("english"))
        stops = get_stop_words("english")
        if name == "Edmundson":
            words = parser.significant_words or ("news",)
            summariser.bonus_words, summariser.stigma_words, summariser.null_words = words, ("zzz",), stops
        else:
            summariser.stop_words = stops
        return [str(sentence) for sentence in summariser(parser.document, count)]

    return summarise


def _summa() -> Summarise:
    from summa.summarizer import summarize

    def summarise(_title: str, text: str, count: int) -> object:
        return summarize(text, words=25 * count, split=True)

    return summarise


def _newspaper() -> Summarise:
    from newspaper import nlp
    from newspaper.text import StopWords
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    nlp.split_sentences._tokenizer = PunktSentenceTokenizer()
    stops = StopWords("en")

    def summarise(title: str, text: str, count: int) -> object:
        return nlp.summarize(title, text, stops, count)

    return summarise
