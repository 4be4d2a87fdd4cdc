"""Makes ``bot/analysis/idf-en.bin``: ``python -m tests.quality.idf en_lexeme_prob.json.gz [FILE]``.

The list comes with the package spacy-lookups-data (MIT): the logarithm of each word's share in running text.
"""

import gzip
import json
import math
import struct
import sys
from collections import Counter
from pathlib import Path

from bot.analysis.fingerprint import normal_form
from bot.analysis.terms import term_hash

WORDS = 20_000
TEXT = 300
"""Words of a text, for the share of texts that a word stands in."""


def main(source: Path, target: Path) -> None:
    """Write hashes of four bytes, then as many inverse document frequencies of one byte, in quarters."""
    shares: Counter[str] = Counter()
    for word, logarithm in json.loads(gzip.decompress(source.read_bytes())).items():
        form = normal_form(word).split()
        if len(form) == 1:
            shares[form[0]] += math.exp(logarithm)  # type: ignore[assignment]  # a counter of shares
    table = {
        term_hash(word): round(-4 * math.log(1 - (1 - share) ** TEXT))
        for word, share in shares.most_common(WORDS)
    }
    rows = sorted(table.items())
    hashes = struct.pack(f"<{len(rows)}I", *(hash_ for hash_, _ in rows))
    target.write_bytes(hashes + bytes(quarter for _, quarter in rows))
    print(f"{len(rows)} words, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "bot/analysis/idf-en.bin"))
