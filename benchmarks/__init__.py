"""What Gazette costs, beside what a person would use instead or the floor: ``python -m benchmarks``.

``python -m benchmarks summary files`` measures these rows alone, ``--quick`` only shows that each works. It
prints a table and writes ``.bench/results.json``. It makes its own input; where ``../shared/data`` is there,
real articles are measured too. Nothing here fails by a clock: what is over its budget is told, no more.

The peers are put beside the program, not into it: ``make bench`` installs ``requirements.lock`` (made by
``make lock`` from ``requirements.in``) into ``.bench/peers``, which stands behind the program's own packages,
so that what both need is there once and the same Python runs all. Not shipped: newspaper4k (MIT), summa
(MIT), nltk (Apache-2.0) and what they need (BSD, MIT, Apache-2.0, PSF; certifi and tqdm MPL-2.0).
"""

from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".bench"
"""Peers, compiled modules and results; ignored by git."""
PEERS = KEPT / "peers"
SAMPLES = ROOT / "samples"
REAL = ROOT.parent / "shared" / "data"
"""Reference data, which is no part of the project."""
