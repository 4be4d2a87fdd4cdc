"""Pages that stand in place of an article are refused by their kind; news about them is read."""

import html
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.articles.article import Article
from bot.articles.read import read
from bot.errors import Refused
from tests.articles.texts import answer


def page(lines: Sequence[str]) -> str:
    """Return a page with a title and its paragraphs."""
    title, *body = map(html.escape, lines)
    told = "".join(f"<p>{line}</p>" for line in body)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{told}</body></html>"
    )


def markdown(lines: Sequence[str]) -> str:
    """Return the same as Markdown."""
    return "# " + "\n\n".join(lines)


def structured(lines: Sequence[str]) -> str:
    """Return the same as JSON."""
    return json.dumps({"title": lines[0], "text": "\n\n".join(lines[1:])}, ensure_ascii=False)


WRITTEN: tuple[Callable[[Sequence[str]], str], ...] = (page, markdown, structured, "\n\n".join)

NEWS = "news"


def samples() -> list[tuple[str, tuple[str, ...]]]:
    """Return a kind and the lines of a page of it, for each line of ``walls.txt``."""
    found: list[tuple[str, tuple[str, ...]]] = []
    kind = ""
    for row in Path(__file__).with_name("walls.txt").read_text(encoding="utf-8").splitlines():
        if row.startswith("# "):
            kind = row.removeprefix("# ")
        elif row:
            found.append((kind, tuple(row.split(" / "))))
    return found


EACH_WALL = [(kind, lines) for kind, lines in samples() if kind != NEWS]
EACH_NEWS = [lines for kind, lines in samples() if kind == NEWS]


@pytest.mark.parametrize("write", WRITTEN)
@pytest.mark.parametrize(("kind", "lines"), EACH_WALL, ids=[lines[0] for _, lines in EACH_WALL])
def test_a_page_in_place_of_an_article_is_refused_by_its_kind(
    kind: str, lines: tuple[str, ...], write: Callable[[Sequence[str]], str]
) -> None:
    with pytest.raises(Refused) as refused:
        read(write(lines).encode(), "a")
    assert str(refused.value).endswith(", not an article.")
    assert write is not WRITTEN[-1] or kind in str(refused.value)


LINES = [
    "504 Gateway Time-out nginx",
    "Too many requests",
    "Access denied",
    "Service Unavailable\n",
    ("upstream connect error or disconnect/reset before headers. reset reason: connection failure"),
    "Rate limit exceeded. Please try again later.",
    "error code: 1015",
    "Please enable cookies.",
    "Please turn JavaScript on and reload the page.",
    "502 Bad Gateway\ncloudflare",
    (
        "<html><body><h1>429 Too Many Requests</h1>\nYou have sent too many requests in a given "
        "amount of time.\n</body></html>"
    ),
    "Error 503: Service Unavailable",
    "Forbidden",
    (
        "Access to this page has been denied because we believe you are using automation tools "
        "to browse the website."
    ),
    "no healthy upstream",
    "404 page not found",
    "Internal Server Error",
    "Request blocked.",
    (
        "Service Temporarily Unavailable\nThe server is temporarily unable to service your "
        "request due to maintenance downtime or capacity problems. Please try again later."
    ),
    "Proxy Error\nThe proxy server received an invalid response from an upstream server.",
]


@pytest.mark.parametrize("text", LINES)
def test_what_a_server_says_in_a_line_is_refused(text: str) -> None:
    assert isinstance(answer(text.encode(), "a"), str)


@pytest.mark.parametrize("write", WRITTEN)
@pytest.mark.parametrize("lines", EACH_NEWS, ids=[f"{lines[0]}: {lines[1][:30]}" for lines in EACH_NEWS])
def test_news_about_such_pages_or_in_their_words_is_read(
    lines: tuple[str, ...], write: Callable[[Sequence[str]], str]
) -> None:
    assert isinstance(answer(write(lines).encode(), "a"), Article)


def test_a_wall_in_quotation_marks_is_the_news_own() -> None:
    text = "“Sorry, the page you are looking for does not exist,” said the sign. Nobody knew why."
    assert read(text.encode(), "a").text == text


def test_a_page_with_a_banner_about_cookies_below_its_news_is_read() -> None:
    lines = [
        "Ferry returns",
        "The ferry returns in May, the mayor said. It was away for two years.",
        "We use cookies.",
    ]
    assert "The ferry returns" in read(page(lines).encode(), "a").text
