"""What has been chosen in a set-up so far, and how each choice changes it. Knows no Discord."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from zoneinfo import ZoneInfo

from bot.news.digests.digest import Length
from bot.news.subscriptions.filters import folded
from bot.news.subscriptions.subscribing import Choice
from bot.news.subscriptions.subscriptions import Subscription
from bot.news.times.schedule_text import parse
from bot.news.times.schedules import Schedule
from bot.render.text import cut_escaped, one_line

ALL = "all"
"""The choice of all sections; a section itself is chosen by its place in the list."""

NAME_SHOWN = 100
SECTIONS_OFFERED = 24
"""With the choice of all sections, as many as a list of Discord's holds."""

SCHEDULES = {
    "daily 08:00": "every day at 08:00",
    "daily 08:00, 18:00": "every day at 08:00 and 18:00",
    "weekdays 08:00": "Monday to Friday at 08:00",
    "mon 09:00": "every Monday at 09:00",
    "hourly": "every hour",
}
"""What is offered, as ``Schedule.text`` gives it, and what people read."""


class Step(IntEnum):
    """The pages of a set-up, in their order."""

    CHANNEL = 1
    WHAT = 2
    WHEN = 3
    CHECK = 4


@dataclass(slots=True, kw_only=True)
class Draft:
    """What has been chosen so far; nothing of it is kept before it is saved."""

    language: str
    """A code of ``words.LANGUAGES``; it counts for the whole server."""
    zone: ZoneInfo
    known: Sequence[str]
    """The sections of the history."""
    step: Step = Step.CHANNEL
    channel_id: int | None = None
    name: str = ""
    """The channel's, where the bot may see it."""
    missing: Sequence[str] = ()
    """The permissions that the bot lacks in the channel."""
    current: Subscription | None = None
    """What the channel has now."""
    sections: tuple[str, ...] | None = None
    """``None`` for all."""
    is_digest: bool = False
    schedule: Schedule = field(init=False)
    """When digests come, once they are chosen."""
    length: Length = Length.MEDIUM
    notice: str = ""
    """What is to be told about the last choice: escaped, shown once."""

    def __post_init__(self) -> None:
        self.schedule = parse(next(iter(SCHEDULES)), self.zone)

    @property
    def may_go_on(self) -> bool:
        """Whether there is a channel in which the bot may post."""
        return self.channel_id is not None and not self.missing

    @property
    def place(self) -> str:
        """The channel as it is told: by its name where that is known, else as a mention."""
        name = cut_escaped(one_line(self.name), NAME_SHOWN, linked=False)
        return f"**#{name}**" if name else f"<#{self.channel_id}>"

    @property
    def offered(self) -> list[str]:
        """The sections that are offered: those that are chosen first, then those of the history."""
        found = {folded(name): name for name in (*(self.sections or ()), *self.known)}
        return sorted(list(found.values())[:SECTIONS_OFFERED], key=folded)

    def has(self, section: str) -> bool:
        """Return whether a section is chosen by its name."""
        return folded(section) in map(folded, self.sections or ())

    def choose_channel(self, channel_id: int, current: Subscription | None) -> None:
        """Take a channel; where it has a subscription already, begin with that one's values."""
        self.channel_id, self.current, self.name = channel_id, current, ""
        if current is None:
            return
        self.sections, self.length = current.sections, current.length
        self.choose_zone(current.zone)
        self.is_digest = current.schedule is not None
        self.schedule = current.schedule or self.schedule

    def choose_sections(self, values: Sequence[str]) -> None:
        """Take what was ticked: all sections, or places in ``offered``.

        Where both are ticked, what was ticked last counts: the list shows what was chosen before.
        """
        offered = self.offered
        named = tuple(offered[int(value)] for value in values if value != ALL)
        by_name = named and (ALL not in values or self.sections is None)
        self.sections = named if by_name else None

    def choose_zone(self, zone: ZoneInfo) -> None:
        """Let times be those of this zone."""
        self.zone = zone
        self.schedule = replace(self.schedule, zone=zone)

    def choice(self, current: Subscription | None) -> Choice:
        """Return what is chosen for the channel; what a set-up does not ask stays as it has it now."""
        return Choice(
            sections=self.sections,
            schedule=self.schedule if self.is_digest else None,
            zone=self.zone,
            length=self.length,
            publish=current is not None and current.publish,
            pictures=current is not None and current.look.pictures,
            say_nothing_new=current is not None and current.say_nothing_new,
        )


def in_words(schedule: Schedule) -> str:
    """Return what people read of a schedule."""
    text = schedule.text()
    return SCHEDULES.get(text, text)
