"""What a worker process runs: plain values in, plain values out.

Each reader, model and library is imported by the function that needs it, so that naming one of these
functions costs the main process nothing.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.analysis.analysis import Analysis, Entity, Method, Summary
from bot.articles.article import Article

if TYPE_CHECKING:
    from bot.analysis.entities import EntityFinder

WARM_UP = b"The presses roll\n\nThe first edition left the building at four. It was read by noon.\n"
"""Read once by each worker as it starts, so that every library is there for the first file."""

_finders: list["EntityFinder"] = []
"""The models of this process, at most one set: loaded once, when the worker starts."""


def load_models(models: Mapping[str, str] | None) -> None:
    """Load the English model and these, named by language; ``None`` leaves entities out."""
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
    return Analysis(article, summary, find_entities(article), text_hash(article.text))


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
