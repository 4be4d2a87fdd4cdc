"""Folders that a browser saves beside a page, with what the page shows: what lies in them is no article."""

import os
import re
from functools import lru_cache
from pathlib import Path, PurePath

PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".shtm", ".php", ".asp", ".aspx", ".jsp")

_ENDINGS = (*PAGE_ENDINGS, *map(str.upper, PAGE_ENDINGS))

_FILES = (
    "files|file|dateien|fichiers|bestanden|archivos|filer|tiedostot|pliki|soubory|elemei|ficheiros|arquivos|"
    "dosyalar|datoteke|fitxers|failid|fails|failai|bylos|fajlovi|fitxategiak|súbory|fișiere|fisiere|"
    "файлы|файли|файлове|αρχεία|文件|檔案|ファイル|파일"
)
"""What a browser or an office program calls the files of a page, in its language.

Those up to "fitxategiak", but for "failai", are those by which Windows moves a page together with its folder:
https://learn.microsoft.com/windows/win32/shell/manage#connected-files. The others are the same word in more
languages: one too many hides nothing, as the page has to lie beside the folder.
"""

_COMPANION = re.compile(rf"(?<=.)[-_. ](?:{_FILES})\Z", re.IGNORECASE | re.DOTALL)
"""The end of the folder's name; what stands before is the name of the page."""

FOLDERS_REMEMBERED = 1000


def is_saved_with_a_page(folder: Path) -> bool:
    """Return whether the page lies beside this folder whose name the folder bears."""
    match = _COMPANION.search(folder.name)
    if match is None:
        return False
    page = folder.name[: match.start()]
    endings = ("", *_ENDINGS) if page.lower().endswith(PAGE_ENDINGS) else _ENDINGS
    return any(os.path.isfile(folder.with_name(page + ending)) for ending in endings)  # noqa: PTH113


def may_be_saved_with(path: str) -> str | None:
    """Return the first folder on the way to a file that may belong to a page, by its name; none if none may.

    The page may come after its folder: browsers and copying programs write them in any order.
    """
    return _first_companion(os.path.dirname(path))  # noqa: PTH120 (asked for each file)


@lru_cache(FOLDERS_REMEMBERED)
def _first_companion(folder: str) -> str | None:
    parts = PurePath(folder).parts
    for depth, part in enumerate(parts, start=1):
        if _COMPANION.search(part):
            return "/".join(parts[:depth])
    return None
