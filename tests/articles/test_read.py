import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.article import Article
from bot.articles.read import read
from bot.errors import Refused
from tests.articles.texts import BODY, PAGE, TEXT, TITLE, answer


def test_a_page_becomes_an_article() -> None:
    article = read(PAGE.encode(), "bridge.txt", section="world")
    assert article.title == TITLE
    assert article.text == TEXT
    assert article.paragraphs == BODY
    assert (article.byline, article.language, article.section) == ("Ada Lamb", "en", "world")


@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.html", "a", "", ".txt", "a/b\\c\x00\u202e.txt", "x" * 5000]
)
def test_any_name_will_do(name: str) -> None:
    assert read(f"{TITLE}\n\n{TEXT}".encode(), name).text == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b" \n\t\r\n ", "nothing but white space"),
        ("\ufeff\u200b".encode(), "nothing but white space"),
        (b"Share this article\nLeave a comment\n2 min read\n", "no article"),
        (b"***\n---\n...", "no article"),
        (b"<html><body><nav>Home</nav></body></html>", "no article"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG image"),
        (b"<rss><channel></channel></rss>", "a feed"),
        (b"word " * 300_000, "longer than a million characters"),
        (b"A line of the log.\n" * 20_001, "more than 20,000 lines"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        read(data, "a.txt")
    assert str(refused.value).endswith(".")


def test_without_a_title_the_first_sentence_is_it() -> None:
    assert read(TEXT.encode(), "a.txt").title == BODY[0].rstrip(".")


def test_the_text_is_composed_and_free_of_what_cannot_be_seen() -> None:
    article = read(
        "The cafe\u0301 is clo\u00adsed to\u200bday, said\u202e the o\u0308wner on Tuesday.".encode(), "a.txt"
    )
    assert article.text == "The café is closed today, said the öwner on Tuesday."


def test_half_a_surrogate_pair_in_json_can_be_stored() -> None:
    article = read(
        rb'{"title": "A \ud800 title", "text": "The text \ud83d of it, as it was sent."}', "a.json"
    )
    (article.title + article.text).encode()


def test_a_page_that_names_itself_as_author_names_nobody() -> None:
    assert (
        read(b'{"text": "It is so.", "author": "Fairhaven Sun", "publisher": "Fairhaven Sun"}', "a").byline
        is None
    )


def test_the_host_is_the_source_where_no_name_is_known() -> None:
    assert read(f"{TITLE}\nURL: https://www.example.org/a\n\n{TEXT}".encode(), "a").source == "example.org"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "https://",
        "https://good.example@evil.example/",
        "http://[::1",
        "https://example.org:x/",
    ],
)
def test_an_address_that_could_mislead_is_dropped(url: str) -> None:
    assert read(f'{{"text": "It is so.", "url": "{url}"}}'.encode(), "a.json").url is None


def test_reading_a_text_file_does_not_import_what_only_pages_need() -> None:
    code = (
        "import sys; from bot.articles.read import read; read(b'It is so.', 'a.txt');"
        "names = ('trafilatura', 'lxml', 'markdown_it', 'py3langid', 'chardet', 'discord');"
        "print([name for name in names if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def is_sound(article: Article | str) -> bool:
    if isinstance(article, str):
        return article.endswith(".")
    lines = [article.title, *article.paragraphs]
    return all(line and line == " ".join(line.split()) for line in lines) and len(article.title) <= 300


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.json", "a"]))
def test_any_bytes_are_an_article_or_refused(data: bytes, name: str) -> None:
    assert is_sound(answer(data, name))


MARKS = [
    "# ",
    "\n\n",
    "\n",
    "<p>",
    "</p>",
    "<div>",
    "<br>",
    "{",
    "}",
    "[",
    "](",
    "---\n",
    "*",
    "`",
    "> ",
    "<script>",
    "<!--",
    "&amp;",
    "\u202e",
    '"text": ',
]
LINES = ["By Ada Lamb", "9 Feb 2024", "Share this article", "Comments", " | ", "市长宣布。", *BODY]
PIECES = st.sampled_from([*MARKS, *LINES])


@given(st.lists(PIECES, max_size=30), st.sampled_from(["a.txt", "a.md", "a.html", "a.json"]))
def test_any_mixture_of_markup_is_an_article_or_refused(pieces: list[str], name: str) -> None:
    assert is_sound(answer("".join(pieces).encode(), name))


@pytest.mark.parametrize("name", ["prices.csv", "SCRIPT.PY", "bot.log", "a.jsonl"])
def test_text_that_is_no_article_by_its_name_is_refused(name: str) -> None:
    with pytest.raises(Refused, match=name.rpartition(".")[2].lower()):
        read(b"The harbour board met on Monday and chose a chair.", name)


@pytest.mark.parametrize("name", ["Talks at the U.N", "version 2.0", "a.text", "csv", "page.htm"])
def test_any_other_name_is_read(name: str) -> None:
    assert read(b"The harbour board met on Monday and chose a chair.", name).text


def test_what_cannot_be_stored_as_text_is_cleaned_where_the_article_is_made() -> None:
    data = (
        b'{"title": "A \\ud800 title", "url": "https://example.com/\\ud800", '
        b'"text": "The board met on Monday."}'
    )
    article = read(data, "a.json", "caf\udce9")
    for part in (article.title, article.url, article.text, article.section):
        (part or "").encode()
