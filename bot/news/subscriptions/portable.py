"""What servers chose and what their channels get, as a file of settings says it. Pure."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from bot.analysis.analysis import Method
from bot.channel_ids import LARGEST, channel_id_in
from bot.errors import GazetteError
from bot.news.digests.digest import Length
from bot.news.subscriptions.filter_text import filter_of, with_filter
from bot.news.subscriptions.filters import Action, Filter, Kind, folded
from bot.news.subscriptions.pinging import ping_key
from bot.news.subscriptions.pings import MOST_PINGS, Condition, PingRule, ping_rule
from bot.news.subscriptions.subscribing import MOST_OF_A_SERVER, MOST_SECTIONS
from bot.news.times.schedule_text import parse, parse_time
from bot.news.times.timezones import zone_named
from bot.render.look import Layout
from bot.render.text import CHOICE_LIMIT
from bot.render.words import LANGUAGES

_HEX: Final = re.compile(r"#([0-9a-fA-F]{6})")


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


def channel(text: object) -> object:
    """Return the channel's ID if a text names one, else what was given."""
    return (channel_id_in(text) or text) if isinstance(text, str) else text


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"one of {', '.join(LANGUAGES)}")
    return code


def _colour(given: object) -> object:
    if not isinstance(given, str):
        return given
    found = _HEX.fullmatch(given)
    if found is None:
        raise ValueError("it must be # and six digits from 0 to F in quotes, as in '#3498DB'")
    return int(found[1], 16)


def _section(name: str) -> str:
    if not folded(name):
        raise ValueError("a section needs a name")
    return name


def _sections(names: list[str]) -> list[str]:
    _no_two([folded(name) for name in names], "section")
    return names


def _times(text: str) -> str:
    with _in_pydantics_words():
        parse(text, ZoneInfo("UTC"))
    return text


def _time(text: str) -> str:
    with _in_pydantics_words():
        parse_time(text)
    return text


def _with_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("it needs its zone, as in 2026-12-24T08:00:00Z")
    return moment


type Id = Annotated[int, BeforeValidator(channel), Field(gt=0, le=LARGEST)]


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

    @model_validator(mode="after")
    def _is_a_filter(self) -> Self:
        with _in_pydantics_words():
            self.filter()
        return self


class PortablePing(_Part):
    """A rule by which a role is pinged."""

    role: Id
    condition: Condition
    text: str
    pause: int = 0
    """Minutes."""

    def rule(self) -> PingRule:
        """Return it as the newsroom works with it. Raises ``BadPing``."""
        return ping_rule(0, self.role, self.condition, self.text, self.pause)

    @model_validator(mode="after")
    def _is_a_rule(self) -> Self:
        with _in_pydantics_words():
            self.rule()
        return self


def _filters(filters: list[PortableFilter]) -> list[PortableFilter]:
    kept: tuple[Filter, ...] = ()
    for number, one in enumerate(filters, start=1):
        try:
            kept = with_filter(kept, one.filter())
        except GazetteError as error:
            raise ValueError(f"filter {number}: {error}") from error
    return filters


def _pings(pings: list[PortablePing]) -> list[PortablePing]:
    _no_two([ping_key(one.rule()) for one in pings], "ping")
    return pings


class PortableSubscription(_Part):
    """What a channel gets. What is left out is as it is without a choice."""

    channel: Id
    sections: (
        Annotated[
            list[Annotated[str, Field(max_length=CHOICE_LIMIT), AfterValidator(_section)]],
            Field(min_length=1, max_length=MOST_SECTIONS),
            AfterValidator(_sections),
        ]
        | None
    ) = None
    times: Annotated[str, AfterValidator(_times)] | None = None
    """When its digests come; left out, each article comes at once."""
    zone: Annotated[str, BeforeValidator(_zone)] = "UTC"
    length: Length = Length.MEDIUM
    publish: bool = False
    pictures: bool = False
    say_nothing_new: bool = False
    quiet: (
        Annotated[list[Annotated[str, AfterValidator(_time)]], Field(min_length=2, max_length=2)] | None
    ) = None
    """The time of day from which nothing is posted, and until when."""
    paused_until: Annotated[datetime, AfterValidator(_with_zone)] | None = None
    filters: Annotated[list[PortableFilter], AfterValidator(_filters)] = []
    pings: Annotated[list[PortablePing], Field(max_length=MOST_PINGS), AfterValidator(_pings)] = []


class PortableServer(_Part):
    """What was chosen for a server, and its subscriptions."""

    id: Id
    language: Annotated[str, BeforeValidator(_language)] | None = None
    sentences: Annotated[int, Field(ge=1, le=10)] | None = None
    method: Method | None = None
    colour: (
        Annotated[
            int,
            BeforeValidator(_colour),
            Field(ge=0, le=0xFFFFFF),
            PlainSerializer(lambda colour: f"#{colour:06X}", return_type=str),
        ]
        | None
    ) = None
    layout: Layout | None = None
    entities: bool | None = None
    subscriptions: Annotated[list[PortableSubscription], Field(max_length=MOST_OF_A_SERVER)] = []


class Portable(_Part):
    """All of it."""

    gazette: Annotated[int, Field(ge=1, le=1)] = 1
    """The form of the file."""
    servers: list[PortableServer] = []


def _no_two(keys: Sequence[object], what: str) -> None:
    for number, key in enumerate(keys, start=1):
        first = keys.index(key) + 1
        if first < number:
            raise ValueError(f"{what} {number} says the same as {what} {first}")
