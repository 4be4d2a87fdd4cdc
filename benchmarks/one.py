"""Measures one group in a process of its own: ``python -m benchmarks.one GROUP FILE [--quick …]``.

The rows are written to the file, one JSON object a line, so that those are there that were measured before
something went wrong.
"""

import argparse
import importlib
import json
from pathlib import Path

from benchmarks.asked import Asked


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("group")
    parser.add_argument("file", type=Path)
    for name in Asked.__dataclass_fields__:
        parser.add_argument(f"--{name}", action="store_true")
    given = parser.parse_args()
    asked = Asked(**{name: getattr(given, name) for name in Asked.__dataclass_fields__})
    with given.file.open("w", encoding="utf-8") as file:
        for row in importlib.import_module(f"benchmarks.{given.group}").rows(asked):
            print(json.dumps(row.to_json()), file=file, flush=True)


if __name__ == "__main__":
    main()
