"""What ought to stand in each channel, by rules so plain that they can be read."""

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

SCHEDULES: dict[str, tuple[range, tuple[time, ...]]] = {
    "hourly": (range(7), ()),
    "daily 08:00": (range(7), (time(8),)),
    "daily 08:00, 18:30": (range(7), (time(8), time(18, 30))),
    "weekdays 12:15": (range(5), (time(12, 15),)),
}
"""Days of the week and times of day; none means each hour."""

SERVER_OF = {0: 7, 1: 7, 2: 7, 3: 8}


@dataclass
class Text:
    """A text that came, in whatever files."""

    key: str
    words: frozenset[str]
    """Those of it that filters look for."""
    article_id: int | None = None
    is_forgotten: bool = False


@dataclass
class Subscribed:
    """What a channel gets."""

    server: int
    sections: tuple[str, ...] | None
    schedule: str | None
    zone: str
    holds_from: datetime
    filters: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of an action and a word."""
    paused_until: datetime | None = None
    quiet: tuple[time, time] | None = None

    def wants(self, section: str, words: frozenset[str]) -> bool:
        if self.sections is not None and section not in self.sections:
            return False
        out = {word for action, word in self.filters if action == "exclude"}
        only = {word for action, word in self.filters if action == "include"}
        return not out & words and (not only or bool(only & words))

    def is_held(self, now: datetime) -> bool:
        """Return whether a pause or quiet hours hold what comes."""
        if self.paused_until is not None and self.paused_until > now:
            return True
        if self.quiet is None:
            return False
        start, end = self.quiet
        local = now.astimezone(ZoneInfo(self.zone)).time()
        return start <= local < end if start < end else local >= start or local < end

    def last_slot(self, now: datetime) -> datetime | None:
        """Return the last slot by now, since the schedule was set."""
        days, times = SCHEDULES[self.schedule or ""]
        zone = ZoneInfo(self.zone)
        local = now.astimezone(zone)
        slots = [local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)] if not times else []
        for back in range(8):
            day = local.date() - timedelta(days=back)
            if day.weekday() in days:
                slots += [datetime.combine(day, at, zone).astimezone(UTC) for at in times]
        return max((slot for slot in slots if self.holds_from < slot <= now), default=None)


@dataclass
class Owed:
    """That a channel is to have a text once."""

    at: datetime
    is_excused: bool = False
    """Whether it may be missing: the subscription ended before it was posted, or somebody deleted it."""
    again: int = 0
    """How often it may have been posted once more, after somebody deleted it."""


class Expected:
    """The subscriptions as they are, and what they are owed."""

    def __init__(self) -> None:
        self.subscriptions: dict[int, Subscribed] = {}
        self.before: dict[int, Subscribed] = {}
        """As they were before what happens now."""
        self.owed: dict[tuple[str, int], Owed] = {}
        self.texts: list[Text] = []
        self.text_at: dict[str, Text] = {}
        """By the path of each file."""
        self.key_of: dict[int, str] = {}
        """By the article's number."""
        self.deleted: set[int] = set()
        self.left: set[int] = set()
        """Servers."""
        self._renewed = dict.fromkeys(SERVER_OF, 0)

    def channel(self, place: int) -> int:
        """Return the channel that stands at a place now: a deleted one is followed by another."""
        return 100 * (place + 1) + self._renewed[place]

    def delete(self, place: int) -> None:
        self.deleted.add(self.channel(place))
        self._renewed[place] += 1

    def remember(self) -> None:
        self.before = copy.deepcopy(self.subscriptions)

    def came(self, text: Text, section: str, now: datetime) -> None:
        """Note that a text came in a section; whoever had it before gets it no more."""
        if text.is_forgotten:
            return
        for channel, one in self.subscriptions.items():
            if one.wants(section, text.words):
                self.owed.setdefault((text.key, channel), Owed(now))

    def end(self, channel: int, posted: set[str]) -> None:
        """Note that a subscription ended, with these texts posted by then."""
        self.subscriptions.pop(channel, None)
        for (key, where), one in self.owed.items():
            if where == channel and key not in posted:
                one.is_excused = True

    def may_begin(self, channel: int, now: datetime) -> bool:
        """Return whether a new message may be posted, as things are or were just now."""
        both = (self.subscriptions.get(channel), self.before.get(channel))
        return channel in self.deleted or any(one is not None and not one.is_held(now) for one in both)
