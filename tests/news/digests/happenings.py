"""What happens to a newsroom, as data: each does something to a program and tells what is expected of it."""

import operator
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.errors import NotFound
from bot.news.subscriptions.filter_text import BadFilter
from bot.news.subscriptions.filters import Action, Kind
from bot.news.subscriptions.subscribing import Choice
from bot.news.times.quiet import QuietHours
from bot.news.times.schedule_text import parse
from storage import deliveries
from tests.conftest import Clock
from tests.news.digests.expected import SCHEDULES, SERVER_OF, Expected, Subscribed, Text
from tests.news.digests.program import End, Program
from tests.news.digests.remembered import Fault, Remembered

SECTIONS = ("world", "sport")
WORDS = ("ferry", "bridge")
ZONES = ("UTC", "Europe/Berlin", "Asia/Kolkata")
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Work = Callable[[], Awaitable[Any]]


def spelled(number: int) -> str:
    return LETTERS[number // 26 % 26] + LETTERS[number % 26]


def key_of(number: int) -> str:
    """Return the first word of a text, of as many letters as a title has here."""
    return f"headline{spelled(number)}".ljust(20, "q")


def body_of(number: int, length: int = 40) -> str:
    return " ".join(f"{spelled(number)}word{spelled(place)}" for place in range(length))


@dataclass
class Newsroom:
    """A program, Discord, the time, and what is expected."""

    program: Program
    channels: Remembered
    clock: Clock
    expected: Expected

    def posted(self, channel: int) -> set[str]:
        """Return the texts whose posts stand in a channel."""
        return {str(one.embed.title) for one in self.channels.standing(channel)}


class Happening:
    """Something that happens."""

    def work(self, room: Newsroom) -> Work | None:
        """Note what is expected of it and return what does it, which may be done twice."""
        raise NotImplementedError


def tolerant(work: Work, *told: type[Exception]) -> Work:
    """Return work that may find that it was done already."""

    async def once_more() -> None:
        with suppress(*told):
            await work()

    return once_more


def take(room: Newsroom, path: str, words: str, text: Text, section: str) -> Work:
    room.program.put(path, words)
    room.expected.text_at[path] = text
    room.expected.came(text, section, room.clock())
    return lambda: room.program.take(path)


@dataclass(frozen=True)
class New(Happening):
    """Some articles come, one of which may be an update of an earlier one."""

    section: str
    words: frozenset[str]
    many: int
    updates: int | None = None

    def work(self, room: Newsroom) -> Work | None:
        works = [self._one(room)]
        works += [New(self.section, self.words, 1)._one(room) for _ in range(1, self.many)]

        async def all_of_them() -> None:
            for work in works:
                await work()

        return all_of_them

    def _one(self, room: Newsroom) -> Work:
        number, texts = len(room.expected.texts), room.expected.texts
        said, words = "", self.words
        if texts and self.updates is not None:
            said, words = f"{body_of(self.updates % len(texts))} ", frozenset()
        text = Text(key_of(number), words)
        texts.append(text)
        written = f"{text.key} {' '.join(sorted(words))} {said}{body_of(number)}."
        return take(room, f"{self.section}/{number}.txt", written, text, self.section)


@dataclass(frozen=True)
class Copy(Happening):
    """A text comes once more, in another file: to the byte, to the word, or nearly; or its file was moved."""

    of: int
    section: str
    kind: str

    def work(self, room: Newsroom) -> Work | None:
        paths = [*room.program.files]
        if not paths:
            return None
        path = paths[self.of % len(paths)]
        text = room.expected.text_at[path]
        written = room.program.read(path)
        if self.kind == "spaced":
            written = written.replace(" ", "  ", 1) + "\n"
        elif self.kind == "nearly":
            written = f"{written.rstrip('.')} {body_of(600 + len(paths), 2)}."
        elif self.kind == "moved":
            room.program.take_away(path)
        new = f"{self.section}/copy{room.program.put_so_far}.txt"
        if self.kind == "moved" and all(room.program.read(one) != written for one in room.program.files):
            room.program.put(new, written)
            room.expected.text_at[new] = text
            return lambda: room.program.take(new)  # it only lies elsewhere now: nobody gets it for that
        return take(room, new, written, text, self.section)


@dataclass(frozen=True)
class Again(Happening):
    """A file that was taken lies there still, and is offered once more."""

    which: int

    def work(self, room: Newsroom) -> Work | None:
        paths = [*room.program.files]
        return (lambda: room.program.take(paths[self.which % len(paths)])) if paths else None


@dataclass(frozen=True)
class Correct(Happening):
    """An article's own file says something else in a few words."""

    which: int

    def work(self, room: Newsroom) -> Work | None:
        paths = [one for one in room.program.files if "copy" not in one]
        if not paths:
            return None
        path = paths[self.which % len(paths)]
        if room.expected.text_at[path].is_forgotten:
            return None
        written = f"{room.program.read(path).rstrip('.')} {body_of(500 + room.program.put_so_far, 2)}."
        room.program.put(path, written)
        return lambda: room.program.take(path)


@dataclass(frozen=True)
class Subscribe(Happening):
    """A channel is subscribed, or gets something else."""

    place: int
    sections: tuple[str, ...] | None
    schedule: str | None
    zone: str
    says_nothing_new: bool

    def work(self, room: Newsroom) -> Work | None:
        channel, server = room.expected.channel(self.place), SERVER_OF[self.place]
        if server in room.expected.left:
            return None
        had = room.expected.subscriptions.get(channel)
        new = Subscribed(server, self.sections, self.schedule, self.zone, room.clock())
        if had is not None:
            new.filters, new.paused_until, new.quiet = had.filters, had.paused_until, had.quiet
            if had.schedule == self.schedule and (had.zone == self.zone or self.schedule is None):
                new.holds_from = had.holds_from
        room.expected.subscriptions[channel] = new
        zone = ZoneInfo(self.zone)
        choice = Choice(
            sections=self.sections,
            schedule=None if self.schedule is None else parse(self.schedule, zone),
            zone=zone,
            say_nothing_new=self.says_nothing_new,
        )
        return lambda: room.program.subscribing.subscribe(server, channel, choice)


@dataclass(frozen=True)
class Unsubscribe(Happening):
    place: int

    def work(self, room: Newsroom) -> Work | None:
        channel, server = room.expected.channel(self.place), SERVER_OF[self.place]
        if channel not in room.expected.subscriptions:
            return None
        room.expected.end(channel, room.posted(channel))
        return tolerant(lambda: room.program.subscribing.unsubscribe(server, channel), NotFound)


@dataclass(frozen=True)
class Pause(Happening):
    """A channel pauses for so many minutes; none ends a pause."""

    place: int
    minutes: int

    def work(self, room: Newsroom) -> Work | None:
        channel, server = room.expected.channel(self.place), SERVER_OF[self.place]
        if channel not in room.expected.subscriptions:
            return None
        until = room.clock() + timedelta(minutes=self.minutes)
        room.expected.subscriptions[channel].paused_until = until
        return lambda: room.program.subscribing.pause(server, channel, until if self.minutes else None)


@dataclass(frozen=True)
class Quiet(Happening):
    """A channel gets quiet hours, or none."""

    place: int
    hours: tuple[time, time] | None

    def work(self, room: Newsroom) -> Work | None:
        channel, server = room.expected.channel(self.place), SERVER_OF[self.place]
        if channel not in room.expected.subscriptions:
            return None
        one = room.expected.subscriptions[channel]
        one.quiet = self.hours
        hours = None if self.hours is None else QuietHours(*self.hours, ZoneInfo(one.zone))
        return lambda: room.program.subscribing.quiet(server, channel, hours)


@dataclass(frozen=True)
class Filter(Happening):
    """A channel gets a filter, or loses it where it has it."""

    place: int
    action: Action
    word: str

    def work(self, room: Newsroom) -> Work | None:
        channel, server = room.expected.channel(self.place), SERVER_OF[self.place]
        if channel not in room.expected.subscriptions:
            return None
        filters = room.expected.subscriptions[channel].filters
        pair = (str(self.action), self.word)
        filters ^= {pair}
        filtering = room.program

        async def lose() -> None:
            for number, one in await filtering.filtering.of_channel(server, channel):
                if (one.action, one.text) == (self.action, self.word):
                    await filtering.filtering.remove(server, channel, number)

        async def get() -> None:
            await filtering.filtering.add(server, channel, self.action, Kind.WORDS, self.word)

        return tolerant(get if pair in filters else lose, BadFilter)


@dataclass(frozen=True)
class Pass(Happening):
    """Time passes."""

    minutes: int

    def work(self, room: Newsroom) -> Work | None:
        room.clock.advance(minutes=self.minutes)
        room.expected.remember()
        return None


@dataclass(frozen=True)
class Serve(Happening):
    """The services run until nothing is to do, some of their requests going wrong."""

    faults: tuple[Fault | None, ...]

    def work(self, room: Newsroom) -> Work | None:
        room.channels.faults.clear()
        room.channels.faults.extend(self.faults)
        return room.program.serve


@dataclass(frozen=True)
class Forget(Happening):
    which: int

    def work(self, room: Newsroom) -> Work | None:
        text = chosen(room, self.which)
        if text is None:
            return None
        text.is_forgotten = True
        return tolerant(lambda: room.program.moderation.forget(f"article:{text.article_id}"), NotFound)


@dataclass(frozen=True)
class Repost(Happening):
    """An operator has an article posted again where its message is gone, which somebody may have deleted."""

    which: int
    deletes: bool

    def work(self, room: Newsroom) -> Work | None:
        text, expected = chosen(room, self.which), room.expected
        if text is None:
            return None
        if expected.left or expected.deleted or room.channels.refusing:
            return None  # then it is refused as a whole
        own = next(path for path, one in expected.text_at.items() if one is text)
        for channel in [*room.channels.messages]:
            for message in room.channels.standing(channel):
                if self.deletes and message.embed.title == text.key:
                    message.is_gone = True
                    expected.owed[text.key, channel].again += 1
        expected.came(text, own.split("/")[0], room.clock())
        return lambda: room.program.moderation.repost(f"article:{text.article_id}")


def chosen(room: Newsroom, which: int) -> Text | None:
    texts = [one for one in room.expected.texts if not one.is_forgotten]
    return texts[which % len(texts)] if texts else None


@dataclass(frozen=True)
class Delete(Happening):
    """A channel is deleted; the bot hears of it, or finds it out."""

    place: int
    is_heard: bool

    def work(self, room: Newsroom) -> Work | None:
        channel = room.expected.channel(self.place)
        room.expected.end(channel, set())
        room.expected.delete(self.place)
        room.channels.deleted.add(channel)
        return (lambda: room.program.places.channel_gone(channel)) if self.is_heard else None


@dataclass(frozen=True)
class Leave(Happening):
    """The bot is taken out of a server, or is back."""

    server: int

    def work(self, room: Newsroom) -> Work | None:
        expected = room.expected
        here = [expected.channel(place) for place, server in SERVER_OF.items() if server == self.server]
        if self.server in expected.left:
            expected.left.remove(self.server)
            room.channels.hidden.difference_update(here)
            return lambda: room.program.places.joined(self.server)
        expected.left.add(self.server)
        room.channels.hidden.update(here)
        for channel in here:
            expected.end(channel, room.posted(channel))
        return lambda: room.program.places.left(self.server)


@dataclass(frozen=True)
class Refuse(Happening):
    """A channel takes nothing from the bot, or again, and what failed is tried again."""

    place: int

    def work(self, room: Newsroom) -> Work | None:
        room.channels.refusing ^= {room.expected.channel(self.place)}
        return lambda: retry(room)


async def retry(room: Newsroom) -> None:
    async with room.program.database.write() as connection:
        await deliveries.retry(connection, None, room.clock())


@dataclass(frozen=True)
class Step:
    """Something that happens, alone or beside the services, and whether the program ends in it."""

    what: Happening
    meanwhile: bool
    end: End | None


PLACES = st.integers(0, len(SERVER_OF) - 1)
WHICH = st.integers(0, 30)
IN_SECTION = st.sampled_from(SECTIONS)
HOURS = st.sampled_from([None, (time(22), time(6)), (time(11, 30), time(13))])
NEW = st.builds(
    New,
    IN_SECTION,
    st.sets(st.sampled_from(WORDS)).map(frozenset),
    st.sampled_from([1, 1, 2, 4]),
    st.none() | WHICH,
)
COPY = st.builds(Copy, WHICH, IN_SECTION, st.sampled_from(["same", "spaced", "nearly", "moved"]))
SUBSCRIBE = st.builds(
    Subscribe,
    PLACES,
    st.sampled_from([None, ("world",), ("sport",)]),
    st.none() | st.sampled_from([*SCHEDULES]),
    st.sampled_from(ZONES),
    st.booleans(),
)
SERVE = st.builds(Serve, st.lists(st.none() | st.sampled_from(Fault), max_size=6).map(tuple))
PASS = st.builds(Pass, st.sampled_from([1, 20, 60, 420, 1440, 4320]))
HAPPENINGS = st.one_of(
    *(NEW, NEW, NEW, NEW, NEW, COPY, COPY, SUBSCRIBE, SERVE, SERVE, SERVE, PASS, PASS),
    st.builds(Again, WHICH),
    st.builds(Correct, WHICH),
    st.builds(Unsubscribe, PLACES),
    st.builds(Pause, PLACES, st.sampled_from([0, 90, 3000])),
    st.builds(Quiet, PLACES, HOURS),
    st.builds(Filter, PLACES, st.sampled_from(Action), st.sampled_from(WORDS)),
    st.builds(Forget, WHICH),
    st.builds(Repost, WHICH, st.booleans()),
    st.builds(Delete, PLACES, st.booleans()),
    st.builds(Leave, st.sampled_from(sorted({*SERVER_OF.values()}))),
    st.builds(Refuse, PLACES),
)
ENDS = st.none() | st.builds(End, st.integers(1, 20), st.booleans())
STEPS = st.builds(
    operator.add,
    st.lists(st.builds(Step, SUBSCRIBE, st.just(False), st.none()), min_size=1, max_size=3),
    st.lists(st.builds(Step, HAPPENINGS, st.booleans(), ENDS), min_size=12, max_size=25),
)
"""It begins with some subscriptions: without one nothing is expected."""
