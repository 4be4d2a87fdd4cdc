"""Private keys and tokens: a file that holds one is never posted, whatever else stands in it.

A token holds a row of twenty letters and digits, which few words of a text do; most forms are looked for in
those rows alone. That takes 0.05 ms of the 4 ms that an article takes, and 2 % of the time of a page.
"""

import re
from collections.abc import Iterable, Iterator

from bot.articles import credential_forms as forms
from bot.articles.html_tree import lines_without_tree
from bot.articles.markup import is_html
from bot.articles.text import unescape
from bot.errors import Refused

_SHORTEST = 20
_BEFORE = 40
_FEWEST_SIGNS = 8
# A picture in a page is one word of up to ten million letters. By chance it holds the form of a token.
_PICTURE = re.compile(r";base64,[A-Za-z0-9+/]{40,}={0,2}")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|[nrt])")
_REFERENCE = re.compile(
    r"&(?:#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6})|NewLine|hyphen|dash|lowbar|plus|equals|sol|colon|period|commat);"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_ARMOUR = re.compile(r"BEGIN ([A-Z0-9 ]{3,60}?) ?[-\u2010-\u2015\u2212]{2,6}")
_DASHES = re.compile(r"[-\u2010-\u2015\u2212]{2} ?\Z")
_LONGEST_ARMOUR = 6000
_MATERIAL = re.compile(r"[A-Za-z0-9+/]{20,}")
_ROWS = bytes(
    code if chr(code) in "_-" or (code < 128 and chr(code).isalnum()) else 32 for code in range(256)
)


def refuse_credentials(text: str) -> None:
    """Raise ``Refused`` if the text holds a private key or a token; the reason names its kind alone."""
    if kind := next(_kinds(_meant(text)), None):
        raise Refused(f"It holds {kind}; such a file is never posted.")


def _meant(text: str) -> str:
    """Return the text without pictures, with JSON's escapes and HTML's numbered characters replaced."""
    if ";base64," in text:
        text = _PICTURE.sub(" ", text)
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else "\n", text)
    return _REFERENCE.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def _kinds(text: str) -> Iterator[str]:
    if "BEGIN" in text:
        yield from _armoured(_TAG.sub("", text))
    if "@" in text:
        yield from _passwords(text)
    if not (rows := _rows(text)):
        return
    yield from _of(forms.OF_ONE_RUN, rows)
    yield from _of(forms.OF_SEVERAL_RUNS, text)
    if any(form.sign in rows for form in forms.IN_SIGHT):
        yield from _of(forms.IN_SIGHT, "\n".join(lines_without_tree(text)) if is_html(text) else text)


def _rows(text: str) -> str:
    """Return the rows of twenty and more letters, digits, hyphens and underscores."""
    rows = text.encode("utf-8", "replace").translate(_ROWS).split()
    return b" ".join([row for row in rows if len(row) >= _SHORTEST]).decode("ascii")


def _of(table: Iterable[forms.Form], text: str) -> Iterator[str]:
    for form in table:
        if form.sign in text and any(_is_real(form, match) for match in form.pattern.finditer(text)):
            yield form.kind


def _is_real(form: forms.Form, match: re.Match[str]) -> bool:
    """Tell whether the match is a credential: not within a word, no "ghp_xxxxxxxx", no slug of an address."""
    start = match.start()
    if not form.before.search(match.string[max(0, start - _BEFORE) : start]):
        return False
    secret = match[1] if form.pattern.groups else None
    return secret is None or not (
        len(set(secret)) < _FEWEST_SIGNS or forms.PLACEHOLDER.search(secret) or forms.SLUG.fullmatch(secret)
    )


def _passwords(text: str) -> Iterator[str]:
    place = text.find("@")
    while place >= 0:
        address = text[max(0, place - forms.LONGEST_ADDRESS) : place]
        if "://" in address and text[place + 1 : place + 2].isalnum() and forms.PASSWORD.search(address):
            yield "a password in an address"
        place = text.find("@", place + 1)


def _armoured(text: str) -> Iterator[str]:
    """Yield what stands between "-----BEGIN" and "-----END"; prose that names such a line holds no key."""
    for match in _ARMOUR.finditer(text):
        if not _DASHES.search(text[max(0, match.start() - 3) : match.start()]):
            continue
        block = text[match.end() : match.end() + _LONGEST_ARMOUR].partition("-END")[0]
        if not match[1].startswith("PGP SIGN") and _has_material(block):
            yield forms.kind_of_armour(match[1])


def _has_material(block: str) -> bool:
    """Tell whether the block holds twenty letters of base64 in a row, varied and of both cases."""
    runs = _MATERIAL.findall(block)
    return any(run not in {run.lower(), run.upper()} and len(set(run)) >= _FEWEST_SIGNS for run in runs)
