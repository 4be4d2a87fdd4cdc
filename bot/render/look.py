"""How a channel wants its posts and digests to look."""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How much of an article its post shows, and where."""

    POST = "post"
    """The whole summary, with people, organisations and places."""
    COMPACT = "compact"
    """The title and the first sentence."""
    THREAD = "thread"
    """As ``POST``, with a thread under it, which whoever sends the post opens."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen for a channel; without a choice, how Gazette looks by itself."""

    language: str = "en"
    """A code of ``words.LANGUAGES``. Articles are never translated, only what Gazette says around them."""
    colour: int | None = None
    """0 to 0xFFFFFF, ``None`` for Gazette's own."""
    layout: Layout = Layout.POST
    entities: bool = True
    """Whether a post names people, organisations and places."""
    pictures: bool = False
    """Whether a post shows the article's own picture."""


DEFAULT = Look()
