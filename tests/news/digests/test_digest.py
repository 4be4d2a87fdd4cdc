"""What a digest holds, and on which page."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.digests.digest import STORIES_ON_A_PAGE, DigestArticle, Length, digest_of, pages, score

NOON = datetime(2026, 2, 9, 12, tzinfo=UTC)
SINCE = NOON - timedelta(days=1)
PLAIN = DigestArticle(
    id=1,
    story=1,
    title="Ferry leaves",
    source="Example Times",
    url="https://example.com/ferry",
    section="world",
    published=None,
    stored_at=NOON - timedelta(hours=1),
    summary=("A ferry left.", "It was late.", "It was full.", "It was blue."),
    words=400,
)


def article(number: int, story: int | None = None, **changes: object) -> DigestArticle:
    title = f"Title {number}"
    values: dict[str, Any] = {"id": number, "story": story or number, "title": title, **changes}
    return replace(PLAIN, **values)


ARTICLES = st.lists(
    st.builds(
        replace,
        st.just(PLAIN),
        story=st.integers(1, 12),
        source=st.none() | st.sampled_from(["A", "a", "B", "C", "D"]),
        section=st.none() | st.sampled_from(["world", "sport", "art"]),
        stored_at=st.integers(0, 1500).map(lambda minutes: NOON - timedelta(minutes=minutes)),
        published=st.none() | st.just(NOON.date()) | st.just(NOON - timedelta(hours=3)),
        words=st.integers(0, 900),
        summary=st.lists(st.text(max_size=5), max_size=4).map(tuple),
        news=st.lists(st.text(max_size=5), max_size=2).map(tuple),
        copy_of=st.none() | st.integers(1, 30),
        was_shown=st.booleans(),
    ),
    max_size=60,
).map(lambda some: [replace(one, id=number) for number, one in enumerate(some, start=1)])


@given(ARTICLES, st.randoms(use_true_random=False), st.sampled_from(Length))
def test_the_order_in_which_articles_are_given_decides_nothing(
    articles: list[DigestArticle], random: Random, length: Length
) -> None:
    shuffled = [*articles]
    random.shuffle(shuffled)
    assert digest_of(shuffled, SINCE, NOON, length) == digest_of(articles, SINCE, NOON, length)


@given(ARTICLES, st.sampled_from(Length))
def test_every_story_stands_on_exactly_one_page_and_no_page_is_too_large(
    articles: list[DigestArticle], length: Length
) -> None:
    digest = digest_of(articles, SINCE, NOON, length)
    parts = pages(digest)
    shown = [story.id for page in parts for section in page.sections for story in section.stories]
    assert sorted(shown) == sorted(story.id for story in digest.stories)
    assert len(set(shown)) == len(shown)
    assert [(page.number, page.of) for page in parts] == [(n, len(parts)) for n in range(1, len(parts) + 1)]
    sizes = [sum(len(section.stories) for section in page.sections) for page in parts]
    assert all(size == STORIES_ON_A_PAGE[length] for size in sizes[:-1])
    assert sizes[-1] <= STORIES_ON_A_PAGE[length]
    for page in parts:
        names = [section.name for section in page.sections]
        assert len(set(names)) == len(names)
        assert None not in names[:-1]
        assert all(
            story.lead.section == section.name for section in page.sections for story in section.stories
        )


@given(ARTICLES)
def test_every_new_text_is_counted_once_and_nothing_comes_that_was_shown(
    articles: list[DigestArticle],
) -> None:
    digest = digest_of(articles, SINCE, NOON)
    there = {(one.story, one.id) for one in articles}
    new = [one for one in articles if not one.was_shown and (one.story, one.copy_of) not in there]
    assert digest.articles == len(new)
    assert {story.id for story in digest.stories} == {one.story for one in new}
    counted = [number for story in digest.stories for number in story.articles]
    assert {one.id for one in new} <= set(counted)
    assert len(set(counted)) == len(counted)
    assert not {one.id for one in articles if one.was_shown} & set(counted)


@given(ARTICLES)
def test_pages_hold_the_stories_in_the_order_of_their_rank(articles: list[DigestArticle]) -> None:
    digest = digest_of(articles, SINCE, NOON)
    lowest = [
        (
            min(s.score for part in page.sections for s in part.stories),
            max(s.score for part in page.sections for s in part.stories),
        )
        for page in pages(digest)
        if page.sections
    ]
    assert all(low >= high for (low, _), (_, high) in pairwise(lowest))
    for page in pages(digest):
        for section in page.sections:
            scores = [story.score for story in section.stories]
            assert scores == sorted(scores, reverse=True)


def test_a_story_that_more_sources_cover_comes_first() -> None:
    articles = [
        article(1),
        article(2),
        article(3, 2, source="B"),
        article(4, 4),
        article(5, 4),
        article(6, 4),
    ]
    assert [story.id for story in digest_of(articles, SINCE, NOON).stories] == [2, 1, 4]


def test_the_newer_and_the_longer_story_comes_first() -> None:
    old = article(1, stored_at=NOON - timedelta(hours=20))
    short = article(2, words=30)
    assert [story.id for story in digest_of([old, short, article(3)], SINCE, NOON).stories] == [3, 1, 2]


@pytest.mark.parametrize("period", [timedelta(hours=1), timedelta(days=1), timedelta(days=7)])
def test_a_story_as_old_as_the_period_needs_three_sources_to_stand_beside_a_new_one(
    period: timedelta,
) -> None:
    assert score(3, period, 400, period) == pytest.approx(score(1, timedelta(), 400, period))
    assert score(1, timedelta(hours=-3), 400, period) == score(1, timedelta(), 400, period)
    assert score(1, timedelta(days=10**6), 400, period) == 0


def test_an_old_article_that_comes_today_is_not_fresh() -> None:
    digest = digest_of([article(1, published=date(2020, 1, 1)), article(2)], SINCE, NOON)
    assert [story.id for story in digest.stories] == [2, 1]
    assert digest.stories[1].at.date() == date(2020, 1, 1)
    later = digest_of([article(1, published=NOON + timedelta(days=9))], SINCE, NOON).stories[0]
    assert later.at == PLAIN.stored_at


def test_a_story_tells_its_first_article_its_sources_and_how_many_articles_it_is_made_from() -> None:
    articles = [
        article(1, 1, source=None, summary=()),
        article(2, 1, source="Times"),
        article(3, 1, source="TIMES", url="https://example.com/3"),
        article(4, 1, source="Post", post="https://discord.com/channels/1/2/3"),
    ]
    (story,) = digest_of(articles, SINCE, NOON).stories
    assert story.lead.id == 2
    assert [source.name for source in story.sources] == ["Times", None, "Post"]
    assert story.sources[0].url == PLAIN.url
    assert story.sources[2].post == "https://discord.com/channels/1/2/3"
    assert (story.texts, story.articles, story.is_again) == (4, (1, 2, 3, 4), False)


def test_an_update_leads_its_story() -> None:
    articles = [article(1, 1), article(2, 1, news=("More came.",)), article(3, 1)]
    (story,) = digest_of(articles, SINCE, NOON).stories
    assert story.lead.id == 2
    assert story.sentences == ("A ferry left.",)


def test_a_story_comes_again_with_what_is_new_alone() -> None:
    old = [article(1, 1, was_shown=True, source="Times"), article(2, 1, was_shown=True, source="Post")]
    assert digest_of(old, SINCE, NOON).stories == ()
    (story,) = digest_of(
        [*old, article(3, 1, source="Herald", news=("Two were hurt.",))], SINCE, NOON
    ).stories
    assert story.is_again
    assert (story.lead.id, story.sentences, story.articles) == (3, ("Two were hurt.",), (3,))
    assert [source.name for source in story.sources] == ["Herald"]
    (other,) = digest_of([*old, article(4, 1)], SINCE, NOON).stories
    assert other.sentences == ("A ferry left.",)


def test_a_copy_adds_a_source_and_is_no_news() -> None:
    articles = [article(1, 1), article(2, 1, source="Post", copy_of=1)]
    (story,) = digest_of(articles, SINCE, NOON).stories
    assert ([source.name for source in story.sources], story.texts) == (["Example Times", "Post"], 1)
    assert story.articles == (1, 2)
    shown = [replace(articles[0], was_shown=True), articles[1]]
    assert digest_of(shown, SINCE, NOON).stories == ()


def test_a_copy_of_what_this_channel_never_got_comes_as_an_article() -> None:
    (story,) = digest_of([article(2, 1, copy_of=1)], SINCE, NOON).stories
    assert (story.lead.id, story.texts) == (2, 1)


@pytest.mark.parametrize(("length", "count"), [(Length.SHORT, 0), (Length.MEDIUM, 1), (Length.DETAILED, 3)])
def test_a_digest_is_short_medium_or_detailed(length: Length, count: int) -> None:
    (story,) = digest_of([PLAIN], SINCE, NOON, length).stories
    assert story.sentences == PLAIN.summary[:count]


def test_page_one_holds_the_best_stories_under_their_sections() -> None:
    sections = ["world", "sport", "world", None, "sport", "art", "world"]
    articles = [
        article(n, section=section, stored_at=NOON - timedelta(hours=n))
        for n, section in enumerate(sections, 1)
    ]
    first, second = pages(digest_of(articles, SINCE, NOON))
    told = [(part.name, [story.id for story in part.stories]) for part in first.sections]
    assert told == [("world", [1, 3]), ("sport", [2, 5]), ("art", [6]), (None, [4])]
    assert [(part.name, [story.id for story in part.stories]) for part in second.sections] == [("world", [7])]


def test_so_many_stories_as_are_asked_for_and_the_others_counted() -> None:
    digest = digest_of([article(n) for n in range(1, 10)], SINCE, NOON, count=4)
    assert (len(digest.stories), digest.left_out, digest.articles) == (4, 5, 4)


def test_nothing_new_is_one_page_without_stories() -> None:
    (page,) = pages(digest_of([], SINCE, NOON))
    assert (page.number, page.of, page.sections) == (1, 1, ())
