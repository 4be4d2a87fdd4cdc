"""Taking what stands beside and below the article out of a page's tree: comments, and paid teasers.

A name such as ``class="comments"`` also stands on the article of some pages; so only what follows prose goes,
and never what holds the page's heading or the text that it names as its article.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bot.articles import below
from bot.articles.text import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PROSE = 80
_LONGEST_HEADING = 60
_FEWEST_REMARKS = 3
_LEAST_PERSONAL = 0.5
_LONGEST_TEASER = 250
_LONGEST_NAME = 200
# A page has a few; thousands of them would be looked through again and again.
_MOST_TIMES = 100
# What names nothing else, and what names comments or teasers only if they read so.
_SURE = (
    r"schema\.org/(?:user)?comments?|comments|comment-?(?:list|area|section|thread)|disqus(?:_thread)?|livefyre|viafoura|spotim|openweb|hyvor"
    r"|giscus|utterances|kommentare|leserkommentare|commentaires|comentarios|comentários|commenti|reacties"
    r"|taboola|outbrain|revcontent|mgid|zergnet|plista|ligatus|dianomi|nativo"
)
_COMMENTS = (
    r"comment|talk|discussion|respond|replies|responses|thread|remarks|reactions|kommentar|forum|debate"
    r"|usercomments?"
)
_PAID = "sponsored|promoted|promo|paid-content|advertorials"
_NAMED = re.compile(
    rf"(?<![a-z])(?:(?P<sure>{_SURE})|(?P<comments>{_COMMENTS})|(?P<paid>{_PAID}))(?![a-z])", re.IGNORECASE
)
# As in "comments-open" on a whole article.
_QUALIFIED = re.compile(
    r"open|closed|off|allowed|enabled|disabled|count|button|comments?-links?|(?:^|[_-])(?:no|has|with|is)-",
    re.IGNORECASE,
)
_ATTRIBUTES = ("class", "id", "itemtype", "aria-label")
_BLOCKS = ("p", "blockquote", "dd", "li")
_LISTS = ("ul", "ol")
_OF_WORDS = frozenset(("p", "strong", "b", "h2", "h3", "h4", "h5", "h6"))
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_CONTAINERS = frozenset(("div", "section", "aside", "article", "footer", "form", "details", "ul", "ol"))
_LABELS = ("p", "strong", "b", "span", "header", "summary", "label")
_ARTICLE_BODY = ".//*[@itemprop='articleBody']"
_SEEN = (*_BLOCKS, *_HEADINGS, *_CONTAINERS, *_LABELS)
_WHOLE = frozenset(("html", "body", "main"))


def remove(tree: "HtmlElement") -> None:
    """Take comments and paid teasers out of the tree."""
    prose: list[HtmlElement] = []
    gone: set[HtmlElement] = set()
    times = 0
    for element in list(tree.iter(*_SEEN)):
        if gone and (element in gone or not gone.isdisjoint(element.iterancestors())):
            continue
        text = _short(element)
        found = list(_below(element, text, prose)) if prose else []
        gone.update(found)
        for one in found:
            one.drop_tree()
        if not found and element.tag in _BLOCKS and (text is None or len(text) >= _PROSE):
            prose.append(element)
        times += bool(found)
        if times >= _MOST_TIMES:
            return


def _short(element: "HtmlElement") -> str | None:
    """Return the element's text, empty for what holds others, ``None`` if it is longer than any heading."""
    if len(element) == 0:
        return one_line(element.text or "")
    # What holds others would be read again and again, once for each one around it.
    if element.tag not in _OF_WORDS:
        return ""
    return None if len(element.text or "") >= _PROSE else _text(element)


def _below(element: "HtmlElement", text: str | None, prose: "list[HtmlElement]") -> "Iterator[HtmlElement]":
    """Yield what has to go if this element names comments or teasers, heads them or lists them."""
    tag = element.tag
    lists_remarks = tag in _LISTS and _lists_remarks(element) and not _are_personal(prose)
    if lists_remarks or (tag in _CONTAINERS and _is_named(element)):
        yield element
    elif text and len(text) <= _LONGEST_HEADING:
        yield from _headed(element, text)


