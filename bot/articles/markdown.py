"""Markdown: rendered to plain text, so that neither marks nor raw HTML reach the article."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.articles import front_matter, html_tree, plain
from bot.articles.draft import Draft
from bot.articles.text import one_line

if TYPE_CHECKING:
    from markdown_it.token import Token

# markdown-it takes time in the square of some inputs, as of many opening brackets; an article is far shorter.
_LONGEST = 300_000
_LONGEST_LINE = 30_000
_MOST_BRACKETS = 5_000
_MOST_NESTED = 30


def read(text: str, known_title: str | None = None) -> Draft:
    """Return the article in a Markdown text; its front matter counts before what stands in the text.

    ``known_title`` is a title known from elsewhere, so that none is looked for.
    """
    given, rest = front_matter.split(text)
    given = Draft(title=known_title).over(given)
    if not _is_quick(rest):
        return given.over(plain.read(rest, given.title))
    tokens = _parse(rest)
    heading = given.title or _heading(tokens)
    return given.over(plain.read("\n\n".join(_blocks(tokens)), heading, marked_up=True))


def _is_quick(text: str) -> bool:
    longest = max(map(len, text.split("\n")))
    return len(text) <= _LONGEST and longest <= _LONGEST_LINE and text.count("[") <= _MOST_BRACKETS


def _parse(text: str) -> "list[Token]":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only Markdown needs it

    return MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED}).enable("table").parse(text)


def _heading(tokens: "list[Token]") -> str | None:
    """Return the first heading of the first level, or a heading that opens the text."""
    headings = [
        (token.tag, _inline(tokens[place + 1]))
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    first = next((text for tag, text in headings if tag == "h1"), None)
    opens = bool(tokens) and tokens[0].type == "heading_open"
    return one_line(first or (headings[0][1] if opens else "")) or None


def _blocks(tokens: "Iterable[Token]") -> Iterable[str]:
    for token in tokens:
        if token.type == "inline":
            yield _inline(token)
        elif token.type in {"fence", "code_block"}:
            yield token.content.strip()
        elif token.type == "html_block":
            yield "\n\n".join(html_tree.lines_without_tree(token.content))


def _inline(token: "Token") -> str:
    """Return the words of a line; an image is left out, as its text is a caption."""
    pieces = []
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
        elif child.type in {"text", "code_inline"}:
            pieces.append(child.content)
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            pieces.append("\n")
    return "".join(pieces)
