"""Articles in JSON: schema.org's vocabulary, and the plain keys that scrapers and readers write.

No value of the parsed JSON leaves this module but as part of a ``Found``.
"""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.articles import addresses
from bot.articles.byline import clean_name
from bot.articles.dates import from_epoch, parse_date
from bot.articles.text import label, ordered, unescape

type _Json = str | int | float | bool | list[_Json] | dict[str, _Json] | None

# Keys are compared without case, hyphens and underscores. In each row the first that holds something wins.
_TITLE = ("headline", "title", "name", "heading")
_BODY = ordered(
    """
    articlebody text body content maintext fulltext articletext textcontent contenttext contenthtml
    cleanedtext bodyhtml html paragraphs story
    """
)
_TEASER = ("description", "summary", "excerpt")
_AUTHOR = ("author", "authors", "byline", "creator", "writer")
_DATE = ordered(
    """
    datepublished published publishedat publishedtime publisheddate publishdate publicationdate
    datepublish pubdate date publishedon datecreated createdat created timestamp
    """
)
_URL = ordered("url link mainentityofpage canonicalurl canonical permalink sourceurl source @id")
_SOURCE = ordered(
    """
    publisher sitename site source sourcename publication feedtitle feed hostname sourcehostname
    sourcedomain domain
    """
)
_PICTURE = ordered(
    """
    image picture imageurl pictureurl leadimageurl topimage mainimage featuredimage urltoimage ogimage
    thumbnail thumbnailurl
    """
)
_ADDRESS_OF_PICTURE = ("contentUrl", "url")
_INNER = ordered("@graph article mainentity items articles data result entries posts")
_TEXT_OF = ordered("rendered text value name title html content #text $date @id url")
_ARTICLE = ("article", "posting", "report", "review")
_DEEPEST = 4
_MOST_NODES = 2000
_MOST_ITEMS = 20_000
_MOST_PICTURES = 10
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_LINE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One article in JSON; the body may be text or HTML."""

    title: str | None = None
    body: str = ""
    byline: str | None = None
    published: date | None = None
    url: str | None = None
    source: str | None = None
    pictures: tuple[str, ...] = ()
    """What stands where its picture's address should, the surest first."""
    typed: bool = False
    """Whether it says itself that it is an article."""


def articles(text: str) -> list[Found]:
    """Return every article in a JSON text, in order; those in lists and graphs too, not those in an article.

    Raises ``ValueError`` where the text is no JSON, or is nested too deep.
    """
    try:
        parsed: _Json = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return [_found(keys) for keys in itertools.islice(_nodes(parsed, _DEEPEST), _MOST_NODES)]


class _Keys:
    """An object of the JSON, with its keys folded."""

    def __init__(self, value: dict[str, _Json]) -> None:
        self._values = {re.sub(r"[\s_-]", "", key).casefold(): item for key, item in value.items()}

    def get(self, key: str) -> _Json:
        return self._values.get(key)

    def texts(self, keys: tuple[str, ...]) -> Iterator[str]:
        return filter(None, (_text(self.get(key)).strip() for key in keys))

    def first(self, keys: tuple[str, ...]) -> str:
        return next(self.texts(keys), "")

    @property
    def is_typed(self) -> bool:
        kinds = self.get("@type")
        return any(
            kind.casefold().endswith(_ARTICLE)
            for kind in (kinds if isinstance(kinds, list) else [kinds])
            if isinstance(kind, str)
        )

    @property
    def is_article(self) -> bool:
        has_title = bool(self.first(_TITLE))
        return self.is_typed or bool(self.first(_BODY)) or (has_title and bool(self.first(_TEASER)))


def _nodes(value: _Json, depth: int) -> Iterator[_Keys]:
    if isinstance(value, list) and depth:
        for item in value[:_MOST_NODES]:
            yield from _nodes(item, depth - 1)
    elif isinstance(value, dict):
        keys = _Keys(value)
        inner = [found for key in _INNER if depth for found in _nodes(keys.get(key), depth - 1)]
        if keys.is_article and (keys.is_typed or not inner):
            yield keys
        else:
            yield from inner


def _text(value: _Json) -> str:
    """Return the text of a value: a string, a number, a list of paragraphs, or an object that holds one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "\n\n".join(filter(None, (_text_of_item(item) for item in value[:_MOST_ITEMS])))
    return _text_of_item(value)


def _text_of_item(value: _Json) -> str:
    if isinstance(value, dict):
        return next((item for key in _TEXT_OF if isinstance(item := value.get(key), str) and item), "")
    return value if isinstance(value, str) else ""


def _found(keys: _Keys) -> Found:
    return Found(
        title=_line(keys.first(_TITLE)),
        body=_body(keys),
        byline=_byline(keys),
        published=next(filter(None, map(_date, keys.texts(_DATE))), None),
        url=next(filter(None, map(addresses.web, keys.texts(_URL))), None),
        source=next(filter(None, map(_source, keys.texts(_SOURCE))), None),
        pictures=_pictures(keys),
        typed=keys.is_typed,
    )


def _body(keys: _Keys) -> str:
    bodies = list(keys.texts(_BODY))
    longest = max(map(len, bodies), default=0)
    # Some services give a "content" that breaks off; the whole text then stands under another key.
    whole = (body for body in bodies if 2 * len(body) >= longest)
    return next(whole, "") or keys.first(_TEASER)


def _line(text: str) -> str | None:
    text = text[:_LONGEST_LINE]
    return label(unescape(_TAG.sub(" ", text) if "<" in text else text)) or None


def _byline(keys: _Keys) -> str | None:
    for key in _AUTHOR:
        value = keys.get(key)
        several = value if isinstance(value, list) else [value]
        names = filter(None, (clean_name(_line(_text(one)) or "") for one in several[:_MOST_NODES]))
        if found := ", ".join(dict.fromkeys(names)):
            return found
    return None


def _pictures(keys: _Keys) -> tuple[str, ...]:
    found = (address for key in _PICTURE for address in _addresses(keys.get(key), _DEEPEST))
    return tuple(itertools.islice(found, _MOST_PICTURES))


def _addresses(value: _Json, depth: int) -> Iterator[str]:
    """Yield what a picture is given by: a string, an object that holds one, or a list of such."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth:
        for item in value[:_MOST_PICTURES]:
            yield from _addresses(item, depth - 1)
    elif isinstance(value, dict) and depth:
        for key in _ADDRESS_OF_PICTURE:
            yield from _addresses(value.get(key), depth - 1)


def _date(text: str) -> date | None:
    if re.fullmatch(r"\d{9,13}(?:\.\d{1,9})?", text):
        return from_epoch(float(text))
    return parse_date(text)


def _source(text: str) -> str | None:
    return addresses.site(text) if addresses.web(text) else _line(text.removeprefix("www."))
