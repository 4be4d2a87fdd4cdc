"""The log: one line per event, on standard error, as text or as JSON, never with the token in it.

DEBUG is for details, INFO for what happened, WARNING for what mends itself, ERROR for what needs a person.
"""

import copy
import io
import json
import logging
import math
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO
from urllib.parse import quote

LIBRARIES = ("discord", "watchfiles", "alembic", "aiosqlite", "asyncio", "aiohttp", "trafilatura", "htmldate")
"""They tell at INFO what an operator does not need, and at DEBUG what people said."""

LINE = 20_000
"""Characters of one event in the log, at most."""

MESSAGE = 2_000
"""Characters of its message, and of one line of a traceback: no sentence of ours is longer, an article is."""

SAFE_INTEGER = 2**53
"""What is larger is written as a text, as Discord does with its ids: many programs would round it."""

_PASSING_SECRET = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]+")
"""An address of discord.py's that lets its holder answer in the bot's place for 15 minutes."""

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}

Style = Literal["text", "json"]


NAME_SHOWN = 40
"""Characters of the name of a channel or a server: members chose it."""

_PLACE = re.compile(r"\b(?P<kind>channel|server) (?P<id>\d{15,20})\b")

Names = Callable[[str, int], str | None]
"""Returns the name of a ``"channel"`` or a ``"server"`` by its id, ``None`` if it is not known."""

_names: list[Names] = []


def name_places(names: Names) -> None:
    """Have lines that tell of a channel or a server by its id tell its name too."""
    _names[:] = [names]


def _named(text: str) -> str:
    def name(match: re.Match[str]) -> str:
        kind, number = match["kind"], match["id"]
        found = next((name for names in _names if (name := names(kind, int(number)))), None)
        return match[0] if found is None else f"{kind} {shortened(found, NAME_SHOWN)} ({number})"

    return _PLACE.sub(name, text) if _names else text


def set_up(level: str, style: Style = "text", secret: str = "") -> None:
    """Log from this level on, with the secret blotted out wherever it would stand."""
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    handler = _Quiet(sys.stderr)
    handler.setFormatter(Json(secret) if style == "json" else Text(secret))
    handler.addFilter(_passing_trouble)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    sys.excepthook = _told_at_the_end


def tell_end(sentence: str) -> None:
    """Tell why the program ends: in the log where that is for machines, else as ``gazette: …``."""
    if any(isinstance(handler.formatter, Json) for handler in logging.getLogger().handlers):
        logging.getLogger("bot").error("%s", sentence)
    else:
        print(f"gazette: {sentence}", file=sys.stderr)  # noqa: T201 (these are the program's last words)


def visible(text: str) -> str:
    r"""Return the text with whatever cannot be seen written out, as ``\n`` or ``\x1b``.

    What is left makes no second line, gives a terminal no order, and can be written in any encoding of
    Unicode's.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shortened(text: str, limit: int) -> str:
    """Return a text of at most ``limit`` characters: its beginning and its end, and how much is missing."""
    if len(text) <= limit:
        return text
    gap = f" … {len(text):,} characters in all … "
    kept = max(0, limit - len(gap))
    tail = kept // 2
    return (text[: kept - tail] + gap + text[len(text) - tail :])[:limit]


class _Discreet(logging.Formatter):
    """What both forms share: a record's texts without the secret, each within its bounds."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        quoted = (repr(secret)[1:-1], json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
        forms = {secret, visible(secret), *quoted, quote(secret, safe="", errors="replace")}
        self._forms = sorted(filter(None, forms), key=len, reverse=True)

    def blotted(self, text: str) -> str:
        """Return the text without the secret, in none of the forms that quoting gives it."""
        for form in self._forms:
            text = text.replace(form, "[token]")
        return _PASSING_SECRET.sub(r"\1[token]", text)

    def message(self, record: logging.LogRecord) -> str:
        """Return what the record says, on one line."""
        try:
            text = record.getMessage()
        except Exception:  # noqa: BLE001 (a mistake in a line of the log costs no more than its details)
            text = f"{_text(record.msg)} (its details could not be shown)"
        return shortened(visible(_named(self.blotted(text))), MESSAGE)

    def trouble(self, record: logging.LogRecord) -> list[str]:
        """Return the lines of the record's traceback and stack, if it has any."""
        parts = []
        if record.exc_info and record.exc_info[0] is not None:
            parts.append(self.formatException(record.exc_info))
        if record.stack_info:
            parts.append(record.stack_info)
        if not parts:
            return []
        return [shortened(line, MESSAGE) for line in map(visible, self.blotted("\n".join(parts)).split("\n"))]


class Text(_Discreet):
    """A line for people; those of a traceback are indented, so that none passes for an event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and those of the traceback."""
        first = f"{self.formatTime(record)} {record.levelname:<7} {self.message(record)}"
        return shortened("\n    ".join([first, *self.trouble(record)]), LINE)


class Json(_Discreet):
    """An object on one line, in ASCII: what a record carries beside its message has keys of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, object] = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message(record),
        }
        carried = {self._key(key): self._value(v) for key, v in vars(record).items() if key not in _OWN}
        trouble = self.trouble(record)
        known = told | ({"exception": "\n".join(trouble)} if trouble else {})
        return _bounded(known | {key: value for key, value in carried.items() if key not in known}, told)

    def _key(self, key: str) -> str:
        return shortened(visible(self.blotted(key)), MESSAGE)

    def _value(self, value: object) -> object:
        """Return what JSON has for the value: a number, a truth, nothing, or else a text."""
        if value is None or isinstance(value, bool):
            return value
        if type(value) is int and abs(value) < SAFE_INTEGER:
            return value
        if type(value) is float and math.isfinite(value):
            return value
        text = self.blotted(_text(value))
        # A lone surrogate, a byte of a file's name that is no UTF-8, is JSON that some programs refuse.
        return shortened(text.encode(errors="backslashreplace").decode(), MESSAGE)


def _bounded(told: dict[str, object], least: dict[str, object]) -> str:
    """Return the object on one line; where that is too long, its texts shortened, or only the ``least``."""
    line = json.dumps(told)
    limit = LINE
    while len(line) > LINE and limit > MESSAGE // 10:
        limit //= 2
        cut = {key: shortened(v, limit) if isinstance(v, str) else v for key, v in told.items()}
        line = json.dumps(cut)
    if len(line) > LINE:
        line = json.dumps({key: shortened(str(v), limit) for key, v in least.items()})
    return line


def _text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 (whatever a value does when it is asked for its text)
        return f"a {type(value).__name__} that cannot be shown"


class _Quiet(logging.StreamHandler[TextIO]):
    """Writes where it can: a log that nobody reads any more stops nothing."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Tell nothing: what Python would print here holds the record as it is, the secret included."""


def _passing_trouble(record: logging.LogRecord) -> logging.LogRecord | bool:
    """Tell of a lost gateway as of what it is: discord.py has a traceback for it, and connects again."""
    if not (record.name == "discord.client" and str(record.msg).startswith("Attempting a reconnect")):
        return True
    told = copy.copy(record)
    error = record.exc_info[1] if record.exc_info else None
    told.msg = f"the connection to Discord is lost, connecting again ({type(error).__name__}: %s)"
    told.args = (error,)
    told.exc_info = told.exc_text = None
    told.levelno, told.levelname = logging.WARNING, "WARNING"
    return told if logging.getLogger().isEnabledFor(told.levelno) else False


def _told_at_the_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what nothing caught: Python itself would print it with whatever its message holds."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("bot").critical("a mistake in Gazette ends it", exc_info=(kind, error, trace))