def _is_named(element: "HtmlElement") -> bool:
    values = filter(None, map(element.get, _ATTRIBUTES))
    parts = [part for value in values for part in _parts_named(value[:_LONGEST_NAME])]
    if not parts or _holds_article(element):
        return False
    if "sure" in parts:
        return True
    # "talk" and "promoted" also name sections of sites and whole articles.
    blocks = _blocks(element)
    return all(map(below.is_teaser, blocks)) if "paid" in parts else below.are_remarks(blocks)


@lru_cache(maxsize=4096)
def _parts_named(value: str) -> tuple[str, ...]:
    """Return which of "sure", "comments" and "paid" the names mean; pages repeat them many times."""
    if not _NAMED.search(value):
        return ()
    matches = (_NAMED.search(name) for name in value.split() if not _QUALIFIED.search(name))
    return tuple(match.lastgroup for match in matches if match and match.lastgroup)


def _holds_article(element: "HtmlElement") -> bool:
    return element.tag in _WHOLE or element.find(".//h1") is not None or bool(element.xpath(_ARTICLE_BODY))


def _lists_remarks(element: "HtmlElement") -> bool:
    """Tell whether a list holds paragraphs in which readers say "I", and nothing of the article follows."""
    texts = [_text(item) for item in element.iterchildren("li")]
    if (
        len(texts) < _FEWEST_REMARKS
        or min(map(len, texts)) < _PROSE / 2
        or element.find(".//strong") is not None
    ):
        return False
    own = sum(map(below.says_i, texts))
    return own >= _LEAST_PERSONAL * len(texts) and not _goes_on(element)


def _goes_on(element: "HtmlElement") -> bool:
    """Tell whether prose follows within the same article: a guide's own steps stand amid it."""
    for around in (element, *element.iterancestors()):
        if around.tag in _WHOLE or around.tag == "article":
            return False
        blocks = (
            text for other in around.itersiblings() if isinstance(other.tag, str) for text in _blocks(other)
        )
        if any(len(text) >= _PROSE for text in blocks):
            return True
    return False


def _are_personal(prose: "list[HtmlElement]") -> bool:
    """Tell whether the article speaks of its writer as well, so that a list that does is its own."""
    return 2 * sum(below.says_i(_text(one)) for one in prose) >= len(prose)


def _headed(element: "HtmlElement", text: str) -> Iterator["HtmlElement"]:
    """Yield the heading of comments or teasers and what stands below it, if it is one."""
    is_paid = below.heads_teasers(text)
    if not is_paid and not below.heads_comments(text):
        return
    heading = element
    while (parent := heading.getparent()) is not None and parent.tag not in _WHOLE and _text(parent) == text:
        heading = parent
    rest = list(_up_to_heading(heading, is_paid=is_paid))
    if is_paid or below.are_remarks([block for one in rest for block in _blocks(one)]):
        yield from (heading, *rest)


def _up_to_heading(heading: "HtmlElement", *, is_paid: bool) -> Iterator["HtmlElement"]:
    for other in heading.itersiblings():
        if not isinstance(other.tag, str):
            continue
        is_next = other.tag in _HEADINGS and heading.tag in _HEADINGS and other.tag <= heading.tag
        is_prose = other.tag in _BLOCKS and len(_text(other)) > _LONGEST_TEASER
        if (is_paid and (is_next or is_prose)) or _holds_article(other):
            return
        yield other


def _blocks(element: "HtmlElement") -> list[str]:
    """Return the texts of the paragraphs and items that hold no other ones."""
    found = [one for one in element.iter(*_BLOCKS) if next(one.iterdescendants(*_BLOCKS), None) is None]
    return [text for text in map(_text, found) if text]


def _text(element: "HtmlElement") -> str:
    return one_line(_string()(element))


@cache
def _string() -> "Callable[[HtmlElement], str]":
    from lxml import etree  # noqa: PLC0415 - only HTML needs it

    found: Callable[[HtmlElement], str] = etree.XPath("string()", smart_strings=False)
    return found
