"""Text that strangers wrote, made harmless and cut to measure.

Discord's limits: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

import re

from bot.articles.text import label

TITLE_LIMIT = 256
FIELD_LIMIT = 1024
AUTHOR_LIMIT = 256
CONTENT_LIMIT = 2000
CHOICE_LIMIT = 100
LOGGED_LIMIT = 80
"""Characters of a title in a line of the log."""

ELLIPSIS = "…"

# In titles, descriptions and the values of fields; authors and footers are shown as they are. The name of an
# emoji between colons becomes that emoji; a time such as 10:30:45 holds none. Between angle brackets an
# address becomes a link, whatever sign it begins with.
_SIGNS = (
    r"(?P<call>@(?=everyone|here)|<(?=[@#:/A-Za-z]|[^\s<>]*[@:]))"
    r"|(?P<inline>[\\*_`\[]|~(?=~)|\|(?=\|)|:(?=(?!\d\d?:)[\w+-]{1,60}:))"
    r"|^(?P<before> *(?=[#>+-])|[ ]*\d+(?=\.(?:\s|$)))(?P<block>[#>+.-])"
)
_MARKUP = re.compile(_SIGNS, re.MULTILINE)
# To Discord an address goes on to a blank or "<" and has no markup in it: a backslash would be a part of it.
_MARKUP_OR_ADDRESS = re.compile(rf"(?P<address>https?://[^\s<]+[^\s<.,:;\"'\]])|{_SIGNS}", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?=\s|$)|[。！？]")


def length(text: str) -> int:
    """Return the length as Discord's clients count it: in UTF-16 code units, never fewer than characters."""
    return len(text) + sum(character > "\uffff" for character in text)


def one_line(text: str) -> str:
    """Return the text without control, bidirectional and zero-width characters, on one line.

    A zero-width joiner stays between two letters of a script that spells with it.
    """
    return label(text)


def counted(number: int, noun: str) -> str:
    """Return how many there are, for nouns with a plain plural: "1 file", "2 files"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def quoted(title: str | None) -> str:
    """Return a title as a line of the log names it: in quotes, on one line, cut."""
    return f"“{cut(one_line(title or ''), LOGGED_LIMIT)}”"


def escape(text: str, *, linked: bool = True) -> str:
    """Return the text so that Discord shows it as it is: no markup, no mention, no masked link.

    Bare addresses stay as they are; they show where they lead. Where they are not ``linked``, as in a title,
    their signs are escaped as well.
    """
    return (_MARKUP_OR_ADDRESS if linked else _MARKUP).sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found.get("address"):
        return match[0]
    if found["call"]:
        return f"{match[0]}\u200b"  # nobody is called by what an article says, be it behind an address
    if found["inline"]:
        return f"\\{match[0]}"
    return f"{found['before']}\\{found['block']}"


def cut(text: str, limit: int) -> str:
    """Return the text, or as many of its first sentences as fit; a longer sentence is cut at a word.

    Whatever was cut ends in an ellipsis, and the whole fits into ``limit`` as Discord counts.
    """
    if length(text) <= limit:
        return text
    room = _fitting(text, limit - length(f" {ELLIPSIS}"))
    end = max((match.end() for match in _SENTENCE_END.finditer(room)), default=0)
    if end:
        return f"{room[:end]} {ELLIPSIS}"
    words = room.rpartition(" ")[0] if " " in room else room
    return f"{words.rstrip()}{ELLIPSIS}"


def _fitting(text: str, limit: int) -> str:
    """Return the longest beginning of the text that Discord counts as ``limit`` or less."""
    size = 0
    for place, character in enumerate(text):
        size += 1 + (character > "\uffff")
        if size > limit:
            return text[:place]
    return text


def cut_escaped(text: str, limit: int, *, linked: bool = True) -> str:
    """Return the text cut and escaped: its markup counts, and no escape is torn from what it escapes."""
    room = limit
    escaped = escape(cut(text, room), linked=linked)
    while length(escaped) > limit:
        room = min(room - 1, room * limit // length(escaped))
        escaped = escape(cut(text, room), linked=linked)
    return escaped
