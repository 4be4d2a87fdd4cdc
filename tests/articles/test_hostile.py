import random

import pytest

from bot.articles.article import Article
from bot.articles.read import read
from bot.errors import Refused
from tests.articles.texts import answer

SENTENCE = "The mayor said on Tuesday that the bridge will stay closed. "
NOISE = random.Random(7).randbytes  # noqa: S311 - not for secrets

HOSTILE = {
    "nested 100,000 deep": "<div>" * 100_000 + SENTENCE + "</div>" * 100_000,
    "inline tags never closed": "<b><i>" * 15_000 + SENTENCE,
    "tables in tables": "<table><tr><td>" * 9_000 + SENTENCE,
    "300,000 elements": "<p>x</p>" * 300_000,
    "one attribute after another": "<p " + " ".join(f'a{n}="1"' for n in range(50_000)) + f">{SENTENCE}",
    "150,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(150_000)) + f">{SENTENCE}",
    "names of names": "<html>" + "".join(f"<p xmlns:n{n}='u:{n}'>" for n in range(39_000)) + SENTENCE,
    "one <html> after another": "".join(f"<html a{n}=1>" for n in range(39_000)) + SENTENCE,
    "declared entities": "<!DOCTYPE x ["
    + "".join(f"<!ENTITY e{n} 'x'>" for n in range(39_000))
    + f"]><html>{SENTENCE}",
    "tags never closed": "<p " * 500_000,
    "comments never closed": "<!--" * 500_000,
    "scripts never closed": "<script>" * 200_000,
    "quotes never closed": '<a href="' * 200_000,
    "entities": "<p>" + "&amp;" * 300_000,
    "entities that multiply": '<!DOCTYPE x [<!ENTITY a "' + "b" * 99 + '">]><html><p>' + "&a;" * 9_999,
    "one line": "word and " * 600_000,
    "one word": "a" * 3_000_000,
    "one line of Chinese": "市长星期二宣布" * 100_000,
    "digits": "1" * 3_000_000,
    "full stops": "." * 3_000_000,
    "spaces": "a" + " " * 3_000_000 + "b",
    "line ends": "\n" * 3_000_000,
    "combining marks": "a" + "\u0301" * 500_000,
    "lists in JSON": "[" * 1_000_000,
    "objects in JSON": '{"a":' * 300_000,
    "a million numbers": "[" + "1," * 1_000_000 + "1]",
    "a number of a million digits": '{"text": ' + "9" * 1_000_000 + "}",
    "many articles in JSON": "[" + '{"text": "It is so."},' * 50_000 + "{}]",
    "linked data nested deep": '<html><script type="application/ld+json">'
    + "[" * 200_000
    + f"</script><p>{SENTENCE}</p></html>",
    "brackets in Markdown": "# T\n\n" + "[" * 29_000,
    "stars in Markdown": "# T\n\n" + "*a **a " * 4_000,
    "quotes in Markdown": "# T\n\n" + "> " * 14_000 + "a",
    "lists in Markdown": "# T\n\n" + "- " * 14_000 + "a",
    "backticks in Markdown": "# T\n\n" + "".join("`" * n + " " for n in range(200)),
    "front matter without end": "---\n" + "a: b\n" * 15_000,
    "lines about the article": "By Ada Lamb | 9 Feb 2024 | x\n" * 5_000,
    "marks on marks": "a" + "\u0301\u0323" * 500_000 + SENTENCE,
    "a title of bars": f"<html><title>{'a - ' * 500_000}</title><p>{SENTENCE}" * 2,
    "a heading of dashes": f"<html><title>b c</title><h1>{'word - ' * 300_000}</h1><p>{SENTENCE}" * 2,
    "a number too large for a character": "<p>" * 50_000 + "&#" + "9" * 1_000_000 + ";" + SENTENCE,
    "billions of laughs": "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 20))
    + f"]><html><body><p>&a19;</p><p>{SENTENCE}</p></body></html>",
    "a file of the system": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>&a;</p><p>" + SENTENCE,
    "anchors in front matter": "---\na: &a [x,x,x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(20))
    + f"title: *u\n---\n{SENTENCE}",
    "articles in many scripts": "<html><head>"
    + (
        "<script type='application/ld+json'>["
        + '{"@type":"Article","name":"x","text":"y"},' * 1999
        + "{}]</script>"
    )
    * 40
    + f"</head><p>{SENTENCE}",
    "one author of a million words": '{"text": "' + SENTENCE + '", "author": "' + "Ada (" * 500_000 + '"}',
    "pictures in pictures": '{"text": "It is so.", "image": ' + '{"url":[' * 20_000 + "]}" * 20_000 + "}",
    "a million pictures": '{"text": "It is so.", "url": "https://example.org/a", "image": ['
    + '"/a.jpg",{"url":7},' * 200_000
    + "null]}",
    "one picture of a million characters": '{"text": "It is so.", "image": "https://' + "a." * 500_000 + '"}',
    "pictures in a head": "<html><head>"
    + "<meta property='og:image' content='//a'>" * 30_000
    + f"</head><p>{SENTENCE}",
    "question marks": ("?" * 999 + " ") * 900,
    "nothing that is seen": "\u3164\u115f\u2800\u034f" * 100_000,
    "characters between words turned": "a\u202eb\u200bc " * 100_000 + SENTENCE,
    "headings": "Some words of a heading\n" * 10_000 + SENTENCE * 3,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_read_or_refused(content: str) -> None:
    assert answer(content.encode(), "a.txt")


MANY = "<p " + " ".join(f"a{n}=1" for n in range(6_000)) + ">"

SEVERAL = "".join("<p " + " ".join(f"a{n}" for n in range(1_500)) + ">" for _ in range(20))


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<title></title >",
        "<x ='a>",
        '<x a = b"c>',
        "<textarea><x a='</textarea>",
        '<script>if (a < b) { c = "</script>',
        "<script><!-- <script></script><x a='</script>",
        "<script><!-- <script></script> <script></script><x a='</script>",
        "<!--><i title='<!--'>",
    ],
)
def test_an_element_with_thousands_of_attributes_is_refused_wherever_it_hides(before: str) -> None:
    page = f"<html><body>{before}{MANY}'>{SENTENCE * 3}"
    assert "attributes" in str(answer(page.encode(), "a.html"))


