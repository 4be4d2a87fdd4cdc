"""Text files: a clean article, or a page as it was scraped."""

from collections.abc import Sequence

from bot.articles import about, clean, title
from bot.articles.byline import is_bare_name
from bot.articles.draft import Draft
from bot.articles.paragraphs import paragraphs
from bot.articles.text import ends_a_sentence, width
from bot.errors import Refused

_MOST_LINES = 20_000
_MOST_BEHIND_A_NAME = 5
_LONGEST_HEAD = 8
_BEFORE_TITLE, _BEHIND_TITLE = 3, 8
_SENTENCE, _OPEN, _LONG = 20, 60, 200


def read(text: str, known_title: str | None = None, *, marked_up: bool = False) -> Draft:
    """Return what stands in a text; its title is left out of its paragraphs.

    ``known_title`` is a title known from elsewhere, so that none is looked for. In a text that was
    ``marked_up`` short lines are headings and lists, and no sign of a page around the article.
    """
    return read_lines(paragraphs(text), known_title, marked_up=marked_up)


def read_lines(lines: Sequence[str], known_title: str | None = None, *, marked_up: bool = False) -> Draft:
    """Return what stands in lines of which each is a paragraph or a line of the page around them.

    Raises ``Refused`` where there are more lines than an article or a page has.
    """
    if len(lines) > _MOST_LINES:
        raise Refused("It has more than 20,000 lines; no article has.")
    cut = clean.article(lines, marked_up=marked_up)
    head, body = _split_head(cut)
    body, tail = _split_tail(body, cut.after)
    heading = (
        known_title or next(filter(None, map(title.labelled, head)), None) or title.best_heading(head, body)
    )
    near = _near(head, heading)
    stamp = about.stamp([*near, *tail[:_MOST_BEHIND_A_NAME]])
    return Draft(
        title=heading,
        paragraphs=tuple(line for line in body if not (heading and title.same(line, heading))),
        byline=about.byline(near) or _byline_behind(tail),
        published=stamp.when if stamp else None,
        url=next(filter(None, map(about.address, [*head, *tail])), None),
        source=next(filter(None, map(about.source, near)), None),
    )


def _split_head(cut: clean.Cut) -> tuple[Sequence[str], Sequence[str]]:
    """Return the lines before the first sentence of the article, and the rest."""
    body = cut.body
    opening = next((place for place in range(min(len(body), _LONGEST_HEAD)) if _is_prose(body, place)), None)
    if opening is None:
        # Short lines only, as in a poem: its first may be its title.
        opening = int(len(body) > 1 and title.is_heading(body[0]))
    return [*cut.before, *body[:opening]], body[opening:]


def _is_prose(body: Sequence[str], place: int) -> bool:
    line = body[place]
    if about.is_about(line) or (place == 0 and title.is_first(body)):
        return False
    if ends_a_sentence(line):
        return width(line) >= _SENTENCE
    # A line that breaks off at a comma begins a sentence; a deck below the title has no mark at its end.
    return width(line) >= (_OPEN if line.endswith((",", ";")) else _LONG)


def _split_tail(body: Sequence[str], after: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the article's lines without those about it at its end, and these with what follows."""
    stop = len(body)
    while stop > 1 and (about.is_about(body[stop - 1]) or is_bare_name(body[stop - 1])):
        stop -= 1
    return body[:stop], [*body[stop:], *after]


def _near(head: Sequence[str], heading: str | None) -> Sequence[str]:
    """Return the lines around the title: what stands there is about this article and not another."""
    places = [
        place for place, line in enumerate(head) if heading and (line == heading or title.same(line, heading))
    ]
    if places:
        return head[max(places[-1] - _BEFORE_TITLE, 0) : places[-1] + _BEHIND_TITLE + 1]
    return head[-_LONGEST_HEAD:]


def _byline_behind(tail: Sequence[str]) -> str | None:
    """Return the author behind the article: named as one, or a bare name with at most five lines after it."""
    if found := about.byline(tail[:_MOST_BEHIND_A_NAME]):
        return found
    return tail[0] if tail and len(tail) <= _MOST_BEHIND_A_NAME + 1 and is_bare_name(tail[0]) else None
