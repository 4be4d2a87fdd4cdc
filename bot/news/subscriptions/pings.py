"""Pings: when a role is told of an article, and when it was told too recently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import GazetteError
from bot.news.subscriptions.filter_text import BadFilter, clause, filter_of
from bot.news.subscriptions.filters import Action, Kind, Subject

MOST_PINGS = 25
"""Of one subscription."""
LONGEST_PAUSE = 7 * 24 * 60
"""Minutes between two pings by one rule, at most."""
MOST_SOURCES = 50


class Condition(StrEnum):
    """On what a role is pinged."""

    ENTITY = "entity"
    WORDS = "words"
    SECTION = "section"
    STORY = "story"
    """So many sources cover it."""


class BadPing(GazetteError):
    """What was typed is no rule for pings. The sentence says why."""


@dataclass(frozen=True, slots=True)
class PingRule:
    """A rule, as ``ping_rule`` made it."""

    id: int
    role_id: int
    condition: Condition
    text: str
    """For a story the number of sources."""
    pause: int
    """Minutes from one ping by this rule to the next, 0 for none."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article that is posted, and what it made of its story."""

    subject: Subject
    sources: int
    """How many sources cover its story, with it."""
    sources_before: int
    """How many did without it."""


def ping_rule(rule_id: int, role_id: int, condition: Condition, typed: str, pause: int) -> PingRule:
    """Return the rule that was typed, ``pause`` in minutes. Raises ``BadPing``."""
    if not 0 <= pause <= LONGEST_PAUSE:
        raise BadPing(f"The time between two pings is 0 to {LONGEST_PAUSE:,} minutes, which is seven days.")
    if condition is Condition.STORY:
        text = typed.strip()
        if not (text.isascii() and text.isdigit() and len(text) < 4 and 2 <= int(text) <= MOST_SOURCES):
            raise BadPing(f"Type how many sources a story needs: 2 to {MOST_SOURCES}.")
        return PingRule(rule_id, role_id, condition, str(int(text)), pause)
    try:
        text = filter_of(Action.INCLUDE, Kind(condition), typed).text
    except BadFilter as error:
        raise BadPing(str(error)) from error
    return PingRule(rule_id, role_id, condition, text, pause)


def holds(rule: PingRule, arrived: Arrived) -> bool:
    """Return whether an article is one that the rule's role wants to be told of.

    A story is so once: with the article that brings it to the number of sources.
    """
    if rule.condition is Condition.STORY:
        return arrived.sources_before < int(rule.text) <= arrived.sources
    return arrived.subject.has(Kind(rule.condition), rule.text)


def due(
    rules: Iterable[PingRule], arrived: Arrived, last: Mapping[int, datetime], now: datetime
) -> tuple[PingRule, ...]:
    """Return the rules that ping now: their condition holds and their last ping is their pause ago or more.

    ``last`` has the times of the last pings by the rules' ids. Whoever sends them keeps ``now`` as the next
    ``last``, and mentions each role once, whatever number of rules names it.
    """
    return tuple(rule for rule in rules if _rested(rule, last.get(rule.id), now) and holds(rule, arrived))


def describe_ping(rule: PingRule) -> str:
    """Return a sentence that tells when a rule pings; its role is named beside it."""
    if rule.condition is Condition.STORY:
        on = f"when {rule.text} sources cover a story"
    else:
        on = f"on an article {clause(Kind(rule.condition), rule.text)}"
    if not rule.pause:
        return f"Pings {on}, every time."
    return f"Pings {on}, and then not for {_minutes(rule.pause)}."


def _rested(rule: PingRule, last: datetime | None, now: datetime) -> bool:
    # A ping in the future was noted while the clock was ahead: it holds back no longer than its pause.
    return last is None or abs(now - last) >= timedelta(minutes=rule.pause)


def _minutes(count: int) -> str:
    for unit, size in (("day", 24 * 60), ("hour", 60)):
        if count % size == 0:
            return f"{count // size} {unit}{'' if count == size else 's'}"
    return f"{count} minute{'' if count == 1 else 's'}"
