"""Files that are no articles, told by their names, their first bytes or what they decode to."""

import unicodedata
from collections import Counter

from bot.errors import Refused

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_TEXT_BUT_NO_ARTICLE = frozenset(
    "css csv tsv xls js mjs ts py rb php java c h cpp cs go rs sh bat ps1 sql log ini cfg conf toml yaml yml "
    "env ics vcf srt vtt tex bib svg diff patch ipynb jsonl ndjson xsd xsl dtd lock po".split()
)
# Signatures made of letters alone, as in "ID3", also open texts; what follows them must look binary.
_PEEK = 512
_AT_MOST_BROKEN = 0.05
_ALWAYS_FORGIVEN = 3
_LOOK_AT = 200_000


def refuse_other_kinds(name: str) -> None:
    """Raise ``Refused`` if the name ends as those of tables, programs, logs and the like do."""
    ending = name.rpartition(".")[2].lower()
    if "." in name and ending in _TEXT_BUT_NO_ARTICLE:
        raise Refused(f"Gazette reads text, Markdown, HTML and JSON; this is a .{ending} file.")


def refuse_binary(data: bytes) -> None:
    """Raise ``Refused`` if the first bytes are those of a known kind of file that is no text."""
    if kind := _known(data):
        raise Refused(f"This is {kind}, not a text.")


def _known(data: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and (not signature.isalnum() or _has_controls(data)):
            return kind
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a WebP image" if data[8:12] == b"WEBP" else "a sound or video file"
    if data[4:8] == b"ftyp":
        return "a video or an image"
    if data[:2] in (b"BM", b"MZ") and _has_controls(data):
        return "an image or a program"
    return None


def _has_controls(data: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 27 for byte in data[:_PEEK])


def refuse_garbage(text: str) -> None:
    """Raise ``Refused`` if more than 5 % of the decoded characters can stand in no text."""
    part = text[:_LOOK_AT]
    if not any(map(_is_broken, set(part))):
        return
    broken = sum(many for character, many in Counter(part).items() if _is_broken(character))
    if broken > max(_ALWAYS_FORGIVEN, _AT_MOST_BROKEN * len(part)):
        raise Refused("Its characters cannot be read: the file is damaged or not a text.")


def _is_broken(character: str) -> bool:
    if character == "\ufffd":
        return True
    return unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"} and not character.isspace()
