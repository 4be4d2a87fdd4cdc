"""What is kept of a text, and that a copy of it is found to be one."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.comparison import Verdict, compare
from bot.analysis.shingles import (
    HASH_BITS,
    INDEXED,
    KEY_BITS,
    Fingerprint,
    Shingled,
    length,
    pack,
    positions,
    shingled,
    unpack,
    without,
)
from bot.articles.read import read
from tests.analysis.articles import CHINESE, HARBOUR

TITLE = "Selby Quay to build a bridge"
SENTENCES = [line for line in HARBOUR.replace("\n\n", "\n").split("\n") if not line.startswith("Read more")]
THAI = "สะพานใหม่จะสร้างเสร็จในฤดูใบไม้ผลิปีหน้าสภาเมืองตัดสินใจเมื่อวันจันทร์สะพานนี้จะแทนที่เรือข้ามฟากที่ขนส่งผู้คนมานาน"

fingerprints = st.builds(
    Fingerprint,
    words=st.integers(0, 0xFFFF),
    keys=st.frozensets(st.integers(0, 2**KEY_BITS - 1), max_size=300).map(lambda keys: tuple(sorted(keys))),
    lead=st.just(frozenset[int]()),
    numbers=st.frozensets(st.tuples(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF)), max_size=24),
)


@st.composite
def copies(draw: st.DrawFn) -> bytes:
    """Return the article as another program would have written it to a file."""
    change = draw(st.sampled_from(["", "upper", "lower", "swapcase"]))
    mark = draw(st.sampled_from([("", ""), ('"', "“"), ("'", "’"), (",", " ,"), ("-", "–")]))
    lines = [line.replace(*mark) for line in (TITLE, *SENTENCES)]
    lines = [getattr(line, change)() if change else line for line in lines]
    furniture = draw(st.booleans())
    head = ["Skip to content", "Sign in"] if furniture else []
    foot = ["Share on Facebook", "Subscribe to our newsletter", "All rights reserved"] if furniture else []
    if draw(st.booleans()):
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines[1:])
        around = [f"<div>{line}</div>" for line in (*head, *foot)]
        return (
            f"<html><head><title>{html.escape(lines[0])}</title></head><body><nav>{''.join(around)}</nav>"
            f"<article><h1>{html.escape(lines[0])}</h1>{body}</article></body></html>"
        ).encode()
    joint = draw(st.sampled_from(["\n\n", "\r\n\r\n", "\n \n"]))
    blank = draw(st.sampled_from([" ", "  ", "\u00a0", "\u202f"]))
    spaced = [blank.join(line.split(" ")) for line in lines[1:]]
    return joint.join([*head, lines[0], *spaced, *foot]).encode()


def of(text: str, title: str = TITLE) -> Shingled:
    return shingled(title, text)


@given(copies())
@settings(max_examples=60, deadline=None)
def test_a_copy_in_any_typesetting_and_any_page_is_the_same_text(copy: bytes) -> None:
    article = read(copy, "copy.html" if copy.startswith(b"<html") else "copy.txt")
    original = of("\n\n".join(SENTENCES))
    assert compare(of(article.text, article.title), original.fingerprint).verdict is Verdict.SAME_TEXT
    assert compare(original, of(article.text, article.title).fingerprint).verdict is Verdict.SAME_TEXT


@given(fingerprints)
def test_a_fingerprint_comes_back_as_it_was_kept(fingerprint: Fingerprint) -> None:
    assert unpack(pack(fingerprint)) == fingerprint


@pytest.mark.parametrize("text", [HARBOUR, CHINESE, THAI, "Yes.", "", HARBOUR * 90])
def test_the_fingerprint_of_a_text_comes_back_with_its_beginning_and_numbers(text: str) -> None:
    fingerprint = of(text).fingerprint
    assert unpack(pack(fingerprint)) == fingerprint


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x03" + pack(of(HARBOUR).fingerprint)[1:]])
def test_bytes_that_are_no_fingerprint_are_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="no fingerprint"):
        unpack(data)


def test_a_fingerprint_that_was_kept_with_longer_keys_is_read_as_one_of_today() -> None:
    text = "The ferry to Porto leaves at 14 from quay 3 on Monday, and no one knows why."
    kept = bytes.fromhex(
        "01110010000f02e50fb676e42a18a6196f36b8dfa76e1d00000100020003000400050006000700080009000a000b000c000d00"
        "0f00601766885dde6f309bac2a6c6fd6bce971e0d5334fe4a5f6b9313030303230303230313030303130320000"
    )
    assert unpack(kept) == of(text, "Ferry").fingerprint


def test_a_fingerprint_of_five_hundred_words_takes_less_than_800_bytes() -> None:
    text = " ".join(f"word{number * 7919 % 1000}" for number in range(500))
    assert len(pack(of(text).fingerprint)) < 800


def test_the_index_has_the_smallest_hashes_of_the_whole_text() -> None:
    text = of(HARBOUR)
    assert len(text.index) == INDEXED
    assert list(text.index) == sorted(text.index)
    assert max(text.index) < 2**HASH_BITS
    assert of(HARBOUR.replace("\n", " ")).index == text.index


def test_a_shingle_is_three_words_and_as_many_characters_as_three_words_have() -> None:
    assert [stop - start for _, start, stop in positions("one two three four".split())] == [3, 3]
    assert [stop - start for _, start, stop in positions(list("新桥将于明年春天"))] == [4, 4, 4, 4, 4]
    assert [stop - start for _, start, stop in positions(list("สภาเมองตดสนใจ"))] == [6] * 8
    assert len(positions(["yes"])) == 1
    assert positions([]) == []
    assert length(list("新桥将于")) == 2


def test_the_first_and_last_lines_may_be_left_out() -> None:
    masthead = "The Selby Quay Gazette, founded in 1871, brings you the news"
    page = of(f"{masthead}\n\n{HARBOUR}")
    (line,) = {hash_ for hash_, place in page.edges.items() if place == 0}
    cut = without(page, [line])
    assert cut.fingerprint.words == of(HARBOUR).fingerprint.words
    assert cut.index == page.index
    assert compare(cut, page.fingerprint).containment == 1
    assert without(page, [1, 2]) is page


def test_a_text_of_nothing_but_such_lines_is_left_as_it_is() -> None:
    page = of("Follow us every day\n\nAll the news of Selby Quay")
    assert without(page, page.edges) is page


def test_words_behind_a_limit_are_not_compared() -> None:
    text = " ".join(map(str, range(10_000)))
    assert of(text).fingerprint.keys == of(f"{text} and more of it").fingerprint.keys
