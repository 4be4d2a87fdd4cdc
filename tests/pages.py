"""Writes what is made from the settings: ``python -m tests.pages`` after one of them changed."""

import inspect
import textwrap
from enum import Enum
from pathlib import Path

from pydantic.fields import FieldInfo

from bot.settings import RunSettings, Settings

TOP = Path(__file__).parents[1]

WIDTH = 120

EXAMPLE_HEAD = """\
# gazette init writes .env for you. Or copy this file to .env and fill in the first two.
# Each of the others shows the value that holds without it: take the # away to change it.
"""

PAGE_HEAD = """\
# Settings

Settings come from the environment or from the file `.env` in the folder in which Gazette is started.
The environment wins. `gazette init` writes the first two, without which the bot does not run.
`gazette check` tells every mistake at once.

| setting | without it | is |
| --- | --- | --- |
"""


def example() -> str:
    """Return what ``.env.example`` has to be."""
    parts = [EXAMPLE_HEAD]
    for name, field in Settings.model_fields.items():
        told = textwrap.wrap(_text(field), WIDTH)
        sign = "" if RunSettings.model_fields[name].is_required() else "#"
        lines = [*(f"# {line}" for line in told), f"{sign}{name.upper()}={default(field)}"]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def page() -> str:
    """Return what ``docs/settings.md`` has to be."""
    rows = []
    for name, field in Settings.model_fields.items():
        value = default(field)
        shown = f"`{value}`" if value else ""
        rows.append(f"| `{name.upper()}` | {shown} | {_text(field)} |\n")
    return PAGE_HEAD + "".join(rows)


def default(field: FieldInfo) -> str:
    """Return the value that holds without a setting, as it would be written; empty if there is none."""
    value = field.default
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "on" if value else "off"
    return "" if value is None or value == {} else str(value)


def _text(field: FieldInfo) -> str:
    return " ".join(inspect.cleandoc(field.description or "").split())


PAGES = {TOP / ".env.example": example, TOP / "docs" / "settings.md": page}

if __name__ == "__main__":
    for path, make in PAGES.items():
        path.write_text(make(), encoding="utf-8")
