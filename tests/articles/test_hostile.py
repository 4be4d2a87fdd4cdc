import random

import pytest

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
    "headings": "Some words of a heading\n" * 10_000 + SENTENCE * 3,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_read_or_refused(content: str) -> None:
    assert answer(content.encode(), "a.txt")


@pytest.mark.parametrize(
    "data", [NOISE(500_000), b"\xff\xfe" + NOISE(500_000), b"\x1b$B" * 300_000, b"~{" * 500_000]
)
def test_noise_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read(data, "a.txt")
