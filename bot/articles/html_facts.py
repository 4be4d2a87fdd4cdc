"""What a page says about its article in its head: meta tags, links and JSON-LD."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.articles import addresses, jsonld
from bot.articles.byline import clean_name
from bot.articles.dates import parse_date
from bot.articles.draft import Draft
from bot.articles.text import ordered, overlap
from bot.articles.title import fit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "citation_title")
_SITES = ("og:site_name", "application-name", "al:ios:app_name", "dc.publisher")
_AUTHORS = ordered(
    """
    author article:author parsely-author sailthru.author byl dc.creator dcterms.creator citation_author
    article.author og:author creator
    """
)
_DATES = ordered(
    """
    article:published_time datepublished og:published_time article.published parsely-pub-date
    sailthru.date dc.date.issued dcterms.issued dcterms.created dc.date citation_publication_date
    publication_date publishdate publish-date publish_date pubdate ptime date datecreated
    """
)
_PICTURES = ("og:image", "og:image:url", "og:image:secure_url")
_LAST_PICTURES = ("twitter:image", "twitter:image:src")
_MOST_PICTURES = 10
_MOST_SCRIPTS = 50
_MOST_ARTICLES = 2000
_SAME_STORY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the head of a page says; its titles are those given for machines, the surest first."""

    titles: tuple[str, ...]
    draft: Draft
    body: str
    """The text in the page's JSON-LD; empty where there is none."""


def facts(tree: "HtmlElement") -> Facts:
    """Return what the page's head says; what is not there is ``None``."""
    metas = _Metas(tree)
    titles = [title for title in (fit(metas.get(name)) for name in _TITLES) if title]
    found = _main(_linked_data(tree), titles)
    url = metas.address or found.url
    # Some sites put their motto behind their name.
    source = next(
        (name.split(" | ")[0] for name in filter(None, (fit(metas.get(key)) for key in _SITES))), None
    )
    return Facts(
        titles=tuple([found.title, *titles] if found.title else titles),
        draft=Draft(
            byline=found.byline or metas.byline(),
            published=found.published or metas.published(),
            url=url,
            source=source or found.source or addresses.site(url),
            pictures=(*metas.pictures(_PICTURES), *found.pictures, *metas.pictures(_LAST_PICTURES)),
        ),
        body=found.body,
    )


class _Metas:
    """The meta tags of a page by name, and its canonical address."""

    def __init__(self, tree: "HtmlElement") -> None:
        self._contents: dict[str, list[str]] = {}
        self._pictures: list[tuple[str, str]] = []
        for element in tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if content := (element.get("content") or "").strip():
                self._contents.setdefault(name.casefold(), []).append(content)
                if name.casefold() in (*_PICTURES, *_LAST_PICTURES):
                    self._pictures.append((name.casefold(), content))
        for element in tree.iter("time"):
            if element.get("itemprop") == "datePublished" and element.get("datetime"):
                self._contents.setdefault("datepublished", []).append(element.get("datetime"))
        canonical = next(
            (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None
        )
        self.address = addresses.web(canonical) or addresses.web(self.get("og:url"))

    def get(self, name: str) -> str | None:
        return next(iter(self._contents.get(name, ())), None)

    def pictures(self, names: tuple[str, ...]) -> list[str]:
        """Return the first ones of these names in the order of the page: its main picture comes first."""
        return [content for name, content in self._pictures if name in names][:_MOST_PICTURES]

    def byline(self) -> str | None:
        for name in _AUTHORS:
            names = filter(None, map(clean_name, self._contents.get(name, ())))
            if found := ", ".join(dict.fromkeys(names)):
                return found
        return None

    def published(self) -> date | None:
        contents = (content for name in _DATES for content in self._contents.get(name, ()))
        return next(filter(None, map(parse_date, contents)), None)


def _linked_data(tree: "HtmlElement") -> list[jsonld.Found]:
    found: list[jsonld.Found] = []
    for place, script in enumerate(tree.iter("script")):
        if place >= _MOST_SCRIPTS * 4 or len(found) >= _MOST_ARTICLES:
            break
        if "ld+json" in (script.get("type") or "") and script.text:
            try:
                found.extend(one for one in jsonld.articles(script.text) if one.typed)
            except ValueError:
                continue  # a page with a broken script is still a page
    return found


def _main(found: list[jsonld.Found], titles: list[str]) -> jsonld.Found:
    """Return the article that the page is about: the one with its title, else the only one."""
    for one in found:
        if one.title and any(overlap(one.title, title) >= _SAME_STORY for title in titles):
            return one
    return found[0] if len(found) == 1 or (found and not titles) else jsonld.Found()
