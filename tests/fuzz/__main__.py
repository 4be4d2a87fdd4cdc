"""Read changed samples for a while and report what breaks a promise.

    python -m tests.fuzz 600 [--keep DIR] [--seed N]

Where atheris is installed it chooses the changes by the code that they reach; it is no dependency of the
project (``pip install atheris``). Elsewhere they are random. What fails is written to DIR, a folder among
the temporary ones if none is named.
"""

import argparse
import hashlib
import importlib.util
import os
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path
from random import Random

FINDINGS = Path(tempfile.gettempdir()) / "gazette-fuzz"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("seconds", type=int, nargs="?", default=600, help="how long")
    parser.add_argument("--keep", type=Path, default=FINDINGS, help="where findings are written")
    parser.add_argument("--seed", type=int, default=0, help="0 takes another one each time")
    parser.add_argument("--random", action="store_true", help="without atheris even where it is installed")
    given = parser.parse_args()
    given.keep.mkdir(parents=True, exist_ok=True)
    if importlib.util.find_spec("atheris") and not given.random:
        _with_atheris(given.seconds, given.keep, given.seed)
    else:
        _at_random(given.seconds, given.keep, given.seed)


def _with_atheris(seconds: int, keep: Path, seed: int) -> None:
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["bot.articles", "bot.analysis"]):
        from tests.fuzz.promises import NAMES, keeps_promises, seeds
    corpus = keep / "corpus"
    corpus.mkdir(exist_ok=True)
    for content in seeds():
        for place in range(len(NAMES)):
            named = bytes([place]) + content
            (corpus / hashlib.sha256(named).hexdigest()[:16]).write_bytes(named)
    words = keep / "words"
    pieces = import_module("tests.fuzz.mutations").PIECES
    words.write_text(
        "".join('"' + "".join(f"\\x{byte:02x}" for byte in piece[:60]) + '"\n' for piece in pieces)
    )

    def once(data: bytes) -> None:
        keeps_promises(data[1:], NAMES[(data[0] if data else 0) % len(NAMES)])

    options = [
        f"-max_total_time={seconds}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=4096", f"-dict={words}",
        f"-artifact_prefix={keep}{os.sep}", *([f"-seed={seed}"] if seed else []),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], once)
    atheris.Fuzz()


def _at_random(seconds: int, keep: Path, seed: int) -> None:
    from tests.fuzz.mutations import mutated
    from tests.fuzz.promises import NAMES, keeps_promises, seeds

    first = seed or int.from_bytes(os.urandom(4))
    random, samples = Random(first), seeds()
    begin = time.monotonic()
    done = articles = failed = 0
    longest = 0.0
    while time.monotonic() - begin < seconds:
        data, name = mutated(random, samples), random.choice(NAMES)
        start = time.monotonic()
        try:
            articles += keeps_promises(data, name) is not None
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            failed += 1
            found = keep / f"{hashlib.sha256(data).hexdigest()[:16]}{Path(name).suffix}"
            found.write_bytes(data)
            print(found, traceback.format_exc(limit=-3), sep="\n")
        longest = max(longest, time.monotonic() - start)
        done += 1
    told = f"{done} files, {articles} articles, {failed} failed"
    print(f"seed {first}: {told}, the slowest took {longest:.2f} s")


if __name__ == "__main__":
    main()
