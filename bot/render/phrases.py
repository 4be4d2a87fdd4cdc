"""Phrases with something to fill in, each called with what it needs, and all that a language has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date


@dataclass(frozen=True, slots=True)
class Named:
    """A phrase about a name."""

    text: str

    def __call__(self, name: str) -> str:
        """Return the phrase; the name stays as it is."""
        return self.text.format(name=name)


@dataclass(frozen=True, slots=True)
class At:
    """A phrase about a moment, which Discord shows in the reader's language and time zone."""

    text: str

    def __call__(self, moment: datetime) -> str:
        """Return the phrase."""
        return self.text.format(moment=f"<t:{int(moment.timestamp())}:f>")


@dataclass(frozen=True, slots=True)
class PageOf:
    """A phrase about one of several pages."""

    text: str

    def __call__(self, number: int, of: int) -> str:
        """Return the phrase."""
        return self.text.format(number=number, of=of)


@dataclass(frozen=True, slots=True)
class Counted:
    """A phrase about a number, in the two forms that figures take in these languages."""

    code: str
    """The language."""
    one: str
    """For 1, in French and Portuguese for 0 as well."""
    other: str

    def __call__(self, count: int) -> str:
        """Return the phrase in the form that goes with the number."""
        return _form(self.code, count, self.one, self.other).format(count=count)


@dataclass(frozen=True, slots=True)
class OutOf:
    """A phrase about some out of a number."""

    code: str
    one: str
    other: str
    by_shown: bool = False
    """Whether the form goes with how many are shown, not with how many there are."""

    def __call__(self, shown: int, of: int) -> str:
        """Return the phrase in the form that goes with the number."""
        text = _form(self.code, shown if self.by_shown else of, self.one, self.other)
        return text.format(shown=shown, of=of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What Gazette says in public in one language. Nothing in it is markup to Discord."""

    own_name: str
    """What the language calls itself."""
    locale: str
    """Whose names of months are taken."""
    day: str
    """The pattern of a day, as CLDR writes them."""
    first_day: str
    """The same for the first of a month."""

    by: Named
    update: str
    no_names: str
    """What is said of an article in which nobody and nothing was found."""
    also_called: Named
    """What follows a name that has others."""
    file: Named
    sent_by: Named
    """Whose file an answer is about, alone; the next: if everybody sees it."""
    shared_by: Named
    not_checked: str
    similar_to: str
    """The heading above the title of an article that this one may be a copy of."""
    same_text_as: str
    """The same once somebody has said that it is one."""
    same_text: str
    """On a button that says so. The next two: another text about the event, and another event."""
    same_story: str
    not_same: str
    people: str
    organisations: str
    places: str
    also_in: str
    also_in_files: Counted
    and_more: Counted
    """What follows a list of names, of articles or of files, so of any gender."""
    balanced: str
    """The method of this name; the others bear their inventors' names for them."""
    sentences: OutOf
    untitled: str

    digest: str
    stories: Counted
    """The first part of "12 stories from 31 articles since …"."""
    from_articles: Counted
    """The second part of it."""
    since: At
    """The third part of it."""
    left_out: Counted
    """The end of it, with the sign that joins it to the rest."""
    nothing_new: At
    page: PageOf
    back: PageOf
    next: PageOf
    articles: Counted
    new_articles: Counted
    """On a story that was told before."""
    sources: Counted
    other: str
    """The heading of what is in no section."""
    read: str
    """The text of a link to an article."""

    story: Counted
    """On a button, with how many articles it holds."""
    about_event: Counted

    while_paused: str
    in_quiet_hours: str
    at_once: str
    missed: At
    missed_all: At
    """What follows ``missed`` where several were: since the first of them."""

    def day_of(self, published: date) -> str:
        """Return a day with its month and year."""
        pattern = self.first_day if published.day == 1 else self.day
        return format_date(published, pattern, locale=self.locale)


def _form(code: str, count: int, one: str, other: str) -> str:
    # French, Spanish and Portuguese have a third form, for a million in words; figures take the second.
    return one if _rule(code)(count) == "one" else other


@cache
def _rule(code: str) -> Callable[[int], str]:
    """Return what tells the form for a number; read once, as it lies on disk."""
    rule: Callable[[int], str] = Locale(code).plural_form
    return rule
