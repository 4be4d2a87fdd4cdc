"""Which names of files and folders are another program's: they are passed over, whatever they hold."""

from pathlib import PurePath

FOREIGN_NAMES = frozenset(
    {
        *("@eadir", "@tmp", "@recycle", "@recently-snapshot", "#recycle", "#snapshot", "lost+found"),
        *("$recycle.bin", "system volume information", "found.000"),
        *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini"),
        *("__macosx", "icon\r", "network trash folder", "temporary items", "deadjoe"),
    }
)
"""What storage boxes, desktops and editors leave in folders, in lower case."""

FOREIGN_BEGINNINGS = (".", "~$", "~syncthing~")
"""Of hidden names, under which many programs write first, of locks of office programs, and of copies."""

UNFINISHED = frozenset(
    {
        *(
            "part",
            "partial",
            "filepart",
            "crdownload",
            "download",
            "opdownload",
            "fdmdownload",
            "adadownload",
        ),
        *("aria2", "aria2__temp", "dtapart", "utpart", "xltd", "ytdl", "downloading", "incomplete"),
        *("unfinished", "inprogress", "bc!", "jc!", "ob!", "tmp", "temp", "lock", "lck"),
        *("swp", "swx", "swo", "kate-swp", "crswap"),
    }
)
"""Endings of what browsers, editors and copying programs have not finished."""

BACKUPS = frozenset(
    {
        *("bak", "bkp", "backup", "orig", "old", "save", "rej", "autosave", "wbk", "xlk"),
        *("dpkg-old", "dpkg-dist", "dpkg-new", "dpkg-tmp", "dpkg-bak", "ucf-old", "ucf-dist", "ucf-new"),
        *("rpmsave", "rpmnew", "rpmorig", "pacnew", "pacsave", "pacorig"),
    }
)
"""Endings of what editors and installers keep of a file that they changed, or refused to change."""

NUMBERED = BACKUPS | {"tmp", "temp"}
"""Endings that may be followed by a number or a day: ``.bak1``, ``.orig.2``, ``.old-2024-05-01``."""

NUMBER = "0123456789-_"

SWAPPED = ("___jb_tmp___", "___jb_old___", "___jb_bak___")
"""How the editors of JetBrains call a file while they put another in its place."""

SWAP_ENDINGS = frozenset(f"sw{letter}" for letter in "ghijklmnop")
"""Vim counts down from ``.swp``. It stops here before ``.swf``, which is a format."""

MARKED_LENGTHS = range(2, 5)
"""Letters after the exclamation mark of a download: ``.!ut``, ``.!qB``, ``.!sync``."""

VIM_WRITES = frozenset(str(4913 + 123 * tries) for tries in range(10))
"""Vim tries with a file of this name whether it may write in a folder, and with the next if it is taken.

See ``buf_write`` in https://github.com/vim/vim/blob/master/src/bufwrite.c. It goes on without end; after ten
such names a file is more likely an article that its number names.
"""


def is_passed_over(path: str) -> bool:
    """Return whether this path is hidden, temporary, or another program's, if a file lies there."""
    parts = PurePath(path).parts
    return is_foreign_file(parts[-1]) or any(map(is_foreign_folder, parts[:-1]))


def may_hold_files(path: str) -> bool:
    """Return whether this path is of interest if a folder lies there."""
    return not any(map(is_foreign_folder, PurePath(path).parts))


def is_foreign_folder(name: str) -> bool:
    """Return whether a folder of this name is hidden, temporary, or another program's.

    A folder that is called a backup is not: people rename a section so, and what is in it are articles.
    """
    return _is_foreign(name.lower())


def is_foreign_file(name: str) -> bool:
    """Return whether a file of this name is hidden, temporary, or another program's."""
    lower = name.lower()
    return _is_foreign(lower) or _is_draft(lower) or _is_backup(name, lower)


def _is_foreign(lower: str) -> bool:
    if lower.startswith(FOREIGN_BEGINNINGS) or lower.endswith("~"):
        return True
    _, dot, ending = lower.rpartition(".")
    if dot and (ending in UNFINISHED or ending in SWAP_ENDINGS or _is_marked(ending)):
        return True
    return lower in FOREIGN_NAMES


def _is_marked(ending: str) -> bool:
    """Return whether an ending has the exclamation mark by which download programs mark what is not whole."""
    return ending.startswith("!") and ending[1:].isalpha() and len(ending) - 1 in MARKED_LENGTHS


def _is_draft(lower: str) -> bool:
    """Return whether this is a text that Emacs has not saved yet, or what Vim tries to write with."""
    return (lower.startswith("#") and lower.endswith("#") and len(lower) > len("##")) or lower in VIM_WRITES


def _is_backup(name: str, lower: str) -> bool:
    """Return whether a file of this name is an old version that a program keeps."""
    if name.endswith(",v") or lower.endswith(SWAPPED):
        return True
    stem, dot, ending = lower.rpartition(".")
    word = ending.rstrip(NUMBER)
    if ending and not word:
        _, dot, ending = stem.rpartition(".")
        word = ending.rstrip(NUMBER)
    return bool(dot) and word in NUMBERED
