"""Lines that belong to the page and not to the article: share buttons, read times, credits, legal notes.

A phrase counts only if it is the whole line, so that a sentence which happens to speak of cookies stays.
"""

import re
from enum import Enum, auto
from functools import cache

from bot.articles import phrases
from bot.articles.text import ends_a_sentence

_LONGEST = 160
_MOST_WORDS = 18
_MOST_OF_A_CREDIT = 9
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|©")
_CREDIT = re.compile(
    r"[(\[]?(?:photo|photograph|picture|image|credit|video|illustration|graphic|foto|bild|grafik|fotografía|crédito"
    r"|crédit|fotografia|immagine|imagem|фото|图|图片|圖|写真|사진|صورة)s?(?:graphy)?\s?(?:by|credit|von|de|di|par|[/:\uff1a©])",
    re.IGNORECASE,
)
_AGENCY_PHOTO = re.compile(
    r"[^.!?]{0,80}(?:getty images|ap photo|afp/|/afp|/reuters|reuters/|/ap\b|via ap\b|shutterstock|istock"
    r"|/dpa|picture alliance)[^.!?]{0,60}\)?",
    re.IGNORECASE,
)


class Part(Enum):
    """What a line of a page is, as far as its words alone tell."""

    NONE = auto()
    FURNITURE = auto()
    ASIDE = auto()
    """The heading of a list of other articles; the article may go on after it."""
    END = auto()
    """What never stands before the article's end: comments, legal notes."""


_RIGHTS = re.compile(
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|derechos reservados", re.IGNORECASE
)
_LONGEST_OPENING = 5
_TABLES = {
    "whole": (
        (Part.FURNITURE, phrases.WHOLE_FURNITURE),
        (Part.ASIDE, phrases.WHOLE_ASIDE),
        (Part.END, phrases.WHOLE_END),
    ),
    "addressed": ((Part.FURNITURE, phrases.ADDRESSED_FURNITURE), (Part.END, phrases.ADDRESSED_END)),
    "headings": (
        (Part.FURNITURE, phrases.HEADING_FURNITURE),
        (Part.ASIDE, phrases.HEADING_ASIDE),
        (Part.END, phrases.HEADING_END),
    ),
}


def part_of(line: str) -> Part:
    """Return what the line is by its words alone; ``Part.NONE`` if it may be the article's."""
    if len(line) > _LONGEST:
        return Part.NONE
    if _RIGHTS.search(line):
        return Part.END
    tokens = _folded(line)
    if not tokens:
        return Part.FURNITURE
    if len(tokens) > _MOST_WORDS:
        return Part.NONE
    sentence = ends_a_sentence(line) and not line.endswith(("…", "..."))
    found = _match(tokens, sentence=sentence)
    if found is Part.NONE and not (sentence and len(tokens) > _MOST_OF_A_CREDIT) and _is_credit(line):
        return Part.FURNITURE
    return found


def _match(tokens: list[str], *, sentence: bool) -> Part:
    # "Yes." in an interview is an answer; "Yes" on a page is a button.
    if not (sentence and len(tokens) == 1) and (found := _table("whole").get(" ".join(tokens))):
        return found
    openings = ("addressed",) if sentence else ("addressed", "headings")
    for length in range(min(len(tokens), _LONGEST_OPENING), 0, -1):
        for name in openings:
            if found := _table(name).get(" ".join(tokens[:length])):
                return found
    return Part.NONE


def _is_credit(line: str) -> bool:
    return bool(_CREDIT.match(line) or _AGENCY_PHOTO.fullmatch(line))


def _folded(line: str) -> list[str]:
    tokens = _TOKEN.findall(line.casefold().replace("’", "'"))
    return ["#" if token.isdigit() else token for token in tokens]


@cache
def _table(name: str) -> dict[str, Part]:
    return {
        " ".join(_folded(phrase.replace("#", "0"))): part
        for part, rows in _TABLES[name]
        for phrase in rows.strip().replace("\n", "|").split("|")
    }
