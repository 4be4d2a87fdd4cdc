"""The samples of the demo: invented articles, of today and yesterday whenever the demo is started."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from babel.dates import format_date

from bot.errors import StartupError

SAMPLES: Final = Path(__file__).parents[2] / "samples"

EVENING: Final = "evening"
"""The folder of what comes on the evening before."""
LATER: Final = "later"
"""The folder of what comes after the others: a copy and an update."""

_DATE: Final = re.compile(r"\{(?P<day>today|yesterday)(?: (?P<form>[^{}]+))?\}")
"""``{yesterday}`` is ISO 8601, ``{today en}`` and ``{today de}`` are as people write dates, and anything else
is a pattern of CLDR in English: ``{yesterday EEEE}`` is a day of the week."""

_FORMS: Final = {"en": ("MMMM d, y", "en"), "de": ("d. MMMM y", "de"), "Wochentag": ("EEEE", "de")}


def put_samples(inbox: Path, today: date, part: str = "") -> None:
    """Put the samples of the morning into a folder, or those of another part: ``EVENING`` or ``LATER``.

    Raises ``StartupError`` if there are none.
    """
    root = SAMPLES / part
    if not root.is_dir():
        raise StartupError(f"The samples are not there: {root}. Run the demo from a clone of the project.")
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if not path.is_file() or name.parts[0] in {EVENING, LATER}:
            continue
        target = inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        hidden = target.with_name(f".{target.name}")
        hidden.write_text(dated(path.read_text(encoding="utf-8"), today), encoding="utf-8")
        hidden.replace(target)


def dated(text: str, today: date) -> str:
    """Return a text with its dates filled in."""

    def fill(match: re.Match[str]) -> str:
        day = today if match["day"] == "today" else today - timedelta(days=1)
        if match["form"] is None:
            return day.isoformat()
        pattern, locale = _FORMS.get(match["form"], (match["form"], "en"))
        return format_date(day, pattern, locale=locale)

    return _DATE.sub(fill, text)
