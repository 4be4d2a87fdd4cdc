import json
import logging
from datetime import UTC, date, datetime

import pytest

from bot.articles.html import read
from bot.articles.html_tree import lines_without_tree, parse, seen_lines
from tests.articles.texts import BODY, LEAD, SECOND, THIRD, TITLE

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)


def page(
    head: str = "", header: str = "", body: str = PARAGRAPHS, title: str = f"{TITLE} | The Fairhaven Sun"
) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<main><h1>{TITLE}</h1>{header}<article>{body}</article></main>"
        "<footer><p>© 2024 The Fairhaven Sun. All rights reserved.</p></footer></body></html>"
    )


def linked(**values: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **values}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_the_body_of_a_page_is_its_article() -> None:
    assert read(page()).paragraphs == tuple(BODY)


def test_the_title_is_the_heading() -> None:
    assert read(page()).title == TITLE


def test_metadata_give_author_date_address_and_source() -> None:
    draft = read(
        page(
            '<meta name="author" content="Ada Lamb">'
            '<meta property="article:published_time" content="2024-02-09T14:05:00Z">'
            '<meta property="og:site_name" content="The Fairhaven Sun">'
            '<link rel="canonical" href="https://www.example.org/bridge">'
        )
    )
    assert draft.byline == "Ada Lamb"
    assert draft.published == datetime(2024, 2, 9, 14, 5, tzinfo=UTC)
    assert draft.source == "The Fairhaven Sun"
    assert draft.url == "https://www.example.org/bridge"


def test_json_ld_gives_them_too() -> None:
    draft = read(
        page(
            linked(
                author=[{"@type": "Person", "name": "Ada Lamb"}, {"@type": "Person", "name": "Bo Rye"}],
                datePublished="2024-02-09",
                publisher={"name": "The Fairhaven Sun"},
                url="https://www.example.org/bridge",
            )
        )
    )
    assert draft.byline == "Ada Lamb, Bo Rye"
    assert draft.published == date(2024, 2, 9)
    assert draft.source == "The Fairhaven Sun"
    assert draft.url == "https://www.example.org/bridge"


def test_without_a_name_the_source_is_the_host() -> None:
    assert (
        read(page('<meta property="og:url" content="https://www.example.org/bridge">')).source
        == "example.org"
    )


def test_lines_between_title_and_body_give_author_and_date() -> None:
    draft = read(page(header='<p>By Ada Lamb</p><time datetime="2024-02-09T14:05Z">3 hours ago</time>'))
    assert draft.byline == "Ada Lamb"
    assert draft.published == datetime(2024, 2, 9, 14, 5, tzinfo=UTC)
    assert draft.paragraphs == tuple(BODY)


def test_what_the_page_does_not_say_is_unknown() -> None:
    draft = read(page())
    assert (draft.byline, draft.published, draft.url, draft.source) == (None, None, None, None)


def test_a_date_in_the_address_or_in_the_text_is_not_taken() -> None:
    link = '<link rel="canonical" href="https://example.org/2024/02/09/bridge">'
    assert (
        read(page(link, body=PARAGRAPHS + "<p>The bridge was opened on 5 March 1964.</p>")).published is None
    )


def test_the_json_ld_of_another_article_is_passed_over() -> None:
    other = linked(headline="Ten walks along the coast", author={"name": "Bo Rye"})
    own = linked(author={"name": "Ada Lamb"})
    assert read(page(other + own + f'<meta property="og:title" content="{TITLE}">')).byline == "Ada Lamb"


def test_a_broken_script_spoils_nothing() -> None:
    assert read(page('<script type="application/ld+json">{"@type": </script>')).paragraphs == tuple(BODY)


def test_the_text_of_json_ld_is_taken_where_the_page_shows_little() -> None:
    draft = read(
        page(linked(articleBody="\n\n".join(BODY)), body="<p>Loading the article takes a moment.</p>")
    )
    assert draft.paragraphs == tuple(BODY)


def test_a_piece_of_a_page_is_read() -> None:
    draft = read(f"<div><script>var a = 1;</script><p>{TITLE}</p><p>9 February 2024</p>{PARAGRAPHS}</div>")
    assert draft.title == TITLE
    assert draft.published == date(2024, 2, 9)
    assert draft.paragraphs == tuple(BODY)


def test_entities_and_scripts_do_not_reach_the_text() -> None:
    middle = "<script>alert('x')</script><p>Fish &amp; chips&nbsp;were cold, she said.</p>"
    draft = read(page(body=f"<p>{LEAD}</p>{middle}<p>{SECOND}</p>"))
    assert "Fish & chips were cold, she said." in draft.paragraphs
    assert "alert" not in "".join(draft.paragraphs)


def test_lines_broken_in_the_source_are_one_paragraph() -> None:
    broken = THIRD.replace(". ", ".\n      ")
    assert read(page(body=f"<p>{LEAD}</p><p>{SECOND}</p><p>{broken}</p>")).paragraphs == tuple(BODY)


def test_one_page_does_not_change_how_the_next_is_read() -> None:
    first = read(page())
    read(page(body=PARAGRAPHS * 3))
    assert read(page()) == first


def test_a_page_without_text_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        read("<html><body></body></html>")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_page_nested_too_deep_for_a_tree_is_read_by_its_tags() -> None:
    deep = "<div>" * 5_000 + PARAGRAPHS + "</div>" * 5_000
    assert parse(deep) is None
    assert read(f"<html><body><h1>{TITLE}</h1>{deep}</body></html>").paragraphs == tuple(BODY)


def test_both_ways_to_the_lines_of_a_page_see_the_same() -> None:
    text = "<body><h1>One</h1><p>Two <b>words</b><br>three</p><script>no()</script><ul><li>Four<li>Five</ul>"
    text += PARAGRAPHS
    tree = parse(text)
    assert tree is not None
    assert (
        seen_lines(tree) == lines_without_tree(text) == ["One", "Two words", "three", "Four", "Five", *BODY]
    )
