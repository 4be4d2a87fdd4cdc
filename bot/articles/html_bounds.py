"""The bound on the attributes of a page's elements, checked before libxml sees the page.

libxml compares each attribute of an element with all before it: 40,000 on one element take 3 s, 150,000 take
minutes. What else could multiply (depth, entities, namespaces, repeated ``<html>``) it reads in linear time
or cuts off.
"""

import re

from bot.errors import Refused

# The most on one element of 150 news pages is 17. One element with 5,000 takes libxml 0.03 s, and so do many
# that reach the same sum.
_MOST_ON_ONE = 5000
_MOST_WORK = _MOST_ON_ONE**2
# An element with fewer costs nothing that could be measured.
_FEW = 100
_SHORTEST_ATTRIBUTE = 2
_WHITE = r" \t\n\r\f"
_ATTRIBUTE = re.compile(
    rf"[^{_WHITE}/>][^{_WHITE}/>=]*+"
    rf"(?:[{_WHITE}]*+=[{_WHITE}]*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^{_WHITE}>]*+))?+"
)
_TAG = re.compile(rf"</?(?P<name>[A-Za-z][^{_WHITE}/>]*+)(?P<rest>(?:[{_WHITE}/]++|{_ATTRIBUTE.pattern})*+)")
_RAW = {
    name: re.compile(rf"</{name}(?=[{_WHITE}/>])", re.IGNORECASE)
    for name in ("style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
"""The ends of the elements in which a tag is only text."""

_IN_SCRIPT = re.compile(
    rf"(?P<opens><!--(?!-?>))|(?P<closes>-->)|<(?P<ends>/)?script(?=[{_WHITE}/>])", re.IGNORECASE
)
_COMMENT_END = re.compile(r"--!?>")
_REFUSAL = (
    "One of its elements has thousands of attributes, or many have hundreds: no page of an article is "
    "written like that, and it would take too long to read."
)


def refuse_many_attributes(text: str) -> None:
    """Raise ``Refused`` if an element has more attributes than libxml can compare in time.

    The text is looked through once, from its beginning to its end.
    """
    work = 0
    place = text.find("<")
    while place >= 0:
        tag = _TAG.match(text, place)
        if tag is None:
            place = text.find("<", _after_other(text, place))
            continue
        count = _attributes(tag)
        work += count * count if count > _FEW else 0
        if work > _MOST_WORK:
            raise Refused(_REFUSAL)
        place = text.find("<", _after_raw(text, tag))


def _attributes(tag: re.Match[str]) -> int:
    start, end = tag.span("rest")
    if end - start < _FEW * _SHORTEST_ATTRIBUTE:
        return 0
    return sum(1 for _ in _ATTRIBUTE.finditer(tag.string, start, end))


def _after_raw(text: str, tag: re.Match[str]) -> int:
    """Return where the next tag may begin: behind the text of a script and the like."""
    name = tag["name"].lower()
    if tag[0].startswith("</"):
        return tag.end()
    if name == "script":
        return _end_of_script(text, tag.end())
    end = _RAW.get(name)
    if end is None:
        return tag.end()
    closing = end.search(text, tag.end())
    return closing.start() if closing else len(text)


def _end_of_script(text: str, start: int) -> int:
    """Return where a script ends: a script that stands in a comment within it does not end it."""
    in_comment = in_inner = False
    for sign in _IN_SCRIPT.finditer(text, start):
        if sign["opens"] or sign["closes"]:
            in_comment = bool(sign["opens"]) or (in_comment and not sign["closes"])
            in_inner = in_inner and in_comment
        elif not sign["ends"]:
            in_inner = in_comment
        elif in_inner:
            in_inner = False
        else:
            return sign.start()
    return len(text)


def _after_other(text: str, place: int) -> int:
    """Return where a comment, a declaration or a lone "<" ends."""
    if text.startswith("<!--", place):
        closing = _COMMENT_END.search(text, place + 2)
        return closing.end() if closing else len(text)
    if text.startswith(("<!", "<?", "</"), place):
        closed = text.find(">", place)
        return closed + 1 if closed >= 0 else len(text)
    return place + 1
