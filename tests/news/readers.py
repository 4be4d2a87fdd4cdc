"""Readers for tests of what follows the reading: quick, and without the real ones' care."""

import hashlib
import os
import signal

from bot.analysis.analyse import shingles_of
from bot.analysis.analysis import Analysis, Method, Summary
from bot.articles.article import Article
from bot.errors import Refused


def read_plainly(data: bytes, name: str, section: str | None) -> Analysis:
    """Take the text as it is; the same words are the same text."""
    text = " ".join(data.decode().split())
    if not text:
        raise Refused("It is empty.")
    article = Article(title=text[:20], text=text, section=section)
    text_hash = hashlib.blake2b(text.encode(), digest_size=16).digest()
    summary = Summary((text,), Method.BALANCED, 1)
    return Analysis(article, summary, None, text_hash, *shingles_of(article))


def read_or_misbehave(data: bytes, name: str, section: str | None) -> Analysis:
    """Stand for a reader with a fault that one file finds."""
    if data.startswith(b"hang"):
        while True:
            pass
    if data.startswith(b"crash"):
        os.kill(os.getpid(), signal.SIGKILL)
    if data.startswith(b"grow"):
        bytes(8 << 30)
    if data.startswith(b"deep"):
        return read_or_misbehave(data, name, section)
    return read_plainly(data, name, section)
