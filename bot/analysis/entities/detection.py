"""Article → mentions: the model is run over a text in pieces, and what it says is cut down to names."""

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language

from bot.analysis.entities.mentions import Mention, joined, mask, mention
from bot.analysis.entities.names import LONGEST_NAME, fold
from bot.analysis.entities.recount import overlooked
from bot.analysis.entities.spacy_model import KINDS, memory
from bot.articles.article import Article

LONGEST_TEXT = 100_000
"""Characters of a text that are looked at, some 17,000 words: 1.3 s, or 7 s if every character is a token."""

_PIECE = 2_000
_AT_ONCE = 16_000
"""Characters in a piece, and of all that go through the model together: as fast as whole texts, while 100,000
characters in one paragraph take 10 MB more instead of 360. Eight pieces together, however short, took a tenth
longer."""
_QUARTERS = 4
"""spaCy's recogniser takes a quarter of a batch at a time. To take all pieces at once costs a fifth less."""

_NO_SPACES = frozenset({"ja", "km", "lo", "my", "th", "zh"})
_ENDLESS = re.compile(rf"\S{{{LONGEST_NAME + 1},}}")
"""A "word" longer than any name. spaCy's tokenizer takes punctuation off one character at a time, searching
the rest each time: 100,000 brackets in a row took 26 s, blanked they take 0.2."""

_DATELINE = re.compile(r"[^()\n]{2,60}\((?P<agency>[^()\n]{2,40})\)\s*[-\u2013\u2014]")
_CREDITS = re.compile(r"\W{0,3}(?:additional )?(?:reporting|writing|editing) by ", re.IGNORECASE)

type _Span = tuple[int, int]


def find_mentions(nlp: Language, article: Article) -> list[Mention]:
    """Return the mentions of persons, organisations and places in the article's text, in its order.

    The text is looked at paragraph by paragraph, which finds as much as looking at the whole (5,690 mentions
    in 102 articles, and 5,692). The agency in a dateline ("LONDON (Reuters) -") and lines that only credit
    writers are no part of the news.
    """
    text = _bounded(article)
    found, spans = _recognised(nlp, text, list(_credit_lines(text, article.byline)))
    agency, taken = _dateline_agency(text), mask(len(text), spans)
    mentions = [joined(text, one, taken) for one in found if not agency[0] <= one.start < agency[1]]
    taken = mask(len(text), [*spans, *((one.start, one.end) for one in mentions)])
    return sorted([*mentions, *overlooked(text, mentions, taken)], key=lambda one: one.start)


def _bounded(article: Article) -> str:
    """Return the part of the text that is looked at, endless words blanked; places in it are the text's."""
    text = article.text[:LONGEST_TEXT]
    if article.language in _NO_SPACES:
        return text
    return _ENDLESS.sub(lambda endless: " " * len(endless[0]), text)


def _credit_lines(text: str, byline: str | None) -> Iterator[_Span]:
    names = {fold(byline), fold(f"By {byline}")} if byline else set()
    for start, end in _paragraphs(text):
        is_name = names and fold(text[start : min(end, start + LONGEST_NAME)]) in names
        if is_name or _CREDITS.match(text, start, end):
            yield start, end


def _dateline_agency(text: str) -> _Span:
    found = _DATELINE.match(text)
    return found.span("agency") if found else (0, 0)


def _recognised(nlp: Language, text: str, leave_out: list[_Span]) -> tuple[list[Mention], list[_Span]]:
    """Return the mentions that the model finds, and where anything stands that it found or is left out."""
    mentions: list[Mention] = []
    spans = list(leave_out)
    pieces = ((text[start:end], start) for start, end in _pieces(text, frozenset(leave_out)))
    for some in _together(pieces):
        with memory(nlp):
            for doc, offset in nlp.pipe(some, as_tuples=True, batch_size=_QUARTERS * len(some)):
                for entity in doc.ents:
                    start, end = offset + entity.start_char, offset + entity.end_char
                    spans.append((start, end))
                    kind = KINDS.get(entity.label_)
                    if kind and (named := mention(text, start, end, kind)):
                        mentions.append(named)
    return mentions, spans


def _together(pieces: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Yield the pieces that go through the model together."""
    some: list[tuple[str, int]] = []
    size = 0
    for piece in pieces:
        if some and size + len(piece[0]) > _AT_ONCE:
            yield some
            some, size = [], 0
        some.append(piece)
        size += len(piece[0])
    if some:
        yield some


def _pieces(text: str, leave_out: frozenset[_Span]) -> Iterator[_Span]:
    """Yield where paragraphs stand, long ones cut at a space."""
    for start, end in _paragraphs(text):
        if (start, end) not in leave_out:
            while end - start > _PIECE:
                space = text.rfind(" ", start, start + _PIECE)
                cut = space if space > start else start + _PIECE
                yield start, cut
                start = cut  # noqa: PLW2901 (what is left of the paragraph)
            yield start, end


def _paragraphs(text: str) -> Iterator[_Span]:
    start = 0
    for paragraph in text.split("\n\n"):
        yield start, start + len(paragraph)
        start += len(paragraph) + len("\n\n")
