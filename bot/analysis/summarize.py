"""An article → its summary: sentences of the article, word for word, in its order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.analysis import methods
from bot.analysis.analysis import Method, Summary
from bot.analysis.selection import Vector, choose, groups
from bot.analysis.sentences import sentences as split
from bot.analysis.standalone import is_furniture, standings
from bot.analysis.words import common_words, stemmer, stop_words, words_of
from bot.articles.article import Article

MOST_SENTENCES = 10
RATED = 500
"""Only so many sentences are rated, from the first: LexRank, TextRank and LSA grow with their square."""
HARDLY_LONGER = 1
"""An article of one sentence more than asked for is shown whole: its reader would be spared nothing."""
_DECAY = 10.0
_LUHN = 0.3
_TITLE = 0.6
"""On 87 articles with summaries that people wrote, ROUGE (three sentences) is 29.8; the first three sentences
that are news have 29.1, the first three of all 27.2. It is better than the former at every length from 1 to 5
sentences and in both halves of the articles, and so is all around it: decays of 8 to 12, title weights of 0.5
to 0.8. With a decay of 3 the place decides nearly alone, and the summary is those first sentences (29.0)."""


def summarize(article: Article, sentences: int = 3, method: Method = Method.BALANCED) -> Summary:
    """Return at most ``sentences`` sentences of the article: verbatim, in its order, none twice.

    With every method a sentence of the summary has at least six words and is no question, no bare attribution
    ("…," he said), no piece of a longer quotation and no furniture of the page. One that opens with a pronoun
    or a connective comes with its predecessors, back to one that stands alone, or not at all. Of nearly equal
    ones (cosine above 0.7) one is shown. So there may be fewer than asked for.

    An article that is hardly longer (one sentence) is shown whole, but for furniture. One of which no
    sentence qualifies is shown from its beginning. Only a text of nothing but blanks has an empty summary.

    Raises ``ValueError`` unless ``sentences`` is from 1 to 10.
    """
    if not 1 <= sentences <= MOST_SENTENCES:
        raise ValueError(f"A summary has 1 to {MOST_SENTENCES} sentences, not {sentences}.")
    paragraphs = [split(paragraph, article.language) for paragraph in article.paragraphs]
    everything = [sentence for paragraph in paragraphs for sentence in paragraph]
    body = list(dict.fromkeys(s for s in everything if not is_furniture(s, article.title))) or everything[:1]
    if len(body) > sentences + HARDLY_LONGER:
        body = _best(_read(article, paragraphs), sentences, method) or body[:sentences]
    return Summary(tuple(body), method, len(everything))


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article's first sentences with what the choice needs to know of each."""

    sentences: list[str]
    groups: list[tuple[int, ...]]
    content: list[Vector]
    """The stems of each sentence without stop words."""
    title: Vector
    text: methods.Text

    def likeness(self, one: int, other: int) -> float:
        """Return the cosine of two sentences, by their places: of content words or of all, what is more."""
        by_content = self.content[one].cosine(self.content[other])
        # Few are compared: the vectors of all words are not worth making before.
        return max(by_content, self._wording(one).cosine(self._wording(other)))

    def _wording(self, place: int) -> Vector:
        return Vector.of(self.text.words[self.sentences[place]])


def _read(article: Article, paragraphs: Sequence[Sequence[str]]) -> _Reading:
    paragraphs = _first(paragraphs, RATED)
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    title = article.title.strip()
    words = {sentence: words_of(sentence) for sentence in (title, *sentences)}
    stops = stop_words(article.language) or common_words([words[sentence] for sentence in sentences])
    stem = stemmer(article.language)

    def content(sentence: str) -> Vector:
        return Vector.of(stem(word) for word in words[sentence] if word not in stops)

    return _Reading(
        sentences=sentences,
        groups=groups(standings(paragraphs, title, article.language)),
        content=[content(sentence) for sentence in sentences],
        title=content(title),
        text=methods.Text(title, _distinct(paragraphs), words, stem, stops),
    )


def _best(reading: _Reading, count: int, method: Method) -> list[str]:
    rated = _balanced(reading) if method is Method.BALANCED else _rate(reading, method)
    chosen = choose(rated, reading.groups, reading.likeness, count)
    return [reading.sentences[place] for place in chosen]


def _balanced(reading: _Reading) -> list[float]:
    """Return exp(-place / 10) + 0.3 times Luhn, of 0 to 1, + 0.6 times the cosine to the title.

    The place is counted among the sentences that may be shown: ROUGE 29.8, and 29.2 where all count.
    """
    luhn = _rate(reading, Method.LUHN)
    shown = [bool(group) for group in reading.groups]
    most = max((rating for rating, may in zip(luhn, shown, strict=True) if may), default=0.0) or 1.0
    places = accumulate(shown, initial=0)
    return [
        math.exp(-place / _DECAY) + _LUHN * rating / most + _TITLE * content.cosine(reading.title)
        for place, rating, content in zip(places, luhn, reading.content, strict=False)
    ]


def _rate(reading: _Reading, method: Method) -> list[float]:
    """Return a method's rating of each sentence; equal sentences are rated once."""
    distinct = dict.fromkeys(reading.sentences)
    rating_of = dict(zip(distinct, methods.ratings(reading.text, method), strict=True))
    return [rating_of[sentence] for sentence in reading.sentences]


def _first(paragraphs: Sequence[Sequence[str]], count: int) -> list[Sequence[str]]:
    """Return the first sentences, by paragraph."""
    kept: list[Sequence[str]] = []
    for paragraph in paragraphs:
        if count > 0 and paragraph:
            kept.append(paragraph[:count])
            count -= len(paragraph)
    return kept


def _distinct(paragraphs: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return each sentence at its first place only: sumy keeps ratings by sentence, not by place."""
    seen: set[str] = set()
    kept = []
    for paragraph in paragraphs:
        new = tuple(sentence for sentence in dict.fromkeys(paragraph) if sentence not in seen)
        seen.update(new)
        if new:
            kept.append(new)
    return tuple(kept)
