"""HTML to a tree and to the lines that a reader of the page sees."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.articles.html_bounds import refuse_many_attributes
from bot.articles.text import one_line, unescape, vocabulary

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Real pages have up to 20,000 of them. At 40,000 trafilatura takes 2 s. A tree deeper than 256 is cut off.
_MOST_TAGS = 40_000
_BLOCKS = vocabulary(
    """
    address article aside blockquote body br button caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html label legend li main menu nav ol
    option p pre section select summary table tbody td tfoot th thead time title tr ul
    """
)
_UNSEEN = vocabulary(
    """
    script style noscript template svg iframe object textarea select head math canvas video audio
    """
)
_PIECE = re.compile(r"<[^<>]*>|[^<]+|<")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")


def parse(text: str) -> "HtmlElement | None":
    """Return the page's tree, or ``None`` if it is too big or nested too deep to be worked on in time.

    Raises ``Refused`` if its elements have more attributes than can be compared in time.
    """
    from lxml import etree  # noqa: PLC0415 - only HTML needs it
    from lxml import html as lxml_html  # noqa: PLC0415

    if text.count("<") > _MOST_TAGS:
        return None
    refuse_many_attributes(text)
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        huge_tree=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    too_deep = any("xcessive depth" in entry.message for entry in parser.error_log)
    return None if too_deep else tree


def seen_lines(tree: "HtmlElement") -> list[str]:
    """Return the lines of the page as they are seen, with the machine's form of a date for a ``<time>``."""
    from lxml import etree  # noqa: PLC0415

    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if name in _BLOCKS:
            pieces.append("\n")
        if event == "end":
            pieces.append(_spaced(element.tail))
        elif name in _UNSEEN:
            walk.skip_subtree()
        elif name == "time" and element.get("datetime"):
            pieces.append(_spaced(element.get("datetime")))
            walk.skip_subtree()
        else:
            pieces.append(_spaced(element.text))
    return _lines(pieces)


def _spaced(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _lines(pieces: list[str]) -> list[str]:
    return [line for line in map(one_line, "".join(pieces).split("\n")) if line]


def lines_without_tree(text: str) -> list[str]:
    """Return the lines of a page of any size and depth, found by its tags alone."""
    pieces: list[str] = []
    hidden = ""
    for piece in _PIECE.findall(text):
        tag = _TAG_NAME.match(piece)
        name = tag[2].lower() if tag else ""
        if hidden:
            hidden = "" if tag and tag[1] and name == hidden else hidden
        elif tag and name in _UNSEEN and not tag[1]:
            hidden = name
        elif name in _BLOCKS:
            pieces.append("\n")
        elif not piece.startswith("<"):
            pieces.append(_spaced(unescape(piece)))
    return _lines(pieces)


def texts(tree: "HtmlElement", path: str) -> Iterator[str]:
    """Return the text of each element on the path, in the order of the page."""
    for element in tree.iterfind(path):
        if text := one_line("".join(element.itertext())):
            yield text