def test_many_elements_with_hundreds_of_attributes_are_refused() -> None:
    assert "attributes" in str(answer(f"<html>{SEVERAL}{SENTENCE * 3}".encode(), "a.html"))


@pytest.mark.parametrize(
    "beside",
    [
        "<div " + " ".join(f'data-a{n}="b"' for n in range(900)) + "></div>",
        f'<div data-page="{"{&quot;a&quot;: 1}, " * 50_000}"></div>',
        f"<script>if (a <b) {{ {'c = d; ' * 50_000} }}</script>",
        f"<!-- <a {'b ' * 50_000} -->",
        f"<style>{'a b{c:d} ' * 20_000}</style>",
    ],
)
def test_what_real_pages_have_is_read(beside: str) -> None:
    page = f"<html><body><h1>The bridge stays closed</h1>{beside}<p>{SENTENCE * 3}</p></body></html>"
    found = answer(page.encode(), "a.html")
    assert isinstance(found, Article)
    assert "The mayor said" in found.text


def test_entities_of_a_page_open_no_file_and_multiply_nothing() -> None:
    for name in ("billions of laughs", "a file of the system"):
        found = answer(HOSTILE[name].encode(), "a.xml")
        assert isinstance(found, Article)
        assert len(found.text) < 100
        assert "root:" not in found.text


@pytest.mark.parametrize(
    "data",
    [
        NOISE(500_000),
        b"\xff\xfe" + NOISE(500_000),
        b"\xff\xfe" + b"\x00" * 99_999,
        b"\x1b$B" * 300_000,
        b"~{" * 500_000,
    ],
)
def test_noise_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read(data, "a.txt")
