"""Bytes to an article: picks the reader by what the file holds, and checks what the reader found."""

import re

from bot.articles import addresses, html, markdown, markup, plain, structured, title, walls
from bot.articles.article import Article
from bot.articles.binary import refuse_other_kinds
from bot.articles.credentials import refuse_credentials
from bot.articles.decode import decode
from bot.articles.draft import Draft
from bot.articles.html_tree import lines_without_tree
from bot.articles.language import language_of
from bot.articles.markup import Kind
from bot.articles.other_texts import refuse_by_lines, refuse_by_opening
from bot.articles.prose import has_sentence
from bot.articles.signed import cleartext
from bot.articles.text import cut, has_words, label, one_line, scrub
from bot.errors import Refused

_MOST_CHARACTERS = 1_000_000
_LONGEST_NAME = 200
_START = 20_000
# JSON has its values between quotation marks.
_LINE_ENDS = re.compile(r"\n|\": \"|\", \"|\"\s?[{}]")
_NO_TEXT = "It holds no article: nothing is left without menus, buttons and notes."
_NO_SENTENCE = "It holds no article: there is not one sentence in it."


def read(data: bytes, name: str, section: str | None = None) -> Article:
    """Return the article in a file's content.

    ``name`` is the file's name: it helps where the content could be read in two ways, and tells the files
    that are text and no articles, such as tables and programs. Raises ``Refused`` with the reason.
    """
    refuse_other_kinds(name)
    text = scrub(decode(data))
    if not text.strip():
        raise Refused("The file is empty." if not data else "The file holds nothing but white space.")
    refuse_credentials(text)
    refuse_by_opening(text)
    text = cleartext(text)
    kind = markup.kind_of(text, name)
    article = _finished(_draft(text, kind), text, section)
    if kind is not Kind.PLAIN:
        # A reader that takes tags out and replaces entities may put a token together.
        refuse_credentials("\n".join(filter(None, _shown(article))))
    return article


def _shown(article: Article) -> tuple[str | None, ...]:
    return article.title, article.text, article.byline, article.source, article.url, article.picture


def _draft(text: str, kind: Kind) -> Draft:
    if kind is Kind.FEED:
        raise Refused("This is a feed or a list of pages, not one article.")
    if kind in {Kind.PLAIN, Kind.MARKDOWN}:
        refuse_by_lines(text)
    if kind is Kind.PLAIN:
        return plain.read(text)
    if kind is Kind.JSON:
        return structured.read(text)
    if kind is Kind.HTML:
        return html.read(text)
    return markdown.read(text)


def _finished(draft: Draft, file: str, section: str | None) -> Article:
    paragraphs = [one_line(scrub(line)) for line in draft.paragraphs]
    heading = title.fit(draft.title)
    paragraphs = [line for line in paragraphs if line and not (heading and title.same(line, heading))]
    body = "\n\n".join(paragraphs)
    if len(body) > _MOST_CHARACTERS:
        raise Refused("Its text is longer than a million characters; no article is.")
    _refuse_wall(heading, paragraphs, file)
    if not paragraphs or not has_words(body):
        raise Refused(_NO_TEXT)
    if not has_sentence(paragraphs):
        raise Refused(_NO_SENTENCE)
    url = addresses.web(scrub(draft.url)) if draft.url else None
    source = _name(draft.source) or addresses.site(url)
    byline = _name(draft.byline)
    pictures = (addresses.picture(address, url) for address in draft.pictures)
    return Article(
        title=heading or title.made_from(body),
        text=body,
        # A page that names itself as its author names nobody.
        byline=None if byline and source and byline.casefold() == source.casefold() else byline,
        published=draft.published,
        language=language_of(body),
        source=source,
        url=url,
        picture=next(filter(None, pictures), None),
        section=_name(scrub(section)) if section else None,
    )


def _refuse_wall(heading: str | None, paragraphs: list[str], file: str) -> None:
    """Raise ``Refused`` if the page stands in place of an article, as an error or a log-in does."""
    titles = (heading, file[:_LONGEST_NAME].lstrip("# \n").partition("\n")[0])
    kind = walls.kind_of_wall(titles, paragraphs)
    # Much of what such a page says is known as furniture and was left out before.
    if not kind and (not has_sentence(paragraphs) or any(walls.named(title) for title in titles if title)):
        seen = lines_without_tree(file) if markup.is_html(file) else _LINE_ENDS.split(file[:_START])
        kind = walls.kind_of_wall(titles, seen)
    if kind:
        raise Refused(f"This is {kind}, not an article.")


def _name(text: str | None) -> str | None:
    found = cut(label(text), _LONGEST_NAME) if text else ""
    return found if any(map(str.isalnum, found)) else None
