"""Scripts that measure on reference data, which is no part of the project; without it they say so."""

import sys
from pathlib import Path

DEFAULT_FOLDER = Path(__file__).parents[3] / "shared" / "data"
"""Beside the project's folder."""


def chosen_folder() -> Path:
    """Return the folder that the command line names, or the default one."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
