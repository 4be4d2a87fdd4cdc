"""What holds for every file, whatever its bytes: an article that keeps its promises, or a reason."""

import unicodedata
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from bot.analysis.analysis import Method, Summary
from bot.analysis.summarize import summarize
from bot.articles.article import Article
from bot.articles.credentials import refuse_credentials
from bot.articles.read import read
from bot.errors import Refused

NAMES = ("a.txt", "a.html", "a.md", "a.json", "a")
SAMPLES = Path(__file__).parents[2] / "samples"
SHORT = 20_000
"""Characters: the summary of a longer text is left to the other tests, for speed."""
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINERS = frozenset("\u200c\u200d")


def seeds() -> list[bytes]:
    """Return the samples of every kind, as a start for mutations."""
    return [file.read_bytes() for file in sorted(SAMPLES.rglob("*.*")) if file.is_file()]


def keeps_promises(data: bytes, name: str) -> Article | None:
    """Return the article in the bytes, ``None`` where they are refused. Raises where a promise is broken."""
    try:
        article = read(data, name, "world")
    except Refused as refused:
        reason = str(refused)
    else:
        check_article(article)
        if len(article.text) <= SHORT:
            check_summary(article, summarize(article, 3, Method.BALANCED))
        return article
    assert reason.endswith("."), reason
    return None


def check_article(article: Article) -> None:
    """Assert what ``Article`` says of itself."""
    assert article.title
    refuse_credentials("\n".join(filter(None, (article.title, article.text, article.byline, article.url))))
    check_line(article.title, 300)
    for name in (article.byline, article.source, article.section):
        if name is not None:
            check_line(name, 200)
    assert article.text.strip()
    assert len(article.text) <= 1_000_000
    for paragraph in article.paragraphs:
        assert paragraph
        assert paragraph == " ".join(paragraph.split())
        assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in paragraph)
        assert TURNING.isdisjoint(paragraph)
    assert article.url is None or article.url.lower().startswith(("http://", "https://"))
    if article.picture is not None:
        check_picture(article.picture)
    assert article.language is None or (len(article.language) == 2 and article.language.islower())
    assert article.published is None or isinstance(article.published, date)


def check_line(text: str, longest: int) -> None:
    """Assert that the text is one line of what can be seen, in at most so many characters."""
    assert 0 < len(text) <= longest
    assert text == " ".join(text.split())
    assert all(unicodedata.category(c)[0] != "C" or c in JOINERS for c in text), ascii(text)


def check_picture(address: str) -> None:
    """Assert that the address is one that may stand in public: https, in ASCII, of a host with a name."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    assert parts.scheme == "https"
    assert len(address) <= 2048
    assert address.isascii()
    assert set('<>"\\ ').isdisjoint(address)
    assert "@" not in parts.netloc
    assert "." in host
    assert host.rstrip(".").rpartition(".")[2][0].isalpha()


def check_summary(article: Article, summary: Summary) -> None:
    """Assert that the sentences are the article's, in its order."""
    assert summary.sentences
    end = 0
    for sentence in summary.sentences:
        assert sentence.strip() == sentence
        assert sentence
        start = article.text.index(sentence, end)
        end = start + len(sentence)
