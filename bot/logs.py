"""The log: one line per event, on standard error, never with the token in it."""

import logging
import sys

LIBRARIES = ("discord", "watchfiles", "alembic", "aiosqlite", "asyncio", "trafilatura", "htmldate")
"""They tell at INFO what an operator does not need, and at DEBUG what people said."""


def set_up(level: str, secret: str = "") -> None:
    """Log from this level on, with the secret blotted out wherever it would stand."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)-7s %(message)s", secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Discreet(logging.Formatter):
    """Formats a record, traceback included, and blots out the secret."""

    def __init__(self, layout: str, secret: str) -> None:
        super().__init__(layout)
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line.replace(self._secret, "[token]") if self._secret else line
