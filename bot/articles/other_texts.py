"""Texts that are no articles, told by their first lines: links, settings, calendars, patches, logs, programs.

A file's name says so as well (``binary.refuse_other_kinds``), but it may have another one.
"""

import re
from collections import Counter
from collections.abc import Sequence

from bot.articles.prose import is_sentence, opens_as_prose
from bot.errors import Refused

_BEGINNING, _LOOK_AT = 1000, 20_000
_MOST_LINES = 200
_LONGEST_LINE = 300
_OPENINGS = (
    ("begin:vcalendar", "a calendar"),
    ("begin:vevent", "a calendar"),
    ("begin:vcard", "a contact"),
    ("#extm3u", "a playlist"),
    ("[playlist]", "a playlist"),
    ("webvtt", "a file of subtitles"),
    ("[internetshortcut]", "a link"),
    ("[desktop entry]", "a link"),
    ("[{000214a0-", "a link"),
    ("bplist00", "a link"),
    ("<!doctype plist", "a link or a list of settings"),
    ("<plist", "a link or a list of settings"),
    ("<!doctype netscape-bookmark", "a list of bookmarks"),
    ("diff --git ", "a patch"),
    ("#!/", "a program"),
    ("<?php", "a program"),
    ("%!ps", "a PostScript document"),
    ("msgid ", "a file of translations"),
)
_XML = re.compile(r"<\?xml[^<>]{0,200}>\s*")
_ASSIGNED = re.compile(r"(?:export |set |\$)?[A-Za-z_][\w.-]{0,80} ?= ?(.*)")
_KEYED = re.compile(r"\s*(?:- )?[a-z_][\w.-]{0,60}:(?: (.*))?")
_ITEM = re.compile(r"\s*- .*|---|\s*[\]}],?")
_SECTION = re.compile(r"\[\[?[^\[\]]{1,80}\]\]?")
_COMMENT = re.compile(r"\s*(?:#|//|/\*|\*|--|;|%|'''|\"\"\"|<!--)")
_ROBOTS = re.compile(r"(?:user-agent|disallow|allow|sitemap|crawl-delay|host|noindex) ?:.*", re.IGNORECASE)
_LEVEL = r"(?i:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|TRACE|CRITICAL|NOTICE|SEVERE)"
_LOGGED = re.compile(
    # "WARNING: Ice on the bridge" opens news as well, so that a level needs brackets or a module behind it.
    rf"[\[(<]?\d{{4}}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S{{0,20}} \S|\[{_LEVEL}\] |{_LEVEL}:[\w.]{{1,40}}:"
    rf"|(?:INFO|DEBUG|TRACE) |\[?\d\d:\d\d:\d\d\S{{0,6}} \[?{_LEVEL}"
    r"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S|\S{1,60} \S{1,60} \S{1,60} \[\d\d/[A-Z][a-z]{2}/\d{4}:"
)
_TIMED = re.compile(r"(?:\d\d:)?\d\d:\d\d[,.]\d{2,3} --> (?:\d\d:)?\d\d:\d\d[,.]\d{2,3}")
_PATCHED = re.compile(r"@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@")
_OPENS_PATCH = re.compile(r"--- \S|Index: \S|From [0-9a-f]{40} |commit [0-9a-f]{7,40}|\*\*\* \S")
_WORDS_OF_CODE = r"def|class|function|fn|func|const|let|var|public|private|return|elif|else|try|except"
_OPENS_CODE = re.compile(rf"(?:import|from|package|using|use|#include|@\w|async|{_WORDS_OF_CODE})\b")
_CODE = re.compile(
    r".*[;{}]|\s*[)\]}]|.*\w\(.{0,200}\)[:;]?|(?:import|from|package|using|use|require) [\w.{ *]{1,80}.*"
    rf"|\s*(?:async )?(?:{_WORDS_OF_CODE})\b.*|#include .*|\s*[\w.\[\]\"']{{1,60}} ?[+-]?= ?.*|\s*@\w.*"
    r"|(?:SELECT|INSERT|CREATE|UPDATE|DELETE|ALTER|DROP) .*"
)
_ODD = (_COMMENT, _LOGGED, _ASSIGNED, _KEYED, _TIMED, _ROBOTS, _OPENS_PATCH, _OPENS_CODE)
_MARKS_OF_CODE = frozenset("(){}=<>")
_MARKED = 0.3
_SEPARATED = {
    sign: re.compile(rf"(?<!\d){re.escape(sign)}(?! )|{re.escape(sign)}(?![ \d])") for sign in ",;|"
}
_MOST, _HALF, _OF_TIMES = 0.8, 0.5, 0.15


