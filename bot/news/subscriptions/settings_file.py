"""A file of settings: YAML that people can read and change. Pure."""

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, Final

import yaml
from pydantic import ValidationError

from bot.errors import StartupError
from bot.news.subscriptions.portable import (
    Portable,
    PortableFilter,
    PortablePing,
    PortableServer,
    PortableSubscription,
    channel,
)
from bot.news.subscriptions.yaml_lines import BadYaml, Place, read_yaml

HEAD: Final = (
    "# What each channel gets from Gazette, and what servers chose. gazette settings import reads it.\n"
)

MISTAKES_SHOWN: Final = 100

_QUOTES: Final = ": leave out the name, or put quotes around what begins with #"
_WIDE: Final = 1000
"""Characters of a line: no text of a filter is folded."""


class BadFile(StartupError):
    """A file of settings cannot be taken. Its text lists the mistakes, one a line."""

    def __init__(self, mistakes: Sequence[str], more: int = 0) -> None:
        """Tell these mistakes, and that there are so many ``more``."""
        shown = [f"  {line}" for line in [*mistakes, *([f"and {more} more"] if more else [])]]
        super().__init__("\n".join(["The file needs a correction; nothing was changed:", *shown]))


def to_yaml(portable: Portable) -> str:
    """Return the file: what is as it is without a choice is left out."""
    told = portable.model_dump(mode="json", exclude_defaults=True)
    whole = {"gazette": 1, **told}
    return HEAD + yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE)


class _Dumper(yaml.SafeDumper):
    """Writes texts so that they are read as they were."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Return a text as YAML: what YAML takes for a break of a line is escaped, which only quotes do."""
    style = '"' if any(sign in text for sign in "\x85\u2028\u2029") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def from_yaml(data: bytes) -> Portable:
    """Return what a file says. Raises ``BadFile`` that lists all mistakes, each with its line."""
    try:
        document = read_yaml(data)
    except BadYaml as error:
        raise BadFile([f"line {error.line}: {error}"]) from error
    mistakes: list[tuple[int, Any]] = [
        (document.line(place), what) for place, what in _doubles(document.value)
    ]
    mistakes += [(document.line(place), f"“{place[-1]}” has no value{_QUOTES}") for place in document.empty]
    found = Portable()
    try:
        found = Portable.model_validate(document.value)
    except ValidationError as error:
        mistakes += [(document.line(one["loc"]), one) for one in error.errors()]
    if mistakes:
        mistakes.sort(key=lambda pair: pair[0])
        lines = [
            f"line {line}: {what if isinstance(what, str) else _mistake(what)}"
            for line, what in mistakes[:MISTAKES_SHOWN]
        ]
        raise BadFile(lines, len(mistakes) - len(lines))
    return found


def _doubles(told: Any) -> Iterator[tuple[Place, str]]:  # noqa: ANN401 (whatever was written)
    """Yield the servers and channels that stand there a second time, also if something else is wrong."""
    seen: set[tuple[str, object]] = set()
    for place, server in _items(told, "servers"):
        channels = [((*place, *within), one, "channel") for within, one in _items(server, "subscriptions")]
        for found_at, one, name in [(place, server, "id"), *channels]:
            number = channel(one.get(name)) if isinstance(one, dict) else None
            if isinstance(number, int) and (name, number) in seen:
                what = "server" if name == "id" else name
                yield (*found_at, name), f"the {what} {number} stands there twice"
            if isinstance(number, int):
                seen.add((name, number))


def _items(told: Any, name: str) -> Iterator[tuple[Place, Any]]:  # noqa: ANN401
    items = told.get(name) if isinstance(told, dict) else None
    for number, item in enumerate(items if isinstance(items, list) else ()):
        yield (name, number), item


def _mistake(error: Any) -> str:  # noqa: ANN401 (pydantic's own)
    names = [part for part in error["loc"] if isinstance(part, str)]
    name = names[-1] if names else "the file"
    match error["type"]:
        case "model_type":
            return f"{name} must hold names with values"
        case "missing":
            return f"“{name}” is missing"
        case "extra_forbidden":
            near = difflib.get_close_matches(name, _NAMES, n=1)
            return f"“{name[:40]}” is not known here" + (f": did you mean “{near[0]}”?" if near else "")
    what = error["msg"].removeprefix("Value error, ").partition(", unable")[0]
    return f"{name}: {what.replace('Input should be a valid', 'must be a').replace('Input should', 'must')}"


_NAMES: Final = sorted(
    {
        name
        for part in (Portable, PortableServer, PortableSubscription, PortableFilter, PortablePing)
        for name in part.model_fields
    }
)
