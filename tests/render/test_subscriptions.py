"""Answers to those who manage a server fit into a message, and nothing that was typed is markup in them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.subscriptions.filter_text import MOST_FILTERS
from bot.news.subscriptions.filters import Action, Filter, Held, Kind, Lost, Tried
from bot.news.subscriptions.pings import MOST_PINGS, Condition, PingRule
from bot.render.subscriptions import (
    EMBED_LIMIT,
    Shown,
    filter_lines,
    ping_lines,
    schedule_line,
    subscription_lines,
    tried_lines,
)
from bot.render.text import CONTENT_LIMIT, length
from tests.render.test_fields import ANY, HOSTILE, assert_inert, assert_one_line

NOON = datetime(2026, 2, 9, 12, tzinfo=UTC)
STAMP = int(NOON.timestamp())
LIMITS = st.sampled_from([CONTENT_LIMIT, EMBED_LIMIT])
WILD = ANY | st.sampled_from(HOSTILE).map(lambda sign: sign * 100)
COUNTS = st.integers(0, 10**6)
FILTERS = st.builds(Filter, st.sampled_from(Action), st.sampled_from(Kind), WILD)
TEXT_CONDITIONS = [Condition.ENTITY, Condition.WORDS, Condition.SECTION]
RULES = st.builds(
    PingRule, COUNTS, st.integers(1, 2**63), st.sampled_from(TEXT_CONDITIONS), WILD, st.integers(0, 10080)
)
SHOWN = st.builds(
    Shown,
    channel_id=st.integers(1, 2**63),
    sections=st.none() | st.lists(WILD, max_size=30).map(tuple),
    deliver=st.sampled_from(["instant", "digest"]),
    schedule=WILD,
    zone=WILD,
    next_at=st.none() | st.just(NOON),
    length=st.sampled_from(["short", "medium", "detailed"]),
    say_nothing=st.booleans(),
    publish=st.booleans(),
    pictures=st.booleans(),
    filters=COUNTS,
    pings=COUNTS,
    waiting=COUNTS,
    paused_until=st.none() | st.just(NOON),
    quiet=st.none() | st.tuples(st.just("22:00"), st.just("07:00"), WILD),
)
OURS = re.compile(r"^\*\*\d+\*\* · (?:<@&\d+> · )?|^<#\d+> · |<t:\d+:[fR]>", re.MULTILINE)


def assert_fits_and_is_inert(lines: Sequence[str], limit: int) -> None:
    assert length("\n".join(lines)) <= limit
    for line in lines:
        assert_one_line(line)
        assert_inert(OURS.sub("", line))


@settings(deadline=None)
@given(st.lists(SHOWN, max_size=40), LIMITS)
def test_the_list_of_subscriptions_fits_and_calls_nobody(shown: list[Shown], limit: int) -> None:
    lines = subscription_lines(shown, limit)
    assert_fits_and_is_inert(lines, limit)
    told = [line for line in lines if line.startswith("<#")]
    assert shown == [] or told
    assert len(told) == len(shown) or lines[-1] == f"and {len(shown) - len(told)} more"


@settings(deadline=None)
@given(st.lists(FILTERS, max_size=25), LIMITS)
def test_all_filters_of_a_subscription_are_listed(filters: list[Filter], limit: int) -> None:
    lines = filter_lines([*enumerate(filters, start=1)], limit)
    assert_fits_and_is_inert(lines, limit)
    assert [int(line.split("**")[1]) for line in lines if line.startswith("**")] == [
        *range(1, len(filters) + 1)
    ]


@settings(deadline=None)
@given(st.lists(RULES, max_size=60), LIMITS)
def test_pings_are_listed_as_far_as_they_fit(rules: list[PingRule], limit: int) -> None:
    lines = ping_lines(rules, limit)
    assert_fits_and_is_inert(lines, limit)
    told = [line for line in lines if line.startswith("**")]
    assert len(told) == len(rules) or lines[-1] == f"and {len(rules) - len(told)} more"


@settings(deadline=None)
@given(st.lists(WILD, min_size=1, max_size=40), st.lists(FILTERS, min_size=1, max_size=9), LIMITS, st.data())
def test_the_answer_to_a_trial_fits_and_counts_what_it_leaves_out(
    titles: list[str], filters: list[Filter], limit: int, data: st.DataObject
) -> None:
    places = data.draw(st.sets(st.integers(0, len(titles) - 1)))
    held = st.builds(Held, st.none() | st.sampled_from(filters))
    lost = tuple(Lost(place, data.draw(held)) for place in sorted(places))
    lines = tried_lines(Tried(lost, tuple(filters[:5])), titles, limit)
    assert_fits_and_is_inert(lines, limit)
    told = sum(line.startswith("“") for line in lines)
    assert sum("ran out of time" in line for line in lines[1:6]) >= len(filters[:5])
    assert told <= 15
    assert told == len(lost) or lines[-1] == f"and {len(lost) - told} more"


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.LANGUAGE])
@pytest.mark.parametrize("typed", ["🗞*" * 66, "a " + "🗞*" * 66])
def test_as_many_filters_as_there_may_be_are_listed_in_a_message(
    action: Action, kind: Kind, typed: str
) -> None:
    lines = filter_lines([(number, Filter(action, kind, typed)) for number in range(1, MOST_FILTERS + 1)])
    assert len(lines) == MOST_FILTERS
    assert all(line.endswith((".", "”.")) and "…" in line for line in lines)


@pytest.mark.parametrize("condition", TEXT_CONDITIONS)
def test_as_many_pings_as_there_may_be_are_listed_in_an_embed(condition: Condition) -> None:
    rules = [
        PingRule(number, 2**62, condition, "🗞* b" * 40, 10079) for number in range(1000, 1000 + MOST_PINGS)
    ]
    lines = ping_lines(rules, EMBED_LIMIT)
    assert len(lines) == MOST_PINGS
    assert all("🗞" in line and line.endswith("10079 minutes.") for line in lines)


def test_a_long_pattern_is_shown_as_far_as_it_fits() -> None:
    pattern = "ferry|" * 33
    filters = [(number, Filter(Action.EXCLUDE, Kind.PATTERN, pattern)) for number in range(1, 26)]
    assert filter_lines(filters[:1]) == [f"**1** · No article that fits the pattern “{pattern}”."]
    assert filter_lines(filters)[0] == "**1** · No article that fits the pattern “ferry|ferry|ferry|…”."


def test_a_schedule_tells_its_zone_and_what_comes_next() -> None:
    assert schedule_line("daily 08:00, 18:30", "Europe/Lisbon", NOON) == (
        f"daily 08:00, 18:30 (Europe/Lisbon), next <t:{STAMP}:R>"
    )
    assert schedule_line("hourly", "America/New_York", None) == "hourly (America/New\\_York)"


def test_a_subscription_is_told_in_a_line() -> None:
    instant = Shown(
        channel_id=7, sections=("world", "sport"), deliver="instant", filters=2, paused_until=NOON
    )
    digest = Shown(
        channel_id=8,
        sections=None,
        deliver="digest",
        schedule="daily 08:00",
        zone="Europe/Lisbon",
        next_at=NOON,
        length="short",
        say_nothing=True,
        publish=True,
        pictures=True,
        filters=1,
        pings=3,
        waiting=1,
        quiet=("22:00", "07:00", "Europe/Lisbon"),
    )
    rest = (
        " · with pictures · published to followers · says when nothing is new"
        " · quiet 22:00 to 07:00 (Europe/Lisbon) · 1 article waiting"
    )
    assert subscription_lines([instant, digest]) == [
        f"<#7> · each article at once · sections world, sport · 2 filters · paused until <t:{STAMP}:f>",
        f"<#8> · short digest daily 08:00 (Europe/Lisbon), next <t:{STAMP}:R> · 1 filter · 3 pings{rest}",
    ]


@pytest.mark.parametrize("limit", range(200, 245))
def test_how_many_more_there_are_has_its_room(limit: int) -> None:
    shown = [Shown(channel_id=7, sections=None, deliver="instant")] * 5000
    assert len("\n".join(subscription_lines(shown, limit))) <= limit


def test_sections_beyond_ten_are_counted() -> None:
    sections = tuple(f"s{n}" for n in range(12))
    (line,) = subscription_lines([Shown(channel_id=7, sections=sections, deliver="instant")])
    assert line.endswith("sections s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 2 more")


def test_a_filter_and_a_ping_are_told_with_their_numbers() -> None:
    assert filter_lines([(4, Filter(Action.INCLUDE, Kind.ENTITY, "*Ada*"))]) == [
        r"**4** · Only articles that mention \*Ada\*."
    ]
    assert ping_lines([PingRule(9, 5, Condition.STORY, "3", 60)]) == [
        "**9** · <@&5> · Pings when 3 sources cover a story, and then not for 1 hour."
    ]


def test_a_trial_tells_what_would_have_been_held_back_and_why() -> None:
    ferry = Filter(Action.EXCLUDE, Kind.PATTERN, "ferr(y|ies)*")
    tried = Tried((Lost(1, Held(ferry)), Lost(2, Held(None))), (ferry,))
    assert tried_lines(tried, ["Rain", "A *ferry*", "Snow"]) == [
        "Of 3 articles in the last seven days these filters would have kept back 2:",
        r"The pattern “ferr(y|ies)\*” ran out of time; it counts as not fitting.",
        r"“A \*ferry\*” · Held back by a filter: No article that fits the pattern “ferr(y|ies)\*”.",
        "“Snow” · None of the filters that choose articles fits it.",
    ]


def test_where_nothing_is_there_is_a_sentence() -> None:
    assert tried_lines(Tried(()), ["Rain"]) == [
        "Of 1 article in the last seven days these filters would have kept back none."
    ]
    assert len(tried_lines(Tried(()), [])) == 1
    assert [len(subscription_lines([])), len(filter_lines([])), len(ping_lines([]))] == [1, 1, 1]
