"""Measure, show and keep: ``python -m benchmarks [GROUP…] [--quick] [--long] [--million] [--json FILE]``."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import KEPT, ROOT
from benchmarks import __doc__ as about
from benchmarks.asked import Asked
from benchmarks.figures import Json, Row, table
from benchmarks.machine import machine, told
from bot.news.workers import BLAS_THREADS

GROUPS = ("summary", "files", "posting", "loop", "history", "memory", "start")


def main() -> int:
    """Measure the groups one after the other, each in processes of its own; return 1 where one failed."""
    given = _arguments()
    asked = Asked(**{name: getattr(given, name) for name in Asked.__dataclass_fields__})
    on = machine()
    print(told(on), flush=True)
    KEPT.mkdir(exist_ok=True)
    rows: list[Row] = []
    failed: list[str] = []
    begun = time.monotonic()
    for group in given.groups or GROUPS:
        since = time.monotonic()
        found, fine = _measure(group, asked)
        rows += found
        failed += [] if fine else [group]
        print(f"{group}: {len(found)} rows in {time.monotonic() - since:.0f} s", flush=True)
    print(f"\n{table(rows)}\n\n{time.monotonic() - begun:.0f} s in all")
    _keep(given.json, on, rows, failed)
    if failed:
        print(f"These could not be measured to their end: {', '.join(failed)}. The lines above tell why.")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}; all without one")
    parser.add_argument("--quick", action="store_true", help="only show that each row works")
    parser.add_argument("--long", action="store_true", help="also 10,000 articles and an idle hour (2 hours)")
    parser.add_argument(
        "--million", action="store_true", help="also a history of a million articles (3.5 GB)"
    )
    parser.add_argument("--json", type=Path, default=KEPT / "results.json", help="where the rows are kept")
    given = parser.parse_args()
    if unknown := sorted({*given.groups} - {*GROUPS}):
        parser.error(f"there is no {unknown[0]}: {', '.join(GROUPS)}")
    return given


def _measure(group: str, asked: Asked) -> tuple[list[Row], bool]:
    """Return the rows of a group, and whether it came to its end. What it started is ended with it."""
    flags = [f"--{name}" for name in Asked.__dataclass_fields__ if getattr(asked, name)]
    with tempfile.TemporaryDirectory(prefix="gazette-bench-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "rows"
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.one", group, str(file), *flags],
            cwd=ROOT,
            # One thread of BLAS as in the workers; what is left in there is removed, however it ends.
            env=os.environ | dict.fromkeys(BLAS_THREADS, "1") | {"TMPDIR": folder},
            start_new_session=True,
        )
        try:
            fine = process.wait() == 0
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [Row.from_json(json.loads(line)) for line in lines], fine


def _keep(path: Path, on: Json, rows: list[Row], failed: list[str]) -> None:
    """Write everything as JSON."""
    measured = datetime.now(UTC).isoformat(timespec="seconds")
    kept = {"measured": measured, "machine": on, "failed": failed, "rows": [row.to_json() for row in rows]}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
