"""What a reader hands over: an article that is not checked yet."""

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one reader found in a file; whatever it did not find is ``None``."""

    paragraphs: tuple[str, ...] = ()
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    url: str | None = None
    source: str | None = None
    pictures: tuple[str, ...] = ()
    """Addresses of its picture as the file gives them, the surest first: not checked, some without a host."""

    def over(self, other: "Draft") -> "Draft":
        """Return this draft, with what it lacks taken from the other."""
        values = {f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)}
        return Draft(**values)
