"""What names look like: folding, titles, company suffixes, initials. Strings in, strings out."""

import re
import unicodedata
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST_NAME = 100
"""Characters. The longest name in 124 measured texts has 74; what is longer is a slip of the model."""

SHORT_TITLES = _words(
    """
    mr mrs ms mx dr prof mme sen rep gov lt cllr mp mep msp gen maj brig col capt sgt adm cmdr cpl pvt rev
    """
)
"""Titles that are no name even when they stand alone."""

TITLES = SHORT_TITLES | _words(
    """
    miss professor emeritus sir dame madam madame monsieur herr frau
    president vice prime premier minister chancellor secretary ambassador envoy senator senators
    representative congressman congresswoman governor mayor councillor councilor attorney judge justice
    prosecutor speaker chairman chairwoman director commissioner administrator
    spokesman spokeswoman spokesperson coach general major brigadier colonel captain sergeant lieutenant
    admiral commander corporal private officer detective inspector superintendent sheriff deputy
    reverend bishop archbishop cardinal rabbi imam sheikh ayatollah
    """
)
"""Words before a person's name that are no part of it. King, Queen, Pope and Prince are part of it."""

COMPANY_SUFFIXES = _words(
    """
    inc incorporated corp corporation co company ltd limited llc llp lp plc ag gmbh kg se sa sas nv bv
    ab asa spa oy kk pty holding holdings group
    """
)

GENERATIONS = _words("jr sr ii iii iv")
"""What stands behind a surname and is none."""

SMALL_WORDS = _words("of the for and in on at to a an de des du la le al bin von van der den")
"""Words inside a name that give no initial and are no surname by themselves."""

_FOLDED = 2_000
"""Names whose folded form is remembered: linking asks for each several times."""

_SPACES = re.compile(r"\s+")
_ARTICLE = re.compile(r"the\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['\u2019]s|(?<=s)['\u2019])$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"(\S+)\s+(?=\S)")
_WORD_BREAK = re.compile(r"[\s\-]+")
_NO_LETTER = re.compile(r"[^\w\s\-]")
_STATE_OF = re.compile(r"^state of (?=\S)")


def visible(text: str) -> str:
    """Return ``text`` on one line, without control, zero-width and direction characters."""
    spaced = _SPACES.sub(" ", text)
    if spaced.isprintable():
        return spaced.strip()
    return "".join(c for c in spaced if not unicodedata.category(c).startswith("C")).strip()


def is_name(text: str) -> bool:
    """Return whether ``text`` can be shown as a name.

    It has 2 to ``LONGEST_NAME`` characters, a letter, a capital if its script has any, no bracket left
    open, and is no title.
    """
    if not 2 <= len(text) <= LONGEST_NAME or text.count("(") != text.count(")"):
        return False
    is_title = text.rstrip(".").casefold() in SHORT_TITLES and not text.isupper()
    return any(c.isalpha() for c in text) and not text.islower() and not is_title


def article_length(text: str) -> int:
    """Return how many characters of ``text`` are a leading "the" with its space; 0 where there is none."""
    found = _ARTICLE.match(text)
    return found.end() if found else 0


def title_length(text: str) -> int:
    """Return how many characters of ``text`` are a leading title with its space; 0 where there is none."""
    found = _FIRST_WORD.match(text)
    if not found or not found[1][0].isupper():
        return 0
    return found.end() if found[1].rstrip(".").casefold() in TITLES else 0


def possessive_length(text: str) -> int:
    """Return how many characters of ``text`` are a closing "'s", or the apostrophe alone after an s."""
    found = _POSSESSIVE.search(text)
    return len(found[0]) if found and found.start() > 0 else 0


@lru_cache(_FOLDED)
def fold(name: str) -> str:
    """Return what spellings of a name share: no case, accents, full stops, leading "the", possessive."""
    bare = _POSSESSIVE.sub("", name.strip()).replace("&", " and ").replace("\u2019", "'")
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    plain = bare.replace(".", "")
    return _ARTICLE.sub("", _SPACES.sub(" ", plain.casefold()).strip(), count=1)


def person_form(name: str) -> str:
    """Return the folded name of a person without "Jr."."""
    words = (word.rstrip(",") for word in fold(name).split(" "))
    return " ".join(word for word in words if word and word not in GENERATIONS)


def group_form(name: str) -> str:
    """Return the folded name of an organisation or place without "Inc.", "GmbH" or "State of"."""
    words = fold(name).replace(",", "").split(" ")
    while len(words) > 1 and words[-1] in COMPANY_SUFFIXES:
        words.pop()
    return _STATE_OF.sub("", " ".join(words))


def has_company_suffix(name: str) -> bool:
    """Return whether the last of several words is one of ``COMPANY_SUFFIXES``."""
    words = fold(name).split(" ")
    return len(words) > 1 and words[-1] in COMPANY_SUFFIXES


def is_acronym(name: str) -> bool:
    """Return whether ``name`` is two to six capitals, with full stops or without."""
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()


def initials(name: str) -> set[str]:
    """Return the acronyms that ``name`` may go by, folded: of its capitalised words, and of all its words."""
    words = [word for word in _WORD_BREAK.split(_NO_LETTER.sub("", name)) if word]
    main = [word for word in words if word[0].isupper() and word.casefold() not in SMALL_WORDS]
    return {"".join(word[0] for word in some).casefold() for some in (main, words) if len(some) > 1}
