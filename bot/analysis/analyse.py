"""What a worker process runs: plain values in, plain values out.

Each reader, model and library is imported by the function that needs it, so that naming one of these
functions costs the main process nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.analysis.analysis import Analysis, Entity, Method, Summary
from bot.articles.article import Article

if TYPE_CHECKING:
    from bot.analysis.entities import EntityFinder
    from bot.analysis.shingles import Shingled
    from bot.analysis.terms import Terms

WARM_UP = b"The presses roll\n\nThe first edition left the building at four. It was read by noon.\n"
"""Read once by each worker as it starts, so that every library is there for the first file."""

_finders: list["EntityFinder"] = []
"""The models of this process, at most one set: loaded once, when the worker starts."""


def load_models(models: Mapping[str, str] | None) -> None:
    """Load the English model and these, named by language; ``None`` leaves entities out."""
    from bot.analysis import nltk_stemmers, sumy_alone

    nltk_stemmers.import_alone()
    sumy_alone.import_alone()
    if models is not None:
        from bot.analysis.entities import EntityFinder

        _finders[:] = [EntityFinder(models)]


def prepare(models: Mapping[str, str] | None) -> None:
    """Load the models and everything else that analysing needs, before the first file comes."""
    load_models(models)
    analyse(WARM_UP, "warm-up.txt", None, 1, Method.BALANCED)


def read_file(data: bytes, name: str, section: str | None) -> Article:
    """Return the article in these bytes. Raises ``Refused`` where there is none."""
    from bot.articles.read import read

    return read(data, name, section)


def summarize_article(article: Article, sentences: int, method: Method) -> Summary:
    """Return a summary of this many sentences (1 to 10)."""
    from bot.analysis.summarize import summarize

    return summarize(article, sentences, method)


def find_entities(article: Article) -> tuple[Entity, ...] | None:
    """Return the article's entities, or ``None`` where this worker has no model for its language."""
    return _finders[0].find(article) if _finders else None


def analyse(data: bytes, name: str, section: str | None, sentences: int, method: Method) -> Analysis:
    """Read these bytes and return everything that is kept of them. Raises ``Refused``."""
    from bot.analysis.fingerprint import text_hash

    article = read_file(data, name, section)
    summary = summarize_article(article, sentences, method)
    _check_verbatim(article.text, summary)
    return Analysis(article, summary, find_entities(article), text_hash(article.text), *shingles_of(article))


def news_of(article: Article, old: bytes, sentences: int, method: Method) -> tuple[str, ...]:
    """Return the most telling sentences that an older text has not, whose fingerprint this is.

    They are verbatim and in the article's order; there may be none.
    """
    from bot.analysis.comparison import is_news
    from bot.analysis.sentences import sentences as split
    from bot.analysis.shingles import shingled, unpack

    known = frozenset(unpack(old).keys)
    paragraphs = [split(paragraph, article.language) for paragraph in article.paragraphs]
    new = [" ".join(s for s in paragraph if is_news(shingled("", s), known)) for paragraph in paragraphs]
    text = "\n".join(filter(None, new))
    return summarize_article(replace(article, text=text), sentences, method).sentences if text else ()


def _check_verbatim(text: str, summary: Summary) -> None:
    """Hold the promise that a summary has the article's own words, in its order."""
    end = 0
    for sentence in summary.sentences:
        start = text.find(sentence, end)
        if start < 0:
            raise ValueError("a sentence of the summary is not the article's")
        end = start + len(sentence)


def summarize_file(
    data: bytes, name: str, section: str | None, sentences: int, method: Method
) -> tuple[Article, Summary]:
    """Return the article in these bytes and its summary. Raises ``Refused``."""
    article = read_file(data, name, section)
    return article, summarize_article(article, sentences, method)


def entities_of_file(
    data: bytes, name: str, section: str | None
) -> tuple[Article, tuple[Entity, ...] | None]:
    """Return the article in these bytes and its entities. Raises ``Refused``."""
    article = read_file(data, name, section)
    return article, find_entities(article)


def shingles_of(article: Article) -> "tuple[Shingled, Terms]":
    """Return what an article is compared by."""
    from bot.analysis.shingles import shingled
    from bot.analysis.terms import terms_of

    return shingled(article.title, article.text), terms_of(article.title, article.text, article.language)


def shingles_of_file(data: bytes, name: str, section: str | None) -> "tuple[Article, Shingled, Terms]":
    """Return the article in these bytes and what it is compared by. Raises ``Refused``."""
    article = read_file(data, name, section)
    return article, *shingles_of(article)
