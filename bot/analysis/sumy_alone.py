"""sumy without what it fetches pages with: that is never used here and takes 5 MB a worker."""

import importlib
import sys
from types import ModuleType

_FETCHES = "requests"


def import_alone() -> None:
    """Import the part of sumy that would bring requests, without it; where either is there do nothing.

    Whoever imports requests afterwards gets the real one.
    """
    if "sumy.utils" in sys.modules or _FETCHES in sys.modules:
        return
    sys.modules[_FETCHES] = ModuleType(_FETCHES)
    try:
        importlib.import_module("sumy.utils")
    finally:
        del sys.modules[_FETCHES]
