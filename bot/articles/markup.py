"""Telling what a text is written in: HTML, JSON, Markdown or nothing but words."""

import json
import re
from enum import Enum, auto
from pathlib import PurePosixPath

_TAG = re.compile(
    r"</?(?:a|article|aside|b|blockquote|body|br|button|div|em|figcaption|figure|footer|font|form|h[1-6]|head|header|hr|html|i|img"
    r"|input|li|link|main|meta|nav|noscript|ol|p|picture|pre|script|section|source|span|strong|style|svg|table|tbody|td"
    r"|th|thead|time|title|tr|u|ul|video)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<(?:article|blockquote|div|h[1-6]|main|ol|p|section|table|ul)\b", re.IGNORECASE)
_OPENS_AS_HTML = re.compile(
    r"(?:<\?xml[^<>]*>\s*)?(?:<!--.{0,5000}?-->\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(
    r"(?:<\?xml[^<>]*>\s*)?(?:<\?[^<>]*>\s*|<!--.{0,5000}?-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b",
    re.DOTALL,
)
_SAMPLE = 50_000
_FEWEST_TAGS = 2
_WORDS_FOR_ONE_TAG = 40
_MARKDOWN_NAMES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){1,100}?(?:---|\.\.\.)[ \t]*(?:\n|$)")
_MARKS = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?://|/|#)[^()\s]{1,2000}\)"),
    re.compile(r"\*\*[^*\s][^*\n]{0,300}\*\*|__[^_\s][^_\n]{0,300}__"),
    re.compile(r"^(?:[-*+] +\S|> ?\S|```)", re.MULTILINE),
)


class Kind(Enum):
    """What a text is written in."""

    PLAIN = auto()
    HTML = auto()
    JSON = auto()
    MARKDOWN = auto()
    FEED = auto()


def kind_of(text: str, name: str) -> Kind:
    """Return what the text is written in; the file's name only decides where the text could be either."""
    start = text.lstrip()
    ending = PurePosixPath(name).suffix.casefold()
    if start[:1] in "{[" and _is_json(start, ending):
        return Kind.JSON
    if _FEED.match(start):
        return Kind.FEED
    if _OPENS_AS_HTML.match(start):
        return Kind.HTML
    if _is_markdown(start, ending):
        return Kind.MARKDOWN
    return Kind.HTML if is_html(start) else Kind.PLAIN


def is_html(text: str) -> bool:
    """Tell whether the text is HTML, whole or a piece; a text about HTML that names some tags is not."""
    sample = text.lstrip()[:_SAMPLE]
    if _OPENS_AS_HTML.match(sample):
        return True
    tags = list(_TAG.finditer(sample))
    if not tags:
        return False
    if tags[0].start() == 0 and (len(tags) >= _FEWEST_TAGS or _BLOCK.match(sample)):
        return True
    closed = sum(tag.group().startswith("</") or tag.group().lower().startswith("<br") for tag in tags)
    return closed >= _FEWEST_TAGS and len(tags) * _WORDS_FOR_ONE_TAG >= len(sample.split())


def _is_json(start: str, ending: str) -> bool:
    if ending == ".json" or re.match(r'\{\s*"|\[\s*\{', start):
        return True
    # "[1] Reuters" opens a text as well.
    return start.rstrip()[-1:] in {"}", "]"} and _parses(start)


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_markdown(start: str, ending: str) -> bool:
    if ending in _MARKDOWN_NAMES or _FRONT_MATTER.match(start):
        return True
    sample = start[:_SAMPLE]
    if _TAG.match(sample):
        return False
    kinds = sum(bool(mark.search(sample)) for mark in _MARKS)
    return kinds >= 2 or bool(re.match(r"#{1,2} +\S[^\n]*\n\s*\n", sample))
