"""Private answers about subscriptions, for those who manage a server: ready to be sent as they are.

What people typed is escaped here, so a line is not escaped again. Roles and channels are mentions: send them
with no mention allowed. Joined by line breaks, the lines of an answer fit into its ``limit``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.news.subscriptions.filter_text import describe, why
from bot.news.subscriptions.filters import Filter, Lost, Tried
from bot.news.subscriptions.pings import PingRule, describe_ping
from bot.render.fitting import fitting, shortened
from bot.render.text import CONTENT_LIMIT, counted, cut_escaped, escape, length, one_line

EMBED_LIMIT = 4096
"""Of an embed's description, for answers that are sent as one."""

SECTIONS_SHOWN = 10
SECTION_SHOWN = 40
SCHEDULE_SHOWN = 250
ZONE_SHOWN = 60
TYPED_SHOWN = (400, 150, 60, 20)
"""Of what was typed for a filter or a ping: the first of these with which all fit. With the last one
25 filters fit into a message, and 25 pings into an embed."""
LOST_SHOWN = 15
TITLES_SHOWN = (150, 100, 60, 40)
"""Of the title of an article that filters would have held back, and of what was typed for the filter."""
PATTERN_SHOWN = 60
TROUBLE_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A subscription, as far as the list of a server's subscriptions shows it."""

    channel_id: int
    sections: tuple[str, ...] | None
    """``None`` for all."""
    deliver: str
    """``"instant"`` or ``"digest"``."""
    schedule: str = ""
    """As ``Schedule.text`` gives it; a digest's alone, as are the three that follow."""
    zone: str = ""
    next_at: datetime | None = None
    length: str = ""
    say_nothing: bool = False
    """Whether a digest is sent also when nothing is new, to say so."""
    publish: bool = False
    """Whether what is posted in an announcement channel goes to its followers."""
    pictures: bool = False
    filters: int = 0
    pings: int = 0
    waiting: int = 0
    """Articles that are held now."""
    paused_until: datetime | None = None
    quiet: tuple[str, str, str] | None = None
    """From, to, and the zone."""
    trouble: str = ""
    """Why nothing can be posted there, and what helps."""


def schedule_line(schedule_text: str, zone_key: str, next_at: datetime | None) -> str:
    """Return when digests come: "daily 08:00, 18:30 (Europe/Lisbon), next in 3 hours"."""
    when = f"{cut_escaped(one_line(schedule_text), SCHEDULE_SHOWN)} ({_zone(zone_key)})"
    return when if next_at is None else f"{when}, next <t:{int(next_at.timestamp())}:R>"


def subscription_lines(subscriptions: Sequence[Shown], limit: int = CONTENT_LIMIT) -> list[str]:
    """Return a line for each channel that has a subscription, and how many more there are.

    Those in which nothing can be posted come first, so that they are not the ones that are left out.
    """
    if not subscriptions:
        return ["No channel of this server has a subscription."]
    ordered = sorted(subscriptions, key=lambda one: not one.trouble)
    return fitting([_subscription(one) for one in ordered], limit)


def filter_lines(filters: Sequence[tuple[int, Filter]], limit: int = CONTENT_LIMIT) -> list[str]:
    """Return what each filter does, with the number that it is removed by."""
    if not filters:
        return ["There is no filter: every article is taken."]

    def lines(shown: int) -> list[str]:
        return [f"**{number}** · {describe(_short(one, shown))}" for number, one in filters]

    return fitting(shortened(lines, TYPED_SHOWN, limit), limit)


def tried_lines(tried: Tried, titles: Sequence[str], limit: int = CONTENT_LIMIT) -> list[str]:
    """Return what filters would have held back of the last seven days' articles, given by their titles."""
    if not titles:
        return ["No article came in the last seven days, so there is nothing to try filters on."]
    articles, lost = counted(len(titles), "article"), tried.lost
    opening = [
        f"Of {articles} in the last seven days these filters would have kept back "
        + (f"{len(lost)}:" if lost else "none."),
        *(
            f"The pattern “{_line(one.text, PATTERN_SHOWN)}” ran out of time; it counts as not fitting."
            for one in tried.undecided
        ),
    ]
    room = limit - sum(length(line) + 1 for line in opening)

    def lines(shown: int) -> list[str]:
        return [_lost(one, titles[one.place], shown) for one in lost[:LOST_SHOWN]]

    return [*opening, *fitting(shortened(lines, TITLES_SHOWN, room), room, len(lost))]


def ping_lines(rules: Sequence[PingRule], limit: int = CONTENT_LIMIT) -> list[str]:
    """Return which role each rule pings and when, with the number that it is removed by."""
    if not rules:
        return ["There is no ping."]

    def lines(shown: int) -> list[str]:
        return [
            f"**{rule.id}** · <@&{rule.role_id}> · {describe_ping(_short(rule, shown))}" for rule in rules
        ]

    return fitting(shortened(lines, TYPED_SHOWN, limit), limit)


def _subscription(one: Shown) -> str:
    is_digest = one.deliver == "digest"
    schedule = schedule_line(one.schedule, one.zone, one.next_at)
    facts = (
        f"<#{one.channel_id}>",
        f"{one.length} digest {schedule}".strip() if is_digest else "each article at once",
        _sections(one.sections),
        counted(one.filters, "filter") if one.filters else "",
        counted(one.pings, "ping") if one.pings else "",
        "with pictures" if one.pictures else "",
        "published to followers" if one.publish else "",
        "says when nothing is new" if is_digest and one.say_nothing else "",
        _quiet(*one.quiet) if one.quiet else "",
        f"{counted(one.waiting, 'article')} waiting" if one.waiting else "",
        f"paused until <t:{int(one.paused_until.timestamp())}:f>" if one.paused_until else "",
        f"**{_line(one.trouble, TROUBLE_SHOWN)}**" if one.trouble else "",
    )
    return " · ".join(fact for fact in facts if fact)


def _sections(sections: tuple[str, ...] | None) -> str:
    if sections is None:
        return ""
    if not sections:
        return "no section"
    names = ", ".join(_line(name, SECTION_SHOWN) for name in sections[:SECTIONS_SHOWN])
    more = len(sections) - SECTIONS_SHOWN
    noun = "section" if len(sections) == 1 else "sections"
    return f"{noun} {names}" + (f" and {more} more" if more > 0 else "")


def _quiet(start: str, end: str, zone: str) -> str:
    return f"quiet {escape(one_line(start))} to {escape(one_line(end))} ({_zone(zone)})"


def _zone(key: str) -> str:
    return _line(key, ZONE_SHOWN)


def _line(text: str, limit: int) -> str:
    return cut_escaped(one_line(text), limit)


def _short[T: (Filter, PingRule)](one: T, limit: int) -> T:
    """Return it with what was typed cut and escaped, so that the sentence about it stays whole."""
    return replace(one, text=_line(one.text, limit))


def _lost(one: Lost, title: str, limit: int) -> str:
    held = replace(one.held, by=_short(one.held.by, limit)) if one.held.by else one.held
    return f"“{_line(title, limit)}” · {why(held)}"
