"""The file ``.env``: what in it looks like a slip, and whether others may read it."""

import difflib
import os
import stat
from collections.abc import Collection
from pathlib import Path
from typing import Final

from dotenv.parser import parse_stream

ENV_FILE: Final = ".env"

LONGEST_NAME: Final = 60
"""Characters of a name that is shown: what stands before a "=" need not be one."""


def slips(names: Collection[str]) -> list[str]:
    """Return a sentence for each line of ``.env`` that names none of these settings, or has no "=".

    What the line holds beside a name is not shown: it may be the token. A file that cannot be read has none.
    """
    known = {name.upper() for name in names}
    told = []
    try:
        with Path(ENV_FILE).open(encoding="utf-8") as file:
            bindings = list(parse_stream(file))
    except (OSError, UnicodeDecodeError):
        return []
    for binding in bindings:
        place = f"{ENV_FILE}, line {_line(binding.original.string, binding.original.line)}"
        if binding.error or (binding.key is not None and binding.value is None):
            told.append(f"{place}: there is no “=” after a setting's name.")
        elif binding.key is not None and binding.key.upper() not in known:
            told.append(f"{place}: {_unknown(binding.key, known)}")
    return told


def open_to_others() -> str | None:
    """Return the sentence that tells that others may read ``.env``, and what helps; ``None`` if they may not.

    If the file belongs to somebody else, Gazette reads it as a member of its group: then the group may.
    """
    path = Path(ENV_FILE)
    try:
        status = path.stat()
    except OSError:
        return None
    is_ours = status.st_uid == os.geteuid()
    if not status.st_mode & (stat.S_IRGRP | stat.S_IROTH if is_ours else stat.S_IROTH):
        return None
    way_out = f"chmod {'600' if is_ours else 'o='} {ENV_FILE}"
    return f"Other users of this machine may read {path.absolute()}, where the token is kept: {way_out}"


def _line(text: str, first: int) -> int:
    """Return the line of what follows the empty lines that a binding begins with."""
    return first + text[: len(text) - len(text.lstrip())].count("\n")


def _unknown(name: str, known: Collection[str]) -> str:
    if len(name) > LONGEST_NAME or not name.isidentifier():
        return "what stands before “=” is no setting."
    near = difflib.get_close_matches(name.upper(), known, n=1)
    return f"{name}: did you mean {near[0]}?" if near else f"{name} is no setting of Gazette's."
