"""Which channels an article goes to."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.analysis.analysis import Analysis, Entity, EntityKind
from bot.news import folder
from bot.news.intake import Intake, Taken
from bot.news.subscriptions.filter_text import filter_of
from bot.news.subscriptions.filters import MOST_GIVEN_UP, Action, Filter, Kind, Passed, Subject, passes
from bot.news.subscriptions.matching import Matches
from bot.news.subscriptions.routing import Offered, Route, Routing
from bot.news.subscriptions.subscriptions import DIGEST, INSTANT, Register
from storage import articles, subscriptions
from storage.database import Database
from storage.files import Outcome
from storage.subscriptions import SubscriptionRecord
from tests.conftest import Clock
from tests.news.readers import read_plainly

REED = Entity("Ada Reed", EntityKind.PERSON, 1, ("Reed",))
HARBOUR = Offered(
    "Board elects Reed", "The harbour board met. It chose Ada Reed.", "Times", "en", "world", [REED]
)
BRIDGE = Offered("Bridge closes", "The old bridge closes on Friday.", "Post", "fr", "travel", None)
WILD = r"(a+)+$c"
ENDLESS = replace(HARBOUR, text="a" * 5000)


def out(kind: Kind, typed: str) -> Filter:
    return filter_of(Action.EXCLUDE, kind, typed)


def only(kind: Kind, typed: str) -> Filter:
    return filter_of(Action.INCLUDE, kind, typed)


@dataclass
class Newsroom:
    """A history, its subscriptions, and where articles go by them."""

    database: Database
    clock: Clock

    def __post_init__(self) -> None:
        self.register = Register()
        self.routing = Routing(self.register)

    async def subscribe(
        self,
        channel_id: int,
        filters: Sequence[Filter] = (),
        sections: tuple[str, ...] | None = None,
        schedule: str | None = None,
    ) -> int:
        async with self.register.changing(self.database) as connection:
            record = SubscriptionRecord(
                guild_id=1,
                channel_id=channel_id,
                deliver=INSTANT if schedule is None else DIGEST,
                schedule=schedule,
                sections=sections,
                holds_from=self.clock(),
                created_at=self.clock(),
            )
            number = await subscriptions.add(connection, record)
            for one in filters:
                await subscriptions.add_filter(connection, number, one.action, one.kind, one.text)
            return number

    async def end_all(self) -> None:
        async with self.register.changing(self.database) as connection:
            numbers = [one.id for one in await self.register.all(connection)]
            await subscriptions.end(connection, numbers, "It was unsubscribed.", self.clock())

    async def gets(self, article: Offered) -> list[int]:
        """Return the channels that an article goes to."""
        return list((await self.route(article)).channels)

    async def route(self, article: Offered) -> Route:
        """Return where an article goes."""
        return await self.routing.decided(self.database, article, partial(self._route, article))

    async def _route(self, article: Offered, matches: Matches) -> Route:
        async with self.database.read() as connection:
            return await self.routing.wanted(connection, article, self.clock(), matches)


@pytest.fixture
def newsroom(database: Database, clock: Clock) -> Newsroom:
    return Newsroom(database, clock)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.WORDS, "reed harbour"),
        (Kind.PHRASE, "harbour board"),
        (Kind.ENTITY, "ada reed"),
        (Kind.SOURCE, "times"),
        (Kind.LANGUAGE, "English"),
        (Kind.SECTION, "World"),
        (Kind.PATTERN, r"elects? \w+"),
    ],
)
async def test_a_filter_of_each_kind_chooses_or_leaves_out(
    newsroom: Newsroom, kind: Kind, typed: str
) -> None:
    await newsroom.subscribe(1, [only(kind, typed)])
    await newsroom.subscribe(2, [out(kind, typed)])
    await newsroom.subscribe(3)
    assert await newsroom.gets(HARBOUR) == [1, 3]
    assert await newsroom.gets(BRIDGE) == [2, 3]


SECTIONS = st.sampled_from(["world", "World", "travel", "sport"])
FILTERS = st.sampled_from(
    [
        (Kind.WORDS, "harbour"),
        (Kind.WORDS, "closes"),
        (Kind.PHRASE, "old bridge"),
        (Kind.ENTITY, "Reed"),
        (Kind.SOURCE, "POST"),
        (Kind.LANGUAGE, "fr"),
        (Kind.SECTION, "travel"),
        (Kind.PATTERN, r"^b\w+ "),
        (Kind.PATTERN, r"friday|reed"),
    ]
).flatmap(lambda one: st.sampled_from([only(*one), out(*one)]))
CHOICES = st.tuples(
    st.none() | st.lists(SECTIONS, min_size=1, max_size=2).map(tuple), st.lists(FILTERS, max_size=3)
)
OFFERED = st.builds(
    Offered,
    st.sampled_from([HARBOUR.title, BRIDGE.title]),
    st.sampled_from([HARBOUR.text, BRIDGE.text]),
    st.sampled_from(["Times", "Post", None]),
    st.sampled_from(["en", "fr", None]),
    SECTIONS | st.none(),
    st.sampled_from([None, [REED]]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(CHOICES, max_size=4), st.lists(OFFERED, min_size=1, max_size=3))
async def test_an_article_goes_to_exactly_the_channels_that_want_it(
    newsroom: Newsroom, choices: list[tuple[tuple[str, ...] | None, list[Filter]]], offered: list[Offered]
) -> None:
    await newsroom.end_all()
    for channel, (sections, filters) in enumerate(choices):
        await newsroom.subscribe(channel, filters, sections)
    for article in offered:
        section = (article.section or "").casefold()
        wanted = [
            channel
            for channel, (sections, filters) in enumerate(choices)
            if (sections is None or section in [one.casefold() for one in sections])
            and isinstance(passes(filters, Subject(article)), Passed)
        ]
        assert await newsroom.gets(article) == wanted


async def test_a_change_counts_from_the_next_article_on(newsroom: Newsroom) -> None:
    number = await newsroom.subscribe(1)
    assert await newsroom.gets(HARBOUR) == [1]
    one = out(Kind.WORDS, "harbour")
    async with newsroom.register.changing(newsroom.database) as connection:
        filter_id = await subscriptions.add_filter(connection, number, one.action, one.kind, one.text)
    assert await newsroom.gets(HARBOUR) == []
    async with newsroom.register.changing(newsroom.database) as connection:
        assert await subscriptions.remove_filter(connection, number, filter_id)
    assert await newsroom.gets(HARBOUR) == [1]


async def test_a_pattern_that_runs_out_of_time_again_and_again_is_tried_no_more(newsroom: Newsroom) -> None:
    wild = out(Kind.PATTERN, WILD)
    await newsroom.subscribe(1, [wild])
    await newsroom.subscribe(2, [wild, out(Kind.PATTERN, "never seen")])
    await newsroom.subscribe(3, [only(Kind.PATTERN, WILD)])
    given_up = []
    for _ in range(MOST_GIVEN_UP):
        given_up.append(newsroom.routing.given_up)
        assert await newsroom.gets(ENDLESS) == [1, 2]  # it counts as not fitting
    assert given_up == [set()] * MOST_GIVEN_UP
    assert newsroom.routing.given_up == {wild, only(Kind.PATTERN, WILD)}
    short = replace(ENDLESS, text="aac")
    assert passes([out(Kind.PATTERN, "(a+)+c")], Subject(short)) != Passed()
    assert await newsroom.gets(short) == [1, 2]


async def test_without_entities_a_filter_by_one_fits_nothing(newsroom: Newsroom) -> None:
    await newsroom.subscribe(1, [only(Kind.ENTITY, "Ada Reed")])
    await newsroom.subscribe(2, [out(Kind.ENTITY, "Ada Reed")])
    assert await newsroom.gets(HARBOUR) == [1]
    assert await newsroom.gets(replace(HARBOUR, entities=None)) == [2]


async def test_a_copy_goes_by_where_its_file_lies(newsroom: Newsroom) -> None:
    await newsroom.subscribe(1, sections=("world",))
    await newsroom.subscribe(2, sections=("sport",))
    await newsroom.subscribe(3, [out(Kind.SECTION, "sport")])
    assert await newsroom.gets(HARBOUR) == [1, 3]
    assert await newsroom.gets(replace(HARBOUR, section="Sport")) == [2]
    assert await newsroom.gets(replace(HARBOUR, section=None)) == [3]


async def test_what_filters_pass_waits_where_a_digest_lists_it(newsroom: Newsroom) -> None:
    await newsroom.subscribe(1, [only(Kind.WORDS, "harbour")], schedule="daily 08:00")
    await newsroom.subscribe(2, [out(Kind.WORDS, "harbour")], schedule="daily 08:00")
    await newsroom.subscribe(3)
    assert await newsroom.route(HARBOUR) == Route((1, 3), frozenset({1}))


async def read_with_source(data: bytes, name: str, section: str | None) -> Analysis:
    """Read a text whose first word is its source."""
    source, _, text = data.decode().partition(" ")
    analysis = read_plainly(text.encode(), name, section)
    return replace(analysis, article=replace(analysis.article, source=source))


async def take(newsroom: Newsroom, root: Path, name: str, text: str) -> Taken:
    """Put a file into the inbox, and take it in."""
    intake = Intake(
        newsroom.database, read_with_source, newsroom.clock, max_bytes=1000, routing=newsroom.routing
    )
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    file = folder.look(root, name)
    assert file is not None
    return await intake.store(await intake.read(root, file, name), name)


async def test_what_no_channel_wants_is_in_the_history_and_posted_nowhere(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    await newsroom.subscribe(1, [out(Kind.SOURCE, "Times")])
    await newsroom.subscribe(2, [only(Kind.WORDS, "train")])
    taken = await take(newsroom, tmp_path, "a.txt", "Times The board met.")
    assert (taken.outcome, taken.queued) == (Outcome.ARTICLE, 0)
    async with newsroom.database.read() as connection:
        stored = await articles.get(connection, taken.article_id or 0)
        waiting = (await connection.exec_driver_sql("SELECT count(*) FROM deliveries")).scalar()
    assert stored is not None
    assert stored.text == "The board met."
    assert waiting == 0


async def test_a_copy_that_passes_is_posted_though_the_first_was_held_back(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    await newsroom.subscribe(1, [out(Kind.SOURCE, "Times")])
    first = await take(newsroom, tmp_path, "a.txt", "Times The board met.")
    newsroom.clock.advance(minutes=1)
    second = await take(newsroom, tmp_path, "b.txt", "Post The board met.")
    third = await take(newsroom, tmp_path, "c.txt", "Mail The board met.")
    assert [taken.queued for taken in (first, second)] == [0, 1]
    assert third.outcome is Outcome.DUPLICATE
    async with newsroom.database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT article_id, channel_id FROM deliveries")
        assert [tuple(row) for row in rows] == [(first.article_id, 1)]


async def test_no_filter_is_tried_on_the_event_loop(newsroom: Newsroom) -> None:
    """There may be thousands of them, and a text may be long."""
    threads = []

    class Article(Offered):
        def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 (any part of an article)
            if name == "text":
                threads.append(threading.current_thread())
            return super().__getattribute__(name)

    await newsroom.subscribe(1, [out(Kind.WORDS, "harbour")])
    assert await newsroom.gets(Article("Title", "A harbour.", None, None, None, None)) == []
    assert threads
    assert threading.main_thread() not in threads
