"""The article: what a file was read into."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text with what is known about it. What is not known is ``None``, never a guess."""

    title: str
    """One line, never empty."""
    text: str
    """The body alone: paragraphs, each one line, with an empty line between two. Never empty."""
    byline: str | None = None
    """Who wrote it, without "By"."""
    published: date | None = None
    """An aware ``datetime`` where the article gives time and zone, else a plain ``date``."""
    language: str | None = None
    """ISO 639-1, lower case, found from the text."""
    source: str | None = None
    """The publication: the site's name, else the host of the url."""
    url: str | None = None
    """http or https only."""
    picture: str | None = None
    """The address of its own picture, https only."""
    section: str | None = None
    """The subfolder of the inbox that the file lay in."""

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body, in order."""
        return self.text.split("\n\n")
