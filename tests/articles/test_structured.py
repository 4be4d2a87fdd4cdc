import json
from datetime import UTC, date, datetime

import pytest

from bot.articles.draft import Draft
from bot.articles.structured import read
from bot.errors import Refused
from tests.articles.texts import BODY, PAGE, TEXT, TITLE


def load(value: object) -> Draft:
    return read(json.dumps(value))


def test_schema_orgs_article_is_read() -> None:
    draft = load(
        {
            "@type": "NewsArticle",
            "headline": TITLE,
            "articleBody": TEXT,
            "author": {"@type": "Person", "name": "Ada Lamb"},
            "datePublished": "2024-02-09T14:05:00Z",
            "mainEntityOfPage": {"@id": "https://www.example.org/bridge"},
            "publisher": {"@type": "Organization", "name": "The Fairhaven Sun"},
        }
    )
    assert draft == Draft(
        title=TITLE,
        paragraphs=tuple(BODY),
        byline="Ada Lamb",
        published=datetime(2024, 2, 9, 14, 5, tzinfo=UTC),
        url="https://www.example.org/bridge",
        source="The Fairhaven Sun",
    )


ARTICLE = {"@type": "NewsArticle", "headline": TITLE, "articleBody": TEXT}


@pytest.mark.parametrize(
    "value",
    [
        [ARTICLE],
        [{"@type": "WebSite", "name": "The Fairhaven Sun"}, ARTICLE],
        {"@graph": [{"@type": "BreadcrumbList"}, ARTICLE]},
        [{"@graph": [ARTICLE]}],
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {"article": {"title": TITLE, "text": TEXT}},
        {"items": [{"title": TITLE, "content_text": TEXT}]},
        {**ARTICLE, "@type": ["Thing", "ReportageNewsArticle"]},
    ],
)
def test_the_article_is_found_within_lists_and_graphs(value: object) -> None:
    draft = load(value)
    assert (draft.title, draft.paragraphs) == (TITLE, tuple(BODY))


@pytest.mark.parametrize(
    "key", ["text", "body", "content", "articleBody", "article_body", "maintext", "full-text", "Text"]
)
def test_the_keys_of_scrapers_are_known(key: str) -> None:
    assert load({"title": TITLE, key: TEXT}).paragraphs == tuple(BODY)


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Ada Lamb", "Ada Lamb"),
        ("By Ada Lamb", "Ada Lamb"),
        ({"name": "Ada Lamb"}, "Ada Lamb"),
        (["Ada Lamb", "Bo Rye"], "Ada Lamb, Bo Rye"),
        ([{"name": "Ada Lamb"}, {"name": "Ada Lamb"}], "Ada Lamb"),
        ("https://example.org/ada", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_authors_come_in_many_forms(author: object, byline: str | None) -> None:
    assert load({"title": TITLE, "text": TEXT, "author": author}).byline == byline


@pytest.mark.parametrize(
    "key", ["date", "published", "published_at", "publishedAt", "date_published", "pubDate"]
)
def test_dates_stand_under_many_keys(key: str) -> None:
    assert load({"title": TITLE, "text": TEXT, key: "9 Feb 2024"}).published == date(2024, 2, 9)


def test_a_number_is_a_moment() -> None:
    assert load({"text": TEXT, "published": 1707487500}).published == datetime(2024, 2, 9, 14, 5, tzinfo=UTC)


def test_a_source_that_is_an_address_gives_both() -> None:
    draft = load({"text": TEXT, "source": "https://www.example.org/bridge"})
    assert (draft.url, draft.source) == ("https://www.example.org/bridge", "example.org")


def test_an_address_that_is_none_of_the_web_is_dropped() -> None:
    assert load({"text": TEXT, "url": "javascript:alert(1)"}).url is None


def test_a_body_in_html_is_read_as_such() -> None:
    html = "".join(f"<p>{line}</p>" for line in BODY)
    assert load({"title": TITLE, "articleBody": html}).paragraphs == tuple(BODY)


def test_a_body_in_markdown_is_read_as_such() -> None:
    assert (
        load({"title": TITLE, "content": f"# {TITLE}\n\n**Now:** {TEXT}"})
        .paragraphs[0]
        .startswith("Now: The")
    )


def test_a_list_of_paragraphs_is_a_body() -> None:
    assert load({"title": TITLE, "paragraphs": BODY}).paragraphs == tuple(BODY)


def test_the_furniture_of_a_page_in_the_body_is_left_out() -> None:
    draft = load({"title": TITLE, "text": PAGE})
    assert draft.paragraphs == tuple(BODY)
    assert draft.byline == "Ada Lamb"


def test_a_body_that_breaks_off_gives_way_to_the_whole_one() -> None:
    draft = load({"title": TITLE, "content": TEXT[:100] + "… [+300 chars]", "full_text": TEXT})
    assert draft.paragraphs == tuple(BODY)


def test_marks_and_entities_in_a_title_are_resolved() -> None:
    assert load({"title": "Fish &amp; <b>chips</b>", "text": TEXT}).title == "Fish & chips"


def test_several_articles_in_a_file_are_refused() -> None:
    with pytest.raises(Refused, match="holds 2 articles"):
        load([{"title": "One", "text": "One text."}, {"title": "Two", "text": "Another text."}])


@pytest.mark.parametrize(
    "text", ["{}", "[]", "[1, 2, 3]", '{"title": "Bridge"}', '"text"', '{"text": ""}', '{"text": {}}']
)
def test_json_without_an_article_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="holds no text"):
        read(text)


@pytest.mark.parametrize(
    "text", ['{"text": "Bridge', "{", "[" * 100_000, '{"a":' * 100_000, '{"text": 1} {"text": 2}']
)
def test_damaged_json_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="looks like JSON"):
        read(text)
