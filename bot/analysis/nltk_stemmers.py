"""NLTK's stemmers without the rest of NLTK: sumy needs no more of it, and the rest takes 17 MB a worker.

Importing any part of NLTK imports all of it, corpora, parsers and their dependencies. Here its packages are
put in place bare, so that only the modules that the stemmers name are read.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

_BARE = ("nltk", "nltk.stem", "nltk.corpus")


def import_alone() -> None:
    """Import the stemmers, and nothing that they do not need; where NLTK is imported already do nothing.

    The stop words of its corpora are left out: the stemmers ask for them only where they are told to ignore
    those, and sumy does not.
    """
    found = None if "nltk" in sys.modules else importlib.util.find_spec("nltk")
    if found is None or found.origin is None:
        return
    root = Path(found.origin).parent
    for name in _BARE:
        package = ModuleType(name)
        package.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = package
    vars(sys.modules["nltk.corpus"])["stopwords"] = None
    importlib.import_module("nltk.stem.snowball")
