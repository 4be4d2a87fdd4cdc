"""JSON files: one article, in schema.org's words or in a scraper's."""

from bot.articles import html, jsonld, markdown, markup, plain
from bot.articles.draft import Draft
from bot.articles.markup import Kind
from bot.articles.text import scrub
from bot.errors import Refused


def read(text: str) -> Draft:
    """Return the article in a JSON text.

    Raises ``Refused`` where it is no valid JSON, holds no article, or several.
    """
    try:
        found = jsonld.articles(text)
    except ValueError as error:
        raise Refused("It looks like JSON, but is damaged or holds more than one JSON text.") from error
    return _draft(_only(found))


def _only(found: list[jsonld.Found]) -> jsonld.Found:
    with_text = list({one.body: one for one in found if one.body.strip()}.values())
    if not with_text:
        raise Refused("This JSON holds no text of an article.")
    if len(with_text) > 1:
        raise Refused(f"This JSON holds {len(with_text)} articles; one file is one article.")
    return with_text[0]


def _draft(found: jsonld.Found) -> Draft:
    # What JSON escapes, as in "\\u0000" or half a surrogate pair, was not there to be cleaned before.
    body = scrub(found.body)
    given = Draft(
        title=found.title,
        byline=found.byline,
        published=found.published,
        url=found.url,
        source=found.source,
        pictures=found.pictures,
    )
    kind = markup.kind_of(body, "")
    if kind is Kind.HTML:
        return given.over(html.read(body, found.title))
    if kind is Kind.MARKDOWN:
        return given.over(markdown.read(body, found.title))
    return given.over(plain.read(body, found.title, marked_up=True))
