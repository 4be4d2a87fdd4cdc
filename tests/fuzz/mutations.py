"""Samples made hostile at random: cut, glued, doubled, flipped, with strange pieces put in."""

from collections.abc import Callable, Sequence
from random import Random

PIECES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"---\n", b"<", b"</p>", b"<p>", b"<!--",
    b"<script>", b"<h1>", b"<title>", b"&#1114112;", b"&amp;", b'{"', b'"}', b"[", b"]",
    b'"@type":"NewsArticle",', b"\\u0000", b"\\ud800", b"# ", b"> ", b"```\n", b"[a](b)", b"**", b"title: ",
    b"author:\n- ", b"By Ada Lamb\n", b"9 Feb 2024\n", b"Source: https://example.com/a\n",
    b"charset=utf-16", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xcc\x81" * 9, b"\x1b$B", b"~{!!!!~}",
    b"@everyone", "市长宣布。".encode(), "“".encode(), "»".encode(), "؟".encode(), "\u3164".encode(),
    "ไทย".encode(), "\U0001f469\u200d".encode(), b". ", b"! ", b"U.S. ", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"image: //example.com/a.jpg\n", b'"image":["/a.jpg",{"url":"https://example.com/b"}],',
    b"<meta property='og:image' content='https://example.com/", b"ghp_",
    b"Aa1Bb2Cc3Dd4Ee5Ff6Gg7Hh8Ii9Jj0Kk1Ll2", b"-----BEGIN PRIVATE KEY-----\n", b"<wbr>", b"&#95;",
    b"<div class='comments'>",
    b"<h3>From the web</h3>", b"12 comments\n", b"Page not found", b"Please enable JavaScript.",
)  # fmt: skip
LONGEST = 100_000

type Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]


def mutated(random: Random, seeds: Sequence[bytes], most: int = 6) -> bytes:
    """Return one of the seeds after one to ``most`` random changes."""
    data = random.choice(seeds)
    for _ in range(random.randint(1, most)):
        data = random.choice(MUTATIONS)(data, random, seeds)[:LONGEST]
    return data


def _span(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + int(random.expovariate(1 / 200)))


def _truncate(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    return data[: random.randint(0, len(data))]


def _delete(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, end = _span(data, random)
    return data[:start] + data[end:]


def _repeat(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, end = _span(data, random)
    return data[:end] + data[start:end] * random.randint(1, 30) + data[end:]


def _splice(data: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    other = random.choice(seeds)
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def _flip(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _time in range(random.randint(1, 8) if data else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _insert(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    place = random.randint(0, len(data))
    piece = random.choice(PIECES) * random.choice((1, 1, 1, 2, 50))
    return data[:place] + piece + data[place:]


def _recode(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    encoding = random.choice(("utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "gb18030", "utf-7"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


MUTATIONS: tuple[Mutation, ...] = (_truncate, _delete, _repeat, _splice, _flip, _insert, _insert, _recode)
