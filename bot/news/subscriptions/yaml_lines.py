"""YAML as plain lists, mappings and texts, with the line of each. Only what a file of settings needs.

A value stays the text that was written: YAML itself would make a number of ``22:00`` and "false" of ``no``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import yaml

MOST_BYTES: Final = 4_000_000
"""Of a file. A server with all that it may have takes 0.5 MB. 4 MB take three seconds and 250 MB to read."""
DEEPEST: Final = 10
"""Lists and mappings inside each other. The text of a filter is the seventh."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The quick one, if PyYAML was built with it: the other one takes six times as long."""
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})

type Place = tuple[str | int, ...]
"""The names and numbers, from 0, by which a value is found."""


class BadYaml(Exception):
    """A text is no such YAML."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        """From 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a document holds."""

    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    empty: list[Place] = field(default_factory=list)
    """Names without a value; they are not in ``value``."""

    def line(self, place: Place) -> int:
        """Return the line of a value; if there is none at this place, that of what it would be in."""
        return next((self.lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in self.lines), 1)


def read_yaml(data: bytes, loader: Any = _LOADER) -> Document:  # noqa: ANN401 (two kinds share no type)
    """Return what a YAML document holds.

    Raises ``BadYaml`` if it is too large or too deep, is no YAML, or refers to other parts of itself: a few
    such lines can stand for more than memory holds.
    """
    if len(data) > MOST_BYTES:
        raise BadYaml(1, f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadYaml(data.count(b"\n", 0, error.start) + 1, "this is no UTF-8 text") from error
    document = Document()
    try:
        return replace(document, value=_document(yaml.parse(text, Loader=loader), document))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadYaml(mark.line + 1 if mark else 1, f"this is no YAML: {error.problem}") from error
    except yaml.YAMLError as error:  # a sign that no text has
        raise BadYaml(1, f"this is no YAML: {str(error).splitlines()[0]}") from error


def _document(events: Iterator[yaml.Event], document: Document) -> Any:  # noqa: ANN401
    value, documents = None, 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise BadYaml(_line(event), "a second document begins here")
            value = _value(next(events), events, document, ())
    return value


def _value(event: Any, events: Iterator[yaml.Event], document: Document, place: Place) -> Any:  # noqa: ANN401
    line = _line(event)
    document.lines.setdefault(place, line)  # of a value with a name the line of the name
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise BadYaml(line, "aliases are not taken: write out what & and * stand for")
    if getattr(event, "tag", None):
        raise BadYaml(line, "kinds of values are not taken: leave out what begins with !")
    if len(place) > DEEPEST:
        raise BadYaml(line, "there are too many lists inside each other")
    if isinstance(event, yaml.ScalarEvent):
        return None if not event.style and event.value in _NOTHING else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_value(item, events, document, (*place, len(items))))
        return items
    return _mapping(events, document, place)


def _mapping(events: Iterator[yaml.Event], document: Document, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            raise BadYaml(_line(event), "a name is missing before a colon")
        name: str = event.value
        if (*place, name) in document.lines:
            raise BadYaml(_line(event), f"“{name[:40]}” stands here twice")
        document.lines[(*place, name)] = _line(event)
        value = _value(next(events), events, document, (*place, name))
        if value is None:
            document.empty.append((*place, name))
        else:
            found[name] = value
    return found


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
