"""What a worker runs in place of the analysis: it hangs on one file, as a reader's mistake would."""

from pathlib import Path

from bot.analysis import analyse
from bot.analysis.analysis import Analysis, Method

HANGS = b"This text makes its reader hang."

SIGN = "hanging"
"""The file that tells that it does, in the folder in which the program was started."""


def analyse_or_hang(data: bytes, name: str, section: str | None, sentences: int, method: Method) -> Analysis:
    """Return the analysis, or nothing at all, ever."""
    if HANGS in data:
        Path(SIGN).touch()
    while HANGS in data:
        pass
    return analyse.analyse(data, name, section, sentences, method)
