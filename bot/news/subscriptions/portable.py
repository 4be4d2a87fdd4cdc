"""What servers chose and what their channels get, as one YAML file that people can read and change. Pure."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Final, Self
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.analysis.analysis import Method
from bot.channel_ids import LARGEST, channel_id_in
from bot.errors import GazetteError, StartupError
from bot.news.digests.digest import Length
from bot.news.subscriptions.filter_text import filter_of, with_filter
from bot.news.subscriptions.filters import Action, Filter, Kind
from bot.news.subscriptions.pings import MOST_PINGS, Condition, ping_rule
from bot.news.subscriptions.subscribing import MOST_OF_A_SERVER, MOST_SECTIONS
from bot.news.times.schedule_text import parse, parse_time
from bot.news.times.timezones import zone_named
from bot.render.look import Layout
from bot.render.text import CHOICE_LIMIT
from bot.render.words import LANGUAGES

HEAD: Final = (
    "# What each channel gets from Gazette, and what servers chose. gazette settings import reads it.\n"
)

LONGEST: Final = 1_000_000
"""Characters of a file that is read."""

MISTAKES_SHOWN: Final = 20


class BadFile(StartupError):
    """A file of settings cannot be taken. Its text lists the mistakes, one a line."""


@contextmanager
def _in_pydantics_words() -> Iterator[None]:
    """Raise pydantic's kind of error for Gazette's own, with its sentence."""
    try:
        yield
    except GazetteError as error:
        raise ValueError(str(error)) from error


def _zone(typed: str) -> str:
    with _in_pydantics_words():
        return zone_named(typed).key


def _channel(text: object) -> object:
    return (channel_id_in(text) or text) if isinstance(text, str) else text


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"one of {', '.join(LANGUAGES)}")
    return code


type Id = Annotated[int, BeforeValidator(_channel), Field(gt=0, le=LARGEST)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PortableFilter(_Part):
    """A filter."""

    action: Action
    kind: Kind
    text: str

    def filter(self) -> Filter:
        """Return it as the newsroom works with it. Raises ``BadFilter``."""
        return filter_of(self.action, self.kind, self.text)


class PortablePing(_Part):
    """A rule by which a role is pinged."""

    role: Id
    condition: Condition
    text: str
    pause: int = 0
    """Minutes."""

    @model_validator(mode="after")
    def _is_a_rule(self) -> Self:
        with _in_pydantics_words():
            ping_rule(0, self.role, self.condition, self.text, self.pause)
        return self


class PortableSubscription(_Part):
    """What a channel gets. What is left out is as it is without a choice."""

    channel: Id
    sections: (
        Annotated[
            list[Annotated[str, Field(min_length=1, max_length=CHOICE_LIMIT)]],
            Field(max_length=MOST_SECTIONS),
        ]
        | None
    ) = None
    times: str | None = None
    """When its digests come; left out, each article comes at once."""
    zone: Annotated[str, BeforeValidator(_zone)] = "UTC"
    length: Length = Length.MEDIUM
    publish: bool = False
    pictures: bool = False
    say_nothing_new: bool = False
    quiet: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    """The time of day from which nothing is posted, and until when."""
    paused_until: datetime | None = None
    filters: list[PortableFilter] = []
    pings: Annotated[list[PortablePing], Field(max_length=MOST_PINGS)] = []

    @model_validator(mode="after")
    def _can_be_kept(self) -> Self:
        with _in_pydantics_words():
            if self.times is not None:
                parse(self.times, ZoneInfo(self.zone))
            for time in self.quiet or ():
                parse_time(time)
            kept: tuple[Filter, ...] = ()
            for one in self.filters:
                kept = with_filter(kept, one.filter())
        if self.paused_until is not None and self.paused_until.tzinfo is None:
            raise ValueError("paused_until needs its zone, as in 2026-12-24T08:00:00Z")
        return self


class PortableServer(_Part):
    """What was chosen for a server, and its subscriptions."""

    id: Id
    language: Annotated[str, BeforeValidator(_language)] | None = None
    sentences: Annotated[int, Field(ge=1, le=10)] | None = None
    method: Method | None = None
    colour: Annotated[int, Field(ge=0, le=0xFFFFFF)] | None = None
    layout: Layout | None = None
    entities: bool | None = None
    subscriptions: Annotated[list[PortableSubscription], Field(max_length=MOST_OF_A_SERVER)] = []


class Portable(_Part):
    """All of it."""

    gazette: Annotated[int, Field(ge=1, le=1)] = 1
    """The form of the file."""
    servers: list[PortableServer] = []

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        _no_two([one.id for one in self.servers], "server")
        _no_two([one.channel for server in self.servers for one in server.subscriptions], "channel")
        return self


def to_yaml(portable: Portable) -> str:
    """Return the file: what is as it is without a choice is left out."""
    told = portable.model_dump(mode="json", exclude_defaults=True)
    return HEAD + yaml.safe_dump({"gazette": 1, **told}, allow_unicode=True, sort_keys=False, width=120)


def from_yaml(text: str) -> Portable:
    """Return what a file says. Raises ``BadFile`` that lists all mistakes, each with its place."""
    if len(text) > LONGEST:
        raise BadFile(f"The file is longer than {LONGEST:,} characters.")
    try:
        told = yaml.load(text, _Loader)  # noqa: S506 (makes texts, lists and mappings alone)
    except yaml.YAMLError as error:
        raise BadFile(f"The file is no YAML: {error}") from error
    except RecursionError as error:
        raise BadFile("The file is no YAML of settings: it is nested too deeply.") from error
    try:
        return Portable.model_validate(told)
    except ValidationError as error:
        lines = [_mistake(one) for one in error.errors()]
        more = [f"and {len(lines) - MISTAKES_SHOWN} more"] if len(lines) > MISTAKES_SHOWN else []
        told_lines = "\n".join(f"  {line}" for line in [*lines[:MISTAKES_SHOWN], *more])
        raise BadFile(f"The file needs a correction; nothing was changed:\n{told_lines}") from error


class _Loader(yaml.BaseLoader):
    """Takes every value as the text that it is: 22:00 is no number here, and no is no lie."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; an alias is refused, as a short file could become a huge one by it."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not taken")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping; a name that stands there twice is refused."""
        names = [key.value for key, _ in node.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise yaml.MarkedYAMLError(problem=f"“{twice}” stands here twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def _no_two(ids: Iterable[int], what: str) -> None:
    seen: set[int] = set()
    for number in ids:
        if number in seen:
            raise ValueError(f"the {what} {number} stands there twice")
        seen.add(number)


def _mistake(error: Any) -> str:  # noqa: ANN401 (pydantic's own)
    place = ", ".join(f"{part + 1}" if isinstance(part, int) else str(part) for part in error["loc"])
    what = error["msg"].removeprefix("Value error, ")
    return f"{place or 'the file'}: {what}"
