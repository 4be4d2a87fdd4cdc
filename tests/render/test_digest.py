# ruff: noqa: RUF001  # a wide bracket stands for one that would end a link
"""Whatever a digest holds, Discord takes its pages, and no link shows one place and leads to another."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.news.digests.digest import DigestArticle, Length, Page, digest_of, pages
from bot.render.digest import (
    DIGEST_TEMPLATE,
    NOTE_SHOWN,
    digest_buttons,
    digest_embed,
    is_address,
    missed_note,
)
from bot.render.look import DEFAULT, Look
from bot.render.post import COLOUR, link
from bot.render.words import LANGUAGES, words_of
from tests.news.digests.test_digest import NOON, PLAIN, SINCE, article
from tests.render.test_fields import ANY, HOSTILE, INERT, assert_inert, assert_one_line
from tests.render.test_post import LOOKS, assert_discord_takes

WILD = ANY | st.sampled_from(HOSTILE).map(lambda sign: sign * 300) | st.text("[]()\\*", max_size=300)
URLS = (
    st.none()
    | WILD
    | WILD.map("https://example.com/{}".format)
    | st.integers(1, 2100).map(lambda size: f"https://example.com/{'a' * size}")
)
PARTS: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    story=st.integers(1, 14),
    title=WILD,
    source=st.none()
    | WILD
    | st.sampled_from(["Example Times", "example.com", "www.example.com", "other.org"]),
    url=URLS,
    post=st.none()
    | st.just("https://discord.com/channels/111111111111111111/222222222222222222/333333333333333333"),
    section=st.none() | WILD,
    summary=st.lists(WILD, max_size=4).map(tuple),
    was_shown=st.booleans(),
    stored_at=st.datetimes(datetime(2026, 2, 8), datetime(2026, 2, 10), timezones=st.just(UTC)),  # noqa: DTZ001
)
ARTICLES = st.lists(PARTS, min_size=1, max_size=25).map(
    lambda some: [
        DigestArticle(id=number, published=None, words=100, **parts)
        for number, parts in enumerate(some, start=1)
    ]
)
LINK = (
    r"\[(?P<shown>(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
    r"\(\s*<?(?P<target>(?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['\"][\s\S]*?['\"])?\s*\)"
)
"""As Discord's clients read it: simple-markdown's rule."""
FIRST = re.compile(rf"{INERT.pattern}|{LINK}")


def masked(description: str) -> list[tuple[str, str]]:
    return [(found["shown"], found["target"]) for found in FIRST.finditer(description) if found["shown"]]


def without_links(description: str) -> str:
    return FIRST.sub(lambda found: "" if found["shown"] else found[0], description)


def plain(shown: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", shown)


def assert_harmless(page: Page, look: Look = DEFAULT) -> None:
    embed = digest_embed(page, mark="#k3f9", look=look)
    assert_discord_takes(embed)
    description = embed.description or ""
    links = masked(description)
    known = {
        unquote(safe)
        for story in page.digest.stories
        for address in (story.lead.url, story.lead.post, *(a for s in story.sources for a in (s.url, s.post)))
        if (safe := link(address))
    }
    for shown, target in links:
        assert unquote(target) in known, description
        assert "\n" not in shown
        if is_address(plain(shown)):
            assert plain(shown).removeprefix("www.") == (urlsplit(target).hostname or "").removeprefix("www.")
    left = without_links(re.sub(r"<t:\d+:[fR]>", "", description))
    for line in left.split("\n"):
        assert_one_line(line.replace("]\u200b", "]"))
        ours = re.sub(r"^__\*\*(.*)\*\*__$|^\*\*(.*?)\*\*(?= |$)", r"\1\2", line)
        assert_inert(ours)


@settings(deadline=None)
@given(ARTICLES, st.sampled_from(Length), LOOKS)
def test_no_digest_makes_a_page_that_discord_refuses_or_that_misleads(
    articles: list[DigestArticle], length: Length, look: Look
) -> None:
    for page in pages(digest_of(articles, SINCE, NOON, length)):
        assert_harmless(page, look)


@settings(deadline=None)
@given(ARTICLES, st.sampled_from(Length))
def test_every_story_of_a_page_is_there(articles: list[DigestArticle], length: Length) -> None:
    for page in pages(digest_of(articles, SINCE, NOON, length)):
        stamps = [
            f"<t:{int(story.at.timestamp())}:R>" for section in page.sections for story in section.stories
        ]
        shown = digest_embed(page).description or ""
        assert re.findall(r"<t:\d+:R>", shown) == stamps


def one_story(url: str | None, post: str) -> str:
    (page,) = pages(digest_of([article(1, section=None, url=url, post=post)], SINCE, NOON))
    return (digest_embed(page).description or "").split("\n\n")[1]


def test_a_page_shows_stories_under_headings_with_links_sources_and_times() -> None:
    old = NOON - timedelta(hours=2)
    articles = [
        article(1, 1, stored_at=old),
        article(2, 1, stored_at=old, source="Example Post", url="https://post.example/a_(b)"),
        article(3, 3, section="sport", stored_at=old, was_shown=True),
        article(4, 3, section="sport", stored_at=old, news=("Two more came.",)),
    ]
    (page,) = pages(digest_of(articles, SINCE, NOON))
    embed = digest_embed(page, mark="#k3f9", note="This digest was due while Gazette was down.")
    when = f"<t:{int(old.timestamp())}:R>"
    assert embed.title == "Digest"
    assert embed.timestamp == NOON
    assert embed.footer.text == "#k3f9 · page 1 of 1"
    assert (embed.description or "").split("\n") == [
        "This digest was due while Gazette was down.",
        f"2 stories from 3 articles since <t:{int(SINCE.timestamp())}:f>",
        "",
        "__**world**__",
        "",
        "**[Title 1](https://example.com/ferry)**",
        "A ferry left.",
        f"Example Times, [Example Post](https://post.example/a_%28b%29) · 2 articles · {when}",
        "",
        "__**sport**__",
        "",
        "**[Title 4](https://example.com/ferry)**",
        "Two more came.",
        f"Example Times · 1 new article on this · {when}",
    ]


def test_a_short_digest_has_a_line_for_a_story() -> None:
    articles = [article(1, 1), article(2, 1, source="Post")]
    (page,) = pages(digest_of(articles, SINCE, NOON, Length.SHORT))
    when = f"<t:{int(PLAIN.stored_at.timestamp())}:R>"
    line = (digest_embed(page).description or "").split("\n")[-1]
    assert line == f"**[Title 1](https://example.com/ferry)** · 2 sources · 2 articles · {when}"


@pytest.mark.parametrize(
    ("title", "url", "shown"),
    [
        ("Ferry", None, "**Ferry**"),
        ("Ferry", "javascript:alert(1)", "**Ferry**"),
        (
            "[Live] Ferry](http://evil.example",
            "https://a.example/b",
            "**\\[Live] Ferry]\u200b(http://evil.example** [read](https://a.example/b)",
        ),
        ("[Live] Ferry", "https://a.example/b", "**[［Live］ Ferry](https://a.example/b)**"),
        ("good.example", "https://evil.example/b", "**good.example** [read](https://evil.example/b)"),
        (
            "**Ferry** leaves",
            "https://a.example/*b*",
            r"**[\*\*Ferry\*\* leaves](https://a.example/%2Ab%2A)**",
        ),
        (" \u200b", "https://a.example/b", "**[Untitled](https://a.example/b)**"),
    ],
)
def test_a_title_is_a_link_only_where_that_shows_what_it_opens(
    title: str, url: str | None, shown: str
) -> None:
    (page,) = pages(digest_of([article(1, title=title, url=url)], SINCE, NOON))
    assert (digest_embed(page).description or "").split("\n")[4] == shown


def test_no_text_reaches_back_to_a_link_before_it() -> None:
    evil = "](https://evil.example/a)"
    articles = [
        article(1),
        article(2, summary=(f"It said so{evil} twice.",)),
        article(3, source=f"Times{evil}", section=f"world{evil}"),
    ]
    (page,) = pages(digest_of(articles, SINCE, NOON))
    found = masked(digest_embed(page).description or "")
    assert found == [(f"Title {n}", PLAIN.url) for n in (1, 2, 3)]


def test_an_article_without_an_address_leads_to_its_post() -> None:
    post = "https://discord.com/channels/1/2/3"
    assert one_story(url=None, post=post).startswith(f"**[Title 1]({post})**\n")
    assert one_story(url="https://example.com/" + "a" * 500, post=post).startswith(f"**[Title 1]({post})**\n")


def test_a_source_named_like_an_address_is_a_link_to_that_alone() -> None:
    articles = [
        article(1, 1),
        article(2, 1, source="good.example", url="https://www.good.example/a"),
        article(3, 1, source="fine.example", url="https://evil.example/a"),
    ]
    (page,) = pages(digest_of(articles, SINCE, NOON))
    shown = digest_embed(page).description or ""
    assert masked(shown)[1:] == [("good.example", "https://www.good.example/a")]
    assert ", fine.example · " in shown


def test_many_sources_are_shortened_to_how_many_more() -> None:
    articles = [article(n, 1, source=f"Source {n}", url=None) for n in range(1, 9)]
    (page,) = pages(digest_of(articles, SINCE, NOON))
    line = (digest_embed(page).description or "").split("\n")[-1]
    assert line.startswith("Source 1, Source 2, Source 3, Source 4, Source 5 and 3 more · 8 articles · <t:")


def test_where_all_does_not_fit_each_story_is_shown_with_less() -> None:
    long = ("Something long happened " * 20 + ".",) * 3
    articles = [article(n, summary=long, url=f"https://example.com/{'a' * 380}") for n in range(1, 5)]
    (page,) = pages(digest_of(articles, SINCE, NOON, Length.DETAILED))
    shown = digest_embed(page).description or ""
    assert shown.count("Something long") >= 4
    assert len(masked(shown)) == 4
    assert len(shown) > 3000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", Length)
@pytest.mark.parametrize("size", [20, 140, 240, 390])
def test_a_page_of_the_longest_stories_fits(length: Length, size: int, language: str) -> None:
    articles = [
        article(
            number,
            (number - 1) % 8 + 1,
            title="🗞" * 400,
            section=f"{number % 8}" + "🗞" * 99,
            source=f"{number}" + "🗞" * 99,
            url=f"https://example.com/{'a' * (size - 20)}",
            summary=("🗞" * 900,) * 3,
            news=("🗞" * 900,) * 3,
            was_shown=number <= 8,
        )
        for number in range(1, 800)
    ]
    for page in pages(digest_of(articles, SINCE, NOON, length)):
        embed = digest_embed(
            page, mark="#zzzzzzzzzzzz", note="n" * 300, title="🗞" * 300, look=Look(language=language)
        )
        assert_discord_takes(embed)


def test_nothing_new_is_said_in_a_line() -> None:
    (page,) = pages(digest_of([], SINCE, NOON))
    assert digest_embed(page).description == f"Nothing new since <t:{int(SINCE.timestamp())}:f>."


def test_stories_beyond_those_asked_for_are_counted() -> None:
    (page,) = pages(digest_of([article(1), article(2)], SINCE, NOON, count=1))
    assert (digest_embed(page).description or "").startswith(
        f"1 story from 1 article since <t:{int(SINCE.timestamp())}:f>; 1 more left out"
    )


@example(1, 1, "en")
@given(st.integers(1, 20), st.integers(1, 20), st.sampled_from([*LANGUAGES]))
def test_buttons_lead_to_the_pages_beside_and_say_so_in_their_ids(
    number: int, of: int, language: str
) -> None:
    number = min(number, of)
    found = []
    for button in digest_buttons(
        10**18 - 1, number, of, until=datetime(9999, 12, 31, tzinfo=UTC), language=language
    ):
        match = re.fullmatch(DIGEST_TEMPLATE, button.custom_id or "")
        assert match
        assert match["digest"] == str(10**18 - 1)
        assert len(button.custom_id or "") <= 100
        assert (button.label or "").endswith(words_of(language).page(int(match["page"]), of))
        assert len(button.label or "") <= 80
        found.append(int(match["page"]))
    assert found == [page for page in (number - 1, number + 1) if 1 <= page <= of]


def test_a_digest_speaks_the_language_of_its_channel_and_bears_its_colour() -> None:
    articles = [
        article(1, 1, section="world"),
        article(2, 1, section="world", source="Post", url=None),
        article(3, 3, section=None, title="good.example", was_shown=True),
        article(4, 3, section=None, title="good.example"),
    ]
    (page,) = pages(digest_of(articles, SINCE, NOON))
    embed = digest_embed(page, mark="#k3f9", look=Look(language="de", colour=0x123456))
    shown = (embed.description or "").split("\n")
    assert (embed.title, embed.footer.text) == ("Überblick", "#k3f9 · Seite 1 von 1")
    assert embed.colour is not None
    assert embed.colour.value == 0x123456
    assert shown[0] == f"2 Themen aus 3 Artikeln seit dem <t:{int(SINCE.timestamp())}:f>"
    assert "__**Sonstiges**__" in shown
    assert sum(" · 2 Artikel · <t:" in line for line in shown) == 1
    assert sum(" · 1 neuer Artikel dazu · <t:" in line for line in shown) == 1
    assert f"**good.example** [lesen]({PLAIN.url})" in shown


def test_a_digest_without_a_choice_bears_gazettes_own_colour() -> None:
    (page,) = pages(digest_of([], SINCE, NOON))
    assert digest_embed(page).colour == COLOUR
    assert digest_embed(page, look=Look(colour=0)).colour != COLOUR


def test_a_digest_that_was_missed_says_so() -> None:
    due, first = int(NOON.timestamp()), int(SINCE.timestamp())
    one = f"This digest was due <t:{due}:f>. Gazette was not running then."
    assert missed_note(NOON) == one
    assert missed_note(NOON, SINCE) == f"{one} It stands for all digests since <t:{first}:f>."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_is_shown_whole(language: str) -> None:
    (page,) = pages(digest_of([], SINCE, NOON))
    words = words_of(language)
    late = missed_note(NOON, SINCE, language=language)
    for note in (late, words.while_paused, words.in_quiet_hours, words.at_once):
        assert len(note) <= NOTE_SHOWN
        assert (digest_embed(page, note=note).description or "").split("\n")[0] == note
