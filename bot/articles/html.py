"""HTML: whole pages and pieces of them.

The body is trafilatura's. Its dates, authors and titles are not used, because it invents them: they come from
the page's metadata and from lines that can be seen.
"""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.articles import about, clean, html_beside, html_facts, html_title, html_tree, plain, title
from bot.articles.draft import Draft
from bot.articles.paragraphs import paragraphs
from bot.articles.text import one_line, scrub

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_BETWEEN = 15
_FAR_MORE = 2
_LARGE = 300_000
_LONGEST_TITLE = 1000


def read(text: str, known_title: str | None = None) -> Draft:
    """Return the article of a page; ``known_title`` is a title known from elsewhere."""
    tree = html_tree.parse(text)
    if tree is None:
        return plain.read_lines(html_tree.lines_without_tree(text), known_title)
    facts = html_facts.facts(tree)
    html_beside.remove(tree)
    seen = html_tree.seen_lines(tree)
    heading = known_title or _heading(tree, facts, seen)
    main = _main_lines(tree, facts)
    body = _cleaned(main, heading) if heading else []
    if not body:
        # A piece of a page has its title, if any, in its first line, as a text has.
        return facts.draft.over(plain.read_lines(main or seen, heading))
    visible = _between(seen, heading, body[0])
    stamp = about.stamp(visible)
    shown = Draft(byline=about.byline(visible), published=stamp.when if stamp else None)
    return Draft(title=heading, paragraphs=tuple(body)).over(facts.draft).over(shown)


def _heading(tree: "HtmlElement", facts: html_facts.Facts, seen: Sequence[str]) -> str | None:
    headings = [scrub(text[:_LONGEST_TITLE]) for text in html_tree.texts(tree, ".//h1")]
    page = next(html_tree.texts(tree, ".//head/title"), "")[:_LONGEST_TITLE]
    return title.fit(html_title.pick(headings, seen, facts.titles, page, facts.draft.source))


def _main_lines(tree: "HtmlElement", facts: html_facts.Facts) -> list[str]:
    found = [line.removeprefix("- ").strip("| ") for line in paragraphs(scrub(_main_text(tree)))]
    given = paragraphs(scrub(facts.body))
    # Where the page's own data hold far more than was found in it, they hold the article. Where trafilatura
    # fell back on these data, it lost their paragraphs.
    more = sum(map(len, given)) > _FAR_MORE * sum(map(len, found))
    return given if more or one_line(" ".join(given)) == one_line(" ".join(found)) else found


def _main_text(tree: "HtmlElement") -> str:
    """Return trafilatura's idea of the page's text, a paragraph a line; empty where it finds none."""
    from trafilatura.core import bare_extraction  # noqa: PLC0415 - takes a second to import
    from trafilatura.meta import reset_caches  # noqa: PLC0415

    # It logs a warning for every page without text, which is no news to us.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(tree, include_comments=False, with_metadata=False)
    text: str = getattr(document, "text", None) or ""
    if len(text) > _LARGE:
        # Its caches hold a thousand lines of any length; emptying them takes a full garbage collection.
        reset_caches()
    return text


def _cleaned(lines: Sequence[str], heading: str) -> list[str]:
    # trafilatura leaves some comments and lists of other articles: F1 .966 with this step, .957 without.
    kept = [line for line in clean.article(lines).body if not title.same(line, heading)]
    own = [place for place, line in enumerate(kept) if not about.is_about(line)]
    return kept[own[0] : own[-1] + 1] if own else []


def _between(lines: Sequence[str], heading: str | None, first: str) -> Sequence[str]:
    """Return the lines that are seen between the page's title and its first paragraph."""
    opening = first[:60]
    stop = next((place for place, line in enumerate(lines) if opening in line), 0)
    titles = [place for place, line in enumerate(lines[:stop]) if heading and title.same(line, heading)]
    start = titles[-1] if titles else stop
    return lines[max(start, stop - _MOST_BETWEEN) : stop]
