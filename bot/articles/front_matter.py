"""The lines of keys and values on top of a Markdown file, between two lines of ``---``.

Reads the part of YAML that such files use: a word or a quoted text, a list in brackets or with hyphens, and a
name below "author". Anything else is passed over.
"""

import re
from collections.abc import Iterator

from bot.articles import addresses
from bot.articles.byline import clean_name
from bot.articles.dates import parse_date
from bot.articles.draft import Draft
from bot.articles.text import label

_FENCE = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST = 20_000
_PAIR = re.compile(r"([A-Za-z_][\w-]{0,40})[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"-[ \t]+(.*)")
_TITLE = ("title", "headline")
_AUTHOR = ("author", "authors", "byline", "name")
_DATE = ("date", "published", "publishedat", "datepublished", "publishdate", "pubdate", "created")
_URL = ("url", "link", "canonical", "canonicalurl", "source", "permalink", "original")
_SOURCE = ("publisher", "site", "sitename", "publication", "source")
_PICTURE = ("image", "images", "picture", "featuredimage", "coverimage", "thumbnail")
_ADDRESS_OF_PICTURE = ("url", "src", "path")
_MOST_PICTURES = 10


def split(text: str) -> tuple[Draft, str]:
    """Return what the front matter says, and the text without it; an empty draft where there is none."""
    start = text.lstrip()
    match = _FENCE.match(start[:_LONGEST])
    pairs = list(_pairs(match[1])) if match else []
    if match is None or not pairs:
        return Draft(), text
    return _draft(pairs), start[match.end() :]


def _pairs(block: str) -> Iterator[tuple[str, str]]:
    """Yield key and value of each line, with the key above for an item of a list."""
    above = top = ""
    for line in block.split("\n"):
        stripped = line.strip()
        if item := _ITEM.fullmatch(stripped):
            pair = _PAIR.fullmatch(item[1])
            yield (above, _bare(pair[2] or "" if pair else item[1]))
        elif pair := _PAIR.fullmatch(stripped):
            is_inner = line[:1].isspace()
            top = top if is_inner else _folded(pair[1])
            if is_inner and top in _PICTURE:
                # The address and the title below "image" are the picture's, not the article's.
                if _folded(pair[1]) in _ADDRESS_OF_PICTURE:
                    yield (top, _bare(pair[2] or ""))
                continue
            above = above if is_inner and not pair[2] else _folded(pair[1])
            yield from ((above, value) for value in _values(pair[2] or ""))


def _folded(key: str) -> str:
    return re.sub(r"[_-]", "", key).casefold()


def _values(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_bare(item) for item in text[1:-1].split(",")]
    return [_bare(text)]


def _bare(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        quote = text[0]
        return text[1:-1].replace("\\" + quote if quote == '"' else "''", quote)
    return text.split(" #", 1)[0].strip()


def _draft(pairs: list[tuple[str, str]]) -> Draft:
    def values(keys: tuple[str, ...]) -> list[str]:
        return [value for wanted in keys for key, value in pairs if key == wanted and value]

    url = next(filter(None, map(addresses.web, values(_URL))), None)
    names = dict.fromkeys(filter(None, map(clean_name, values(_AUTHOR))))
    sources = (label(value) for value in values(_SOURCE) if not addresses.web(value))
    return Draft(
        title=next(map(label, values(_TITLE)), None),
        byline=", ".join(names) or None,
        published=next(filter(None, map(parse_date, values(_DATE))), None),
        url=url,
        source=next(sources, None),
        pictures=tuple(values(_PICTURE)[:_MOST_PICTURES]),
    )
