"""Whatever an article holds, no field that is shown calls anyone, is marked up by it or hides something."""

import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import printing
from bot.analysis.analysis import Entity, EntityKind, Method, Summary
from bot.articles.article import Article
from bot.render import text
from bot.render.entities import entities_answer
from bot.render.look import Look
from bot.render.post import post
from storage.files import Copy
from tests.render.test_post import LOOKS, assert_discord_takes

HOSTILE = (
    "@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "</why:1>", "<t:1:R>", "<id:browse>", "<:a:1>",
    "<a:a:1>", "<mailto:A@b.c>", "<Bob@b.c>", ":fire:", ":+1:", "[a](http://b.c)", "](", "[", "http://a.bc", "http://_",
    "https://", "# ", "-# ", "> ", ">>> ", "- ", "* ", "1. ", "17. ", "**", "*", "__", "_", "~~", "||", "`",
    "```", "\\", "\n", "\u202e", "\u2066", "\u200b",
    "\u200d", "\u00ad", "\ufeff", "\x00", "\x1b[31m", "\x9b", "\u2028",
    "\u0301" * 20, "\u3164", "\U000e0041", "a", " ", "word ", "市", "é", ".", "10:30:45", "\U0001f5de",
)  # fmt: skip
ANY = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), max_size=40).map("".join)
FILLED = ANY.filter(bool)

ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
INERT = re.compile(r"\\[^0-9A-Za-z\s]|https?://[^\s<]+[^<.,:;\"'\]\s]")
"""What Discord takes first: an escaped sign, and a bare address, whose signs are its own."""
LIVE = re.compile(
    r"@(?:everyone|here)|<(?:@[!&]?\d|#\d|/[^<>]*:\d|t:-?\d|id:|a?:\w+:\d|[^\s<>\u200b]+[:@][^\s<>]+>)|:(?!\d\d?:)[\w+-]+:"
    r"|\[[^\]]*\]\(|\*|`|(?<!\w)_[^_]*_|__|~~|\|\||^ *(?:#{1,3} |-# |>{1,3} |[-*+] |\d+\. )",
    re.MULTILINE,
)


def assert_inert(shown: str | None, inert: re.Pattern[str] = INERT) -> None:
    left = inert.sub("\ue000", shown or "")
    assert not LIVE.search(left), shown


def assert_one_line(shown: str | None) -> None:
    shown = re.sub("([@<])\u200b", r"\1", shown or "")
    assert "\n" not in shown
    hidden = [c for c in shown if unicodedata.category(c)[0] == "C" and c not in "\u200c\u200d"]
    assert not hidden, ascii(shown)


ARTICLES = st.builds(
    Article, title=FILLED, text=FILLED, byline=st.none() | ANY, source=st.none() | ANY,
    section=st.none() | ANY, url=st.none() | ANY | ANY.map("https://example.com/{}".format),
    picture=st.none() | ANY | ANY.map("https://example.com/{}".format),
)  # fmt: skip
ENTITIES = st.lists(
    st.builds(
        Entity, ANY, st.sampled_from(EntityKind), st.integers(1, 99), st.lists(ANY, max_size=5).map(tuple)
    ),
    max_size=12,
)
COPIES = st.lists(
    st.builds(Copy, path=FILLED, seen_at=st.just(datetime(2026, 3, 1, tzinfo=UTC)), source=st.none() | ANY),
    max_size=4,
)


def assert_harmless(embed: discord.Embed) -> None:
    assert_discord_takes(embed)
    assert_inert(embed.title)
    assert_inert(embed.title, ESCAPED)  # whether or not titles hold links
    assert_inert(embed.description)
    assert_one_line(embed.title)
    assert_one_line(embed.author.name)
    assert_one_line(embed.footer.text)
    assert embed.url is None or re.fullmatch(r"https?://[!-~]+", embed.url)
    assert embed.thumbnail.url is None or re.fullmatch(r"https://[!-~]+", embed.thumbnail.url)
    for field in embed.fields:
        assert_one_line(field.name)
        for line in (field.value or "").split("\n"):
            assert_one_line(line)
            # Ours: the name in bold letters, and the time of a copy.
            assert_inert(re.sub(r"^\*\*(.*)\*\* · (?=\d)|<t:\d+:t> · ", r"\1", line))


@settings(deadline=None)
@given(ARTICLES, st.lists(FILLED, min_size=1, max_size=4), ENTITIES, COPIES, LOOKS)
def test_no_article_marks_up_its_post_or_calls_anyone(
    article: Article, sentences: list[str], entities: list[Entity], copies: list[Copy], look: Look
) -> None:
    summary = Summary(tuple(sentences), Method.BALANCED, 99)
    assert_harmless(post(article, summary, entities, mark="#k3f9", copies=copies, look=look))
    assert_harmless(entities_answer(article, entities))


@given(ANY)
def test_a_line_of_an_answer_is_inert_and_hides_nothing(written: str) -> None:
    line = text.one_line(written)
    assert_one_line(line)
    assert_inert(text.escape(f"Refused {line}: {line}"))


@given(ANY)
def test_what_is_escaped_is_shown_whole(written: str) -> None:
    shown = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text.escape(written.replace("\\", "")))
    assert shown.replace("\u200b", "") == written.replace("\\", "").replace("\u200b", "")


@pytest.mark.parametrize("as_json", [False, True])
def test_a_terminal_obeys_neither_a_files_name_nor_its_title(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    path = str(Path("in\x1b[31mbox") / "a\x9b2J\u202e\x07.txt")
    printing.print_refused(path, "It is empty.", as_json=as_json)
    if as_json:
        printing.print_json({"path": path})
    else:
        printing.print_not_taken(path, "It is empty.")
        printing.print_article(path, Article(title="A title", text="A text."))
    told = capsys.readouterr()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", told.out + told.err)
    if as_json:
        assert [json.loads(line)["path"] for line in told.out.splitlines()] == [path, path]
