"""When a role is pinged."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.article import Article
from bot.news.subscriptions.filters import Subject
from bot.news.subscriptions.pings import Arrived, BadPing, Condition, PingRule, describe_ping, due, ping_rule
from tests.news.subscriptions.test_filters import Text

NOW = datetime(2026, 2, 9, 14, 5, tzinfo=UTC)
ARRIVED = Arrived(Subject(Text()), 3, 2)


def rule(condition: Condition, typed: str, pause: int = 60, rule_id: int = 1) -> PingRule:
    return ping_rule(rule_id, 7, condition, typed, pause)


@pytest.mark.parametrize(
    ("condition", "typed", "holds"),
    [
        (Condition.ENTITY, "ada reed", True),
        (Condition.ENTITY, "Ada", False),
        (Condition.WORDS, "ferry porto", True),
        (Condition.WORDS, "train", False),
        (Condition.SECTION, "world", True),
        (Condition.SECTION, "sport", False),
        (Condition.STORY, "3", True),
        (Condition.STORY, "4", False),
        (Condition.STORY, "2", False),
    ],
)
def test_a_role_is_pinged_on_a_condition(condition: Condition, typed: str, holds: bool) -> None:
    assert bool(due([rule(condition, typed)], ARRIVED, {}, NOW)) is holds


def test_a_story_pings_once_whatever_number_of_sources_it_grows_to() -> None:
    rules = [rule(Condition.STORY, "3", pause=0)]
    counts = [1, 2, 2, 5, 5, 6, 9]
    before = [0, *counts]
    pings = [
        due(rules, Arrived(Subject(Text()), now, was), {}, NOW)
        for was, now in zip(before, counts, strict=False)
    ]
    assert [bool(ping) for ping in pings] == [False, False, False, True, False, False, False]


def test_each_rule_has_a_pause_of_its_own() -> None:
    rules = [rule(Condition.WORDS, "ferry", 60, 1), rule(Condition.SECTION, "world", 0, 2)]
    last = {1: NOW - timedelta(minutes=59), 2: NOW}
    assert due(rules, ARRIVED, last, NOW) == (rules[1],)
    assert due(rules, ARRIVED, last, NOW + timedelta(minutes=1)) == tuple(rules)


@given(st.integers(0, 200), st.lists(st.integers(0, 100), max_size=40))
def test_two_pings_by_a_rule_are_never_nearer_than_its_pause(pause: int, gaps: list[int]) -> None:
    one = rule(Condition.WORDS, "ferry", pause)
    now, last, sent = NOW, dict[int, datetime](), list[datetime]()
    for gap in gaps:
        now += timedelta(minutes=gap)
        if due([one], ARRIVED, last, now):
            last[one.id] = now
            sent.append(now)
    assert all(b - a >= timedelta(minutes=pause) for a, b in pairwise(sent))
    assert bool(sent) is bool(gaps)


def test_a_ping_that_was_noted_while_the_clock_was_ahead_does_not_silence_its_rule() -> None:
    one = rule(Condition.WORDS, "ferry", 60)
    arrived = Arrived(Subject(Text(text="A ferry sank.")), 1, 0)
    for ahead, pings in (
        (timedelta(days=60), True),
        (timedelta(hours=1), True),
        (timedelta(minutes=9), False),
    ):
        assert bool(due([one], arrived, {one.id: NOW + ahead}, NOW)) is pings


@pytest.mark.parametrize(
    ("condition", "typed", "pause", "says"),
    [
        (Condition.STORY, "1", 5, "Type how many sources a story needs: 2 to 50."),
        (Condition.STORY, "many", 5, "Type how many sources"),
        (Condition.STORY, "\u00b2", 5, "Type how many sources"),
        (Condition.WORDS, "!", 5, "“!” has no letter"),
        (Condition.ENTITY, "A", -1, "The time between two pings is 0 to 10,080 minutes"),
        (Condition.ENTITY, "A", 99_999, "The time between two pings"),
    ],
)
def test_what_is_no_rule_is_told_why(condition: Condition, typed: str, pause: int, says: str) -> None:
    with pytest.raises(BadPing) as told:
        rule(condition, typed, pause)
    assert str(told.value).startswith(says)


def test_a_rule_is_told_in_a_sentence() -> None:
    told = [
        describe_ping(rule(Condition.ENTITY, "Ada Reed", 120)),
        describe_ping(rule(Condition.STORY, "05", 0)),
        describe_ping(rule(Condition.WORDS, "ferry", 1)),
        describe_ping(rule(Condition.SECTION, "world", 24 * 60)),
    ]
    assert told == [
        "Pings on an article that mentions Ada Reed, and then not for 2 hours.",
        "Pings when 5 sources cover a story, every time.",
        "Pings on an article that has the word “ferry”, and then not for 1 minute.",
        "Pings on an article in the section “world”, and then not for 1 day.",
    ]


def test_an_article_without_entities_pings_nobody_by_one() -> None:
    plain = Text(entities=None, text=Article(title="T", text="A.").text)
    assert due([rule(Condition.ENTITY, "Ada Reed")], Arrived(Subject(plain), 1, 0), {}, NOW) == ()
