"""Whatever a file or a text holds, a reader gives an article that keeps its promises, or a reason."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.articles import clean, decode, front_matter, html, jsonld, markdown, plain, structured, title
from bot.articles.binary import refuse_binary, refuse_other_kinds
from bot.articles.draft import Draft
from bot.articles.html_title import without_site
from bot.articles.text import scrub
from bot.errors import Refused
from tests.fuzz.mutations import PIECES, mutated
from tests.fuzz.promises import NAMES, keeps_promises, seeds

SAMPLES = seeds()
UNHURRIED = settings(deadline=None)  # the first of each kind loads a library
PROSE = "The mayor said on Tuesday that the bridge will stay closed for the winter. "
PARTS = (
    *(piece.decode("utf-8", "ignore") for piece in PIECES), PROSE, "\n", "\n\n", " ", "By ", " | ", " - ",
    "Share this article\n", "Related articles\n", "</h1>", "</title>", "</script>",
    "<script type='application/ld+json'>", "<meta property='og:title' content='", "'>", '"headline": "',
    '"articleBody": "', '",', "}", ":", "https://example.com/", "1.", "- ", "Title: ", "\u0301", "\u200d",
    "\U0001f5de",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=20), max_size=40).map("".join).map(scrub)


@UNHURRIED
@given(st.binary(max_size=3000), st.sampled_from(NAMES))
def test_any_bytes_are_an_article_or_refused(data: bytes, name: str) -> None:
    keeps_promises(data, name)


@UNHURRIED
@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join), st.sampled_from(NAMES))
def test_any_mixture_of_marks_is_an_article_or_refused(text: str, name: str) -> None:
    keeps_promises(text.encode("utf-8", "surrogatepass"), name)


@UNHURRIED
@given(st.integers(0, 2**32), st.sampled_from(NAMES))
def test_a_damaged_sample_is_an_article_or_refused(seed: int, name: str) -> None:
    keeps_promises(mutated(Random(seed), SAMPLES), name)  # noqa: S311 - no secret


@pytest.mark.parametrize("reader", [plain.read, html.read, markdown.read, structured.read])
@UNHURRIED
@given(text=TEXTS)
def test_each_reader_takes_any_text(reader: Callable[[str], Draft], text: str) -> None:
    try:
        draft = reader(text)
    except Refused:
        return
    assert all(isinstance(line, str) for line in draft.paragraphs)
    assert draft.url is None or draft.url.lower().startswith(("http://", "https://"))


@UNHURRIED
@given(TEXTS)
def test_front_matter_is_taken_off_whole_or_left(text: str) -> None:
    draft, rest = front_matter.split("---\n" + text)
    assert rest == "---\n" + text or ("---\n" + text).endswith(rest)
    assert not draft.paragraphs


@UNHURRIED
@given(TEXTS)
def test_json_is_read_or_told_to_be_none(text: str) -> None:
    try:
        found = jsonld.articles(text)
    except ValueError:
        return
    assert all(one.title is None or one.title == " ".join(one.title.split()) for one in found)


@UNHURRIED
@given(st.binary(max_size=500))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        refuse_binary(data)
        text = decode.decode(data)
    except Refused:
        return
    assert "\x00" not in scrub(text)
    assert scrub(scrub(text)) == scrub(text)


@UNHURRIED
@given(st.text(max_size=60))
def test_any_name_is_taken_or_refused(name: str) -> None:
    try:
        refuse_other_kinds(name)
    except Refused as refused:
        reason = str(refused)
    else:
        return
    assert "\n" not in reason


@UNHURRIED
@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=30), max_size=40))
def test_the_cleaner_only_leaves_lines_out(lines: list[str]) -> None:
    cut = clean.article(lines)
    kept = iter(lines)
    assert all(line in kept for line in [*cut.before, *cut.body, *cut.after])


@UNHURRIED
@given(st.text(st.sampled_from("aB |–—•·»:_- "), max_size=60), st.none() | st.text(max_size=10))
@example("Reef returns | Coast City: x\u2019erty=-word | Paper", None)
@example("A long title of five words here: | Site", None)
def test_a_title_loses_its_site_at_its_ends_alone(written: str, site: str | None) -> None:
    assert without_site(written, site) in written


@UNHURRIED
@given(st.text(max_size=400))
def test_a_title_fits_or_is_none(written: str) -> None:
    found = title.fit(written)
    assert found is None or 0 < len(found) <= title.LONGEST