def refuse_by_opening(text: str) -> None:
    """Raise ``Refused`` if the text opens as calendars, links, patches and the like do."""
    start = text[:_LONGEST_LINE].lstrip()
    opening = _XML.sub("", start, count=1).lower()
    if kind := next((kind for sign, kind in _OPENINGS if opening.startswith(sign)), None):
        raise Refused(f"This is {kind}, not an article.")


def refuse_by_lines(text: str) -> None:
    """Raise ``Refused`` if nearly all lines are those of settings, a log, a table, subtitles or a program."""
    if _opens_as_article(_lines(text[:_BEGINNING])):
        return
    lines = _lines(text[:_LOOK_AT])[:_MOST_LINES]
    if lines and (kind := _kind(lines)):
        raise Refused(f"This is {kind}, not an article.")


def _lines(text: str) -> list[str]:
    return [line[:_LONGEST_LINE] for line in text.split("\n") if line.strip()]


def _opens_as_article(lines: Sequence[str]) -> bool:
    """Tell whether there is prose before any line of another kind, so that no more has to be looked at."""
    for line in lines:
        if any(pattern.match(line) for pattern in _ODD):
            return False
        if opens_as_prose(line):
            return True
    return False


def _kind(lines: Sequence[str]) -> str | None:
    stated = [line for line in lines if not _COMMENT.match(line)]
    tests = (
        ("a file of subtitles", _share(_TIMED, lines) >= _OF_TIMES),
        ("a patch", _OPENS_PATCH.match(lines[0]) and any(map(_PATCHED.match, lines))),
        ("a log", _share(_LOGGED, lines) >= _HALF),
        ("a file for robots", _share(_ROBOTS, stated) >= _MOST),
        ("a list of settings", _are_settings(stated)),
        ("a table", _is_table(lines)),
        ("a program", _is_program(lines, stated)),
    )
    return next((kind for kind, is_it in tests if is_it), None)


def _share(pattern: re.Pattern[str], lines: Sequence[str]) -> float:
    return sum(map(bool, map(pattern.match, lines))) / max(len(lines), 1)


def _are_settings(lines: Sequence[str]) -> bool:
    """Tell whether the lines are "KEY = value" or "key: value", with sections and items between them."""
    for pattern in (_ASSIGNED, _KEYED):
        set_ = [match for line in lines if (match := pattern.fullmatch(line.strip()))]
        others = sum(bool(_SECTION.fullmatch(line.strip()) or _ITEM.fullmatch(line)) for line in lines)
        said = sum(is_sentence(match[1] or "") for match in set_)
        if (
            set_
            and len(set_) * 2 >= len(lines)
            and len(set_) + others >= _MOST * len(lines)
            and said * 2 < len(lines)
        ):
            return True
    return False


def _is_table(lines: Sequence[str]) -> bool:
    """Tell whether most lines have the same number of separators with no space behind them, two or more."""
    if len(lines) < 2:
        return False
    for separated in _SEPARATED.values():
        count, many = Counter(len(separated.findall(line)) for line in lines).most_common(1)[0]
        if count >= 2 and many >= _MOST * len(lines):
            return True
    return False


def _is_program(lines: Sequence[str], stated: Sequence[str]) -> bool:
    code = sum(bool(_CODE.fullmatch(line)) for line in stated)
    marked = sum(not _MARKS_OF_CODE.isdisjoint(line) for line in stated)
    return (
        (_COMMENT.match(lines[0]) or _CODE.fullmatch(lines[0])) is not None
        and len(stated) >= 2
        and code >= _HALF * len(stated)
        and marked >= _MARKED * len(stated)
    )
