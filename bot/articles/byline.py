"""Who wrote it: lines that name an author, and names cleaned of what stands around them."""

import re
import unicodedata

from bot.articles.furniture import Part, part_of
from bot.articles.text import label, one_line, vocabulary, words

_LONGEST = 120
_LONGEST_NAME = 40
_LONGEST_GIVEN = 1000
# The first row is followed by a space or a colon, the second by a colon alone: "Text Size" names nobody.
_BY = re.compile(
    r"(?:(?:(?:written|words|story|posted|published|reported) by|by|von|par|por|di|door|av|af|escrito por"
    r"|بقلم|كتب)\s?[\s:|]"
    r"|(?:authors?|byline|text|autor|autorin|auteur|autora|autore|автор|текст|작성자|기자|作者|文|记者|記者|نوشته)"
    r"\s?[:\uff1a])"
    r"\s*(.+)",
    re.IGNORECASE,
)
# Small words within a name.
_PARTICLES = vocabulary(
    """
    de da do dos das del della di la le van von der den ter ten el al bin ibn ben bint abu y e et und
    and & af av zu zum du
    """
)
_NOT_A_NAME = re.compile(r"https?:|www\.|[@{}<>\[\]=_/\\#]|\d")
# What stands behind a name after a comma, and is no second author.
_ROLES = vocabulary(
    """
    reporter reporters correspondent correspondents editor editors writer writers staff columnist contributor
    contributors journalist journalists bureau chief press news times post herald tribune journal gazette
    guardian telegraph reuters agency media magazine radio tv bbc cnn afp dpa ap upi inc online network daily
    weekly wire the for in redaktion redakteur correspondant redacción redazione corresponsal
    """
)
_AND_FOR = re.compile(r"(?<!\s)\s++(?:for|in|at|from|\||•|·|–|—|-)\s+", re.IGNORECASE)
_NO_ONE = vocabulary(
    """
    admin administrator editor staff author unknown none null anonymous webmaster user guest news desk
    newsroom redaktion redacción redazione root default
    """
)


def byline_of(line: str) -> str | None:
    """Return the author that the line names, as in "By Ada Lamb, staff writer", or ``None``."""
    line = one_line(line)
    if len(line) > _LONGEST:
        return None
    match = _BY.fullmatch(line)
    return clean_name(match[1]) if match else None


def clean_name(text: str) -> str | None:
    """Return the name or names in a byline without roles and papers, or ``None`` if it is no name.

    "By Ada Lamb and Bo Rye, The Daily Sun" gives "Ada Lamb and Bo Rye".
    """
    text = label(text[:_LONGEST_GIVEN])
    if match := _BY.fullmatch(text):
        text = match[1]
    head = _AND_FOR.split(text, maxsplit=1)[0]
    parts = [part.strip(" .;:|·•-–—") for part in re.split(r"[,;|\uff0c、]|\(", head.strip("()"))]
    names = [
        part for place, part in enumerate(parts) if part and (place == 0 or _ROLES.isdisjoint(words(part)))
    ]
    found = ", ".join(name for name in names if is_name(name, least=1))
    # A first part that is no name makes the line none.
    return found if names and is_name(names[0], least=1) else None


def is_name(text: str, *, least: int = 2) -> bool:
    """Tell whether the text may be the name of one or more people: ``least`` to eight capitalised words."""
    if len(text) > _LONGEST or _NOT_A_NAME.search(text) or text.casefold() in _NO_ONE:
        return False
    parts = text.split()
    if not least <= len(parts) <= 8:
        return False
    capitals = [word for word in parts if word.casefold() not in _PARTICLES]
    return len(capitals) >= least and all(map(_is_capital, capitals))


def is_bare_name(line: str) -> bool:
    """Tell whether the line is a person's name and nothing else: two to four capitalised words."""
    return (
        len(line) <= _LONGEST_NAME
        and part_of(line) is Part.NONE
        and len(line.split()) <= 4
        and is_name(line)
        and _ROLES.isdisjoint(words(line))
        and any(map(str.islower, line))
    )


def _is_capital(word: str) -> bool:
    # Scripts without capitals (Han, Arabic, Hindi) have no lower case either.
    return word[0].isalpha() and not word[0].islower() and all(map(_spells_names, word))


def _spells_names(character: str) -> bool:
    return character.isalpha() or character in "'’.-" or unicodedata.category(character)[0] == "M"
